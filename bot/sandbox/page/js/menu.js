// A small menu that opens beside something: arrows move in it, Escape or a click elsewhere closes it.

import { make, picture } from "./dom.js";

const SIDES = { start: "inset-inline-start", end: "inset-inline-end" };

let open = null;

/** Close the menu that is open; the focus goes back to what opened it. */
export function closeMenu(refocus = false) {
  if (open === null) return;
  const { menu, opener, end } = open;
  open = null;
  end.abort();
  const within = menu.contains(document.activeElement);
  menu.remove();
  opener.setAttribute?.("aria-expanded", "false");
  if (refocus || within) opener.focus?.();
}

/**
 * Open a menu in `place`, at `at`: its left, or how far from where lines start or end, and its top or bottom, in pixels.
 * Items: {label, icon, hint, act}. `opener` gets the focus back.
 */
export function openMenu(place, opener, label, items, at) {
  const again = open?.opener === opener;
  closeMenu();
  if (again || items.length === 0) return;
  const menu = make("div.menu", { role: "menu", "aria-label": label });
  for (const item of items) {
    const button = make("button", { type: "button", role: "menuitem", tabindex: -1 });
    if (item.icon) button.append(picture(item.icon));
    button.append(make("span", {}, item.label));
    if (item.hint) button.append(make("small", {}, item.hint));
    button.addEventListener("click", () => {
      closeMenu(true);
      item.act();
    });
    menu.append(button);
  }
  place.append(menu);
  position(menu, place, at);
  const end = new AbortController();
  open = { menu, opener, end };
  opener.setAttribute?.("aria-expanded", "true");
  listen(menu, opener, end.signal);
  menu.firstChild.focus();
}

function position(menu, place, at) {
  for (const [side, distance] of Object.entries(at)) {
    menu.style.setProperty(SIDES[side] ?? side, `${Math.max(8, distance)}px`);
  }
  // Kept inside the phone, whatever was asked for.
  const outer = place.getBoundingClientRect();
  const inner = menu.getBoundingClientRect();
  if (inner.right > outer.right - 8) menu.style.setProperty("left", `${Math.max(8, outer.width - inner.width - 8)}px`);
  if (inner.bottom > outer.bottom - 8 && at.top !== undefined) {
    menu.style.setProperty("top", `${Math.max(8, outer.height - inner.height - 8)}px`);
  }
}

function listen(menu, opener, signal) {
  menu.addEventListener("keydown", (event) => move(menu, event), { signal });
  menu.addEventListener("focusout", (event) => menu.contains(event.relatedTarget) || closeMenu(), { signal });
  const outside = (event) => menu.contains(event.target) || opener.contains?.(event.target) || closeMenu();
  document.addEventListener("pointerdown", outside, { signal });
}

function move(menu, event) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items.at(to % items.length).focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    closeMenu(true);
  }
}
