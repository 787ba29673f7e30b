// What the page says, in the language of the phones: from the server, once, before anything is drawn.

const AGAIN = 500; // milliseconds

let told = { language: "en", locale: "en-GB", rtl: false, languages: [], words: {} };

/** Fetch the words. Resolves when they are there: a server that is just beginning is asked again. */
export async function load() {
  for (;;) {
    try {
      const response = await fetch("words.json", { cache: "no-store" });
      told = await response.json();
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }
  document.documentElement.lang = told.locale;
  document.documentElement.dir = told.rtl ? "rtl" : "ltr";
  for (const element of document.querySelectorAll("[data-says]")) element.textContent = say(element.dataset.says);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label));
  }
}

/** Say something by its key, with its values put in; a value that runs the other way turns nothing around it. */
export function say(key, values = {}) {
  const words = told.words[key] ?? key;
  return words.replaceAll(/\{(\w+)\}/g, (whole, name) => (name in values ? apart(String(values[name])) : whole));
}

/** A value in a sentence of a language that runs to the left stands isolated. */
function apart(value) {
  return told.rtl ? `\u2068${value}\u2069` : value;
}

/** The language of the words: its code, its locale for dates, all that can be chosen, and which way it runs. */
export function spoken() {
  return told;
}
