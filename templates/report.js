"use strict";
// Filters the list of findings, and leads from each sentence to its place online, by text
// fragment. Without it the list stands whole.
for (const text of document.querySelectorAll("section.text")) {
  const page = text.querySelector("h3 a");
  if (!page) continue;
  for (const line of text.querySelectorAll(".lines span")) {
    const words = line.querySelector("q").textContent.trim().split(/\s+/);
    const ends = words.length > 10 ? [words.slice(0, 5), words.slice(-5)] : [words];
    const told = ends.map((end) => encodeURIComponent(end.join(" ")).replaceAll("-", "%2D"));
    const link = document.createElement("a");
    link.href = `${page.href.split("#")[0]}#:~:text=${told.join(",")}`;
    link.rel = page.rel;
    link.textContent = "online";
    line.append(" ", link);
  }
}
(() => {
  const filters = document.getElementById("filters");
  if (!filters) return;
  const items = [...document.querySelectorAll("#findings > ol > li")];
  const fields = [...filters.querySelectorAll("select")];
  const search = filters.querySelector("input");
  const status = filters.querySelector("[role=status]");
  const texts = new Map();
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, plain(item.textContent));
    return texts.get(item);
  };
  const show = () => {
    const chosen = fields.filter((field) => field.value);
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const item of items) {
      const fits =
        chosen.every((field) => item.dataset.is.split(" ").includes(field.value)) &&
        words.every((word) => textOf(item).includes(word));
      item.hidden = !fits;
      count += fits;
    }
    status.textContent = `${count} of ${items.length} findings`;
  };
  const reset = () => {
    for (const field of [...fields, search]) field.value = "";
    show();
  };
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    const item = target && target.closest("#findings > ol > li");
    if (!item) return;
    if (item.hidden) reset();
    item.firstElementChild.open = true;
    target.scrollIntoView();
  };
  filters.addEventListener("input", show);
  filters.querySelector("button").addEventListener("click", reset);
  addEventListener("hashchange", reveal);
  // A link to the place of the address leads there again, and changes no address.
  addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && link.hash && link.href === location.href) reveal();
  });
  filters.hidden = false;
  reset();
  reveal();
})();
