// Keys that were pressed and wait for the bot's answer: the wheel turns until it comes, or for a while.

import { setBusy } from "./keyboard.js";

const SPINS = 15000; // milliseconds

export class Presses {
  constructor(chat) {
    this.chat = chat;
    this.waiting = new Map(); // "message data" -> the query that it waits for, once that is known
    this.early = new Set(); // queries that were answered before we knew whose they are
  }

  /** List the data of a message's keys that wait. */
  of(id) {
    const start = `${id} `;
    return new Set([...this.waiting.keys()].filter((key) => key.startsWith(start)).map((key) => key.slice(start.length)));
  }

  /** Begin to wait; false when this key waits already. */
  start(id, data) {
    const key = `${id} ${data}`;
    if (this.waiting.has(key)) return false;
    this.waiting.set(key, null);
    this.show(id, data, true);
    setTimeout(() => this.end(id, data), SPINS);
    return true;
  }

  /** Wait for this query's answer, which may have come already. */
  expect(id, data, query) {
    const key = `${id} ${data}`;
    if (this.early.delete(query)) this.end(id, data);
    else if (this.waiting.has(key)) this.waiting.set(key, query);
  }

  end(id, data) {
    if (this.waiting.delete(`${id} ${data}`)) this.show(id, data, false);
  }

  /** Take the bot's answer to a query. */
  answered(query) {
    const found = [...this.waiting].find(([, waits]) => waits === query);
    if (found === undefined) {
      this.early.add(query);
      return;
    }
    const [id, ...data] = found[0].split(" ");
    this.end(Number(id), data.join(" "));
  }

  /** Let a key shine that is about to be pressed; returns it, or null. */
  aim(id, data) {
    const key = this.key(id, data);
    key?.classList.add("aimed");
    return key;
  }

  show(id, data, busy) {
    const key = this.key(id, data);
    if (key === null) return;
    setBusy(key, busy);
    if (!busy) key.classList.remove("aimed");
  }

  key(id, data) {
    const keys = this.chat.elementOf(id)?.querySelectorAll(".key") ?? [];
    return [...keys].find((key) => key.dataset.press === data) ?? null;
  }
}
