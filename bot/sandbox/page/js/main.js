// The page begins here.

import { Desk } from "./desk.js";
import { Live } from "./wire.js";

const desk = new Desk(document);
const live = new Live(
  (frame) => desk.take(frame),
  (state) => desk.connection(state),
);
live.open();
// Another address in this tab brings another token.
addEventListener("hashchange", () => location.reload());
