/* Opens the lines of a script as answers lead to them; the same way as the server walks it. */

export function startScript(form) {
  const lines = [...form.querySelectorAll("[data-line]")];
  if (!lines.length) return;
  form.querySelector("[data-part=step]").hidden = true;
  const show = () => {
    const reached = walked(lines);
    for (const line of lines) line.hidden = !reached.has(line);
  };
  form.addEventListener("change", (event) => {
    show();
    if (event.target.dataset.ends === "dnc") suggest(form, "dnc");
  });
  show();
}

function walked(lines) {
  const reached = new Set();
  let place = 0;
  while (place !== null && place >= 0 && place < lines.length && !reached.has(lines[place])) {
    reached.add(lines[place]);
    place = following(lines, place);
  }
  return reached;
}

function following(lines, place) {
  if (lines[place].dataset.kind !== "one") return place + 1;
  const chosen = lines[place].querySelector("input:checked");
  if (!chosen || chosen.dataset.ends) return null;
  const leads = chosen.dataset.leads;
  return leads ? lines.findIndex((line) => line.dataset.line === leads) : place + 1;
}

/* "Never call again" was said: the button that records it stands where the eye is. */
function suggest(form, outcome) {
  const button = form.querySelector(`[data-outcome="${outcome}"]`);
  button.focus();
  button.scrollIntoView({ block: "center" });
}
