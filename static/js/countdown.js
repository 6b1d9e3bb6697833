/* Adds the hours to a count of days, by the reader's own clock; without it the days stand alone. */

const MINUTE = 60_000;
const UNITS = [["day", 1440], ["hour", 60], ["minute", 1]];

export function start(root) {
  const part = root.querySelector("[data-part=precise]");
  const ends = Date.parse(root.dataset.ends);
  const language = document.documentElement.lang || "en";
  const show = () => {
    const minutes = Math.floor((ends - Date.now()) / MINUTE);
    part.hidden = minutes < 0; // a kept page may be older than the deadline
    part.textContent = written(minutes, language);
  };
  show();
  setInterval(show, MINUTE);
}

/* The two largest units that say something: “12 days, 4 hours”, “3 hours, 5 minutes”. */
function written(minutes, language) {
  const first = Math.max(0, UNITS.findIndex(([, size]) => minutes >= size));
  let rest = Math.max(0, minutes);
  const parts = UNITS.slice(first, first + 2).map(([unit, size]) => {
    const number = Math.floor(rest / size);
    rest %= size;
    return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(number);
  });
  return new Intl.ListFormat(language, { type: "unit", style: "long" }).format(parts);
}
