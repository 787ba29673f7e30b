// A chat's messages, in order. It knows nothing of what they mean: a function given to it draws each.
//
// The newest message is kept in sight as long as the reader is at the end. One message at a time can be reached
// with Tab, the others with the arrows, so that a long chat never stands between a reader and the input field.

import { make, picture, reachable } from "./dom.js";
import { day } from "./times.js";
import { say } from "./words.js";

const NEAR = 48; // pixels from the end that still count as being there
const AWAY = 250; // milliseconds after which being elsewhere is the reader's wish, not a chat that just grew
const UPWARDS = new Set(["ArrowUp", "PageUp", "Home"]);

export class Chat {
  /** `draw(seen)` makes a message's element; `approach(element)` adds to it what only a visitor near it needs. */
  constructor(label, draw, approach) {
    this.draw = draw;
    this.approach = approach;
    this.entries = new Map(); // message number -> {seen, element, day}
    this.current = null;
    this.stuck = true;
    this.unseen = 0;
    this.list = make("div.list");
    this.log = make("div.log", { role: "log", "aria-label": label, "aria-live": "polite" }, this.list);
    this.jumpButton = make("button.jump", { type: "button", hidden: true }, picture("down"), make("span"));
    this.element = make("div.chat", {}, this.log, this.jumpButton);
    this.jumpButton.addEventListener("click", () => this.toEnd());
    this.log.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.log.addEventListener("wheel", (event) => event.deltaY < 0 && this.leaveEnd(), { passive: true });
    this.log.addEventListener("touchmove", () => this.leaveEnd(), { passive: true });
    this.log.addEventListener("keydown", (event) => this.key(event));
    this.log.addEventListener("pointerover", (event) => this.near(event));
    this.log.addEventListener("focusin", (event) => this.focused(event));
    this.log.addEventListener("focusout", (event) => this.left(event));
    const sizes = new ResizeObserver(() => this.stuck && this.toEnd());
    sizes.observe(this.list);
    sizes.observe(this.log);
  }

  /** Return all messages, oldest first. */
  get messages() {
    return [...this.entries.values()].map((entry) => entry.seen);
  }

  /** Make the chat what the server says it is; what is there already stays. */
  sync(messages) {
    this.log.setAttribute("aria-busy", "true");
    const wanted = new Set(messages.map((seen) => seen.message.message_id));
    for (const id of [...this.entries.keys()]) if (!wanted.has(id)) this.remove(id);
    const fresh = [];
    for (const seen of messages) {
      const known = this.entries.get(seen.message.message_id);
      if (known === undefined) fresh.push(seen);
      else if (JSON.stringify(known.seen) !== JSON.stringify(seen)) this.replace(seen);
    }
    this.add(fresh);
    requestAnimationFrame(() => this.log.removeAttribute("aria-busy"));
  }

  /** Put new messages at the end. */
  add(messages) {
    const fragment = document.createDocumentFragment();
    for (const seen of messages) {
      const id = seen.message.message_id;
      if (this.entries.has(id)) {
        this.replace(seen);
        continue;
      }
      const entry = this.make(seen);
      if (entry.day !== this.lastDay) {
        entry.head = make("p.day", { dir: "auto" }, entry.day);
        fragment.append(entry.head);
        this.lastDay = entry.day;
      }
      fragment.append(entry.element);
      this.entries.set(id, entry);
    }
    const last = fragment.lastChild;
    if (last === null) return;
    this.list.append(fragment);
    if (!this.log.contains(document.activeElement)) this.setCurrent(last);
    if (messages.some((seen) => !seen.from_bot)) this.stuck = true;
    if (!this.stuck) this.count(messages.length);
  }

  make(seen) {
    const element = this.draw(seen);
    return { seen, element, day: day(seen.message.date * 1000), head: null };
  }

  /** Draw a message anew; the focus stays where it was. */
  replace(seen) {
    const old = this.entries.get(seen.message.message_id);
    if (old === undefined) return;
    const { element } = this.make(seen);
    if (old.element.contains(document.activeElement)) this.approach(element); // as the old one has been
    const focus = old.element.contains(document.activeElement)
      ? [old.element, ...reachable(old.element)].indexOf(document.activeElement)
      : -1;
    const was = this.current === old.element;
    old.element.replaceWith(element);
    Object.assign(old, { seen, element });
    if (was) this.setCurrent(element);
    if (focus >= 0) ([element, ...reachable(element)][focus] ?? element).focus({ preventScroll: true });
  }

