/* Copying a link and the telephone's own way to share; without them the plain links remain. */

import { startCopying } from "./copy.js";

export function start(root) {
  const part = (name) => root.querySelector(`[data-part=${name}]`);
  const { title, link } = root.dataset;
  const field = part("link");
  field.addEventListener("focus", () => field.select());
  if (navigator.clipboard) startCopying(part("copy"), part("status"), link);
  if (navigator.share) startSharing(part("native"), { title, url: link });
}

function startSharing(button, what) {
  button.hidden = false;
  button.addEventListener("click", () => navigator.share(what).catch(() => {})); // closed without sharing
}
