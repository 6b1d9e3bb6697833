/* The page without a connection, the phone's room, and a file as the last way out. */
const LITTLE_ROOM = 5_000_000;

/* Ask the worker to keep this page and what it needs; true once it opens without a connection. */
export async function keepPage(root) {
  if (!navigator.serviceWorker) return false;
  try {
    await navigator.serviceWorker.register(root.dataset.worker);
    const registration = await navigator.serviceWorker.ready;
    return await ask(registration.active, { keep: location.pathname, files: filesOfPage() });
  } catch {
    return false;
  }
}

export async function forgetPage() {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration?.active) await ask(registration.active, { forget: location.pathname });
}

export async function removePages() {
  await window.caches?.delete("c4c-canvass");
  const registrations = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(registrations.map((one) => one.unregister()));
}

export async function hasLittleRoom() {
  if (!navigator.storage?.estimate) return false;
  await navigator.storage.persist?.();
  const { quota, usage } = await navigator.storage.estimate();
  return quota - usage < LITTLE_ROOM;
}

export function saveFile(name, records) {
  const link = document.createElement("a");
  const text = JSON.stringify({ kind: "doors", records }, null, 1);
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `${name}-${new Date().toISOString().slice(0, 16).replace(":", "")}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/* Return the records of a file for this turf; ids are in it, so that loaded twice they count once. */
export async function readFile(file, checkout) {
  const { kind, records } = JSON.parse(await file.text());
  if (kind !== "doors" || !Array.isArray(records)) return [];
  return records.filter((record) => record?.checkout === checkout && typeof record.id === "string");
}

function ask(worker, question) {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(question, [channel.port2]);
  });
}

function filesOfPage() {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const linked = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon]")].map(({ href }) => href);
  const own = [...loaded, ...linked].filter((name) => new URL(name).origin === location.origin);
  const files = own.filter((name) => /\.(css|js|svg|png|webp|woff2?)$/.test(new URL(name).pathname));
  return [...new Set(files.filter((name) => !name.endsWith("canvass-sw.js")))];
}
