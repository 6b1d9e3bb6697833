/* Reads TopoJSON: borders are stored once, as quantised arcs that neighbours share. */

/** Return [{id, polygons}], each polygon a list of rings, each ring a list of [latitude, longitude]. */
export function readShapes(topology, objectName) {
  const arcs = topology.arcs.map((arc) => unpackArc(arc, topology.transform));
  return topology.objects[objectName].geometries.map(({ id, type, arcs: parts }) => ({
    id: String(id),
    polygons: (type === "Polygon" ? [parts] : parts ?? []).map((rings) => rings.map((ring) => joinArcs(ring, arcs))),
  }));
}

/* Every position but the first is a step from the one before. */
function unpackArc(arc, transform) {
  if (!transform) return arc.map(([x, y]) => [y, x]);
  const [scaleX, scaleY] = transform.scale;
  const [left, bottom] = transform.translate;
  let x = 0;
  let y = 0;
  return arc.map(([stepX, stepY]) => {
    x += stepX;
    y += stepY;
    return [y * scaleY + bottom, x * scaleX + left];
  });
}

/* A negative index is the arc of its complement, read backwards; arcs meet in a point that is kept once. */
function joinArcs(indices, arcs) {
  const ring = [];
  for (const index of indices) {
    const points = index < 0 ? arcs[~index].toReversed() : arcs[index];
    for (let i = ring.length ? 1 : 0; i < points.length; i += 1) ring.push(points[i]);
  }
  return ring;
}
