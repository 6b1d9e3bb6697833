/* Filters the table at once and keeps the form, the state and the address in step. */

export function startFilter(root, state) {
  const form = root.querySelector("[data-part=filter]");
  const table = root.querySelector("[data-part=table]");
  if (!form || !table) return;
  form.querySelector("[data-part=apply]").hidden = true;
  const read = () => Object.fromEntries(new FormData(form));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => state.set(read()));
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

/** A page that came filtered lacks the other ridings: fetch the whole of it once and take over its parts. */
export async function completePage(root) {
  const table = root.querySelector("[data-part=table]");
  if (!table || table.querySelectorAll("tr[data-riding]").length >= Number(table.dataset.total)) return;
  const answer = await fetch(window.location.pathname);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of ["table", "cartogram"]) {
    const whole = page.querySelector(`[data-part=${part}]`);
    if (whole) root.querySelector(`[data-part=${part}]`).replaceWith(whole);
  }
}
