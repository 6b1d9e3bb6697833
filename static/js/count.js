/* Keeps a count current while the page is open and looked at; the source's fields are named in data-number and data-goal. */
import { language } from "./documents.js";

const EVERY = 30_000;

export function start(root) {
  const number = root.querySelector("[data-part=number]");
  const bar = root.querySelector("[data-part=bar]");
  const written = new Intl.NumberFormat(`${language}-CA`);
  const refresh = async () => {
    if (document.hidden) return;
    const answer = await fetch(root.dataset.source, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return; // the number that is there is right enough
    const facts = await answer.json();
    const count = facts[root.dataset.number];
    const goal = facts[root.dataset.goal] ?? count;
    number.textContent = written.format(count);
    bar.setAttribute("width", String(Math.min(100, (100 * count) / goal)));
  };
  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", refresh);
}
