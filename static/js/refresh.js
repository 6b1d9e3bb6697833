/* Fetches a part of the page anew every few seconds, while somebody looks at it and until it says that it is final. */
export function start(root) {
  const milliseconds = Number(root.dataset.seconds) * 1000;
  const timer = setInterval(async () => {
    if (document.hidden || root.contains(document.activeElement)) return;
    const answer = await fetch(root.dataset.source, { credentials: "same-origin" }).catch(() => null);
    if (answer?.ok && !answer.redirected) root.innerHTML = await answer.text();
    if (root.querySelector("[data-final]")) clearInterval(timer);
  }, milliseconds);
}
