"use strict";
const find = document.getElementById("find");
const show = (element, yes) => { element.hidden = !yes; };
find.addEventListener("input", () => {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  let any = false;
  for (const facet of document.querySelectorAll(".facet")) {
    let inFacet = false;
    for (const part of facet.querySelectorAll(".part")) {
      let inPart = false;
      for (const item of part.querySelectorAll("li")) {
        const found = words.every(word => item.dataset.words.includes(word));
        show(item, found);
        inPart ||= found;
      }
      show(part, inPart);
      inFacet ||= inPart;
    }
    show(facet, inFacet);
    any ||= inFacet;
  }
  show(document.getElementById("none"), !any);
});
