/* A button that prints the page; without scripts there is the browser's own. */

export function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
