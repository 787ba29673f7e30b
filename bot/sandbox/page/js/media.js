// What a message carries besides words: pictures, sounds, round clips, files, and small facts.

import { make, picture } from "./dom.js";
import { whenNear } from "./near.js";
import { roundClip, voice } from "./players.js";
import { say } from "./words.js";

const WIDEST = 264;
const TALLEST = 320;

/** Draw a message's media, or null. `act` has look(address), show(file) and uncover(); `open`: uncovered. */
export function drawMedia(message, act, open) {
  if (message.photo) return photo(message, act, open);
  if (message.voice) return voice(message.voice);
  if (message.audio) return voice(message.audio);
  if (message.video_note) return roundClip(message.video_note);
  if (message.video ?? message.animation) return film(message.video ?? message.animation);
  if (message.document) return file(message.document, act);
  return fact(message);
}

function fetched(element, size) {
  const scale = Math.min(1, WIDEST / size.width, TALLEST / size.height);
  element.style.setProperty("width", `${Math.round(size.width * scale)}px`);
  element.style.setProperty("aspect-ratio", `${size.width} / ${size.height}`);
  whenNear(element, size.file_id);
  return element;
}

function photo(message, act, open) {
  const image = fetched(make("img", { alt: "" }), message.photo.at(-1));
  const covered = Boolean(message.has_media_spoiler) && !open;
  const button = make("button.photo", {
    type: "button",
    tabindex: -1,
    "aria-label": say(covered ? "picture_covered" : message.caption ? "picture_words" : "picture_plain"),
  });
  button.classList.toggle("covered", covered);
  button.append(image);
  button.addEventListener("click", () => (covered ? act.uncover() : image.src && act.look(image.src)));
  return button;
}

function film(body) {
  return fetched(make("video.film", { controls: true, preload: "metadata" }), body);
}

function file(body, act) {
  const size = body.file_size < 1024 ? `${body.file_size} B` : `${Math.ceil(body.file_size / 1024)} KB`;
  const name = body.file_name ?? say("file");
  const inside = [picture("file"), make("span", {}, name), make("small", {}, size)];
  if (!/\.(zip|html?)$/i.test(name)) return make("div.file", {}, ...inside);
  const button = make("button.file", { type: "button", tabindex: -1, title: say("file_open") }, ...inside);
  button.addEventListener("click", () => act.show(body));
  return button;
}

function fact(message) {
  if (message.location) {
    const { latitude, longitude } = message.location;
    return make("p.fact", {}, say("place", { place: `${latitude}, ${longitude}` }));
  }
  if (message.contact) return make("p.fact", {}, `${message.contact.first_name}: ${message.contact.phone_number}`);
  if (message.dice) return make("p.fact", {}, `${message.dice.emoji} ${message.dice.value}`);
  if (message.sticker) return make("p.sticker", {}, message.sticker.emoji ?? say("sticker"));
  if (message.users_shared) return make("p.fact", {}, say("shared", { names: names(message.users_shared.users) }));
  return null;
}

function names(users) {
  return users.map((user) => user.first_name ?? user.user_id).join(", ");
}
