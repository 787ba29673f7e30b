// One message as a client draws it: whose it is, what it answers, what it carries, its words, its keys, when.

import { make, picture } from "./dom.js";
import { draw } from "./entities.js";
import { inlineKeyboard } from "./keyboard.js";
import { drawMedia } from "./media.js";
import { hour } from "./times.js";
import { say } from "./words.js";

/**
 * Draw a message. `look` tells how this phone sees it: {bot, open, waiting, busy}; `act` what can be done with
 * it: link, command, copy, press, tell, uncover, show, look, menu, jump.
 */
export function drawBubble(seen, look, act) {
  const message = seen.message;
  const words = message.text ?? message.caption;
  const bubble = make("div.bubble", {}, make("span.unseen", {}, say(seen.from_bot ? "from_bot" : "from_you", { bot: look.bot })));
  bubble.append(...above(message, act));
  const media = drawMedia(message, act, look.open);
  if (media !== null) bubble.append(media);
  if (words !== undefined) {
    const entities = message.entities ?? message.caption_entities;
    bubble.append(make("div.words", { dir: "auto" }, draw(words, entities, act, look.open)));
  }
  bubble.append(stamp(seen, look));
  bubble.classList.toggle("bare", words === undefined && Boolean(message.photo ?? message.video_note));
  const entry = make("div.entry", { role: "article", tabindex: -1, data: { id: message.message_id } }, bubble);
  entry.classList.add(seen.from_bot ? "in" : "out");
  entry.classList.toggle("protected", Boolean(message.has_protected_content));
  if (message.reply_markup?.inline_keyboard) {
    entry.append(inlineKeyboard(message.reply_markup.inline_keyboard, act, look.busy));
  }
  if (seen.reactions) bubble.append(reactions(seen.reactions));
  entry.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== entry) return;
    event.preventDefault(); // else the same key would press what the menu puts under it
    act.menu(entry);
  });
  entry.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, .key") || !getSelection().isCollapsed) return;
    event.preventDefault();
    act.menu(entry, event);
  });
  return entry;
}

function above(message, act) {
  const found = [];
  if (message.forward_origin) found.push(make("p.origin", {}, picture("forward"), say("forwarded")));
  const replied = message.reply_to_message;
  if (replied) {
    const words = replied.text ?? replied.caption ?? say("media");
    const button = make("button.replied", { type: "button", tabindex: -1 });
    button.append(make("b", {}, replied.from?.first_name ?? ""), make("span", { dir: "auto" }, words));
    button.addEventListener("click", () => act.jump(replied.message_id));
    found.push(button);
  }
  return found;
}

/** Give a drawn message its menu button: once someone comes near, so that nobody hears of it before. */
export function addMore(entry, openMenu) {
  if (entry.querySelector(".bubble-more")) return;
  const button = make("button.bubble-more", {
    type: "button",
    tabindex: -1,
    "aria-label": say("message_more"),
    "aria-haspopup": "menu",
  });
  button.append(picture("chevron"));
  button.addEventListener("click", () => openMenu(button));
  entry.querySelector(".bubble").append(button);
}

function stamp(seen, look) {
  const { message } = seen;
  const footer = make("span.stamp");
  if (message.has_protected_content) {
    footer.append(make("span.lock", { title: say("protected_long") }, picture("lock")));
    footer.append(make("span.unseen", {}, say("protected")));
  }
  if (message.edit_date) footer.append(`${say("edited")} `);
  footer.append(make("time", {}, hour(message.date * 1000)));
  if (!seen.from_bot) footer.append(ticks(look.waiting));
  return footer;
}

/** One tick: sent. Two: the bot has it. */
function ticks(waiting) {
  const box = make(waiting ? "span.ticks.waits" : "span.ticks", {}, picture(waiting ? "sent" : "seen"));
  box.append(make("span.unseen", {}, ` ${say(waiting ? "ticks_sent" : "ticks_read")}`));
  return box;
}

/** Change a drawn message's ticks. */
export function setWaiting(entry, waiting) {
  const old = entry.querySelector(".ticks");
  if (old !== null && old.classList.contains("waits") !== waiting) old.replaceWith(ticks(waiting));
}

function reactions(given) {
  const faces = Object.values(given)
    .flat()
    .map((reaction) => reaction.emoji ?? "*");
  return make("p.reactions", { "aria-label": say("reactions", { faces: faces.join(" ") }) }, faces.join(" "));
}
