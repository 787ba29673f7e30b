// The story as a whole: let it play, take it over, begin it again.

import { confirm } from "./dialog.js";
import { make } from "./dom.js";
import { post } from "./wire.js";
import { say } from "./words.js";

export class Story {
  constructor(element, attempt) {
    this.element = element;
    this.playing = false;
    this.playButton = make("button.main", { type: "button" }, say("play"));
    this.overButton = make("button", { type: "button" }, say("start_over"));
    this.note = make("p.note", { role: "status" });
    element.append(make("div.steps", {}, this.playButton, this.overButton), this.note);
    this.playButton.addEventListener("click", () => attempt(() => post(this.playing ? "story/stop" : "story/play")));
    this.overButton.addEventListener("click", async () => {
      const sure = await confirm(say("start_over_ask"), say("start_over_note"), say("start_over"));
      if (sure) attempt(() => post("story/over"));
    });
  }

  /** Show what can be done. */
  sync(abilities) {
    this.element.hidden = !abilities.includes("play");
  }

  /** Show whether the people act by themselves. */
  setPlaying(playing, note) {
    this.playing = playing;
    const label = say(playing ? "take_over" : "play");
    const words = playing ? say("playing") : note;
    if (this.playButton.textContent !== label) this.playButton.textContent = label;
    if (this.note.textContent !== words) this.note.textContent = words;
  }

  /** Give the phones back to the visitor, who has begun to act. */
  touched() {
    if (!this.playing) return;
    this.playing = false; // asked once is enough
    post("story/stop").catch(() => {});
  }
}
