// Times as the phones show them: all in the zone of the story.

import { spoken } from "./words.js";

let zone = "UTC";
let town = "";
let forms = {};

function form(name, options) {
  forms[name] ??= new Intl.DateTimeFormat(spoken().locale, { timeZone: zone, numberingSystem: "latn", hourCycle: "h23", ...options });
  return forms[name];
}

/** Choose the zone in which every time is shown, and what its town is called. */
export function setZone(name, called) {
  zone = name;
  town = called;
  forms = {};
}

/** "07:41", of an instant in milliseconds. */
export function hour(instant) {
  return form("hour", { hour: "2-digit", minute: "2-digit" }).format(instant);
}

/** "Monday 2 March". */
export function day(instant) {
  return form("day", { weekday: "long", day: "numeric", month: "long" }).format(instant).replace(",", "");
}

/** "07:41:09". */
export function second(instant) {
  return form("second", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(instant);
}

/** "Dublin": as it is called in the page's language, else of the zone's name. */
export function place() {
  return town || zone.split("/").pop().replaceAll("_", " ");
}

/** "0:07", of a length in seconds. */
export function length(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

const PARTS = {
  w: { weekday: "long" },
  d: { day: "2-digit", month: "2-digit", year: "2-digit" },
  D: { day: "numeric", month: "long", year: "numeric" },
  t: { hour: "2-digit", minute: "2-digit" },
  T: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

/** An instant in Unix seconds as a date in a message is shown: by its letters, such as "wDt"; "" for none. */
export function dated(seconds, letters) {
  const options = Object.assign({}, ...[...letters].map((letter) => PARTS[letter] ?? {}));
  if (Object.keys(options).length === 0) return "";
  return form(`date ${letters}`, options).format(seconds * 1000);
}
