/* Sends what came of a call and loses nothing: what could not be sent stays on the page and on this device, under the same
   id, and is sent again; once it is kept by the site it is removed here. */

const KEY = "c4c-unsent-call";
const RETRY = 5_000;

export function startSending(form, { lease, unsent, errors }) {
  sendLeftOver(form, lease);
  let isSending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const done = () => {
      isSending = false;
    };
    await send(form.action, body, { lease, unsent, errors }).finally(done);
  });
}

async function send(action, body, page) {
  keep({ action, body: body.toString(), lease: page.lease });
  const answer = await post(action, body);
  if (!answer || answer.status >= 500) {
    page.unsent.hidden = false;
    await new Promise((resolve) => setTimeout(resolve, RETRY));
    return send(action, body, page);
  }
  page.unsent.hidden = true;
  // Logged out, or the token is old: what was typed waits here and stands in the form again after the log-in.
  if (!isTaken(answer)) return location.reload();
  forget();
  if (answer.redirected) return location.assign(answer.url);
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  showErrors(parsed, page.errors);
}

function isTaken(answer) {
  if (answer.redirected) return new URL(answer.url).pathname.includes("/volunteer/phone/");
  return answer.status !== 403;
}

function post(action, body) {
  return fetch(action, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
}

/* The sentences stand above the form, each once, whatever field they are about; everything typed stays as it is. */
function showErrors(parsed, errors) {
  const found = new Map([...parsed.querySelectorAll(".c-error")].map((one) => [one.textContent, one]));
  const sentences = [...found.values()];
  errors.replaceChildren(...sentences.map((one) => document.adoptNode(one)));
  errors.scrollIntoView({ block: "center" });
}

/* A call of before, whose outcome was never sent: with the token of this page, or it would be refused. */
async function sendLeftOver(form, lease) {
  const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
  if (!kept || kept.lease === lease) return restore(form, kept);
  const body = new URLSearchParams(kept.body);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("pause", "1");
  const answer = await post(kept.action, body);
  if (answer && answer.status < 500 && isTaken(answer)) forget();
}

/* Of this very call: what was typed stands in the form again, under its former id. */
function restore(form, kept) {
  if (!kept) return;
  for (const [name, value] of new URLSearchParams(kept.body)) {
    if (name === "csrfmiddlewaretoken" || name === "outcome") continue;
    const field = form.elements.namedItem(name);
    if (!field) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
  form.dispatchEvent(new Event("change"));
}

const keep = (unsent) => localStorage.setItem(KEY, JSON.stringify(unsent));
const forget = () => localStorage.removeItem(KEY);