  /** Draw a message anew from what is known. */
  redraw(id) {
    const entry = this.entries.get(id);
    if (entry !== undefined) this.replace(entry.seen);
  }

  remove(id) {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    const held = entry.element.contains(document.activeElement);
    const after = entry.element.nextElementSibling;
    const beside = after?.matches(".entry") ? after : entry.element.previousElementSibling;
    if (entry.head !== null && after?.matches(".entry")) {
      this.entries.get(Number(after.dataset.id)).head = entry.head; // the day goes on without it
    } else {
      entry.head?.remove();
    }
    entry.element.remove();
    this.entries.delete(id);
    this.lastDay = [...this.entries.values()].at(-1)?.day;
    if (this.current === entry.element) this.setCurrent(beside?.matches(".entry") ? beside : null);
    if (held) this.current?.focus();
  }

  elementOf(id) {
    return this.entries.get(id)?.element;
  }

  // The end of the chat

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.stuck = true;
    this.count(-this.unseen);
  }

  get fromEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight;
  }

  scrolled() {
    clearTimeout(this.away);
    if (this.fromEnd < NEAR) {
      this.stuck = true;
      this.count(-this.unseen);
    } else {
      this.away = setTimeout(() => this.leaveEnd(), AWAY);
    }
  }

  /** Stay where the reader is, if that isn't the end. */
  leaveEnd() {
    if (this.fromEnd < NEAR) return;
    this.stuck = false;
    this.count(0);
  }

  count(more) {
    this.unseen += more;
    this.jumpButton.lastChild.textContent = this.unseen ? String(this.unseen) : "";
    this.jumpButton.setAttribute("aria-label", say(this.unseen ? "jump_new" : "jump_end", { count: this.unseen }));
    this.jumpButton.hidden = this.stuck;
  }

  /** Scroll the chat, and nothing around it, until an element in it is in sight. */
  bring(element) {
    if (!element) return;
    const box = element.getBoundingClientRect();
    const log = this.log.getBoundingClientRect();
    if (box.top < log.top || box.height > log.height) this.log.scrollTop += box.top - log.top - 8;
    else if (box.bottom > log.bottom) this.log.scrollTop += box.bottom - log.bottom + 8;
  }

  /** Bring a message into sight and let it shine for a moment. */
  jump(id) {
    const element = this.elementOf(id);
    if (element === undefined) return;
    element.scrollIntoView({ block: "center" });
    this.leaveEnd();
    element.classList.remove("shines");
    requestAnimationFrame(() => element.classList.add("shines"));
    this.setCurrent(element);
    element.focus({ preventScroll: true });
  }

  // The keyboard

  setCurrent(element) {
    if (this.current === element) return;
    if (this.current !== null) setReachable(this.current, -1);
    this.current = element;
    if (element !== null) setReachable(element, 0);
  }

  near(event) {
    const entry = event.target.closest(".entry");
    if (entry !== null) this.approach(entry);
    return entry;
  }

  focused(event) {
    const entry = this.near(event);
    if (entry === null) return;
    this.setCurrent(entry);
    setReachable(entry, 0);
  }

  /** Who comes back to the chat comes to its newest message. */
  left(event) {
    const newest = [...this.entries.values()].at(-1)?.element;
    if (newest && event.relatedTarget && !this.log.contains(event.relatedTarget)) this.setCurrent(newest);
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || this.current === null) return;
    const entries = this.list.querySelectorAll(".entry");
    const at = [...entries].indexOf(this.current);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: entries.length - 1 }[event.key];
    if (UPWARDS.has(event.key)) requestAnimationFrame(() => this.leaveEnd());
    if (to === undefined || event.target.closest("video")) return;
    event.preventDefault();
    const next = entries[Math.min(Math.max(to, 0), entries.length - 1)];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
}

function setReachable(entry, value) {
  entry.tabIndex = value;
  for (const element of reachable(entry)) element.tabIndex = value;
}
