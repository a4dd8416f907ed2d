"use strict";

const form = document.querySelector("form");
const box = document.querySelector("#query");
const told = document.querySelector("#told");
const place = document.querySelector("#answer");
const address = new URL("sparql", document.baseURI);
const OURS = "https://w3id.org/seston/";
const SHOWN = 1000;
const ANY = "application/sparql-results+json, text/turtle;q=0.9";

function tell(text, failed = false) {
  told.textContent = text;
  told.classList.toggle("failed", failed);
}

async function ask(accept) {
  const began = performance.now();
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
    body: box.value,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text.trim() || `The server answered ${answer.status}.`);
  return { text, seconds: (performance.now() - began) / 1000, json: answer.headers.get("Content-Type").includes("json") };
}

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

function cell(term) {
  if (!term) return element("td", "");
  if (term.type === "uri" && /^https?:/.test(term.value)) {
    const ours = term.value.startsWith(OURS);
    const link = element("a", ours ? term.value.slice(OURS.length) : term.value);
    link.href = ours ? `${address}?query=${encodeURIComponent(`DESCRIBE <${term.value}>`)}` : term.value;
    link.rel = "noreferrer";
    link.title = term.value;
    return element("td", undefined, link);
  }
  const made = element("td", term.value ?? JSON.stringify(term));
  if (/#(integer|decimal|double|float)$/.test(term.datatype ?? "")) made.className = "number";
  if (made.textContent.length > 60) made.className = "text";
  return made;
}

function table(results) {
  const columns = results.head.vars;
  const rows = results.results.bindings;
  const head = element("tr", undefined, ...columns.map((name) => element("th", name)));
  head.querySelectorAll("th").forEach((th) => { th.scope = "col"; });
  const body = rows.slice(0, SHOWN).map((row) => element("tr", undefined, ...columns.map((name) => cell(row[name]))));
  const shown = rows.length > SHOWN ? `The first ${SHOWN.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows` : "";
  const caption = shown ? [element("caption", shown)] : [];
  return element("table", undefined, ...caption, element("thead", undefined, head), element("tbody", undefined, ...body));
}

function show({ text, seconds, json }) {
  const took = `${seconds.toFixed(2)} s`;
  if (!json) {
    place.replaceChildren(element("pre", text));
    tell(`Triples in Turtle, ${took}`);
    return;
  }
  const results = JSON.parse(text);
  if ("boolean" in results) {
    place.replaceChildren();
    tell(`${results.boolean ? "Yes" : "No"}, ${took}`);
    return;
  }
  place.replaceChildren(table(results));
  const count = results.results.bindings.length;
  tell(`${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"}, ${took}`);
}

async function during(work) {
  const buttons = document.querySelectorAll("button");
  buttons.forEach((button) => { button.disabled = true; });
  tell("Asking …");
  try {
    await work();
  } catch (error) {
    place.replaceChildren();
    tell(error.message, true);
  } finally {
    buttons.forEach((button) => { button.disabled = false; });
  }
}

function save(text, type, ending) {
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = `answer.${ending}`;
  link.click();
  URL.revokeObjectURL(link.href);
  tell(`Saved as answer.${ending}`);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  during(async () => show(await ask(ANY)));
});

box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

document.querySelectorAll("[data-save]").forEach((button) => {
  const { save: type, ending } = button.dataset;
  button.addEventListener("click", () => during(async () => save((await ask(type)).text, type, ending)));
});

document.querySelectorAll("[data-query]").forEach((button) => {
  button.addEventListener("click", () => {
    box.value = button.dataset.query;
    box.scrollIntoView({ block: "center" });
    form.requestSubmit();
  });
});

document.querySelector("[data-address] code").textContent = address.href;
