// Buttons that copy the text of another element (without a clipboard they stay hidden), and figures
// of a guide whose citation opens beside them instead of on its page.
function offerCopying(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy]")) {
    const word = button.querySelector("[data-word]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
        word.textContent = "Copied";
      } catch {
        word.textContent = "Select the text to copy it";
      }
      document.getElementById("copied").textContent = word.textContent;
      setTimeout(() => (word.textContent = "Copy"), 3000);
    });
  }
}

offerCopying(document);

const card = document.createElement("div");
card.className = "cite-card";
card.popover = "auto";
card.tabIndex = -1;
card.setAttribute("role", "dialog");
card.setAttribute("aria-labelledby", "cited_figure-h");

async function openCitation(link) {
  const headers = { "HX-Request": "true", "HX-Target": "cited_figure" };
  const answer = await fetch(link.href, { headers }).catch(() => null);
  if (!answer?.ok) return location.assign(link.href);
  card.innerHTML = await answer.text();
  document.body.append(card);
  offerCopying(card);
  card.showPopover({ source: link });
  card.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-cite]");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  if (!link || !isPlain || !card.showPopover) return;
  event.preventDefault();
  openCitation(link);
});
