/* A combobox of all ridings: the map's twin for keyboards and screen readers.
   Pattern: WAI-ARIA Authoring Practices 1.2, editable combobox with list autocomplete. */
import { inLanguage } from "./documents.js";

const MOST_SHOWN = 12;

export function startPicker(root, state, ridings) {
  const input = root.querySelector("input");
  const list = root.querySelector("[role=listbox]");
  const status = root.querySelector("[data-part=picker-status]");
  const choices = [...ridings.values()].map((riding) => ({
    riding, number: String(riding.number), words: plain(`${riding.name_en} ${riding.name_fr} ${riding.number}`),
  }));
  let active = -1;
  root.hidden = false;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    state.set({ hovered: "" });
  };
  const activate = (index) => {
    const options = [...list.children];
    if (!options.length) return;
    active = (index + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
    state.set({ hovered: options[active].dataset.number });
  };
  const open = () => {
    const wanted = plain(input.value);
    const found = choices.filter(({ words }) => words.includes(wanted)).slice(0, MOST_SHOWN);
    list.replaceChildren(...found.map(optionOf));
    list.hidden = !found.length;
    active = -1;
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
    status.textContent = found.length ? `${found.length} ${status.dataset.some}` : status.dataset.none;
  };
  const choose = (option) => {
    if (!option) return;
    input.value = inLanguage(ridings.get(option.dataset.number), "name");
    close();
    state.set({ riding: option.dataset.number });
  };

  input.addEventListener("input", open);
  input.addEventListener("click", open);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => onKey(event, { list, open, close, activate, choose, active: () => active }));
  // Pressing on an option must not take the focus away from the field.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => choose(event.target.closest("[role=option]")));
  state.follow(["riding"], () => {
    const riding = ridings.get(state.get("riding"));
    input.value = riding ? inLanguage(riding, "name") : "";
  });
}

function onKey(event, { list, open, close, activate, choose, active }) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps) {
    event.preventDefault();
    if (list.hidden) open();
    activate(active() < 0 && event.key === "ArrowUp" ? -1 : active() + steps[event.key]);
  } else if (event.key === "Enter" && !list.hidden) {
    event.preventDefault();
    choose(list.children[Math.max(active(), 0)]);
  } else if (event.key === "Escape" && !list.hidden) {
    event.stopPropagation();
    close();
  }
}

function optionOf({ riding, number }) {
  const option = document.createElement("li");
  option.id = `riding-option-${number}`;
  option.role = "option";
  option.dataset.number = number;
  option.setAttribute("aria-selected", "false");
  const where = document.createElement("small");
  where.textContent = `${riding.province} · ${number}`;
  option.append(inLanguage(riding, "name"), where);
  return option;
}

/* Without accents, case and dashes, as the search on the server does. */
function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
}
