/* The card that tells about the riding under the pointer, or about the chosen one. */
import { inLanguage, language } from "./documents.js";

export function startDetails(root, state, ridings) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const card = part("details");
  const labels = classLabels(root);
  const close = () => state.set({ riding: "", hovered: "" });
  part("close").addEventListener("click", close);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  state.follow(["hovered", "riding"], ({ changed, point }) => {
    const riding = ridings.get(state.get("hovered")) ?? ridings.get(state.get("riding"));
    const isChosen = Boolean(riding) && String(riding.number) === state.get("riding");
    card.hidden = !riding;
    if (riding) fill(card, riding, labels);
    part("close").hidden = !isChosen;
    part("actions").hidden = !isChosen;
    if (!changed.includes("riding")) return;
    part("announce").textContent = isChosen ? `${card.innerText}` : "";
    offerExact(part("exact"), point);
  });
}

function classLabels(root) {
  const entries = [...root.querySelectorAll("[data-part=legend] li")];
  return Object.fromEntries(
    entries.map((entry) => [entry.querySelector("[data-count-of]").dataset.countOf, entry.querySelector(".c-legend-label").textContent]),
  );
}

function fill(card, riding, labels) {
  const part = (name) => card.querySelector(`[data-part="${name}"]`);
  part("name").textContent = inLanguage(riding, "name");
  part("where").textContent = `${riding.province} · ${riding.number}`;
  part("class").textContent = labels[riding.class] ?? "";
  part("reason").textContent = inLanguage(riding, "reason") ?? "";
  const recommended = riding.recommendation;
  part("recommended").hidden = !recommended;
  part("recommended-name").textContent = recommended ? `${recommended.name} (${inLanguage(recommended, "party")})` : "";
  part("link").href = `${language === "fr" ? "/fr" : ""}/ridings/${riding.number}/`;
  card.querySelector(".c-swatch").dataset.class = riding.class;
}

/* The map's shapes are simplified: near a border only the exact look-up may say which riding it is. */
function offerExact(link, point) {
  link.hidden = !point;
  if (!point) return;
  const address = new URL(link.href);
  address.search = new URLSearchParams({ lat: point.lat.toFixed(5), lon: point.lng.toFixed(5) });
  link.href = address.href;
}
