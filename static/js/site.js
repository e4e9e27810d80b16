// What every page shares: the choice of light in the footer, and filters folded on phones.
const choices = document.querySelectorAll("[data-theme-choice]");

function show(choice) {
  for (const button of choices) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
  }
}

function choose(choice) {
  if (choice === "auto") {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem("theme");
  } else {
    document.documentElement.dataset.theme = choice;
    localStorage.setItem("theme", choice);
  }
  show(choice);
}

for (const button of choices) {
  button.closest("[hidden]")?.removeAttribute("hidden");
  button.addEventListener("click", () => choose(button.dataset.themeChoice));
}
show(document.documentElement.dataset.theme ?? "auto");

if (matchMedia("(max-width: 59.99rem)").matches) {
  for (const details of document.querySelectorAll("[data-closed-when-narrow]")) {
    details.open = false;
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const said = button.firstChild;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    said.textContent = "Copied";
  });
}

// Buttons that may come with a later fragment: shown when there is something behind them.
function offer() {
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  for (const button of document.querySelectorAll("[data-copy-address]")) {
    button.hidden = !navigator.clipboard;
  }
}

document.addEventListener("click", async (event) => {
  if (event.target.closest?.("[data-print]")) print();
  const copy = event.target.closest?.("[data-copy-address]");
  if (copy) {
    await navigator.clipboard.writeText(location.href);
    copy.textContent = "Copied";
  }
});
offer();
document.addEventListener("htmx:afterSettle", offer);

// The page menu marks where the reader is; newer browsers do it by themselves.
const menu = document.querySelectorAll(".page-menu ol a");
if (menu.length && !CSS.supports("selector(:target-current)")) {
  const mark = (entries) => {
    const seen = entries.find((entry) => entry.isIntersecting);
    if (!seen) return;
    for (const link of menu) link.toggleAttribute("data-here", link.hash === `#${seen.target.id}`);
  };
  const watch = new IntersectionObserver(mark, { rootMargin: "-15% 0px -75%" });
  for (const link of menu) {
    const section = document.getElementById(link.hash.slice(1));
    if (section) watch.observe(section);
  }
}

// Scripts that wait until their part of the page is used: a link or field of it pointed at or
// focused, the first key pressed anywhere, or (data-near) the part itself close to the window.
async function prepare(part) {
  try {
    await import(part.dataset.script);
  } catch {
    // No network: the part works without its script.
  }
  part.dataset.ready = "";
}

function prepareUsed(event) {
  const part = event.target.closest?.("a, button, input")?.closest("[data-script]");
  if (part) prepare(part);
}

function prepareAll() {
  for (const part of document.querySelectorAll("[data-script]")) prepare(part);
}

document.addEventListener("pointerover", prepareUsed);
document.addEventListener("focusin", prepareUsed);
document.addEventListener("keydown", prepareAll, { once: true });
const near = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) prepare(entry.target);
}, { rootMargin: "600px" });
for (const part of document.querySelectorAll("[data-near]")) near.observe(part);

// A citation asked for before its script is here waits for it.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-cite]");
  const part = link?.closest("[data-script]:not([data-ready])");
  if (!part || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  await prepare(part);
  link.click();
});
