/* The map of all ridings: puts its parts together around one state. */
import { startCartogram } from "./cartogram.js";
import { fetchDocument, MissingDocument, sharedDocument } from "./documents.js";
import { startDetails } from "./details.js";
import { completePage, startFilter } from "./filter.js";
import { MapState } from "./map-state.js";
import { startPicker } from "./picker.js";
import { startView } from "./view.js";

const COLOURS = "/api/v1/map/colours";
const RECOMMENDATIONS = "/api/v1/map/recommendations";
const REFRESH_EVERY = 60_000;

export async function start(root) {
  const state = new MapState(root.hasAttribute("data-keeps-address"));
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  await completePage(root).catch(() => {});
  const views = [startCartogram(part("cartogram"), state)];
  startView(part("view"), state, { canvas: part("canvas"), cartogram: part("cartogram") });

  const rows = await sharedDocument("/api/v1/ridings").catch(() => []);
  const ridings = new Map(rows.map((riding) => [String(riding.number), riding]));
  startFilter(root, state);
  startDetails(root, state, ridings);
  if (ridings.size) startPicker(part("picker"), state, ridings);

  try {
    const { startCanvas } = await import("./canvas.js");
    views.push(await startCanvas(part("canvas"), state, ridings));
    root.dataset.state = "ready";
  } catch (error) {
    state.set({ view: "cartogram" });
    part("view").hidden = true;
    showNote(part("note"), error instanceof MissingDocument ? "missing" : "broken");
    root.dataset.state = "without-boundaries";
  }
  const refresh = () => Promise.all([recolour(root, views, ridings), recommend(ridings)]);
  await refresh();
  keepCurrent(refresh);
}

function showNote(note, which) {
  note.textContent = note.dataset[which];
  note.hidden = false;
}

/* Fetch the colours (a few kB, 304 when nothing changed) and hand them to every view and to the legend. */
async function recolour(root, views, ridings) {
  const colours = await fetchDocument(COLOURS).catch(() => null);
  if (!colours) return;
  root.dataset.version = colours.version;
  for (const [number, ridingClass] of Object.entries(colours.classes)) {
    const riding = ridings.get(number);
    if (riding) riding.class = ridingClass;
  }
  for (const view of views) view.colour(colours.classes);
  for (const [ridingClass, entry] of Object.entries(colours.legend)) {
    const count = root.querySelector(`[data-count-of="${ridingClass}"]`);
    if (count) count.textContent = entry.count;
  }
}

/* Who is recommended where may change while the page is open; another document, so that the colours stay as they are. */
async function recommend(ridings) {
  const document = await fetchDocument(RECOMMENDATIONS).catch(() => null);
  if (!document) return;
  for (const [number, riding] of ridings) riding.recommendation = document.recommendations[number] ?? null;
}

function keepCurrent(refresh) {
  window.setInterval(() => {
    if (document.visibilityState === "visible") refresh();
  }, REFRESH_EVERY);
}
