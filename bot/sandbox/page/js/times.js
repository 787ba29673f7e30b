// Times as the phones show them: all in the zone of the story.

let zone = "UTC";
let forms = {};

function form(name, options) {
  forms[name] ??= new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
  return forms[name];
}

/** Choose the zone in which every time is shown. */
export function setZone(name) {
  zone = name;
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

/** "Dublin", of the zone's name. */
export function place() {
  return zone.split("/").pop().replaceAll("_", " ");
}

/** "0:07", of a length in seconds. */
export function length(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
