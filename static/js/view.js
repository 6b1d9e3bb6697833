/* The switch between the map and the cartogram. */

export function startView(root, state, { canvas, cartogram }) {
  const buttons = [...root.querySelectorAll("[data-view]")];
  root.hidden = false;
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-view]");
    if (button) state.set({ view: button.dataset.view });
  });
  state.follow(["view"], () => {
    const view = state.get("view") === "cartogram" ? "cartogram" : "map";
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.view === view));
    canvas.hidden = view !== "map";
    cartogram.hidden = view !== "cartogram";
  });
}
