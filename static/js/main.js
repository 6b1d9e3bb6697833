/* Starts every feature that the page names with data-c4c; nothing else is loaded. */
const features = {
  "canvass": () => import("./canvass.js"),
  "call": () => import("./call.js"),
  "copy": () => import("./copy.js"),
  "count": () => import("./count.js"),
  "countdown": () => import("./countdown.js"),
  "locate": () => import("./locate.js"),
  "mini-map": () => import("./mini-map.js"),
  "passkey": () => import("./passkey.js"),
  "own-time": () => import("./own-time.js"),
  "print": () => import("./print.js"),
  "proof": () => import("./proof.js"),
  "refresh": () => import("./refresh.js"),
  "riding-map": () => import("./riding-map.js"),
  "share": () => import("./share.js"),
};

for (const root of document.querySelectorAll("[data-c4c]")) {
  const load = features[root.dataset.c4c];
  if (load) load().then((feature) => feature.start(root));
}
