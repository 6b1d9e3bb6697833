/* Solves a little arithmetic while somebody fills in a form, so that robots pay for each one. It keeps nobody
   from sending: without it, or when it takes too long, the form goes as it is. A second click is ignored. */

const LONGEST_WAIT = 3_000;
const LONGEST_SENDING = 15_000; // then the answer got lost, and a click means what it says
const FRESH = 50 * 60_000; // a challenge lives for an hour
const SLICE = 500; // hashes between two breaths of the page

export function start(form) {
  const field = form.elements.namedItem("proof");
  if (!field) return;
  field.value = ""; // what the browser kept from an earlier visit is used up
  const proof = proofFor(form, field);
  for (const event of ["focusin", "pointerdown"]) form.addEventListener(event, proof.prepare, { once: true });
  const sending = startSending(form);
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    if (sending.is("ready")) return sending.set("sent");
    event.preventDefault();
    if (!sending.is("idle")) return;
    sending.set("waiting");
    await Promise.race([proof.prepare(), pause(LONGEST_WAIT)]);
    await pause(0); // a form cannot be sent from within its own submit event, where a ready proof leaves us
    sending.set("ready");
    form.requestSubmit(event.submitter);
    if (sending.is("ready")) sending.set("idle"); // a field changed meanwhile and is now wrong
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    sending.set("idle");
    proof.forget();
  });
}

/* idle → waiting for the proof → ready → sent → idle again, if the page is still there. */
function startSending(form) {
  let state = "idle";
  let timer;
  const set = (next) => {
    state = next;
    clearTimeout(timer);
    if (next === "sent") timer = setTimeout(set, LONGEST_SENDING, "idle");
    for (const button of form.querySelectorAll("[type=submit], button:not([type])")) {
      if (next === "idle") button.removeAttribute("aria-busy");
      else button.setAttribute("aria-busy", "true");
    }
  };
  return { is: (other) => state === other, set };
}

function proofFor(form, field) {
  let work = null;
  let begunAt = 0;
  const forget = () => {
    work = null;
    field.value = "";
  };
  const prepare = () => {
    if (work && Date.now() - begunAt > FRESH) forget();
    if (!work) begunAt = Date.now();
    work ??= solution(form.dataset.challenge).then(
      (found) => (field.value = found),
      () => (work = null), // offline or refused: the next click tries again
    );
    return work;
  };
  return { prepare, forget };
}

/** The challenge, solved, as the form sends it; empty where the browser cannot hash, as on plain http. */
async function solution(address) {
  if (!window.crypto?.subtle) return "";
  const answer = await fetch(address, { cache: "no-store", headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`no challenge: ${answer.status}`);
  const { algorithm, challenge, maxNumber, salt, signature } = await answer.json();
  const number = await solved(salt, bytesOf(challenge), maxNumber);
  return number < 0 ? "" : btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
}

async function solved(salt, wanted, maxNumber) {
  const encoder = new TextEncoder();
  for (let first = 0; first <= maxNumber; first += SLICE) {
    const slice = Array.from({ length: Math.min(SLICE, maxNumber - first + 1) }, (_, offset) => first + offset);
    const hashes = await Promise.all(slice.map((number) => crypto.subtle.digest("SHA-256", encoder.encode(salt + number))));
    const found = hashes.findIndex((hash) => isEqual(new Uint8Array(hash), wanted));
    if (found >= 0) return first + found;
    await pause(0);
  }
  return -1;
}

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

const isEqual = (hash, wanted) => hash.length === wanted.length && hash.every((byte, at) => byte === wanted[at]);

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
