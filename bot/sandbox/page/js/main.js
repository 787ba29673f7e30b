// The page begins here: its words first, for everything that is drawn says some.

import { Desk } from "./desk.js";
import { load } from "./words.js";
import { Live } from "./wire.js";

await load();
const desk = new Desk(document);
const live = new Live(
  (frame) => desk.take(frame),
  (state) => desk.connection(state),
);
live.open();
// Another address in this tab brings another token.
addEventListener("hashchange", () => location.reload());
