// What is known of the house or of a room before anything is judged, and how many sleep there.
import { factsToAsk } from "../asking.js";
import { facts as knownFacts, peopleOf, setFact, setPeople } from "../draft.js";
import { gettext, said } from "../words.js";
import { h } from "./dom.js";
import { numberField, radios } from "./fields.js";

// `after` is called when what is asked may have changed.
export function factFields(context, room, after = () => {}) {
  const { draft, checklist } = context;
  const known = knownFacts(draft, room);
  const set = (code, value) => {
    setFact(draft, room, code, value);
    context.changed();
    after();
  };
  const fields = factsToAsk(checklist, draft, room).map((fact) => {
    const id = `fact-${room ?? "house"}-${fact.code}`;
    return factField(fact, id, known[fact.code], (value) => set(fact.code, value));
  });
  return fields.length ? h("div", { class: "fact-fields" }, fields) : null;
}

function factField(fact, id, value, set) {
  if (fact.type === "integer") return numberField({ ...fact, id, label: said(fact.label), value, set });
  const choices =
    fact.type === "boolean"
      ? [[true, gettext("Yes")], [false, gettext("No")]]
      : fact.options.map((option) => [option.value, said(option.label)]);
  const named = choices.map(([meaning, words]) => [String(meaning), words]);
  const meaningOf = (key) => choices.find(([meaning]) => String(meaning) === key)[0];
  return radios({
    id,
    legend: said(fact.label),
    choices: named,
    chosen: String(value),
    set: (key) => set(meaningOf(key)),
  });
}

// Heads only, never a name; nobody has to be counted.
export function peopleFields(context, room) {
  const { draft } = context;
  const counts = peopleOf(draft, room);
  const who = { women: gettext("Women"), men: gettext("Men"), children: gettext("Children") };
  return h(
    "fieldset",
    { class: "people" },
    h("legend", {}, gettext("Who sleeps here? Only how many, no names.")),
    Object.entries(who).map(([code, label]) =>
      numberField({
        id: `people-${room}-${code}`,
        label,
        minimum: 0,
        maximum: 50,
        value: counts[code],
        set: (count) => {
          setPeople(draft, room, code, count);
          context.changed();
        },
      }),
    ),
  );
}
