// A link that somebody sent, as it arrives on a phone: in another chat than the bot's.

import { iconButton, make } from "./dom.js";

/** Draw a card; `take(open)` opens its link or puts it away. */
export function cardTray({ sender, text, url }, take) {
  const words = make("div", {}, make("b", {}, sender), text ? make("p", {}, text) : null);
  const link = make("button.card-link", { type: "button" }, url.replace(/^https?:\/\//, ""));
  link.addEventListener("click", () => take(true));
  words.append(link);
  const close = iconButton("close", `Put ${sender}'s message away`, () => take(false));
  return make("article.card", { "aria-label": `A message from ${sender}` }, words, close);
}
