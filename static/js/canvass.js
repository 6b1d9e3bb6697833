/* The canvasser's page: every tap is on the phone's disk first, and at the server when it can be. */
import { startForm } from "./canvass-form.js";
import { forgetPage, hasLittleRoom, keepPage } from "./canvass-keep.js";
import { startList } from "./canvass-list.js";
import { openQueue } from "./canvass-queue.js";
import { startSync } from "./canvass-sync.js";
import { startTaps } from "./canvass-taps.js";

const json = (id) => JSON.parse(document.getElementById(id).textContent);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

export async function start(root) {
  const words = json("canvass-words");
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const queue = await openQueue(root.dataset.checkout).catch(() => null);
  if (!queue) return warn(words.no_storage);
  let walk = await newest(queue, root);
  let views = {};
  const list = startList(root, words);
  const show = part("visit") ? startForm(root, words, save) : null;
  const send = startSync({ address: root.dataset.sync, queue, seen: () => walk.seen, take, tell });

  async function draw() {
    const records = await queue.all();
    views = list.show(walk.doors, records);
    const states = Object.values(views).map(({ state }) => state);
    const done = states.filter((state) => state === "done" || state === "pass").length;
    if (part("progress")) part("progress").textContent = fill(words.progress, { done, count: states.length });
    const count = records.filter(({ state }) => state === "unsent").length;
    part("unsent").textContent = count > 1 ? fill(words.many_wait, { count }) : count ? words.one_waits : words.all_sent;
    part("bar").toggleAttribute("data-unsent", count > 0);
    part("last").textContent = walk.synced ? fill(words.last_sync, { time: clock(walk.synced) }) : words.never_sent;
    drawRefused(records.filter(({ state }) => state === "refused"));
  }

  function drawRefused(records) {
    part("refused").hidden = !records.length;
    part("refused-list").replaceChildren(...records.map((record) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      const line = views[record.door]?.line ?? "?";
      Object.assign(button, { type: "button", className: "c-button", textContent: line });
      button.dataset.kind = "quiet";
      button.addEventListener("click", () => open(record.door, record));
      item.append(fill(words.refused, { door: line, reason: record.reason }), " ", button);
      return item;
    }));
  }

  async function save(record) {
    const { address, mark } = walk.doors[record.door];
    try {
      await queue.add({ ...record, address, mark });
    } catch {
      return warn(words.no_storage);
    }
    await draw();
    send();
  }

  async function take(answer) {
    const changed = answer.doors ? Object.keys(answer.doors).length : 0;
    walk = { doors: answer.doors ?? walk.doors, seen: answer.seen, now: answer.now, synced: new Date().toISOString() };
    await queue.keepWalk(walk);
    if (!answer.held) return end();
    if (changed || answer.acknowledged.length) await draw();
  }

  async function end() {
    tell("given_back");
    if ((await queue.unsent()).length || (await queue.refused()).length) return;
    await queue.forget();
    await forgetPage();
    if (root.dataset.held === "yes") location.reload();
  }

  async function tell(word) {
    const state = part("state");
    state.textContent = word ? words[word] : "";
    if (word === "log_in") {
      const link = document.createElement("a");
      link.href = `${root.dataset.login}?next=${encodeURIComponent(location.pathname)}`;
      link.textContent = words.log_in;
      state.replaceChildren(link);
    }
    if (word !== "sending") await draw();
  }

  function open(door, record = null) {
    if (!show || !views[door]) return;
    const { line, text, mine } = views[door];
    show({ door: Number(door), line, status: text, mine: record ? "" : mine, record });
  }

  function warn(text) {
    part("trouble").textContent = text;
    part("trouble").hidden = false;
  }

  startTaps({ root, list, queue, views: () => views, open, save, send, draw });
  for (const name of ["bar", "order", "tools"]) if (part(name)) part(name).hidden = false;
  await draw();
  send();
  hasLittleRoom().then((isLittle) => isLittle && warn(words.no_room));
  if (root.dataset.held === "yes") keepPage(root).then((done) => (part("ready").textContent = done ? words.ready : words.not_ready));
}

/* The page may be an old one that was kept: whatever the server said last holds. */
async function newest(queue, root) {
  const onPage = { doors: json("canvass-doors"), seen: root.dataset.seen, now: root.dataset.now };
  const kept = await queue.walk().catch(() => null);
  return kept && Date.parse(kept.now) > Date.parse(onPage.now) ? kept : { ...onPage, synced: kept?.synced };
}

function clock(moment) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(new Date(moment));
}
