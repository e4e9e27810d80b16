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
