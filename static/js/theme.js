// Runs before the first paint: the reader's own choice of light, if one was made.
(() => {
  try {
    const choice = localStorage.getItem("theme");
    if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  } catch {
    // Storage is off: the system decides.
  }
})();
