/* Adds “Use my location” to the search box; the point goes to the same page as words do. */

const DECIMALS = 5;

export function start(form) {
  if (!navigator.geolocation) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "c-button";
  button.dataset.kind = "quiet";
  button.textContent = form.dataset.label;
  form.querySelector(".c-search-more").prepend(button);
  button.addEventListener("click", () => {
    setBusy(form, button, true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => go(form.action, coords),
      () => setBusy(form, button, false, form.dataset.denied),
      { timeout: 10_000, maximumAge: 300_000 },
    );
  });
}

function go(address, { latitude, longitude }) {
  const query = new URLSearchParams({ lat: latitude.toFixed(DECIMALS), lon: longitude.toFixed(DECIMALS) });
  window.location.assign(`${address}?${query}`);
}

function setBusy(form, button, isBusy, problem = "") {
  const message = form.querySelector("[data-part=problem]");
  button.disabled = isBusy;
  button.textContent = isBusy ? form.dataset.busy : form.dataset.label;
  message.textContent = problem;
  message.hidden = !problem;
}
