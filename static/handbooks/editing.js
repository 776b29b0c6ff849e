// A text while it is written: kept at every pause, seen at once, never lost.
// Without this the same form is sent by its buttons.
import { insertBlocks } from "./blocks.js";
import { Gutter } from "./gutter.js";
import { Keeper } from "./keeper.js";
import { Seeing } from "./seeing.js";

const form = document.querySelector("form[data-draft]");
if (form) {
  const gutter = new Gutter(form.elements.body, form.querySelector("[data-gutter]"));
  const seeing = new Seeing(form, gutter);
  const keeper = new Keeper(form, form.querySelector("[data-kept]"));
  insertBlocks(form);
  form.addEventListener("input", () => {
    gutter.draw();
    seeing.later();
    keeper.later();
  });
  seeing.now();
}
