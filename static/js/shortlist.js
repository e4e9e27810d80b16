// The shortlist and the guides being compared, kept by the browser itself. Without this script
// every link leads to a page whose address holds the list.
const KEY = "shortlist";

function read(storage, key) {
  try {
    const held = JSON.parse(storage.getItem(key)) ?? {};
    const words = (list) => (Array.isArray(list) ? list.filter((w) => typeof w === "string") : []);
    return { g: words(held.g), p: words(held.p) };
  } catch {
    return { g: [], p: [] }; // storage is off, or holds something else
  }
}

function write(storage, key, list) {
  try {
    storage.setItem(key, JSON.stringify(list));
  } catch {
    // Storage is off or full: the link still works.
  }
}

function address(path, list) {
  const query = new URLSearchParams();
  for (const kind of ["g", "p"]) for (const word of list[kind]) query.append(kind, word);
  return query.size ? `${path}?${query}` : path;
}

function show() {
  const list = read(localStorage, KEY);
  const count = list.g.length + list.p.length;
  for (const link of document.querySelectorAll("[data-shortlist]")) {
    link.href = address("/shortlist/", list);
    link.querySelector("[data-count]").textContent = count ? ` (${count})` : "";
  }
  for (const kind of ["g", "p"]) {
    for (const link of document.querySelectorAll(`[data-keep-${kind}]`)) {
      const isKept = list[kind].includes(link.getAttribute(`data-keep-${kind}`));
      link.querySelector("[data-word]").textContent = isKept ? "Kept: see shortlist" : "Keep";
      link.toggleAttribute("data-kept", isKept);
      if (isKept) link.href = address("/shortlist/", list);
    }
  }
  const compared = read(sessionStorage, "compare").g;
  for (const link of document.querySelectorAll("[data-compare]")) {
    const others = compared.filter((slug) => slug !== link.dataset.compare).slice(-3);
    link.href = address("/careers/compare/", { g: [...others, link.dataset.compare], p: [] });
  }
}

function change(kind, word, isKept) {
  const list = read(localStorage, KEY);
  list[kind] = list[kind].filter((other) => other !== word);
  if (isKept) list[kind].push(word);
  write(localStorage, KEY, list);
}

function ofThisPage() {
  const query = new URLSearchParams(location.search);
  return { g: query.getAll("g"), p: query.getAll("p") };
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  for (const kind of ["g", "p"]) {
    const keep = event.target.closest?.(`[data-keep-${kind}]:not([data-kept])`);
    const drop = event.target.closest?.(`[data-drop-${kind}]`);
    if (drop) change(kind, drop.getAttribute(`data-drop-${kind}`), false);
    if (keep) {
      const word = keep.getAttribute(`data-keep-${kind}`);
      change(kind, word, true);
      if (!read(localStorage, KEY)[kind].includes(word)) return; // not stored: follow the link
      event.preventDefault();
      show();
    }
  }
});

const page = document.querySelector("[data-shortlist-page]");
if (page) {
  const own = read(localStorage, KEY);
  const here = ofThisPage();
  if (page.hasAttribute("data-empty") && !location.search && own.g.length + own.p.length) {
    location.replace(address("/shortlist/", own));
  }
  const button = page.querySelector("[data-keep-all]");
  if (button && ["g", "p"].some((kind) => here[kind].some((word) => !own[kind].includes(word)))) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const kind of ["g", "p"]) for (const word of here[kind]) change(kind, word, true);
      button.textContent = "Kept in this browser";
      button.disabled = true;
      show();
    });
  }
}
if (document.querySelector("[data-comparing]")) {
  write(sessionStorage, "compare", { g: ofThisPage().g.slice(0, 4), p: [] });
}
show();
document.addEventListener("htmx:afterSettle", show);
