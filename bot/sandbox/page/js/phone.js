// One person's phone, open at the chat with the bot: what it shows, and what a thumb can do on it.

import { addMore, drawBubble, setWaiting } from "./bubble.js";
import { cardTray } from "./cards.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { announce, iconButton, make } from "./dom.js";
import { leave, look, showPage, tell } from "./dialog.js";
import { atTheField, replyKeyboard } from "./keyboard.js";
import { read } from "./links.js";
import { openMenu } from "./menu.js";
import { Presses } from "./presses.js";
import { post, Refusal, upload } from "./wire.js";
import { say } from "./words.js";

const ACTS = 5000; // milliseconds that "is typing" stays
const TOAST = 5000;
const DOING = {
  typing: "is_typing",
  upload_photo: "is_sending_picture",
  record_voice: "is_recording",
  upload_voice: "is_sending_voice",
};

/** `desk` knows the other phones: share(from, url, text), pickPeople(phone, wish), touched(). */
export class Phone {
  constructor(person, desk) {
    this.person = person;
    this.desk = desk;
    this.bot = { first_name: "Bot", username: "" };
    this.uncovered = new Set();
    this.waiting = new Set();
    this.build();
  }

  get id() {
    return this.person.user_id;
  }

  get name() {
    return this.person.first_name;
  }

  build() {
    this.chat = new Chat(
      say("chat_of", { name: this.name }),
      (seen) => this.drawEntry(seen),
      (entry) => addMore(entry, (opener) => this.openBubbleMenu(Number(entry.dataset.id), opener)),
    );
    this.presses = new Presses(this.chat);
    this.composer = new Composer(this.name, {
      say: (text, replyTo) => this.say(text, replyTo),
      edit: (id, text) => this.thumb("edit_text", { message_id: id, text }),
      file: (kind, blob, details) => this.attempt(() => upload(`phones/${this.id}/upload/${kind}`, blob, details)),
      command: (text) => this.attempt(() => this.say(text)),
      refused: (error) => this.refused(error),
      begin: () => this.attempt(() => this.say("/start")),
      unblock: () => this.attempt(() => this.thumb("unblock")),
      touched: () => this.desk.touched(),
      lastOwn: () => this.chat.messages.findLast((seen) => !seen.from_bot && seen.message.text !== undefined) ?? null,
      tell: (words) => this.toast(words),
    });
    this.title = make("b");
    this.state = make("small", {}, say("bot"));
    this.more = iconButton("more", say("more"), () => this.openMore(), { "aria-haspopup": "menu" });
    this.face = make("span.face", { "aria-hidden": "true" });
    const head = make("header", {}, this.face, make("div.title", {}, this.title, this.state), this.more);
    this.cards = make("div.cards");
    this.empty = make("p.description", { dir: "auto", hidden: true });
    this.keys = make("div.field-keys");
    this.toasts = make("div.toasts", { role: "status" });
    const owner = make("h2", {}, make("span.initial", { "aria-hidden": "true" }, [...this.name][0]), say("phone_of", { name: this.name }));
    owner.id = `owner-${this.id}`;
    this.screen = make("div.screen", {}, head, this.cards, this.chat.element, this.empty, this.composer.element, this.keys, this.toasts);
    this.element = make("section.phone", { "aria-labelledby": owner.id, data: { id: this.id } }, owner, this.screen);
    this.listen();
  }

