/* Fetches a part of the page anew every few seconds, while somebody looks at it. */
export function start(root) {
  const milliseconds = Number(root.dataset.seconds) * 1000;
  setInterval(async () => {
    if (document.hidden || root.contains(document.activeElement)) return;
    const answer = await fetch(root.dataset.source, { credentials: "same-origin" }).catch(() => null);
    if (answer?.ok && !answer.redirected) root.innerHTML = await answer.text();
  }, milliseconds);
}
