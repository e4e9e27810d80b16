// Buttons that copy the text of another element. Without a clipboard they stay hidden.
const said = document.getElementById("copied");

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const word = button.querySelector("[data-word]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      word.textContent = "Copied";
    } catch {
      word.textContent = "Select the text to copy it";
    }
    said.textContent = word.textContent;
    setTimeout(() => (word.textContent = "Copy"), 3000);
  });
}
