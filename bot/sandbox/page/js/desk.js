// The whole page: phones side by side, the clock above them, and what passes below.

import { Clock } from "./clock.js";
import { ask, tell } from "./dialog.js";
import { announce, make } from "./dom.js";
import { Language } from "./language.js";
import { Passing } from "./passing.js";
import { Phone } from "./phone.js";
import { Story } from "./story.js";
import { setZone } from "./times.js";
import { forgetFiles, post, Refusal } from "./wire.js";
import { say, spoken } from "./words.js";

const STRANGERS = ["Robin", "Kim", "Lou", "Ada"];
const TOLD = new Set(["call", "update"]);

export class Desk {
  constructor(page) {
    this.page = page;
    this.phones = new Map();
    this.run = "";
    this.place = page.getElementById("phones");
    this.waking = page.getElementById("waking");
    this.banner = page.getElementById("banner");
    this.clock = new Clock(page.getElementById("clock"));
    this.story = new Story(page.getElementById("story"), (act) => this.attempt(act));
    this.language = new Language(page.getElementById("language"), (act) => this.attempt(act));
    this.passing = new Passing(page.getElementById("passing"), (id) => this.nameOf(id));
    this.moreButton = make("button.quiet", { type: "button" }, say("third"));
    this.more = page.getElementById("more");
    this.more.append(this.moreButton, " ", make("span", {}, say("third_why")));
    this.moreButton.addEventListener("click", () => this.attempt(() => this.meetStranger()));
    this.expected = 0; // whose phone takes the focus when it comes
  }

  // What the server tells

  take(frame) {
    if (frame.language !== undefined && frame.language !== spoken().language) location.reload();
    else if (frame.type === "state") this.sync(frame);
    else if (frame.type === "events") this.apply(frame.events);
    else if (frame.type === "stage") this.setStage(frame);
    else if (frame.type === "signals") this.follow(frame.signals);
    else if (frame.type === "dark") this.dark();
  }

  /** Show what simulated people do; where a phone is out of sight, it comes into it. */
  follow(signals) {
    for (const signal of signals) {
      const phone = this.phones.get(signal.user_id);
      if (phone === undefined) continue;
      this.bring(phone);
      phone.signal(signal);
    }
  }

  bring({ element }) {
    const { left, width } = element.getBoundingClientRect();
    const place = this.place.getBoundingClientRect();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const by = left + width / 2 - (place.left + place.width / 2);
    if (this.place.scrollWidth > this.place.clientWidth + 1) this.place.scrollBy({ left: by, behavior: still ? "auto" : "smooth" });
  }

  connection(state) {
    const words = { open: "", lost: say("lost"), refused: say("no_key") }[state];
    if (this.banner.textContent === words) return;
    if (this.banner.textContent && !words) announce(say("back"));
    this.banner.textContent = words;
    this.banner.hidden = !words;
    if (state === "refused") this.waking.hidden = true;
  }

  dark() {
    for (const phone of this.phones.values()) phone.element.remove();
    this.phones.clear();
    forgetFiles();
    this.waking.hidden = false;
    this.more.hidden = true;
  }

  sync(state) {
    setZone(state.zone, state.place);
    this.waking.hidden = true;
    const here = new Set(state.phones.map((screen) => screen.person.user_id));
    for (const [id, phone] of this.phones) {
      if (here.has(id)) continue;
      phone.element.remove();
      this.phones.delete(id);
    }
    for (const screen of state.phones) {
      const phone = this.phones.get(screen.person.user_id) ?? this.addPhone(screen.person);
      phone.sync(screen);
    }
    this.clock.sync(state.clock, state.abilities);
    this.story.sync(state.abilities);
    this.language.sync(state.abilities);
    this.passing.sync(state.log);
    this.place.dataset.phones = this.phones.size;
    this.more.hidden = this.phones.size > 2;
  }

  addPhone(person) {
    const phone = new Phone(person, this);
    this.phones.set(person.user_id, phone);
    this.place.append(phone.element);
    if (person.user_id === this.expected) requestAnimationFrame(() => phone.focus());
    return phone;
  }

