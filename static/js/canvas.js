/* The Leaflet view of all ridings. */
import { showBox } from "./lambert.js";
import { createMap, Shapes } from "./shapes.js";

const L = window.L;

/** Start the map; rejects with MissingDocument where no boundaries are loaded. */
export async function startCanvas(element, state, ridings) {
  const provinceOf = (number) => ridings.get(number)?.province ?? "";
  element.hidden = false;
  const map = createMap(element);
  const shapes = new Shapes(map, { provinceOf, onLayer: (layer, number) => listen(layer, number, state) });
  try {
    map.setView([62, -96], 3);
    await shapes.load();
  } catch (error) {
    element.hidden = true;
    map.remove();
    throw error;
  }
  addWholeButton(map, element.dataset.whole, () => showBox(map, shapes.wholeBox, { animate: true }));
  const colour = (classes) => {
    shapes.colour(classes);
    dim(shapes, state, ridings);
  };
  colour(Object.fromEntries([...ridings].map(([number, riding]) => [number, riding.class])));
  follow(map, shapes, state, ridings);
  element.hidden = state.get("view") === "cartogram";
  return { colour };
}

function listen(layer, number, state) {
  layer.on("mouseover", () => state.set({ hovered: number }));
  layer.on("mouseout", () => state.set({ hovered: "" }));
  layer.on("click", ({ latlng }) => state.set({ riding: number, hovered: "" }, { point: latlng }));
}

function dim(shapes, state, ridings) {
  for (const number of shapes.numbers) {
    const riding = ridings.get(number);
    shapes.mark(number, "dimmed", riding && !state.shows(riding.province, riding.class) ? "yes" : "");
  }
}

function follow(map, shapes, state, ridings) {
  const marked = { riding: "", hovered: "" };
  const remark = (name, value) => {
    shapes.mark(marked[name], "marked", "");
    marked[name] = state.get(name);
    shapes.mark(marked[name], "marked", value);
  };
  state.follow(["hovered", "riding"], () => {
    remark("hovered", "hover");
    remark("riding", "chosen");
  });
  state.follow(["province", "riding_class"], () => dim(shapes, state, ridings));
  const look = (detail) => lookAt(map, shapes, state, ridings, detail);
  state.follow(["province", "riding"], look);
  state.follow(["view"], ({ isFirst }) => {
    if (isFirst || state.get("view") !== "map") return;
    map.invalidateSize();
    look({ changed: ["view"], isFirst: true });
  });
}

/* A riding chosen by hand on the map stays where it is; one chosen elsewhere is brought into view. */
function lookAt(map, shapes, state, ridings, { changed, point, isFirst }) {
  if (point || map.getContainer().hidden) return;
  const animate = !isFirst && !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const { riding, province } = { riding: state.get("riding"), province: state.get("province") };
  if (riding && shapes.numbers.includes(riding)) {
    if (!isFirst && !changed.includes("riding")) return;
    showBox(map, widened(shapes.box([riding])), { animate, most: 12 });
  } else if (isFirst || changed.includes("province")) {
    const chosen = shapes.numbers.filter((number) => !province || ridings.get(number)?.province === province);
    showBox(map, province ? shapes.box(chosen) : shapes.wholeBox, { animate });
  }
}

/* Leave room for the neighbours, so that one sees where the riding lies. */
function widened(box) {
  const centre = box.getCenter();
  const half = box.getSize().multiplyBy(1.1);
  return new L.Bounds(centre.subtract(half), centre.add(half));
}

function addWholeButton(map, title, show) {
  const control = L.control({ position: "topleft" });
  control.onAdd = () => {
    const bar = L.DomUtil.create("div", "leaflet-bar leaflet-control");
    const button = L.DomUtil.create("a", "", bar);
    button.href = "#";
    button.title = title;
    button.setAttribute("role", "button");
    button.setAttribute("aria-label", title);
    button.textContent = "⬡";
    L.DomEvent.disableClickPropagation(bar);
    L.DomEvent.on(button, "click", (event) => {
      L.DomEvent.preventDefault(event);
      show();
    });
    return bar;
  };
  control.addTo(map);
}
