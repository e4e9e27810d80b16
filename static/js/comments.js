// Reading comments by keys, and words that survive a failed request. Works without: all of it.
// Keys act only while something in the thread has the focus, so that they clash with nothing else.
const thread = () => document.getElementById("thread");
const list = () => [...thread().querySelectorAll(".comment-body")].filter((one) => one.checkVisibility());
const dialog = document.getElementById("comment-keys");

function go(comment) {
  if (!comment) return;
  comment.tabIndex = -1;
  comment.focus({ preventScroll: true });
  comment.scrollIntoView({ block: "nearest" });
}

function repliesOf(comment) {
  return comment.closest(".comment").querySelector(":scope > .branch");
}

const keys = {
  j: (all, at) => go(all[at + 1]),
  k: (all, at) => go(all[at < 0 ? 0 : at - 1]),
  s: (all, at) => {
    const branch = all[at]?.closest(".comment");
    go(all.slice(at + 1).find((one) => !branch?.contains(one)));
  },
  u: (all, at) => go(all[at]?.closest(".thread").closest(".comment")?.querySelector(".comment-body")),
  x: (all, at) => {
    const replies = all[at] && repliesOf(all[at]);
    if (replies) replies.open = !replies.open;
  },
  n: (all, at) => go(all.slice(at + 1).find((one) => one.querySelector(".new"))),
  "?": () => dialog?.showModal(),
};

document.addEventListener("keydown", (event) => {
  const focused = document.activeElement;
  const typing = focused.matches("input, textarea, select, [contenteditable]");
  const busy = event.ctrlKey || event.metaKey || event.altKey || typing || dialog?.open;
  const act = Object.hasOwn(keys, event.key) && keys[event.key];
  if (!act || busy || !thread()?.contains(focused)) return;
  event.preventDefault();
  const all = list();
  act(all, all.indexOf(focused.closest(".comment-body")));
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-comment-keys]")) dialog?.showModal();
});

// A draft stays in this tab until it is sent, whatever becomes of the page.
const nameOf = (field) => `draft ${field.form.getAttribute("action")}`;
const drafts = (root) => root.querySelectorAll(".reply-form textarea[name=text]");

function restore(root) {
  for (const button of root.querySelectorAll("[data-comment-keys]")) button.hidden = false;
  for (const field of drafts(root)) field.value ||= sessionStorage.getItem(nameOf(field)) ?? "";
}

restore(document);
document.addEventListener("htmx:load", (event) => {
  const form = event.target;
  restore(form);
  // A form that was opened in place is where one goes on: at what is wrong, else at the text.
  if (form.matches(".reply-form")) {
    (form.querySelector(".notice[tabindex]") ?? form.querySelector("textarea")).focus();
  }
});
document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.matches(".reply-form textarea[name=text]")) {
    sessionStorage.setItem(nameOf(field), field.value);
  }
});

function forget(form) {
  for (const field of form.querySelectorAll("textarea[name=text]")) {
    sessionStorage.removeItem(nameOf(field));
  }
}

document.addEventListener("htmx:afterRequest", (event) => {
  // The form may have left the page by now: the event then comes from what is around it.
  const { xhr, requestConfig } = event.detail;
  const form = requestConfig.elt;
  const isPreview = requestConfig.formData?.has("preview");
  if (form.matches(".reply-form") && xhr.status === 200 && !isPreview) forget(form);
});

// What htmx does not show: a refusal without a form in it, and no answer at all.
function sayItStayed(event) {
  const form = event.detail.elt;
  if (!form.matches?.(".reply-form")) return;
  form.querySelector(".not-sent")?.remove();
  const said = document.createElement("p");
  said.className = "error not-sent";
  said.setAttribute("role", "alert");
  said.textContent = event.detail.xhr?.status === 403
    ? "This page was open too long. Copy your text, load the page again and send it from there."
    : "This was not sent: the site did not answer. Your text is still here; try again.";
  form.prepend(said);
}
document.addEventListener("htmx:responseError", sayItStayed);
document.addEventListener("htmx:sendError", sayItStayed);
