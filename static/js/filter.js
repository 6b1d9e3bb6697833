/* Filters the table at once and keeps the form, the state and the address in step. */

export function startFilter(root, state) {
  const form = root.querySelector("[data-part=filter]");
  const table = root.querySelector("[data-part=table]");
  if (!form || !table) return;
  form.querySelector("[data-part=apply]").hidden = true;
  const read = () => Object.fromEntries(new FormData(form));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", async () => {
    await completeTable(table, form.action);
    state.set(read());
  });
  state.follow(["province", "riding_class"], () => {
    for (const name of ["province", "riding_class"]) form.elements[name].value = state.get(name);
    showRows(table, root, state);
  });
}

function showRows(table, root, state) {
  let shown = 0;
  for (const row of table.querySelectorAll("tr[data-riding]")) {
    const isShown = state.shows(row.dataset.province, row.dataset.class);
    row.hidden = !isShown;
    if (isShown) shown += 1;
  }
  root.querySelector("[data-part=shown]").textContent = shown;
}

/* A page that came filtered lacks the other rows: fetch the whole table once. */
async function completeTable(table, address) {
  if (table.dataset.complete) return;
  const total = Number(table.dataset.total);
  if (table.querySelectorAll("tr[data-riding]").length < total) {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const whole = page.querySelector("[data-part=table] tbody");
    if (whole) table.tBodies[0].replaceWith(whole);
  }
  table.dataset.complete = "yes";
}