  listen() {
    // A tap, and not a scroll: whoever only looks leaves the play alone.
    this.screen.addEventListener("click", (event) => event.isTrusted && this.desk.touched());
    this.screen.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.screen.classList.add("drop");
    });
    this.screen.addEventListener("dragleave", () => this.screen.classList.remove("drop"));
    this.screen.addEventListener("drop", (event) => {
      event.preventDefault();
      this.screen.classList.remove("drop");
      const [file] = event.dataTransfer.files;
      if (file !== undefined) this.composer.attach.file(file);
    });
  }

  drawEntry(seen) {
    const id = seen.message.message_id;
    const state = {
      bot: this.bot.first_name,
      open: this.uncovered.has(id),
      waiting: this.waiting.has(id),
      busy: this.presses.of(id),
    };
    return drawBubble(seen, state, {
      link: (address) => this.open(address),
      command: (text) => this.attempt(() => this.say(text)),
      copy: (text) => this.copy(text),
      press: (data) => this.press(id, data),
      tell: (words) => this.toast(words),
      uncover: () => this.uncover(id),
      show: (file) => this.show(file),
      look: (address) => look(address, say("on_phone_of", { name: this.name })),
      menu: (opener, event) => this.openBubbleMenu(id, opener, event),
      jump: (other) => this.chat.jump(other),
    });
  }

  // What the server tells

  /** Take the whole chat. */
  sync(screen) {
    this.person = screen.person;
    this.chat.sync(screen.messages);
    this.refresh();
  }

  /** Take messages that are new. */
  add(messages) {
    this.chat.add(messages);
    if (messages.some((seen) => seen.from_bot)) this.showDoing("");
    if (messages.some((seen) => !seen.from_bot)) this.composer.endGhost({ leave: false });
    this.refresh();
  }

  replace(seen) {
    this.chat.replace(seen);
  }

  remove(id) {
    this.chat.remove(id);
    this.refresh();
  }

  /** Take who the bot is, its menu, and what of this chat still waits for it. */
  setBot(bot, commands, waiting) {
    this.bot = bot;
    this.title.textContent = bot.first_name;
    this.face.textContent = bot.first_name.slice(0, 1);
    this.composer.setCommands(commands);
    const now = new Set(waiting);
    for (const id of new Set([...now, ...this.waiting])) {
      const entry = this.chat.elementOf(id);
      if (entry !== undefined) setWaiting(entry, now.has(id));
    }
    this.waiting = now;
    this.refresh();
  }

  setPerson(person) {
    this.person = person;
    this.refresh();
  }

  setCards(cards) {
    const known = JSON.stringify(cards);
    if (known === this.knownCards) return;
    this.knownCards = known;
    this.cards.replaceChildren(...cards.map((card) => cardTray(card, (open) => this.takeCard(card, open))));
  }

  /** Take the focus: to begin, or to write. */
  focus() {
    (this.composer.big.hidden ? this.composer.field : this.composer.big).focus();
  }

  refresh() {
    const messages = this.chat.messages;
    this.composer.setState({ started: this.person.started || messages.length > 0, blocked: this.person.blocked });
    this.element.classList.toggle("blocked", this.person.blocked);
    this.empty.textContent = this.bot.description || say("empty");
    this.empty.hidden = messages.length > 0;
    this.chat.element.hidden = messages.length === 0;
    this.refreshField(messages);
  }

  refreshField(messages) {
    const { keyboard, reply } = atTheField(messages);
    if (keyboard !== this.keyboard) {
      this.keyboard = keyboard;
      const act = { say: (label) => this.pressKey(label), share: (label, wish) => this.desk.pickPeople(this, label, wish) };
      this.keys.replaceChildren(...(keyboard ? [replyKeyboard(keyboard, act)] : []));
    }
    const asked = reply?.message.message_id ?? 0;
    if (asked !== (this.asked ?? 0)) {
      this.asked = asked;
      // The question is put before the visitor; the focus moves only for who is on this phone already.
      if (reply) this.composer.reply(reply, { focus: this.screen.contains(document.activeElement) });
      else if (this.composer.mode?.kind === "reply") this.composer.endMode();
    }
    this.composer.setPlaceholder((reply?.reply_keyboard ?? keyboard)?.input_field_placeholder);
  }

  /** Show that the bot is at something. */
  showDoing(action) {
    clearTimeout(this.doing);
    this.state.textContent = say(action ? (DOING[action] ?? "is_busy") : "bot");
    this.state.classList.toggle("doing", Boolean(action));
    if (action) this.doing = setTimeout(() => this.showDoing(""), ACTS);
  }

  /** Take the bot's answer to a pressed key. */
  answer({ query_id, text, show_alert, url }) {
    this.presses.answered(query_id);
    if (text && show_alert) tell(this.bot.first_name, text);
    else if (text) this.toast(text);
    if (url) this.open(url);
  }

  // What a thumb does

  async thumb(action, body = {}) {
    return post(`phones/${this.id}/${action}`, body);
  }

  /** Do something that may be refused; a refusal is a toast, and the answer null. */
  async attempt(act) {
    try {
      return await act();
    } catch (error) {
      this.refused(error);
      return null;
    }
  }

  refused(error) {
    if (!(error instanceof Refusal)) throw error;
    this.toast(error.message);
  }

  async say(text, replyTo) {
    this.chat.stuck = true;
    return this.thumb("send_text", replyTo === undefined ? { text } : { text, reply_to: replyTo });
  }

  async press(id, data) {
    if (!this.presses.start(id, data)) return;
    const pressed = await this.attempt(() => this.thumb("press", { message: id, button: data }));
    if (pressed === null) this.presses.end(id, data);
    else this.presses.expect(id, data, pressed.query_id);
  }

  pressKey(label) {
    return this.attempt(() => this.thumb("press_key", { label }));
  }

  uncover(id) {
    this.uncovered.add(id);
    this.chat.redraw(id);
  }

  open(address) {
    const link = read(address, this.bot.username);
    if (link.kind === "bot") this.attempt(() => this.thumb("open_link", { url: link.url }));
    else if (link.kind === "share") this.desk.share(this, link);
    else if (link.kind === "outside") leave(link.url);
    else this.toast(say("no_link"));
  }

  /** Open the page that a file holds, such as a keepsake. */
  async show({ file_id, file_name }) {
    const shown = await this.attempt(() => post(`files/${file_id}/page`));
    if (shown !== null) showPage(shown.path, file_name ?? say("file"));
  }

  takeCard(card, open) {
    return this.attempt(() => post(`cards/${card.number}`, { open }));
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.toast(say("copied"));
    } catch {
      this.toast(say("no_clipboard"));
    }
  }

  openMore() {
    const block = this.person.blocked
      ? { label: say("unblock", { bot: this.bot.first_name }), act: () => this.attempt(() => this.thumb("unblock")) }
      : { label: say("block", { bot: this.bot.first_name }), act: () => this.attempt(() => this.thumb("block")) };
    openMenu(this.screen, this.more, say("more"), [block], { end: 8, top: 56 });
  }

  openBubbleMenu(id, opener, event) {
    const seen = this.chat.entries.get(id)?.seen;
    if (seen === undefined) return;
    const text = seen.message.text ?? seen.message.caption;
    const items = [{ label: say("reply"), act: () => this.composer.reply(seen) }];
    if (!seen.from_bot && text !== undefined) items.push({ label: say("edit"), act: () => this.composer.edit(seen) });
    if (text && !seen.message.has_protected_content) items.push({ label: say("copy"), act: () => this.copy(text) });
    items.push({ label: say("delete"), act: () => this.attempt(() => this.thumb("delete", { message_id: id })) });
    const screen = this.screen.getBoundingClientRect();
    const box = opener.getBoundingClientRect();
    const at = { left: (event?.clientX ?? box.left) - screen.left, top: (event?.clientY ?? box.bottom) - screen.top };
    openMenu(this.screen, opener, say("this_message"), items, at);
  }

  /** Show a short notice on this phone. */
  toast(words) {
    const note = make("p", {}, words);
    this.toasts.append(note);
    setTimeout(() => note.remove(), TOAST);
  }

  // The play

  /** Show what a simulated person is about to do. */
  signal({ kind, text, seconds, message_id, data, query_id }) {
    if (kind === "typing") {
      this.composer.showTyping(text, seconds * 1000);
      this.chat.toEnd();
    }
    if (kind === "uncover") {
      this.uncover(message_id);
      this.chat.bring(this.chat.elementOf(message_id));
    }
    if (kind === "pause") this.composer.endGhost();
    if (kind === "aim") {
      const key = this.presses.aim(message_id, data);
      this.chat.bring(key);
      if (key) announce(say("presses", { name: this.name, button: key.textContent }));
    }
    if (kind === "press") {
      this.presses.start(message_id, data);
      this.presses.expect(message_id, data, query_id);
      this.chat.toEnd();
    }
  }
}
