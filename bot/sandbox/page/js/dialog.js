// A question or a notice in front of everything; the browser keeps the focus inside and Escape closes it.

import { make } from "./dom.js";
import { say } from "./words.js";

let numbered = 0;

/** Show a dialog; resolves to the value of the button pressed, or null. Choices: {label, value, main}. */
export function ask(title, body, choices) {
  numbered += 1;
  const heading = make("h2", { id: `dialog-${numbered}` }, title);
  const dialog = make("dialog", { "aria-labelledby": heading.id }, heading, body);
  const buttons = make("div.choices");
  let answer = null;
  for (const choice of choices) {
    const button = make(choice.main ? "button.main" : "button", { type: "button" }, choice.label);
    button.addEventListener("click", () => {
      answer = choice.value;
      dialog.close();
    });
    buttons.append(button);
  }
  dialog.append(buttons);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  const opener = document.activeElement;
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (opener?.isConnected) opener.focus();
      resolve(answer);
    });
  });
}

/** Tell something that wants to be read. */
export function tell(title, words) {
  return ask(title, make("p", {}, words), [{ label: say("ok"), value: true, main: true }]);
}

/** Ask before something that can't be undone. */
export function confirm(title, words, label) {
  const choices = [
    { label: say("cancel"), value: false },
    { label, value: true, main: true },
  ];
  return ask(title, make("p", {}, words), choices);
}

/** Ask before a link leads out of this page. */
export function leave(address) {
  const way = make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address);
  return ask(say("open_link"), make("p.address", { dir: "ltr" }, way), [{ label: say("close"), value: null }]);
}

/** Show a page of its own, in which nothing runs. */
export function showPage(path, title) {
  const frame = make("iframe.whole", { src: path, title, sandbox: "" });
  return ask(title, frame, [{ label: say("close"), value: null, main: true }]);
}

/** Show a picture at its full size. */
export function look(address, label) {
  return ask(label, make("img.whole", { src: address, alt: label }), [{ label: say("close"), value: null, main: true }]);
}
