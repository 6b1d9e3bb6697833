/* Keeps the pages of turfs that somebody holds, and the files these need, for when there is no connection. Nothing else:
   every other page, and whatever is sent, goes to the server. */
const CACHE = "c4c-canvass";
const WALK = /\/volunteer\/doors\/\d+\/$/;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { keep, files, forget } = event.data;
  const work = forget ? drop(forget) : hold(keep, files);
  event.waitUntil(work.then(() => true, () => false).then((done) => event.ports[0]?.postMessage(done)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (WALK.test(url.pathname)) event.respondWith(page(event, url.pathname));
  } else if (["script", "style", "image", "font"].includes(request.destination)) {
    event.respondWith(file(request));
  }
});

async function hold(path, files) {
  const cache = await caches.open(CACHE);
  const missing = [];
  for (const name of files) if (!HASHED.test(name) || !(await cache.match(name))) missing.push(name);
  await cache.addAll(missing);
  const answer = await fetch(path, { credentials: "same-origin", redirect: "manual" });
  if (!answer.ok) throw new Error("The page is not to be had now.");
  await cache.put(path, answer);
}

async function drop(path) {
  const cache = await caches.open(CACHE);
  await cache.delete(path);
  const pages = (await cache.keys()).filter((request) => WALK.test(new URL(request.url).pathname));
  if (!pages.length) await caches.delete(CACHE);
}

/* The server's page if it comes soon; else the one kept. A redirect is a log-in, which the server asks for rightly. */
async function page(event, path) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path);
  if (!kept) return fetch(event.request);
  try {
    const answer = await Promise.race([fetch(event.request), tooLong()]);
    if (answer.type === "opaqueredirect") return answer;
    if (!answer.ok) return kept;
    event.waitUntil(cache.put(path, answer.clone()));
    return answer;
  } catch {
    return kept;
  }
}

async function file(request) {
  const kept = await caches.match(request, { cacheName: CACHE });
  if (kept && HASHED.test(new URL(request.url).pathname)) return kept;
  return fetch(request).catch((problem) => {
    if (kept) return kept;
    throw problem;
  });
}

function tooLong() {
  return new Promise((_resolve, reject) => setTimeout(() => reject(new Error("No answer.")), PATIENCE));
}
