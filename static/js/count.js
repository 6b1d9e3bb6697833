/* Keeps the number of signatures current while the page is open and looked at. */
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
    const { signatures, goal } = await answer.json();
    number.textContent = written.format(signatures);
    bar.setAttribute("width", String(Math.min(100, (100 * signatures) / goal)));
  };
  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", refresh);
}
