/* The call under way: signs of life, dialling, keys, the script in place. The page does all of it without scripts too. */
import { startScript } from "./call-script.js";
import { startSending } from "./call-send.js";
import { startCopying } from "./copy.js";
import { showBothClocks, showOwnTimes } from "./own-time.js";

const BEAT = 45_000;
const MOST_SKEW = 120_000;

export function start(root) {
  const part = (name) => root.querySelector(`[data-part=${name}]`);
  const form = part("outcome");
  const token = form.elements.csrfmiddlewaretoken.value;
  showOwnTimes(document);
  startScript(form);
  startKeys(form, part("keys"));
  startSending(form, { lease: root.dataset.lease, unsent: part("unsent"), errors: part("errors") });
  showBothClocks(root.querySelector("[data-zone]"), part("both-clocks"));
  warnOfSkew(part("skew"), Number(root.dataset.serverNow) * 1000);
  startNumber(root, part);
  startBeating(root, part, token);
}

/* The digits press the outcomes, unless somebody is typing. */
function startKeys(form, hint) {
  hint.hidden = false;
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("textarea, select, input:not([type=radio], [type=checkbox], [type=hidden])");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const button = /^[1-9]$/.test(event.key) && form.querySelector(`[data-key="${event.key}"]`);
    if (button) button.click();
  });
}

function warnOfSkew(banner, serverNow) {
  banner.hidden = Math.abs(Date.now() - serverNow) <= MOST_SKEW;
}

/* Dialling asks first; the answer is this page again, of which only the number is taken, so that nothing typed is lost. */
function startNumber(root, part) {
  offerCopy(part);
  const dial = part("dial");
  if (!dial) return;
  dial.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await fetch(dial.action, { method: "POST", body: new FormData(dial), credentials: "same-origin" }).catch(() => null);
    if (!answer) return dial.submit();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const number = page.querySelector("[data-part=number]");
    if (!answer.ok || !number) return stop(part, page.querySelector("[data-part=reason]")?.textContent ?? "");
    part("number").replaceWith(document.adoptNode(number));
    offerCopy(part);
    part("tel")?.focus();
    if (matchMedia("(pointer: coarse)").matches && part("tel")) location.assign(part("tel").href);
  });
}

function offerCopy(part) {
  if (part("copy") && navigator.clipboard) startCopying(part("copy"), part("status"), part("text").value);
}

function startBeating(root, part, token) {
  if (!root.dataset.heartbeat) return;
  const beat = async () => {
    const answer = await fetch(root.dataset.heartbeat, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ lease: root.dataset.lease }),
      credentials: "same-origin",
    }).catch(() => null);
    if (!answer) return; // offline: the next beat tries again
    const said = await answer.json().catch(() => ({}));
    if (said.now) warnOfSkew(part("skew"), Date.parse(said.now));
    part("closing").hidden = !said.is_closing;
    if (answer.status === 410 || answer.status === 404) {
      clearInterval(timer);
      stop(part, said.message ?? "");
    }
  };
  const timer = setInterval(beat, Number(root.dataset.beat ?? BEAT));
  document.addEventListener("visibilitychange", () => document.hidden || beat());
}

/* No more dialling; what was typed may still be sent in. */
function stop(part, reason) {
  part("reason").textContent = reason;
  part("stop").hidden = false;
  part("number")?.remove();
  part("stop").scrollIntoView({ block: "start" });
}
