// The pad that a PIN is touched on, or typed: no field, so nothing offers to remember it.
import { fill, gettext } from "../words.js";
import * as vault from "../vault.js";
import { button, h, icon, problem } from "./dom.js";

const SIZE = 6;

// `whole(pin)` is asked for each whole PIN and returns what is wrong with it, in words, or
// nothing. `refused()`: words for why there is no try now, asked every second; or "".
export function pinPad(whole, refused = async () => "") {
  let digits = "";
  let isBusy = false;
  let wasRefused = false;
  const dots = h("span", { class: "pin-dots", "aria-hidden": "true" });
  const count = h("span", { class: "unseen" });
  const wrong = problem();

  const draw = () => {
    dots.textContent = "●".repeat(digits.length) + "○".repeat(SIZE - digits.length);
    count.textContent = fill(gettext("%(n)s of 6 digits"), { n: digits.length });
  };
  const say = (words) => {
    if (wrong.textContent !== words) wrong.textContent = words;
    wrong.hidden = !words;
  };
  const add = async (digit) => {
    if (isBusy || digits.length === SIZE) return;
    digits += digit;
    draw();
    if (digits.length < SIZE) return say("");
    isBusy = true;
    const words = await whole(digits).catch(String);
    digits = "";
    isBusy = false;
    draw();
    say(words ?? "");
  };
  const takeBack = () => {
    if (isBusy) return;
    digits = digits.slice(0, -1);
    draw();
  };
  const key = (digit) => button(digit, { class: "pin-key", onclick: () => add(digit) });
  const pad = h(
    "div",
    { class: "pin" },
    h("p", { role: "status" }, dots, count),
    wrong,
    h(
      "div",
      { class: "pin-keys" },
      [..."123456789"].map(key),
      h("span", {}),
      key("0"),
      h("button", { type: "button", class: "pin-key", "aria-label": gettext("Take back the last digit"), onclick: takeBack }, icon("arrow-left")),
    ),
  );
  const type = ({ key: name, ctrlKey, metaKey, altKey }) => {
    if (ctrlKey || metaKey || altKey) return;
    if (/^\d$/.test(name)) add(name);
    if (name === "Backspace") takeBack();
  };
  const look = async () => {
    if (isBusy) return;
    const words = await refused();
    const isRefused = pad.classList.toggle("pin-refused", Boolean(words));
    for (const each of pad.querySelectorAll("button")) each.disabled = isRefused;
    if (isRefused || wasRefused) say(words);
    wasRefused = isRefused;
  };
  whilst(pad, type, look);
  draw();
  look();
  return pad;
}

// Listens to the keyboard and to the clock as long as the pad is on the screen.
function whilst(pad, type, look) {
  const listen = (event) => (pad.isConnected ? type(event) : stop());
  const clock = setInterval(() => (pad.isConnected ? look() : stop()), 1000);
  const stop = () => {
    clearInterval(clock);
    window.removeEventListener("keydown", listen);
  };
  window.addEventListener("keydown", listen);
}

// A new PIN, twice. `asked(words)` hears which of the two is wanted; `chosen(pin)` gets it.
export function choosing(asked, chosen) {
  let first = null;
  return pinPad(async (pin) => {
    if (first === null) {
      if (vault.isEasy(pin)) return gettext("Choose another: this one is guessed at once.");
      first = pin;
      asked("repeat");
      return "";
    }
    const isSame = first === pin;
    first = null;
    if (isSame) return chosen(pin);
    asked("choose");
    return gettext("Choose again: the two were not the same.");
  });
}
