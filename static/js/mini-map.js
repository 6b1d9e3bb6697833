/* Shows where one riding lies, in fine detail among its neighbours. */
import { fetchDocument, sharedDocument } from "./documents.js";

export async function start(root) {
  if (!window.L) return;
  const [{ showBox }, { createMap, Shapes }] = await Promise.all([import("./lambert.js"), import("./shapes.js")]);
  const { riding, province } = root.dataset;
  root.hidden = false;
  const map = createMap(root.querySelector("[data-part=canvas]"));
  map.setView([62, -96], 3);
  const rows = await sharedDocument("/api/v1/ridings").catch(() => []);
  const provinces = new Map(rows.map((row) => [String(row.number), row.province]));
  const shapes = new Shapes(map, { provinceOf: (number) => provinces.get(number) ?? "", onLayer: nameShape(rows) });
  try {
    await shapes.load();
    await shapes.refineProvince(province);
  } catch {
    root.hidden = true;
    return;
  }
  const colours = await fetchDocument("/api/v1/map/colours").catch(() => null);
  if (colours) shapes.colour(colours.classes);
  const box = shapes.box([riding]);
  const room = box.getSize().multiplyBy(0.35);
  showBox(map, new window.L.Bounds(box.min.subtract(room), box.max.add(room)), { most: 12 });
  shapes.mark(riding, "marked", "chosen");
  root.dataset.state = "ready";
}

/* A neighbour says its name, and leads to its page. */
function nameShape(rows) {
  const ridings = new Map(rows.map((row) => [String(row.number), row]));
  const language = document.documentElement.lang === "fr" ? "fr" : "en";
  return (layer, number) => {
    const riding = ridings.get(number);
    if (!riding) return;
    layer.bindTooltip(document.createTextNode(riding[`name_${language}`]), { sticky: true });
    layer.on("click", () => window.location.assign(`${language === "fr" ? "/fr" : ""}/ridings/${number}/`));
  };
}
