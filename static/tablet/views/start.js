// A visit that nobody planned: the house is found by its number, name or street.
import { searcher } from "../directory.js";
import { addressOf, nameOf } from "../draft.js";
import * as session from "../session.js";
import { fill, gettext, ngettext } from "../words.js";
import { back, button, h, icon, problem, show } from "./dom.js";
import { refusal } from "./words.js";

const SHOWN = 8;

export async function startPage() {
  const search = searcher(await session.listedHouses());
  const field = h("input", {
    id: "number",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: "60",
    "aria-describedby": "number-hint",
    oninput: () => draw(),
  });
  const wrong = problem();
  const count = h("p", { class: "quiet small", role: "status" });
  const list = h("ul", { class: "steps plain" });
  const find = button(gettext("Find the house"), { type: "submit" });
  const say = (words) => {
    wrong.textContent = words;
    wrong.hidden = false;
    field.focus();
  };
  const begin = async (number) => {
    find.disabled = true;
    try {
      location.hash = `#/visit/${await session.beginUnplanned(number)}`;
    } catch (error) {
      if (error.status === undefined) throw error;
      find.disabled = false;
      say(wordsOf(error));
    }
  };
  const draw = () => {
    const found = search(field.value);
    wrong.hidden = true;
    count.textContent = found.length > 0 ? howMany(found.length) : "";
    list.replaceChildren(...found.slice(0, SHOWN).map(({ house }) => entry(house, () => begin(house.number))));
    return found;
  };
  const look = (event) => {
    event.preventDefault();
    const typed = field.value.trim();
    if (!typed) return say(gettext("Write the number, the name or the street first."));
    const found = draw();
    if (found.length === 1) return begin(found[0].house.number);
    // Not in the list: the registry may know it since.
    if (found.length === 0) return begin(typed);
    list.querySelector("button").focus();
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
        h("label", { for: "number" }, gettext("Registration number, name or street of the house")),
        h("p", { class: "hint", id: "number-hint" }, gettext("For example K7M2-9QX, or: so 5 ngo 12. Without tones too.")),
        field,
      ),
      wrong,
      count,
      list,
      h("p", { class: "actions" }, find),
    ),
  );
}

function howMany(n) {
  const words = fill(ngettext("%(n)s house", "%(n)s houses", n), { n });
  return n > SHOWN ? `${words}. ${gettext("Write more to see fewer.")}` : words;
}

const entry = (house, begin) =>
  h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "step", onclick: begin },
      icon("house"),
      h("span", {}, h("b", {}, nameOf(house)), h("br"), [addressOf(house), house.landmark].filter(Boolean).join(" · ")),
      h("span", { class: "count" }, house.number),
    ),
  );

function wordsOf(error) {
  if (error.status === 404)
    return gettext("Look at the number again: no house in your communes has it.");
  if (error.status === 0)
    return gettext("Look for a network: the rooms of the house are not on this tablet yet.");
  return error.code === "tied" || error.code === "no_checklist" ? error.message : refusal(error);
}
