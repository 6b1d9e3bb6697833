/* Copying a text; without scripts, or where the browser refuses, it can be selected by hand. */

export function start(root) {
  const part = (name) => root.querySelector(`[data-part=${name}]`);
  const field = part("text");
  field.addEventListener("focus", () => field.select());
  if (navigator.clipboard) startCopying(part("copy"), part("status"), field.value);
}

export function startCopying(button, status, text) {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return; // refused by the browser: the text stands beside the button
    }
    button.textContent = status.textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, 3_000);
  });
}
