/* Lambert conformal conic projection as Statistics Canada draws the country (EPSG:3347), on a sphere.
   Web Mercator would swell Nunavut to the size of a continent. */

const L = window.L;
const RADIUS = 6371007;
const radians = (degrees) => (degrees * Math.PI) / 180;
const degrees = (angle) => (angle * 180) / Math.PI;
const stretch = (latitude) => Math.tan(Math.PI / 4 + latitude / 2);

const [SOUTH, NORTH, ORIGIN, MERIDIAN] = [49, 77, 63.390675, -91.866667].map(radians);
const CONE = Math.log(Math.cos(SOUTH) / Math.cos(NORTH)) / Math.log(stretch(NORTH) / stretch(SOUTH));
const FACTOR = (Math.cos(SOUTH) * stretch(SOUTH) ** CONE) / CONE;
const distance = (latitude) => (RADIUS * FACTOR) / stretch(latitude) ** CONE;
const AT_ORIGIN = distance(ORIGIN);

const projection = {
  project({ lat, lng }) {
    const rho = distance(radians(lat));
    const theta = CONE * (radians(lng) - MERIDIAN);
    return new L.Point(rho * Math.sin(theta), AT_ORIGIN - rho * Math.cos(theta));
  },
  unproject({ x, y }) {
    const rho = Math.hypot(x, AT_ORIGIN - y);
    const theta = Math.atan2(x, AT_ORIGIN - y);
    const latitude = 2 * Math.atan(((RADIUS * FACTOR) / rho) ** (1 / CONE)) - Math.PI / 2;
    return new L.LatLng(degrees(latitude), degrees(theta / CONE + MERIDIAN));
  },
  bounds: new L.Bounds([-6e6, -6e6], [6e6, 6e6]),
};

/* Metres a pixel at zoom 0, as on other web maps, so that zoom numbers mean what one is used to. */
const METRES_PER_PIXEL = 156543;

export const lambert = L.extend({}, L.CRS, {
  code: "EPSG:3347",
  projection,
  transformation: new L.Transformation(1 / METRES_PER_PIXEL, 0, -1 / METRES_PER_PIXEL, 0),
  infinite: true,
  scale: (zoom) => 2 ** zoom,
  zoom: (scale) => Math.log2(scale),
  distance: L.CRS.Earth.distance,
  R: RADIUS,
});

/** Show the box of projected metres (an L.Bounds) as large as it fits. */
export function showBox(map, box, { animate = false, most = 12 } = {}) {
  const size = map.getSize();
  const { x, y } = box.getSize();
  const fitting = Math.log2(Math.min(size.x / x, size.y / y) * METRES_PER_PIXEL * 0.94);
  const snapped = Math.floor(fitting * 4) / 4;
  map.setView(projection.unproject(box.getCenter()), Math.min(snapped, most), { animate });
}

/** The box of projected metres around shapes as `readShapes` returns them, of what lies south of a latitude. */
export function boxAround(shapes, northernmost = 90) {
  const box = new L.Bounds();
  for (const shape of shapes) {
    for (const rings of shape.polygons) {
      for (const [lat, lng] of rings[0]) if (lat <= northernmost) box.extend(projection.project({ lat, lng }));
    }
  }
  return box;
}
