// The input line of a phone: words, replies, edits, commands, and what can be attached.

import { Attach } from "./attach.js";
import { iconButton, make, picture } from "./dom.js";
import { openMenu } from "./menu.js";
import { say } from "./words.js";

const LONGEST = 4096; // UTF-16 units in one message; a client sends several for more
const SUGGESTED = 6;

/**
 * `act` has say(text, replyTo) and edit(id, text), whose failures are handed to refused(error); and
 * command(text), file(kind, blob, details), begin(), unblock(), touched(), lastOwn() and tell(words).
 */
export class Composer {
  constructor(owner, act) {
    this.act = act;
    this.commands = [];
    this.mode = null; // {kind: "reply" | "edit", id}
    this.ghost = 0;
    this.attach = new Attach((kind, blob, details) => act.file(kind, blob, this.withReply(details)), act.tell);
    this.field = make("textarea", {
      rows: 1,
      dir: "auto",
      "aria-label": say("message_as", { name: owner }),
      placeholder: say("message"),
    });
    this.menuButton = iconButton("menu", say("commands"), () => this.openCommands(), {
      "aria-haspopup": "menu",
      hidden: true,
    });
    this.attachButton = iconButton("attach", say("attach"), () => this.openAttach(), { "aria-haspopup": "menu" });
    this.sendButton = make("button.send", { type: "button" });
    this.sendButton.addEventListener("click", () => (this.words ? this.submit() : this.attach.microphone(this.line)));
    this.bar = make("div.bar", { hidden: true });
    this.suggestions = make("div.suggestions", { role: "group", "aria-label": say("commands_fit"), hidden: true });
    this.line = make("div.line", {}, this.menuButton, this.field, this.attachButton, this.sendButton, this.attach.input);
    this.big = make("button.big", { type: "button", hidden: true });
    this.element = make("div.composer", {}, this.suggestions, this.bar, this.line, this.big);
    this.big.addEventListener("click", () => (this.big.dataset.does === "begin" ? act.begin() : act.unblock()));
    this.listen();
    this.changed();
  }

  get words() {
    return this.field.value.trim();
  }

  listen() {
    this.field.addEventListener("input", () => {
      this.endGhost();
      this.act.touched();
      this.changed();
    });
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("paste", (event) => {
      const [file] = event.clipboardData.files;
      if (file === undefined) return;
      event.preventDefault();
      this.attach.file(file);
    });
  }

  /** Show what fits a person's state: the input line, a button to begin, or one to unblock. */
  setState({ started, blocked }) {
    const does = blocked ? "unblock" : "begin";
    const had = document.activeElement === this.big;
    this.big.hidden = started && !blocked;
    this.line.hidden = !this.big.hidden;
    this.big.dataset.does = does;
    this.big.textContent = say(blocked ? "unblock_bot" : "start");
    if (had && this.big.hidden) this.field.focus();
  }

  /** Take the bot's menu. */
  setCommands(commands) {
    this.commands = commands;
    this.menuButton.hidden = commands.length === 0;
  }

  /** Tell what the field is for: a keyboard's or a question's own words, or just that it is for a message. */
  setPlaceholder(words) {
    this.field.placeholder = words || say("message");
  }

