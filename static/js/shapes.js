/* Draws ridings on a Leaflet map and keeps every shape in step with its class and state. */
import { sharedDocument } from "./documents.js";
import { boxAround, lambert } from "./lambert.js";
import { readShapes } from "./topology.js";

const L = window.L;
const GEOMETRY = "/api/v1/map/geometry";
const FINE_FROM_ZOOM = 7;
const fills = { emerging: "url(#emerging-dots)" };

/** Make an empty Leaflet map of our projection inside an element. */
export function createMap(element, options = {}) {
  const map = L.map(element, {
    crs: lambert, renderer: L.svg({ padding: 0.4 }), zoomControl: false, attributionControl: false, scrollWheelZoom: false,
    zoomSnap: 0.25, zoomDelta: 1, minZoom: 2, maxZoom: 13, maxBoundsViscosity: 0.8,
    dragging: !window.matchMedia("(pointer: coarse)").matches, ...options,
  });
  L.control.zoom({ zoomInTitle: element.dataset.zoomIn, zoomOutTitle: element.dataset.zoomOut }).addTo(map);
  // The wheel scrolls the page until the reader turns to the map.
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  return map;
}

export class Shapes {
  #map;
  #layers = new Map();
  #shapes = new Map();
  #classes = {};
  #provinceOf;
  #fineProvinces = new Set();
  #onLayer;

  /** `provinceOf(number)` tells a riding's province; `onLayer(layer, number)` binds the page's events. */
  constructor(map, { provinceOf, onLayer = () => {} }) {
    this.#map = map;
    this.#provinceOf = provinceOf;
    this.#onLayer = onLayer;
  }

  /** Load the whole country; rejects with MissingDocument where no boundaries are loaded. */
  async load() {
    this.#draw(readShapes(await sharedDocument(GEOMETRY), "ridings"));
    this.#map.on("moveend", () => this.#refine());
  }

  box(numbers, northernmost) {
    return boxAround(numbers.map((number) => this.#shapes.get(number)).filter(Boolean), northernmost);
  }

  /* In law Nunavut reaches the pole: the view of the whole country stops where people live. */
  get wholeBox() {
    return this.box(this.numbers, 71);
  }

  get numbers() {
    return [...this.#shapes.keys()];
  }

  /** Colour every riding by {number: class}. */
  colour(classes) {
    this.#classes = classes;
    for (const [number, layer] of this.#layers) this.#dress(number, layer);
  }

  /** Set or remove a data attribute of a riding's shape; marked shapes are drawn above their neighbours. */
  mark(number, attribute, value) {
    const layer = this.#layers.get(number);
    const path = layer?.getElement();
    if (!path) return;
    if (value) path.dataset[attribute] = value;
    else delete path.dataset[attribute];
    if (attribute === "marked" && value) layer.bringToFront();
  }

  /** Load and show the fine shapes of one province. */
  async refineProvince(province) {
    if (this.#fineProvinces.has(province)) return;
    this.#fineProvinces.add(province);
    try {
      this.#draw(readShapes(await sharedDocument(`${GEOMETRY}?province=${province}`), "ridings"));
    } catch {
      this.#fineProvinces.delete(province);
    }
  }

  #draw(shapes) {
    for (const shape of shapes) {
      this.#shapes.set(shape.id, shape);
      const known = this.#layers.get(shape.id);
      if (known) known.setLatLngs(shape.polygons);
      else this.#add(shape);
    }
  }

  #add(shape) {
    const layer = L.polygon(shape.polygons, { className: "c-shape", smoothFactor: 0, weight: 1, fillOpacity: 1, bubblingMouseEvents: false });
    this.#layers.set(shape.id, layer);
    layer.addTo(this.#map);
    this.#dress(shape.id, layer);
    this.#onLayer(layer, shape.id);
  }

  #dress(number, layer) {
    const ridingClass = this.#classes[number] ?? "other";
    const token = getComputedStyle(document.documentElement).getPropertyValue(`--map-${ridingClass}`).trim();
    layer.setStyle({ fillColor: fills[ridingClass] ?? token });
    const path = layer.getElement();
    path.dataset.class = ridingClass;
    path.dataset.riding = number;
  }

  #refine() {
    const isClose = this.#map.getZoom() >= FINE_FROM_ZOOM;
    this.#map.getContainer().toggleAttribute("data-close", isClose);
    if (!isClose) return;
    const view = this.#map.getBounds().pad(0.1);
    const inView = [...this.#layers].filter(([, layer]) => view.intersects(layer.getBounds()));
    for (const province of new Set(inView.map(([number]) => this.#provinceOf(number)))) {
      if (province) this.refineProvince(province);
    }
  }
}
