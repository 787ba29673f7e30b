// Recording a voice message with the microphone, where the browser and the visitor allow it.

import { make } from "./dom.js";
import { length } from "./times.js";
import { say } from "./words.js";

const LONGEST = 300; // seconds

/** Begin to record; resolves to a Recording, or raises where there is no microphone. */
export async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  return new Recording(stream);
}

class Recording {
  constructor(stream) {
    this.stream = stream;
    this.recorder = new MediaRecorder(stream);
    this.parts = [];
    this.began = performance.now();
    this.recorder.addEventListener("dataavailable", (event) => this.parts.push(event.data));
    this.recorder.start();
  }

  get seconds() {
    return (performance.now() - this.began) / 1000;
  }

  /** End it; resolves to {blob, seconds}. */
  async end() {
    const seconds = Math.max(1, Math.round(this.seconds));
    const stopped = new Promise((resolve) => this.recorder.addEventListener("stop", resolve));
    this.recorder.stop();
    await stopped;
    for (const track of this.stream.getTracks()) track.stop();
    return { blob: new Blob(this.parts, { type: this.recorder.mimeType }), seconds };
  }
}

/** Show a recording under way in place of the input line; resolves to what was recorded, or null. */
export function recordingLine(place, recording) {
  const time = make("span.time", { "aria-live": "off" }, "0:00");
  const cancel = make("button.quiet", { type: "button" }, say("cancel"));
  const send = make("button.main", { type: "button" }, say("send"));
  const line = make("div.recording", { role: "group", "aria-label": say("recording") });
  line.append(make("span.dot"), time, cancel, send);
  place.append(line);
  send.focus();
  return new Promise((resolve) => {
    const ticking = setInterval(() => {
      time.textContent = length(recording.seconds);
      if (recording.seconds > LONGEST) finish(true);
    }, 250);
    const finish = async (keep) => {
      clearInterval(ticking);
      const recorded = await recording.end();
      line.remove();
      resolve(keep ? recorded : null);
    };
    cancel.addEventListener("click", () => finish(false));
    send.addEventListener("click", () => finish(true));
    line.addEventListener("keydown", (event) => event.key === "Escape" && finish(false));
  });
}
