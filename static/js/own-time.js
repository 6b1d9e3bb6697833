/* Times by the reader's own clock beside those of the voter; without scripts the voter's stand alone. */

export function start(root) {
  write(root);
}

export function showOwnTimes(within) {
  for (const element of within.querySelectorAll("[data-part=own-time]")) write(element);
}

/* While a callback is being written down: what that moment is on the caller's clock. */
export function showBothClocks(fields, line) {
  if (!fields) return;
  const show = () => {
    const day = fields.querySelector("[type=date]").value;
    const time = fields.querySelector("[type=time]").value;
    line.textContent = day && time ? `${line.dataset.words} ${written(instant(`${day}T${time}`, fields.dataset.zone))}` : "";
  };
  fields.addEventListener("input", show);
  show();
}

function write(element) {
  element.textContent = `(${written(new Date(element.dateTime))})`;
}

function written(moment) {
  const language = document.documentElement.lang || "en";
  return new Intl.DateTimeFormat(language, { weekday: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short" }).format(moment);
}

/* The moment at which a clock in the zone shows this time: read as UTC, then moved by how far that clock is off there. */
function instant(wall, zone) {
  const asUtc = new Date(`${wall}Z`);
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(asUtc);
  return new Date(2 * asUtc - new Date(`${parts.replace(" ", "T")}Z`));
}
