// Sending something other than words: a file of the visitor's, the microphone's, or a sample.

import { make } from "./dom.js";
import { ask, confirm, tell } from "./dialog.js";
import { record, recordingLine } from "./recorder.js";
import { sampleClip, samplePicture, sampleVoice } from "./samples.js";

const MB = 1024 * 1024;
const MOST_PHOTO = 10 * MB;
const MOST = 20 * MB;

/** What a composer can attach. `send(kind, blob, details)` sends; `say(words)` tells the visitor something. */
export class Attach {
  constructor(send, say) {
    this.send = send;
    this.say = say;
    this.input = make("input", { type: "file", hidden: true, "aria-label": "A picture or a file" });
    this.input.addEventListener("change", () => {
      const [file] = this.input.files;
      this.input.value = "";
      if (file) this.file(file);
    });
  }

  /** The attach menu's items. */
  get items() {
    return [
      { label: "Picture or file", icon: "photo", act: () => this.input.click() },
      { label: "A sample picture", icon: "photo", act: async () => this.picture(await samplePicture()) },
      { label: "A sample voice message", icon: "mic", act: () => this.voice() },
      { label: "A sample round video", icon: "round", act: () => this.clip() },
    ];
  }

  /** Send a file: a picture as a picture, anything else as it is. */
  async file(file) {
    const isPicture = /^image\/(png|jpeg|webp|gif)$/.test(file.type);
    const most = isPicture ? MOST_PHOTO : MOST;
    if (file.size > most) {
      const has = `${(file.size / MB).toFixed(file.size < 100 * MB ? 1 : 0)} MB`;
      const may = `${isPicture ? "A picture" : "A file"} can have ${most / MB} MB at most`;
      await tell("That is too large", `${may}, and “${file.name}” has ${has}.`);
      return;
    }
    if (isPicture) await this.picture(file);
    else await this.send("document", file, { name: file.name });
  }

  /** Show a picture before it goes, with room for words. */
  async picture(blob) {
    const address = URL.createObjectURL(blob);
    const caption = make("input", { type: "text", "aria-label": "Words with it", placeholder: "Words with it", maxlength: 1024 });
    const body = make("div.preview", {}, make("img", { src: address, alt: "The picture" }), caption);
    const chosen = ask("Send this picture?", body, [
      { label: "Cancel", value: false },
      { label: "Send", value: true, main: true },
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
    this.say("Filming a small round video.");
    try {
      const { blob, seconds } = await sampleClip();
      await this.send("video_note", blob, { duration: seconds });
    } catch {
      this.say("This browser can't film.");
    }
  }

  /** Record with the microphone, in `place`; without one, offer the sample. */
  async microphone(place) {
    let recording;
    try {
      recording = await record();
    } catch {
      const words = "This browser gives this page no microphone. A sample hum can go instead.";
      if (await confirm("No microphone", words, "Send the sample")) await this.voice();
      return;
    }
    place.classList.add("records");
    const recorded = await recordingLine(place, recording);
    place.classList.remove("records");
    if (recorded !== null) await this.send("voice", recorded.blob, { duration: recorded.seconds });
  }
}
