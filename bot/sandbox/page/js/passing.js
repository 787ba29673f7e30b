// What just happened: each call of the bot and each update for it, as they pass. Drawn only while it is open.

import { make } from "./dom.js";
import { second } from "./times.js";
import { say } from "./words.js";

const KEPT = 400;

export class Passing {
  constructor(element, nameOf) {
    this.element = element;
    this.nameOf = nameOf;
    this.events = [];
    this.list = make("ol", { "aria-label": say("passing_list"), dir: "ltr" });
    this.element.append(make("p.hint", {}, say("passing_hint")), this.list);
    this.element.addEventListener("toggle", () => this.draw());
  }

  /** Begin with what the server remembers. */
  sync(events) {
    this.events = events;
    this.draw();
  }

  /** Add what passes now. */
  add(events, now) {
    for (const event of events) this.events.push({ ...event, now });
    this.events.splice(0, this.events.length - KEPT);
    if (!this.element.open) return;
    this.list.prepend(...events.map((event) => this.row({ ...event, now })).reverse());
    while (this.list.children.length > KEPT) this.list.lastChild.remove();
  }

  draw() {
    this.list.replaceChildren(...(this.element.open ? this.events.map((event) => this.row(event)).reverse() : []));
  }

  row(event) {
    return make("li", {}, event.kind === "call" ? this.call(event.body) : this.update(event.body));
  }

  call({ method, values, at, code, description, result }) {
    const ok = code === 200;
    const summary = make("summary", {}, make("time", {}, second(Date.parse(at))), make("span.way", {}, say("bot_asks")));
    summary.append(make("b", {}, method), make("span", {}, this.nameOf(values.chat_id)));
    summary.append(make(ok ? "span.code" : "span.code.bad", {}, ok ? "ok" : `${code} ${description}`));
    return this.fold(summary, () => ({ asked: values, answered: ok ? result : { code, description } }));
  }

  update({ kind, update }) {
    const body = update?.[kind] ?? {};
    const date = (body.edit_date ?? body.date ?? 0) * 1000;
    const time = date ? second(date) : "";
    const who = this.nameOf(body.from?.id ?? body.chat?.id);
    const summary = make("summary", {}, make("time", {}, time), make("span.way.up", {}, say("bot_hears")));
    summary.append(make("b", {}, kind), make("span", {}, who), make("span.code", {}, short(body)));
    return this.fold(summary, () => update);
  }

  fold(summary, content) {
    const details = make("details", {}, summary);
    const fill = () => details.append(make("pre", { tabindex: 0 }, JSON.stringify(content(), null, 2)));
    details.addEventListener("toggle", fill, { once: true });
    return details;
  }
}

function short(body) {
  const words = body.data ?? body.text ?? body.caption ?? body.new_chat_member?.status ?? "";
  return words.length > 60 ? `${words.slice(0, 60)}…` : words;
}