  // Writing

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.mode !== null) {
      this.endMode();
    } else if (event.key === "ArrowUp" && !this.field.value) {
      const own = this.act.lastOwn();
      if (own === null) return;
      event.preventDefault();
      this.edit(own);
    }
  }

  async submit() {
    const { words, mode } = this;
    if (!words) return;
    this.endGhost();
    this.field.value = "";
    this.endMode();
    this.changed();
    try {
      if (mode?.kind === "edit") await this.act.edit(mode.id, words);
      else for (const part of parts(words)) await this.act.say(part, mode?.id);
    } catch (error) {
      if (!this.field.value) this.field.value = words; // what couldn't be sent is still here
      this.changed();
      this.act.refused(error);
    }
  }

  changed() {
    this.field.style.setProperty("height", "auto");
    this.field.style.setProperty("height", `${Math.min(this.field.scrollHeight, 132)}px`);
    const has = this.words !== "";
    this.sendButton.replaceChildren(picture(this.mode?.kind === "edit" ? "tick" : has ? "send" : "mic"));
    const label = say(this.mode?.kind === "edit" ? "save" : has ? "send" : "record");
    this.sendButton.setAttribute("aria-label", label);
    this.sendButton.title = label;
    this.suggest();
  }

  suggest() {
    const begun = /^\/(\w*)$/.exec(this.field.value);
    const fitting = begun ? this.commands.filter(({ command }) => command.startsWith(begun[1])) : [];
    this.suggestions.replaceChildren(...fitting.slice(0, SUGGESTED).map((command) => this.suggestion(command)));
    this.suggestions.hidden = fitting.length === 0;
  }

  suggestion({ command, description }) {
    const button = make("button", { type: "button" }, make("b", {}, `/${command}`), make("span", {}, description));
    button.addEventListener("click", () => {
      this.field.value = `/${command}`;
      this.field.focus();
      this.submit();
    });
    return button;
  }

  // Replying and editing

  /** Reply to a message. */
  reply(seen, { focus = true } = {}) {
    const name = seen.message.from?.first_name;
    this.begin("reply", seen, "reply", say(seen.from_bot ? "reply_to" : "reply_self", { name }));
    if (focus) this.field.focus();
  }

  /** Edit one's own message. */
  edit(seen) {
    this.begin("edit", seen, "tick", say("edit"));
    this.field.value = seen.message.text ?? seen.message.caption ?? "";
    this.changed();
    this.field.focus();
  }

  begin(kind, seen, icon, title) {
    this.mode = { kind, id: seen.message.message_id };
    const words = seen.message.text ?? seen.message.caption ?? say("media");
    const close = iconButton("close", say("leave_that"), () => {
      this.endMode();
      this.field.focus();
    });
    this.bar.replaceChildren(picture(icon), make("span", {}, make("b", {}, title), make("span", { dir: "auto" }, words)), close);
    this.bar.hidden = false;
    this.changed();
  }

  endMode() {
    if (this.mode?.kind === "edit") this.field.value = "";
    this.mode = null;
    this.bar.hidden = true;
    this.changed();
  }

  withReply(details) {
    if (this.mode?.kind !== "reply") return details;
    const { id } = this.mode;
    this.endMode();
    return { ...details, reply_to: id };
  }

  // Menus

  /** How far from the phone's lower edge a menu opens. */
  get above() {
    return this.element.parentElement.clientHeight - this.line.parentElement.offsetTop - this.line.offsetTop + 4;
  }

  openCommands() {
    const items = this.commands.map(({ command, description }) => ({
      label: `/${command}`,
      hint: description,
      act: () => this.act.command(`/${command}`),
    }));
    openMenu(this.element.parentElement, this.menuButton, say("commands"), items, { start: 8, bottom: this.above });
  }

  openAttach() {
    openMenu(this.element.parentElement, this.attachButton, say("attach"), this.attach.items, { end: 8, bottom: this.above });
  }

  // The play

  /** Let words appear as if they were being typed; the visitor's own stay untouched. */
  showTyping(text, milliseconds) {
    if (this.field.value && !this.ghost) return;
    this.endGhost();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const began = performance.now();
    const step = () => {
      const part = still ? 1 : Math.min(1, (performance.now() - began) / milliseconds);
      this.field.value = text.slice(0, Math.ceil(text.length * part));
      this.field.scrollTop = this.field.scrollHeight;
      this.changed();
    };
    this.ghost = setInterval(step, 60);
    step();
  }

  /** End what was being typed: `leave` it to the visitor, or clear it away. */
  endGhost({ leave = true } = {}) {
    if (!this.ghost) return;
    clearInterval(this.ghost);
    this.ghost = 0;
    if (!leave) this.field.value = "";
    this.changed();
  }
}

function parts(words) {
  const found = [];
  for (let rest = words; rest; ) {
    let end = rest.length <= LONGEST ? rest.length : rest.lastIndexOf("\n", LONGEST);
    if (end < 1) end = LONGEST;
    if (/[\ud800-\udbff]/.test(rest[end - 1]) && end < rest.length) end -= 1; // never through a character
    found.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return found;
}
