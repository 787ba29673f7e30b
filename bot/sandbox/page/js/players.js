// Voice messages and round clips; one plays at a time, on all phones.

import { make, picture } from "./dom.js";
import { whenNear } from "./near.js";
import { length } from "./times.js";
import { fileAddress } from "./wire.js";
import { say } from "./words.js";

const BARS = 30;

let playing = null;

function start(media) {
  if (playing !== null && playing !== media) playing.pause();
  playing = media;
  return media.play();
}

/** Draw a voice message: a button, a wave, the time. */
export function voice(body) {
  const audio = new Audio();
  const button = make("button.play", { type: "button", tabindex: -1 });
  const time = make("span.time", {}, length(body.duration));
  const wave = make("span.wave", { "aria-hidden": "true" }, ...bars(body.file_unique_id));
  const box = make("div.voice", {}, button, make("span", {}, wave, time));
  const show = () => {
    const on = !audio.paused;
    button.replaceChildren(picture(on ? "pause" : "play"));
    button.setAttribute("aria-label", say(on ? "voice_pause" : "voice_play", { length: length(body.duration) }));
    const part = audio.ended || !audio.duration ? 0 : audio.currentTime / (body.duration || audio.duration);
    wave.style.setProperty("--played", `${Math.min(100, part * 100)}%`);
    time.textContent = length(on || part ? audio.currentTime : body.duration);
  };
  for (const event of ["play", "pause", "ended", "timeupdate"]) audio.addEventListener(event, show);
  button.addEventListener("click", () => toggle(audio, body.file_id, box));
  show();
  return box;
}

/** The heights of a wave's bars, made of the file's id: each voice looks like itself. */
function bars(id) {
  const code = [...id].map((letter) => letter.charCodeAt(0));
  return Array.from({ length: BARS }, (_, index) => {
    const bar = make("i");
    bar.style.setProperty("height", `${20 + ((code[index % code.length] * (index + 7)) % 80)}%`);
    return bar;
  });
}

/** Draw a round clip: a tap plays it. */
export function roundClip(body) {
  const video = make("video", { playsinline: true, preload: "metadata" });
  const button = make("button.round-clip", { type: "button", tabindex: -1 }, video, picture("play"));
  const label = () => {
    button.classList.toggle("on", !video.paused);
    button.setAttribute("aria-label", say(video.paused ? "video_play" : "video_pause", { length: length(body.duration) }));
  };
  for (const event of ["play", "pause", "ended"]) video.addEventListener(event, label);
  button.addEventListener("click", () => toggle(video, body.file_id, button));
  whenNear(video, body.file_id);
  label();
  return button;
}

async function toggle(media, id, box) {
  if (!media.paused) {
    media.pause();
    return;
  }
  try {
    if (!media.src) media.src = await fileAddress(id);
    await start(media);
  } catch {
    box.classList.add("gone");
    box.title = say("cannot_play");
  }
}
