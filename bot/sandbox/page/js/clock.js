// The story's clock: what it shows, and the steps by which it moves.

import { announce, make } from "./dom.js";
import { day, hour, place } from "./times.js";
import { post, Refusal } from "./wire.js";
import { say } from "./words.js";

const STEPS = [
  { says: "clock_minutes", body: { advance: 600 } },
  { says: "clock_hour", body: { advance: 3600 } },
  { says: "clock_morning", body: { to: "morning" } },
  { says: "clock_opening", body: { to: "opening" }, needs: "opening" },
];
const REDRAW = 5000; // milliseconds; the clock shows minutes

export class Clock {
  constructor(element, tell) {
    this.element = element;
    this.tell = tell;
    this.time = make("time.now");
    this.date = make("span.date");
    this.steps = make("div.steps", { role: "group", "aria-label": say("clock_move") });
    this.note = make("p.note", { role: "status", hidden: true });
    element.append(make("p.shown", {}, this.time, this.date), this.steps, this.note);
    this.running = false;
    setInterval(() => this.draw(), REDRAW);
  }

  /** Take what can be done and what time it is. */
  sync({ now, running }, abilities) {
    this.element.hidden = false;
    this.running = running;
    const steps = abilities.includes("clock") ? STEPS : [];
    const wanted = steps.filter(({ needs }) => !needs || abilities.includes(needs));
    if (wanted.length !== this.steps.children.length) this.steps.replaceChildren(...wanted.map((step) => this.step(step)));
    this.set(now);
  }

  step({ says, body }) {
    const button = make("button", { type: "button" }, say(says));
    button.addEventListener("click", async () => {
      this.say("");
      try {
        await post("clock", body);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        this.say(error.message);
      }
    });
    return button;
  }

  /** Follow a jump, and say where it led. */
  jump(now) {
    this.set(now);
    announce(say("clock_is", { day: this.date.textContent, time: this.time.textContent }));
  }

  set(now) {
    this.told = Date.parse(now);
    this.toldAt = performance.now();
    this.draw();
  }

  get now() {
    return this.told + (this.running ? performance.now() - this.toldAt : 0);
  }

  draw() {
    if (this.told === undefined) return;
    const instant = this.now;
    this.time.textContent = hour(instant);
    this.time.dateTime = new Date(instant).toISOString();
    this.date.textContent = `${day(instant)} · ${place()}`;
  }

  say(words) {
    this.note.textContent = words;
    this.note.hidden = !words;
  }
}
