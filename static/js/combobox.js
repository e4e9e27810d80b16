// Names under a search field while one types: the ARIA 1.2 combobox with a list, on top of a plain
// form. Focus stays in the field; the option that Enter would open is named by
// aria-activedescendant. Without this script the form works as it is.
const PAUSE = 120; // ms without a key before the server is asked

for (const form of document.querySelectorAll("form[data-suggest]")) {
  combine(form, form.querySelector("input[type=search]"), form.dataset.suggest);
}
// A field among others: the list stands below it, and choosing a name without an address fills it in.
function combineFields() {
  for (const field of document.querySelectorAll("input[data-suggest]:not([role=combobox])")) {
    combine(field.parentElement, field, field.dataset.suggest);
  }
}
combineFields();
document.addEventListener("htmx:afterSettle", combineFields);

function combine(box, field, source) {
  const list = listFor(field);
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  box.append(list, said);
  let timer;
  let asking = new AbortController();

  const options = () => [...list.children];
  const active = () => options().find((option) => option.ariaSelected === "true");

  function close() {
    clearTimeout(timer);
    asking.abort();
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    select(undefined);
  }

  function select(chosen) {
    for (const option of options()) option.ariaSelected = String(option === chosen);
    if (chosen) {
      field.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map((one, place) => optionOf(one, `${list.id}-${place}`)));
    list.hidden = suggestions.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    select(undefined);
    const many = suggestions.length === 1 ? "1 suggestion" : `${suggestions.length} suggestions`;
    said.textContent = list.hidden ? "No suggestions" : `${many}, arrow keys to choose`;
  }

  async function ask() {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const address = `${source}?${new URLSearchParams({ q: field.value })}`;
      const answer = await fetch(address, { signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch {
      // Too late, or no network: the form still works.
    }
  }

  function choose(option) {
    if (option.dataset.url) {
      location.assign(option.dataset.url);
    } else {
      field.value = option.dataset.name;
      close();
      said.textContent = `${field.value} chosen`;
    }
  }

  // From the field itself (no place) one goes to the first or the last option, and back to it.
  function move(step) {
    const places = [undefined, ...options()];
    const next = (places.indexOf(active()) + step + places.length) % places.length;
    select(places[next]);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (field.value.trim()) timer = setTimeout(ask, PAUSE);
    else close();
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey) {
      if (!list.hidden) move(event.key === "ArrowDown" ? 1 : -1);
      else if (field.value.trim()) ask();
      event.preventDefault();
    } else if (event.key === "Escape" && !list.hidden) {
      close();
      event.preventDefault(); // the first Escape closes, the second empties the field
    } else if (event.key === "Enter" && active()) {
      event.preventDefault();
      choose(active());
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // focus stays
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
  // Typed while this script was on its way.
  if (field === document.activeElement && field.value && field.value !== field.defaultValue) {
    timer = setTimeout(ask, PAUSE);
  }
}

function listFor(field) {
  const list = document.createElement("ul");
  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.autocomplete = "off";
  return list;
}

function optionOf({ name, guide = name, note = guide, url = "" }, id) {
  const option = document.createElement("li");
  option.id = id;
  option.setAttribute("role", "option");
  option.ariaSelected = "false";
  option.dataset.url = url;
  option.dataset.name = name;
  option.append(name);
  if (note && note !== name) {
    const also = document.createElement("span");
    also.textContent = note;
    option.append(" ", also);
  }
  return option;
}
