/* Sends what waits, in batches, until the server has given a receipt for each; any interruption may come at any time. */
const BATCH = 20;
const TIMEOUT = 30_000;
const PAUSES = [5_000, 15_000, 60_000, 300_000];

export function startSync({ address, queue, seen, take, tell }) {
  let failures = 0;
  let timer = 0;
  let running = null;

  const run = async () => {
    clearTimeout(timer);
    tell("sending");
    try {
      let waiting = await queue.unsent();
      do {
        const before = waiting.length;
        const answer = await post(address, waiting.slice(0, BATCH), seen());
        await queue.settle(answer.acknowledged);
        await take(answer);
        waiting = await queue.unsent();
        // The server asks for all of them again: not at once.
        if (waiting.length && waiting.length >= before) throw new Problem("failed");
      } while (waiting.length);
      failures = 0;
      tell("");
    } catch (problem) {
      tell(problem.word ?? "failed");
      if (problem.isFinal) return;
      timer = setTimeout(send, PAUSES[Math.min(failures, PAUSES.length - 1)]);
      failures += 1;
    }
  };

  // What is asked for while a sync runs comes after it, so that a record made meanwhile is not left behind.
  const send = () => {
    running = (running ?? Promise.resolve()).then(() => exclusively(run));
    return running;
  };

  window.addEventListener("online", () => {
    failures = 0;
    send();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) send();
  });
  return send;
}

class Problem extends Error {
  constructor(word, isFinal = false) {
    super(word);
    this.word = word;
    this.isFinal = isFinal;
  }
}

/* Two tabs of one turf take turns. */
function exclusively(work) {
  return navigator.locks ? navigator.locks.request("c4c-canvass", work) : work();
}

async function post(address, records, seen) {
  const answer = await fetch(address, {
    method: "POST",
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout?.(TIMEOUT),
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify({ seen, visits: records.map(toSend) }),
  }).catch(() => {
    throw new Problem("offline");
  });
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) throw new Problem("log_in", true);
  if (answer.status === 404 || answer.status === 410) throw new Problem("gone", true);
  if (!answer.ok) throw new Problem("failed");
  return answer.json().catch(() => {
    throw new Problem("failed");
  });
}

function toSend({ id, door, outcome, at, answers, note, version, corrects, address, mark, pledge }) {
  return { id, door, outcome, at, answers, note, version, corrects, address, mark, pledge };
}

/* The cookie, not the page: the page may be an old one that was kept. */
function token() {
  return /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
}
