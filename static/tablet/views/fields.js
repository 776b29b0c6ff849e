// Fields that several screens share: big buttons of which one is chosen, a number, a day.
import { fill, gettext } from "../words.js";
import { h, icon, problem } from "./dom.js";

// `choices`: [value, words, pictogram?]. `set(value)` hears a touch.
export function radios({ id, legend, choices, chosen, set, more = "", hidden = false }) {
  return h(
    "fieldset",
    { class: `answers ${more}`, id: `${id}-answers` },
    h("legend", { class: hidden ? "unseen" : "" }, legend),
    choices.map(([value, words, picture]) =>
      h(
        "label",
        { class: `answer answer-${value}` },
        h("input", {
          type: "radio",
          name: id,
          value,
          checked: chosen === value,
          onchange: () => set(value),
        }),
        picture && icon(picture),
        h("span", {}, words),
      ),
    ),
  );
}

// `set(number)` hears a number within the limits, `set(null)` an emptied field.
export function numberField({ id, label, minimum, maximum, decimals = 0, value, set }) {
  const wrong = problem(
    fill(gettext("Write a number from %(from)s to %(to)s."), { from: minimum, to: maximum }),
  );
  const isEmpty = () => field.value === "" && !field.validity.badInput;
  const field = h("input", {
    type: "number",
    id,
    inputmode: decimals ? "decimal" : "numeric",
    enterkeyhint: "done",
    min: String(minimum),
    max: String(maximum),
    step: decimals ? String(1 / 10 ** decimals) : "1",
    value: value === undefined ? "" : String(value),
    onchange: () => {
      wrong.hidden = isEmpty() || field.checkValidity();
      field.setAttribute("aria-invalid", String(!wrong.hidden));
      if (isEmpty()) set(null);
      else if (wrong.hidden) set(Number(field.value));
    },
  });
  return h("div", { class: "number-answer" }, h("label", { for: id }, label), field, wrong);
}

export const dayField = ({ id, label, value, set }) =>
  h(
    "div",
    { class: "number-answer" },
    h("label", { for: id }, label),
    h("input", { type: "date", id, value: value ?? "", onchange: (event) => set(event.target.value) }),
  );
