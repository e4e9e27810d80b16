// Keys of the moderators' queue: j k walk, x selects, a s d decide, u takes back, ? explains.
// Everything they do is a button on the page, so nothing here is needed.
const items = [...document.querySelectorAll(".held-item")];
let current = -1;

function walk(step) {
  if (!items.length) return;
  items[current]?.classList.remove("is-current");
  current = Math.min(Math.max(current + step, 0), items.length - 1);
  items[current].classList.add("is-current");
  items[current].querySelector("button, input[type=checkbox]").focus({ preventScroll: true });
  items[current].scrollIntoView({ block: "nearest" });
}

function press(key) {
  const within = key === "u" ? document : items[current];
  within?.querySelector(`button[data-key="${key}"]`)?.click();
}

// How many are selected; the admin's own counter knows only rows of tables.
const counter = document.querySelector(".bulk .action-counter");
document.querySelector(".queue")?.addEventListener("change", () => {
  const picked = document.querySelectorAll(".queue input[type=checkbox]:checked").length;
  if (counter) counter.textContent = `${picked} of ${items.length} selected`;
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key === "x") items[current]?.querySelector("input[type=checkbox]").click();
  else if (event.key === "?") document.querySelector("[data-keys]").toggleAttribute("open");
  else if ("asdu".includes(event.key)) press(event.key);
});
