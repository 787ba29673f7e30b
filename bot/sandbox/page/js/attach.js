// Sending something other than words: a file of the visitor's, the microphone's, or a sample.

import { make } from "./dom.js";
import { ask, confirm, tell } from "./dialog.js";
import { record, recordingLine } from "./recorder.js";
import { sampleClip, samplePicture, sampleVoice } from "./samples.js";
import { say } from "./words.js";

const MB = 1024 * 1024;
const MOST_PHOTO = 10 * MB;
const MOST = 20 * MB;

/** What a composer can attach. `send(kind, blob, details)` sends; `tellBriefly(words)` tells the visitor something. */
export class Attach {
  constructor(send, tellBriefly) {
    this.send = send;
    this.say = tellBriefly;
    this.input = make("input", { type: "file", hidden: true, "aria-label": say("choose_file") });
    this.input.addEventListener("change", () => {
      const [file] = this.input.files;
      this.input.value = "";
      if (file) this.file(file);
    });
  }

  /** The attach menu's items. */
  get items() {
    return [
      { label: say("attach_file"), icon: "photo", act: () => this.input.click() },
      { label: say("sample_picture"), icon: "photo", act: async () => this.picture(await samplePicture()) },
      { label: say("sample_voice"), icon: "mic", act: () => this.voice() },
      { label: say("sample_video"), icon: "round", act: () => this.clip() },
    ];
  }

  /** Send a file: a picture as a picture, anything else as it is. */
  async file(file) {
    const isPicture = /^image\/(png|jpeg|webp|gif)$/.test(file.type);
    const most = isPicture ? MOST_PHOTO : MOST;
    if (file.size > most) {
      const size = `${(file.size / MB).toFixed(file.size < 100 * MB ? 1 : 0)} MB`;
      const about = { most: most / MB, name: file.name, size };
      await tell(say("too_large"), say(isPicture ? "too_large_picture" : "too_large_file", about));
      return;
    }
    if (isPicture) await this.picture(file);
    else await this.send("document", file, { name: file.name });
  }

  /** Show a picture before it goes, with room for words. */
  async picture(blob) {
    const address = URL.createObjectURL(blob);
    const caption = make("input", { type: "text", dir: "auto", "aria-label": say("caption"), placeholder: say("caption"), maxlength: 1024 });
    const body = make("div.preview", {}, make("img", { src: address, alt: say("picture") }), caption);
    const chosen = ask(say("send_picture"), body, [
      { label: say("cancel"), value: false },
      { label: say("send"), value: true, main: true },
    ]);
    caption.addEventListener("keydown", (event) => {
      if (event.key === "Enter") body.closest("dialog").querySelector(".main").click();
    });
    if (await chosen) await this.send("photo", blob, caption.value.trim() ? { caption: caption.value.trim() } : {});
    URL.revokeObjectURL(address);
  }

  /** Send the sample voice. */
  async voice() {
    const { blob, seconds } = await sampleVoice();
    await this.send("voice", blob, { duration: seconds });
  }

  /** Film and send the sample clip. */
  async clip() {
    this.say(say("filming"));
    try {
      const { blob, seconds } = await sampleClip();
      await this.send("video_note", blob, { duration: seconds });
    } catch {
      this.say(say("no_film"));
    }
  }

  /** Record with the microphone, in `place`; without one, offer the sample. */
  async microphone(place) {
    let recording;
    try {
      recording = await record();
    } catch {
      if (await confirm(say("no_microphone"), say("no_microphone_note"), say("send_sample"))) await this.voice();
      return;
    }
    place.classList.add("records");
    const recorded = await recordingLine(place, recording);
    place.classList.remove("records");
    if (recorded !== null) await this.send("voice", recorded.blob, { duration: recorded.seconds });
  }
}
