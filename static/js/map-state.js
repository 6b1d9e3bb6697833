/* What the page shows now: filter, chosen riding, view. Parts listen to it and never to each other. */

const IN_ADDRESS = ["province", "riding_class", "riding", "view"];

export class MapState extends EventTarget {
  #values = { province: "", riding_class: "", riding: "", view: "map", hovered: "" };
  #keepsAddress;

  constructor(keepsAddress) {
    super();
    this.#keepsAddress = keepsAddress;
    if (!keepsAddress) return;
    const asked = new URLSearchParams(window.location.search);
    for (const name of IN_ADDRESS) if (asked.get(name)) this.#values[name] = asked.get(name);
  }

  get(name) {
    return this.#values[name];
  }

  /** Change values and tell every part; `details` goes along, e.g. where the change came from. */
  set(changes, details = {}) {
    const changed = Object.keys(changes).filter((name) => this.#values[name] !== changes[name]);
    if (!changed.length) return;
    Object.assign(this.#values, changes);
    if (this.#keepsAddress && changed.some((name) => IN_ADDRESS.includes(name))) this.#writeAddress();
    this.dispatchEvent(new CustomEvent("change", { detail: { changed, ...details } }));
  }

  /** Call `listener(details)` now and whenever one of the named values changes. */
  follow(names, listener) {
    this.addEventListener("change", ({ detail }) => {
      if (detail.changed.some((name) => names.includes(name))) listener(detail);
    });
    listener({ changed: names, isFirst: true });
  }

  /** Whether the filter lets a riding through. */
  shows(province, ridingClass) {
    const { province: wanted, riding_class: wantedClass } = this.#values;
    return (!wanted || wanted === province) && (!wantedClass || wantedClass === ridingClass);
  }

  #writeAddress() {
    const query = new URLSearchParams();
    for (const name of IN_ADDRESS) {
      if (this.#values[name] && !(name === "view" && this.#values.view === "map")) query.set(name, this.#values[name]);
    }
    window.history.replaceState(null, "", query.size ? `?${query}` : window.location.pathname);
  }
}