  apply(events) {
    const passed = events.filter((event) => TOLD.has(event.kind));
    if (passed.length) this.passing.add(passed, this.clock.now);
    for (const run of runs(events)) {
      const phone = this.phones.get(run[0].chat_id);
      if (run[0].kind === "clock") this.clock.jump(run.at(-1).body.now);
      else if (phone !== undefined) changes[run[0].kind]?.(phone, run);
    }
  }

  setStage({ bot, people, commands, cards, waiting, playing, note, intro }) {
    if (intro) this.page.getElementById("intro").textContent = intro;
    this.page.getElementById("title").textContent = bot.first_name;
    this.page.title = say(this.phones.size > 2 ? "title_many" : "title", { bot: bot.first_name });
    for (const person of people) {
      const phone = this.phones.get(person.user_id);
      if (phone === undefined) continue;
      phone.setPerson(person);
      phone.setBot(bot, commands[person.user_id] ?? [], waiting[person.user_id] ?? []);
      phone.setCards(cards.filter((card) => card.to === person.user_id));
      if (!playing) phone.signal({ kind: "pause" });
    }
    this.story.setPlaying(playing, note ?? "");
  }

  // What phones need of each other

  nameOf(id) {
    return this.phones.get(Number(id))?.name ?? (id === undefined ? "" : String(id));
  }

  touched() {
    this.story.touched();
  }

  /** Let a visitor choose who gets a link. */
  async share(phone, { url, text }) {
    const others = [...this.phones.values()].filter((other) => other !== phone);
    const choices = others.map((other) => ({ label: other.name, value: other.id, main: true }));
    if (this.phones.size < 3) choices.push({ label: say("third_phone"), value: "new" });
    choices.push({ label: say("cancel"), value: null });
    const body = make("blockquote.sent", {}, make("p", {}, text), make("p.address", {}, url));
    const chosen = await ask(say("send_to"), body, choices);
    if (chosen === null) return;
    await this.attempt(async () => {
      const to = chosen === "new" ? (await this.openStranger()).user_id : chosen;
      await post("cards", { from: phone.id, to, url, text });
      phone.toast(say("sent_on"));
    });
  }

  /** Let a visitor choose people for a key that asks for them. */
  async pickPeople(phone, label, wish) {
    const others = [...this.phones.values()].filter((other) => other !== phone);
    const choices = others.map((other) => ({ label: other.name, value: other.id, main: true }));
    const chosen = await ask(label, make("p", {}, say("who")), [...choices, { label: say("cancel"), value: null }]);
    if (chosen === null) return;
    await phone.attempt(() => phone.thumb("share_users", { label, people: [chosen].slice(0, wish.max_quantity ?? 1) }));
  }

  async meetStranger() {
    this.expected = (await this.openStranger()).user_id;
    this.phones.get(this.expected)?.focus();
  }

  async openStranger() {
    const taken = new Set([...this.phones.values()].map((phone) => phone.name));
    const name = STRANGERS.find((stranger) => !taken.has(stranger)) ?? say("somebody");
    return post("phones", { first_name: name, username: name.toLowerCase() });
  }

  async attempt(act) {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await tell(say("not_now"), error.message);
    }
  }
}

/** Events of one kind and chat that follow each other, together: two hundred messages are drawn at once. */
function runs(events) {
  const found = [];
  for (const event of events) {
    const last = found.at(-1)?.[0];
    if (last?.kind === event.kind && last.chat_id === event.chat_id) found.at(-1).push(event);
    else if (!TOLD.has(event.kind)) found.push([event]);
  }
  return found;
}

const changes = {
  message: (phone, run) => phone.add(run.map((event) => event.body)),
  edited: (phone, run) => run.forEach((event) => phone.replace(event.body)),
  deleted: (phone, run) => run.forEach((event) => phone.remove(event.body.message_id)),
  action: (phone, run) => phone.showDoing(run.at(-1).body.action),
  answer: (phone, run) => run.forEach((event) => phone.answer(event.body)),
  person: (phone, run) => phone.setPerson(run.at(-1).body),
};
