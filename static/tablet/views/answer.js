// How an item is answered: met or not, a choice, a number, and "could not be seen".
import { said, gettext } from "../words.js";
import { h } from "./dom.js";
import { dayField, numberField, radios } from "./fields.js";
import { kinds } from "../problems.js";

const results = () => [
  ["pass", gettext("Met"), "check"],
  ["fail", gettext("Not met"), "cross"],
  ["na", gettext("Does not apply"), "info"],
  ["unseen", gettext("Could not be seen"), "search"],
];

const mayBeNa = (item) =>
  item.na ?? (item.critical === false && !kinds(item).some((kind) => kind.critical));

// `set` hears one of {result}, {choice}, {number}, or null when a number is taken back.
export function answerFields(item, answer, id, set) {
  const others = results().filter(([value]) => (value === "na" ? mayBeNa(item) : value === "unseen"));
  const legend = { id, legend: gettext("Answer"), hidden: true };
  const result = (value) => set({ result: value });
  if (item.answer === "pass_fail") {
    const choices = [...results().slice(0, 2), ...others];
    return radios({ ...legend, choices, chosen: answer.result, set: result });
  }
  if (item.answer === "choice") {
    const own = item.options.map((option) => [
      option.value,
      said(option.label),
      option.result === "pass" ? "check" : "cross",
    ]);
    const isOwn = (value) => own.some(([name]) => name === value);
    return radios({
      ...legend,
      choices: [...own, ...others],
      chosen: answer.choice ?? answer.result,
      set: (value) => (isOwn(value) ? set({ choice: value }) : result(value)),
      more: "answers-tall",
    });
  }
  return numberOrNot(item, answer, legend, others, set);
}

// A number, or why there is none: the one takes the other back.
function numberOrNot(item, answer, legend, others, set) {
  const number = numberField({
    ...item,
    id: `${legend.id}-number`,
    label: item.unit ? said(item.unit) : gettext("Number"),
    value: answer.number,
    set: (value) => {
      for (const input of instead.querySelectorAll("input")) input.checked = false;
      set(value === null ? null : { number: value });
    },
  });
  const field = number.querySelector("input");
  const instead = radios({
    ...legend,
    choices: others,
    chosen: answer.result,
    set: (value) => {
      field.value = "";
      number.querySelector(".error").hidden = true;
      set({ result: value });
    },
  });
  return h("div", {}, number, instead);
}

// The day that belongs to an answer: until when a paper is valid, when something was done.
export const answerDay = (item, answer, id, set) =>
  item.date &&
  dayField({
    id: `${id}-date`,
    label: item.date === "valid_until" ? gettext("Valid until") : gettext("Done on"),
    value: answer.date,
    set,
  });
