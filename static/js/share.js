/* Copying a link and the telephone's own way to share; without them the plain links remain. */

export function start(root) {
  const part = (name) => root.querySelector(`[data-part=${name}]`);
  const { title, link } = root.dataset;
  const field = part("link");
  field.addEventListener("focus", () => field.select());
  if (navigator.clipboard) startCopying(part("copy"), part("status"), link);
  if (navigator.share) startSharing(part("native"), { title, url: link });
}

function startCopying(button, status, link) {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      return; // refused by the browser: the link stands beside the button
    }
    button.textContent = status.textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, 3_000);
  });
}

function startSharing(button, what) {
  button.hidden = false;
  button.addEventListener("click", () => navigator.share(what).catch(() => {})); // closed without sharing
}
