/* Where a finger goes: doors, "nobody home" for one or a whole floor, the order, the file. */
import { readFile, saveFile } from "./canvass-keep.js";

const DOUBLE_TAP = 2000;

export function startTaps({ root, list, queue, views, open, save, send, draw }) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const tapped = {};

  for (const row of list.rows) {
    row.querySelector("a")?.addEventListener("click", (event) => {
      event.preventDefault();
      if (views()[row.dataset.door]?.state !== "pass") open(row.dataset.door);
    });
    row.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      if (Date.now() - (tapped[row.dataset.door] ?? 0) < DOUBLE_TAP) return;
      tapped[row.dataset.door] = Date.now();
      save(notHome(row.dataset.door));
    });
  }
  for (const button of root.querySelectorAll("[data-bulk]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      for (const door of button.dataset.bulk.trim().split(" ")) {
        if (views()[door]?.state === "open") await save(notHome(door));
      }
    });
  }
  const orders = [...root.querySelectorAll("[data-order]")];
  for (const button of orders) {
    button.addEventListener("click", () => {
      for (const other of orders) other.setAttribute("aria-pressed", String(other === button));
      list.sort(button.dataset.order);
    });
  }
  part("send").addEventListener("click", send);
  part("export").addEventListener("click", async () => {
    saveFile(root.dataset.name, [...(await queue.unsent()), ...(await queue.refused())]);
  });
  part("import").addEventListener("change", async ({ target }) => {
    const records = await readFile(target.files[0], root.dataset.checkout).catch(() => []);
    for (const record of records) await queue.add(record);
    await draw();
    send();
  });
}

function notHome(door) {
  return { id: crypto.randomUUID(), door: Number(door), outcome: "not_home", at: new Date().toISOString(), answers: [] };
}
