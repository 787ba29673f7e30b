// Keys: those under a message, and those under the input field.

import { make, picture } from "./dom.js";
import { say } from "./words.js";

const OUTSIDE = {
  web_app: "key_web_app",
  switch_inline_query: "key_inline",
  switch_inline_query_current_chat: "key_inline",
  switch_inline_query_chosen_chat: "key_inline",
};

/** Draw the keys under a message. `act` has press(data), link(url), copy(text), tell(words); `busy` is a set of data. */
export function inlineKeyboard(rows, act, busy) {
  const keyboard = make("div.keys", { role: "group", "aria-label": say("keys") });
  for (const row of rows) {
    keyboard.append(make("div.row", {}, ...row.map((key) => inlineKey(key, act, busy))));
  }
  return keyboard;
}

function inlineKey(key, act, busy) {
  const button = make("button.key", { type: "button", dir: "auto", tabindex: -1, data: { style: key.style ?? "" } }, key.text);
  if (key.callback_data !== undefined) {
    button.dataset.press = key.callback_data;
    setBusy(button, busy.has(key.callback_data));
  }
  if (key.url !== undefined) {
    button.append(picture("link"));
    button.title = key.url;
  }
  if (key.disabled !== undefined) button.setAttribute("aria-disabled", "true");
  else button.addEventListener("click", () => tap(key, act));
  return button;
}

function tap(key, act) {
  if (key.callback_data !== undefined) act.press(key.callback_data);
  else if (key.url !== undefined) act.link(key.url);
  else if (key.copy_text !== undefined) act.copy(key.copy_text.text);
  else act.tell(say(OUTSIDE[Object.keys(OUTSIDE).find((kind) => kind in key)] ?? "key_nothing"));
}

/** Show or end the little wheel on a key that waits for its answer. */
export function setBusy(button, busy) {
  button.classList.toggle("busy", busy);
  if (busy) button.setAttribute("aria-busy", "true");
  else button.removeAttribute("aria-busy");
}

/** Draw the keys under the input field. `act` has say(label) and share(label, wish). */
export function replyKeyboard(markup, act) {
  const keyboard = make("div.reply-keys", { role: "group", "aria-label": say("keys_answer") });
  for (const row of markup.keyboard) {
    keyboard.append(make("div.row", {}, ...row.map((key) => replyKey(key, act))));
  }
  return keyboard;
}

function replyKey(key, act) {
  const button = make("button.key", { type: "button", dir: "auto" }, key.text);
  button.addEventListener("click", () => {
    if (key.request_users) act.share(key.text, key.request_users);
    else act.say(key.text);
  });
  return button;
}

/**
 * Find what stands at the input field: the newest keyboard, and a question that wants a reply. Both are facts
 * of the chat, so that a reload shows the same.
 */
export function atTheField(messages) {
  let keyboard = null;
  let reply = null;
  for (const seen of messages) {
    const markup = seen.reply_keyboard ?? seen.message.reply_markup;
    if (!seen.from_bot) reply = null;
    if (markup === undefined) continue;
    if (markup.keyboard) keyboard = markup;
    if (markup.remove_keyboard) keyboard = null;
    reply = markup.force_reply ? seen : null;
  }
  return { keyboard, reply };
}
