// A link that somebody sent, as it arrives on a phone: in another chat than the bot's.

import { iconButton, make } from "./dom.js";
import { say } from "./words.js";

/** Draw a card; `take(open)` opens its link or puts it away. */
export function cardTray({ sender, text, url }, take) {
  const words = make("div", {}, make("b", {}, sender), text ? make("p", {}, text) : null);
  const link = make("button.card-link", { type: "button", dir: "ltr" }, url.replace(/^https?:\/\//, ""));
  link.addEventListener("click", () => take(true));
  words.append(link);
  const close = iconButton("close", say("card_away", { name: sender }), () => take(false));
  return make("article.card", { "aria-label": say("card_from", { name: sender }) }, words, close);
}
