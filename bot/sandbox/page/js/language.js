// The choice of a language: of the page, of both phones, and of who is on show.

import { confirm } from "./dialog.js";
import { make } from "./dom.js";
import { post } from "./wire.js";
import { say, spoken } from "./words.js";

export class Language {
  /** `attempt(act)` does what may be refused. */
  constructor(element, attempt) {
    this.element = element;
    const { language, languages } = spoken();
    const options = languages.map(({ code, name, rtl }) =>
      make("option", { value: code, lang: code, dir: rtl ? "rtl" : "ltr", selected: code === language }, name),
    );
    this.select = make("select", { id: "language-choice", "aria-label": say("language") }, ...options);
    this.select.addEventListener("change", () => attempt(() => this.choose()));
    element.append(this.select);
  }

  /** Show it where there is a choice. */
  sync(abilities) {
    this.element.hidden = !abilities.includes("language");
  }

  async choose() {
    const { language, languages } = spoken();
    const chosen = languages.find(({ code }) => code === this.select.value);
    this.select.value = language; // until the page comes anew
    const ask = say("language_ask", { language: chosen.name });
    if (await confirm(ask, say("language_note"), say("language_yes"))) await post("story/language", { language: chosen.code });
  }
}
