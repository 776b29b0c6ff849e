// A visit that nobody planned: the house is found by its registration number.
import { gettext } from "../words.js";
import * as session from "../session.js";
import { back, button, h, problem, show } from "./dom.js";
import { refusal } from "./words.js";

export function startPage() {
  const field = h("input", {
    id: "number",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: "12",
  });
  const wrong = problem();
  const find = button(gettext("Find the house"), { type: "submit" });
  const say = (words) => {
    wrong.textContent = words;
    wrong.hidden = false;
    field.focus();
  };
  const look = async (event) => {
    event.preventDefault();
    const number = field.value.trim();
    if (!number) return say(gettext("Write the registration number first."));
    find.disabled = true;
    try {
      location.hash = `#/visit/${await session.beginUnplanned(number)}`;
    } catch (error) {
      find.disabled = false;
      say(wordsOf(error));
    }
  };
  show(
    back("#/", gettext("Visits")),
    h("h1", {}, gettext("A visit that is not in the list")),
    h("p", {}, gettext("For a house that asks for a visit today. The office sees that nobody planned it.")),
    h(
      "form",
      { onsubmit: look, novalidate: "" },
      h(
        "div",
        { class: "field" },
        h("label", { for: "number" }, gettext("Registration number of the house")),
        h("p", { class: "hint", id: "number-hint" }, gettext("7 letters and digits, for example K7M2-9QX. The landlord has it.")),
        field,
      ),
      wrong,
      h("p", { class: "actions" }, find),
    ),
  );
  field.setAttribute("aria-describedby", "number-hint");
}

function wordsOf(error) {
  if (error.status === 404)
    return gettext("Look at the number again: no house in your communes has it.");
  if (error.status === 0)
    return gettext("Look for a network: the rooms of the house are not on this tablet yet.");
  return error.code === "tied" || error.code === "no_checklist" ? error.message : refusal(error);
}
