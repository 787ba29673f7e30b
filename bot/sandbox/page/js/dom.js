// Elements are made of names, attributes and nodes; a string only ever becomes text, never markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element. Attributes: `on` is a map of listeners, `data` of data attributes, true means present, and
 * false, null or undefined leave one out. Children are nodes or strings; null is passed over.
 */
export function make(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name || "div");
  element.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (key === "data") Object.assign(element.dataset, value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Make a button with a picture and, for those who can't see it, a name. */
export function iconButton(icon, label, act, attributes = {}) {
  const button = make("button", { type: "button", "aria-label": label, title: label, ...attributes }, picture(icon));
  button.addEventListener("click", act);
  return button;
}

// Drawn by us on a 24 by 24 grid, as strokes.
const ICONS = {
  attach: "M20 11.5 12.2 19a5 5 0 0 1-7-7.1L13 4.3a3.3 3.3 0 0 1 4.7 4.7l-7.6 7.4a1.6 1.6 0 0 1-2.3-2.3l6.9-6.7",
  back: "M5 12h14M11 6l-6 6 6 6",
  chevron: "M6 9l6 6 6-6",
  close: "M6 6l12 12M18 6 6 18",
  down: "M12 5v14M6 13l6 6 6-6",
  file: "M7 3h7l4 4v14H7zM14 3v5h4",
  forward: "M14 5l6 6-6 6v-4c-5 0-8 1.5-10 5 .5-6 4-9 10-9z",
  keyboard: "M3 7h18v11H3zM7 11h.1M11 11h.1M15 11h.1M8 15h8",
  link: "M8 16 16 8M9 8h7v7",
  lock: "M7 11h10v9H7zM9 11V8a3 3 0 0 1 6 0v3",
  menu: "M4 7h16M4 12h16M4 17h16",
  mic: "M12 4a3 3 0 0 1 3 3v4a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v3",
  more: "M12 6h.1M12 12h.1M12 18h.1",
  pause: "M8 5v14M16 5v14",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15.5 9h.1",
  play: "M8 5v14l11-7z",
  reply: "M10 5 4 11l6 6v-4c5 0 8 1.5 10 5-.5-6-4-9-10-9z",
  round: "M12 4a8 8 0 1 0 .1 0M10.5 9v6l5-3z",
  send: "M4 12 20 4l-5 16-3.5-6.5z",
  sent: "M5 12.5l4.5 4.5L19 7",
  seen: "M2.5 12.5 7 17 16 7M12.5 16.5l.5.5 9-10",
  tick: "M5 12.5l4.5 4.5L19 7",
};

/** Make one of our pictures. */
export function picture(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Tell everybody who listens rather than looks; the same words twice are told twice. */
export function announce(words) {
  const place = document.getElementById("announcer");
  place.textContent = "";
  requestAnimationFrame(() => {
    place.textContent = words;
  });
}

/** List what the keyboard can reach inside an element. */
export function reachable(element) {
  return [...element.querySelectorAll("button, input, textarea, [role=button], [role=link]")].filter(
    (found) => !found.closest("[inert]"),
  );
}
