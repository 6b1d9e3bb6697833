/* The doors of a turf: what each shows, from what the server knows and what waits on this phone. */
// The same lists as in volunteers/enums/contacting.py and volunteers/queries/walks.py.
const CONVERSATIONS = ["answered", "refused", "dnc", "language", "call_back"];
const TRIED = ["not_home", "no_access", "left", "call_back", "language"];

export function startList(root, words) {
  const rows = [...root.querySelectorAll("[data-door]")];
  const list = root.querySelector("[data-part=doors]");
  const inOrder = list ? [...list.children] : [];
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });

  /* Write every row; return {door: {state, text, line, mine}}. */
  function show(doors, records) {
    const views = {};
    for (const row of rows) {
      const known = doors[row.dataset.door];
      // A door that is in this turf no more stays as it was until the page is loaded anew.
      if (!known) continue;
      const own = records.filter((one) => String(one.door) === row.dataset.door && one.state !== "sent");
      const view = describe(known, own, words, time);
      row.dataset.state = view.state;
      row.toggleAttribute("data-unsent", view.waits);
      row.querySelector("[data-part=status]").textContent = view.text;
      const quick = row.querySelector("[data-part=quick]");
      if (quick) quick.hidden = view.state === "pass" || view.state === "done";
      views[row.dataset.door] = { ...view, line: row.dataset.line, mine: own.at(-1)?.id ?? known.mine };
    }
    return views;
  }

  function sort(order) {
    const isOpen = (item) => item.dataset.state === "open" || item.dataset.state === "conflict";
    const towers = inOrder.filter((item) => "tower" in item.dataset);
    for (const item of towers) item.hidden = order === "open";
    const sorted = order === "open" ? [...rows.filter(isOpen), ...rows.filter((row) => !isOpen(row))] : inOrder;
    list.append(...sorted);
  }

  return { rows, show, sort };
}

function describe(known, own, words, time) {
  const at = (moment) => time.format(new Date(moment));
  if (known.state === "pass") return { state: "pass", text: words.pass, waits: false };
  const sorted = [...own].sort((one, other) => (one.at < other.at ? -1 : 1));
  const corrected = new Set(sorted.map((record) => record.corrects).filter(Boolean));
  const live = sorted.filter((record) => !corrected.has(record.id));
  const talk = live.filter((record) => CONVERSATIONS.includes(record.outcome)).at(-1);
  const latest = talk ?? live.at(-1);
  const waits = own.length > 0;
  const note = waits ? ` – ${words.waits}` : "";
  const isStanding = known.state === "conflict" || known.state === "done";
  if (!latest || (!talk && isStanding && !latest.corrects)) return { ...shown(known, words, at, note), waits };
  if (latest.outcome === "dnc") return { state: "pass", text: words.pass + note, waits };
  const state = TRIED.includes(latest.outcome) ? "tried" : "done";
  return { state, text: `${words[latest.outcome]}, ${at(latest.at)}${note}`, waits };
}

function shown(known, words, at, note) {
  const { state } = known;
  if (state === "open") return { state, text: words.open + note };
  if (state !== "conflict") return { state, text: `${known.label}, ${at(known.at)}${note}` };
  const rivals = known.rivals.map((one) => `${one.label} (${one.by}, ${at(one.at)})`).join("; ");
  return { state, text: `${words.conflict}: ${rivals}${note}` };
}
