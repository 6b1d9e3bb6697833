/* Shows the steps of a script that follow from the answers so far. */
const STOPS = ["end", "dnc"];

export function follow(form) {
  const steps = [...form.querySelectorAll("[data-question]")];
  const names = steps.map((step) => step.dataset.question);
  const shown = new Set();
  let place = 0;
  // A script that leads back to a question already asked ends there.
  while (place >= 0 && place < steps.length && !shown.has(place)) {
    shown.add(place);
    place = next(steps[place], place, names);
  }
  steps.forEach((step, index) => {
    step.hidden = !shown.has(index);
  });
}

function next(step, place, names) {
  if (step.dataset.kind !== "one") return place + 1;
  const chosen = step.querySelector("input:checked");
  if (!chosen || STOPS.includes(chosen.dataset.effect)) return -1;
  return chosen.dataset.leads ? names.indexOf(chosen.dataset.leads) : place + 1;
}
