(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const read = (id) => JSON.parse($(id).textContent);
  const percent = (x, digits = 0) => (100 * x).toFixed(digits) + "\u00a0%";
  root.classList.add("scripted");

  $("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  // A link may lead into a closed page: open what holds its target, then go there.
  const reveal = () => {
    const target = $(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") { at.open = true; at.hidden = false; }
    target.scrollIntoView({ block: target.tagName === "SPAN" || target.tagName === "LI" ? "center" : "start" });
  };
  addEventListener("hashchange", reveal);
  reveal();

  for (const button of document.querySelectorAll("[data-open]")) {
    button.addEventListener("click", () => {
      for (const branch of document.querySelectorAll(".outline details")) branch.open = Number(branch.dataset.depth) < Number(button.dataset.open);
    });
  }

  const find = $("find");
  if (find) {
    const pages = [...document.querySelectorAll(".page")].map((page) => [page, page.textContent.toLowerCase()]);
    find.addEventListener("input", () => {
      const wanted = find.value.trim().toLowerCase();
      let shown = 0;
      for (const [page, text] of pages) { page.hidden = !text.includes(wanted); shown += !page.hidden; }
      $("found").textContent = wanted ? `${shown} of ${pages.length}` : "";
    });
  }

  const wheel = document.querySelector(".wheel");
  if (wheel) wheel.scrollLeft = (wheel.scrollWidth - wheel.clientWidth) / 2;

  const slider = $("sure");
  if (slider) {
    const { rows, ranks, left, right } = read("operating-data");
    const points = document.querySelectorAll("#operating .point");
    const show = () => {
      const [sure, accuracy, depth, shares] = rows[slider.value];
      const named = ranks.map((rank, i) => [rank, shares[i]]).filter(([, share]) => share >= 0.005);
      const text = `${percent(sure)} certainty: ${percent(accuracy, 1)} right, mean depth ${depth.toFixed(1)}`;
      $("sure-says").textContent = text + (named.length ? ". Answered at " + named.map(([rank, share]) => `${rank} ${percent(share)}`).join(", ") + "." : ".");
      slider.setAttribute("aria-valuetext", percent(sure));
      for (const name of ["cx", "cy"]) $("curve-mark").setAttribute(name, points[slider.value].getAttribute(name));
      const line = $("shares-mark");
      if (line) for (const name of ["x1", "x2"]) line.setAttribute(name, left + sure * (right - left));
    };
    slider.addEventListener("input", show);
    show();
  }

  const rank = $("rank");
  if (rank) {
    const choose = () => { for (const part of document.querySelectorAll(".rank")) part.classList.toggle("chosen", part.dataset.rank === rank.value); };
    rank.addEventListener("change", choose);
    choose();
  }
  for (const svg of document.querySelectorAll("[data-heat]")) {
    const { names, totals, cells } = read(`heat-${svg.dataset.heat}`);
    const count = new Map(cells.map(([i, j, n]) => [i * names.length + j, n]));
    const cursor = svg.querySelector(".cursor");
    const says = svg.parentElement.querySelector(".says");
    let at = [0, 0];
    const show = (i, j) => {
      if (i < 0 || j < 0 || i >= names.length || j >= names.length) return;
      at = [i, j];
      cursor.setAttribute("x", j);
      cursor.setAttribute("y", i);
      cursor.setAttribute("visibility", "visible");
      const n = count.get(i * names.length + j) || 0;
      const share = totals[i] ? ` (${percent(n / totals[i])})` : "";
      says.textContent = i === j ? `${names[i]}: ${n} of ${totals[i]} right${share}.` : `${names[i]}, taken for ${names[j]}: ${n} of ${totals[i]}${share}.`;
    };
    svg.addEventListener("pointermove", (event) => {
      const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      show(Math.floor(place.y), Math.floor(place.x));
    });
    svg.addEventListener("keydown", (event) => {
      const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      if (!step) return;
      event.preventDefault();
      show(at[0] + step[0], at[1] + step[1]);
    });
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open]):not(.page)")];
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => { for (const part of opened) part.open = false; });
})();
