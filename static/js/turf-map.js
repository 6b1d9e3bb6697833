/* Doors of a list and outlines of its turfs; where the page asks for it, one draws an outline on it. */

const READY = "ready";
const LEAST_CORNERS = 3;

export async function start(root) {
  if (!window.L) return;
  root.hidden = false;
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  let known;
  try {
    const answer = await fetch(root.dataset.source, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    known = await answer.json();
  } catch {
    part("note").hidden = false;
    return;
  }
  const map = createMap(part("canvas"));
  const draws = root.hasAttribute("data-draws");
  drawGround(map, known, draws);
  if (draws) new Drawing(map, known, root, part);
  root.dataset.state = READY;
}

/* No tiles: nobody outside learns which doors are walked. */
function createMap(element) {
  const map = window.L.map(element, {
    renderer: window.L.canvas({ padding: 0.4 }), zoomControl: false, attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.5, maxZoom: 21,
    doubleClickZoom: false,
  });
  window.L.control.zoom({ zoomInTitle: element.dataset.zoomIn, zoomOutTitle: element.dataset.zoomOut }).addTo(map);
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  return map;
}

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const corners = (polygon) => polygon.coordinates[0].map(([lng, lat]) => [lat, lng]);

function drawGround(map, known, draws) {
  const L = window.L;
  const boundary = known.boundary ? L.geoJSON(known.boundary, { interactive: false, style: { color: token("--map-line"), weight: 2, fillColor: token("--paper"), fillOpacity: 1 } }) : null;
  const doors = L.latLngBounds(known.doors.map(([lng, lat]) => [lat, lng]));
  map.fitBounds(doors.isValid() ? doors.pad(0.1) : boundary?.getBounds() ?? [[42, -141], [70, -52]], { animate: false });
  boundary?.addTo(map);
  for (const turf of known.turfs) {
    const layer = L.polygon(corners(turf.outline), { color: token("--plum"), weight: 1.5, fillColor: token("--lilac"), fillOpacity: 0.35, interactive: !draws });
    layer.addTo(map);
    if (draws) continue;
    layer.bindTooltip(document.createTextNode(turf.name), { sticky: true });
    layer.on("click", () => window.location.assign(turf.path));
  }
  const colours = Object.fromEntries(known.statuses.map((status) => [status, token(`--door-${status}`)]));
  for (const [lng, lat, status] of known.doors) {
    L.circleMarker([lat, lng], { radius: 4, weight: 1, color: token("--ink"), fillColor: colours[known.statuses[status]], fillOpacity: 1, interactive: false }).addTo(map);
  }
}

class Drawing {
  #map;
  #known;
  #corners = [];
  #layer;
  #field;
  #status;

  constructor(map, known, root, part) {
    this.#map = map;
    this.#known = known;
    this.#field = root.closest("form").querySelector("[data-outline]");
    this.#status = part("status");
    this.#layer = window.L.polygon([], { color: token("--danger"), weight: 3, fillOpacity: 0.15, interactive: false }).addTo(map);
    this.#read();
    map.on("click", ({ latlng }) => this.#add(latlng));
    part("middle").addEventListener("click", () => this.#add(map.getCenter()));
    part("undo").addEventListener("click", () => this.#set(this.#corners.slice(0, -1)));
    part("clear").addEventListener("click", () => this.#set([]));
  }

  /* What came back with a sentence is not lost. */
  #read() {
    try {
      this.#set(corners(JSON.parse(this.#field.value)).slice(0, -1));
    } catch {
      this.#set([]);
    }
  }

  #add({ lat, lng }) {
    this.#set([...this.#corners, [lat, lng]]);
  }

  #set(found) {
    this.#corners = found;
    this.#layer.setLatLngs(found);
    const ring = [...found, ...found.slice(0, 1)].map(([lat, lng]) => [Number(lng.toFixed(7)), Number(lat.toFixed(7))]);
    this.#field.value = found.length ? JSON.stringify({ type: "Polygon", coordinates: [ring] }) : "";
    const free = found.length < LEAST_CORNERS ? 0 : this.#known.doors.filter(([lng, lat, , turf]) => turf < 0 && isInside(lng, lat, ring)).length;
    this.#status.textContent = this.#status.dataset.words.replace("{corners}", found.length).replace("{doors}", free);
    this.#map.getContainer().dataset.corners = found.length;
  }
}

/* Even or odd crossings of a line to the east. */
function isInside(x, y, ring) {
  let inside = false;
  for (let here = 0; here < ring.length - 1; here += 1) {
    const [[x1, y1], [x2, y2]] = [ring[here], ring[here + 1]];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
