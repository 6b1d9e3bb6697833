/* The cartogram that the server drew: one hexagon a riding, in step with the state. */

export function startCartogram(root, state) {
  const cells = new Map([...root.querySelectorAll("[data-riding]")].map((cell) => [cell.dataset.riding, cell]));
  const numberAt = (event) => event.target.closest("[data-riding]")?.dataset.riding ?? "";
  root.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") state.set({ hovered: numberAt(event) });
  });
  root.addEventListener("pointerleave", () => state.set({ hovered: "" }));
  root.addEventListener("click", (event) => {
    const number = numberAt(event);
    // With a modifier key the link opens as links do.
    if (!number || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    state.set({ riding: number, hovered: "" });
  });
  // The details card says more than the browser's own small tooltip.
  for (const cell of cells.values()) cell.querySelector("title")?.remove();
  follow(cells, state);
  return { colour: (classes) => colour(cells, classes, state) };
}

function follow(cells, state) {
  state.follow(["hovered", "riding"], () => {
    for (const cell of cells.values()) delete cell.dataset.marked;
    mark(cells.get(state.get("hovered")), "hover");
    mark(cells.get(state.get("riding")), "chosen");
  });
  state.follow(["province", "riding_class"], () => dim(cells, state));
}

/* The marked cell is moved to the end: SVG draws later elements above earlier ones. */
function mark(cell, value) {
  if (!cell) return;
  cell.dataset.marked = value;
  if (value === "chosen") cell.parentNode.append(cell);
}

function colour(cells, classes, state) {
  for (const [number, ridingClass] of Object.entries(classes)) {
    const cell = cells.get(number);
    if (cell) cell.dataset.class = ridingClass;
  }
  dim(cells, state);
}

function dim(cells, state) {
  for (const cell of cells.values()) {
    cell.toggleAttribute("data-dimmed", !state.shows(cell.dataset.province, cell.dataset.class));
  }
}
