// A message's words as a client draws them: nodes made from entities, whose offsets are UTF-16 units as here.

import { make, picture } from "./dom.js";
import { dated } from "./times.js";
import { say } from "./words.js";

const PLAIN = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
};
const LONG = 120; // characters after which an expandable quotation is folded
const LINES = 3;

/**
 * Draw words. `act` does what a tap on them means: link(address), command(text), copy(text), and
 * uncover(): show all that is covered in this message. `open` says whether it has been uncovered.
 */
export function draw(text, entities, act, open) {
  const fragment = document.createDocumentFragment();
  grow(fragment, { text, act, open }, 0, text.length, entities ?? []);
  return fragment;
}

function grow(parent, page, start, end, entities) {
  let at = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const stop = Math.min(entity.offset + entity.length, end);
    let next = index + 1;
    while (next < entities.length && entities[next].offset < stop) next += 1;
    if (entity.offset > at) parent.append(page.text.slice(at, entity.offset));
    const { outer, inner } = shape(entity, page.text.slice(entity.offset, stop), page);
    grow(inner, page, entity.offset, stop, entities.slice(index + 1, next));
    parent.append(outer);
    at = stop;
    // A block ends its line by itself.
    if (isBlock(entity) && page.text[at] === "\n") at += 1;
    index = next;
  }
  if (at < end) parent.append(page.text.slice(at, end));
}

function isBlock(entity) {
  return entity.type === "pre" || entity.type.endsWith("blockquote");
}

function shape(entity, words, page) {
  const { act } = page;
  if (entity.type in PLAIN) return alone(make(PLAIN[entity.type]));
  switch (entity.type) {
    case "spoiler":
      return spoiler(page);
    case "blockquote":
      return alone(make("blockquote", { dir: "auto" }));
    case "expandable_blockquote":
      return folded(words);
    case "code":
      return alone(tappable("code", say("copy_this", { words }), () => act.copy(words)));
    case "pre":
      return alone(make("pre", entity.language ? { data: { language: entity.language } } : {}));
    case "text_link":
      return alone(link(entity.url, act));
    case "url":
      return alone(link(words, act));
    case "email":
      return alone(link(`mailto:${words}`, act));
    case "phone_number":
      return alone(link(`tel:${words}`, act));
    case "date_time":
      return date(entity);
    case "bot_command":
      return alone(tappable("a.command", null, () => act.command(words)));
    case "mention":
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return alone(make("span.named"));
    default:
      return alone(make("span"));
  }
}

function alone(element) {
  return { outer: element, inner: element };
}

function tappable(tag, label, tap) {
  const element = make(tag, { role: "button", tabindex: -1, "aria-label": label, title: label });
  element.addEventListener("click", tap);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    tap();
  });
  return element;
}

/** A time as the reader's own clock has it; the words stand only where no form was asked for. */
function date(entity) {
  const shown = dated(entity.unix_time, entity.date_time_format ?? "");
  const outer = make("time", { title: dated(entity.unix_time, "wDt") });
  outer.dateTime = new Date(entity.unix_time * 1000).toISOString();
  if (shown === "") return alone(outer);
  outer.append(shown);
  return { outer, inner: document.createDocumentFragment() };
}

/** A link that this page opens itself: the browser alone never follows it. */
function link(address, act) {
  const element = tappable("a.link", null, () => act.link(address));
  element.setAttribute("role", "link");
  element.title = address;
  return element;
}

/** Words under a cover, which a tap lifts; until then nothing reads them aloud either. */
function spoiler({ act, open }) {
  if (open) return alone(make("span.spoiler.open"));
  const inner = make("span", { inert: true });
  const outer = tappable("span.spoiler", say("covered_words"), act.uncover);
  outer.removeAttribute("title");
  outer.append(inner);
  return { outer, inner };
}

function folded(words) {
  const inner = make("div.quoted");
  const outer = make("blockquote.expandable", { dir: "auto" }, inner);
  if (words.length <= LONG && words.split("\n").length <= LINES) return { outer, inner };
  const toggle = make("button.unfold", { type: "button", "aria-expanded": "false", tabindex: -1 }, picture("chevron"));
  toggle.setAttribute("aria-label", say("unfold"));
  outer.classList.add("folded");
  outer.append(toggle);
  outer.addEventListener("click", (event) => {
    if (event.target.closest("a, .spoiler:not(.open)")) return;
    const shut = outer.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!shut));
    toggle.setAttribute("aria-label", say(shut ? "unfold" : "fold"));
  });
  return { outer, inner };
}
