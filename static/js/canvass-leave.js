/* No log-out while doors are recorded on this phone alone; afterwards nothing of them stays on it. */
import { removePages } from "./canvass-keep.js";
import { countUnsent, removeAll } from "./canvass-queue.js";

for (const form of document.querySelectorAll("[data-canvass-leave]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const count = await countUnsent().catch(() => 0);
    const message = form.querySelector("[data-part=problem]");
    message.hidden = !count;
    message.textContent = form.dataset.words.replace("{count}", count);
    if (count) return;
    await Promise.allSettled([removeAll(), removePages()]);
    form.submit();
  });
}
