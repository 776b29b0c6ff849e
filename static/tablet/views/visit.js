// A visit: what is to do in it, a section of the house, a room.
import { addressOf, facts as knownFacts, factsToAsk, isBegun, itemsToAsk, nameOf, progress, roomsToSee, setFact } from "../draft.js";
import { fill, gettext, said } from "../words.js";
import { bar, button, h, icon, link, notice, saySaved, show } from "./dom.js";
import { itemCard } from "./item.js";

const crumbs = (context, here) =>
  h(
    "nav",
    { "aria-label": gettext("Where you are") },
    link("#/", { class: "back" }, icon("arrow-left"), gettext("Visits")),
    here && link(`#/visit/${context.draft.id}`, { class: "back" }, icon("arrow-left"), houseName(context.draft)),
  );

export const houseName = ({ visit }) => nameOf(visit.house);

const count = ({ done, of }) => fill(gettext("%(done)s of %(of)s"), { done, of });

export function overview(context) {
  const { draft } = context;
  const { visit } = draft;
  if (!draft.consent) return consent(context);
  show(
    crumbs(context),
    h("h1", {}, houseName(draft)),
    visit.returned && notice("warning", h("h2", {}, gettext("The reviewer asks")), h("p", {}, visit.returned.note)),
    visit.ask && notice("success", h("p", {}, gettext("A re-visit: only what was open is asked."))),
    houseSteps(context),
    h("h2", {}, gettext("Rooms")),
    h("ul", { class: "steps plain" }, roomsToSee(draft).map((room) => roomStep(context, room))),
    h("p", { class: "actions" }, link(`#/visit/${draft.id}/finish`, { class: "button button-wide" }, gettext("Results and finish"), icon("arrow-right"))),
  );
}

function consent(context) {
  const { draft } = context;
  const { house } = draft.visit;
  const tick = h("input", { type: "checkbox", id: "consent" });
  const start = button(gettext("Begin the visit"), {
    class: "button button-wide",
    onclick: async () => {
      if (!tick.checked) {
        wrong.hidden = false;
        tick.focus();
        return;
      }
      draft.consent = true;
      await context.changed();
      overview(context);
    },
  });
  const wrong = h("p", { class: "error", role: "alert", hidden: true }, gettext("Ask first, and tick when both agree. Without their word there is no visit."));
  show(
    crumbs(context),
    h("h1", {}, houseName(draft)),
    h("p", { class: "line" }, icon("map-pin"), h("span", {}, addressOf(house))),
    house.landlord && h("p", { class: "line" }, icon("person"), h("span", {}, house.landlord)),
    draft.visit.returned && notice("warning", h("h2", {}, gettext("The reviewer asks")), h("p", {}, draft.visit.returned.note)),
    h("h2", {}, gettext("Before you go in")),
    h(
      "ul",
      {},
      h("li", {}, gettext("Say who you are, what you look at, and that it takes about an hour.")),
      h("li", {}, gettext("The landlord may say no. So may every tenant, for her own room.")),
      h("li", {}, gettext("No people, no papers, no private things in a photo. No names of tenants.")),
    ),
    h("p", { class: "field" }, h("label", { class: "tick", for: "consent" }, tick, h("span", {}, gettext("The landlord agrees to the visit, and I enter a room only if its tenants agree.")))),
    wrong,
    h("p", { class: "actions" }, start),
  );
}

function houseSteps(context) {
  const { draft, checklist } = context;
  const facts = factsToAsk(checklist, draft, null);
  const known = facts.filter((fact) => fact.code in draft.house_part.facts).length;
  return h(
    "div",
    {},
    h("h2", {}, gettext("The house")),
    h(
      "ul",
      { class: "steps plain" },
      facts.length > 0 && step(`#/visit/${draft.id}/facts`, "house", gettext("About the house"), { done: known, of: facts.length }),
      checklist.sections.map((section) => {
        const state = progress(checklist, draft, null, section.code);
        return state.of > 0 && step(`#/visit/${draft.id}/section/${section.code}`, "document", said(section.name), state);
      }),
    ),
  );
}

function step(href, picture, words, state) {
  const done = state.done === state.of;
  return h(
    "li",
    {},
    link(href, { class: `step ${done ? "step-done" : ""}` }, icon(done ? "check" : picture), h("span", {}, words), h("span", { class: "count" }, count(state))),
  );
}

function roomStep(context, room) {
  const { draft, checklist } = context;
  const words = fill(gettext("Room %(label)s"), { label: room.label });
  const state = isBegun(draft, room.id) || draft.visit.ask ? roomProgress(checklist, draft, room.id) : null;
  const href = `#/visit/${draft.id}/room/${room.id}`;
  if (state) return step(href, "door", words, state);
  return h("li", {}, link(href, { class: "step" }, icon("door"), h("span", {}, words), h("span", { class: "count" }, gettext("not visited"))));
}

function roomProgress(checklist, draft, room) {
  const items = progress(checklist, draft, room);
  const facts = factsToAsk(checklist, draft, room);
  const known = facts.filter((fact) => fact.code in (draft.rooms[room]?.facts ?? {})).length;
  return { done: items.done + known, of: items.of + facts.length };
}

export function factsPage(context) {
  const { draft, checklist } = context;
  show(
    crumbs(context, true),
    h("h1", {}, gettext("About the house")),
    h("p", {}, gettext("What the registry knows is filled in. Look whether it is so.")),
    factFields(context, null, () => {}),
    next(`#/visit/${draft.id}/section/${firstSection(checklist, draft)}`),
  );
}

const firstSection = (checklist, draft) =>
  checklist.sections.find((section) => progress(checklist, draft, null, section.code).of > 0)?.code ?? "";

const next = (href, words = gettext("Next")) =>
  h("p", { class: "actions" }, link(href, { class: "button button-wide" }, words, icon("arrow-right")));

// The fields of facts; `after` is called when what is asked may have changed.
function factFields(context, room, after) {
  const { draft, checklist } = context;
  const set = async (code, value) => {
    setFact(draft, room, code, value);
    await context.changed();
    after();
  };
  return h(
    "div",
    { class: "fact-fields" },
    factsToAsk(checklist, draft, room).map((fact) => factField(fact, knownFacts(draft, room)[fact.code], room, set)),
  );
}

function factField(fact, value, room, set) {
  const id = `fact-${room ?? "house"}-${fact.code}`;
  if (fact.type === "integer") {
    const field = h("input", {
      type: "number",
      inputmode: "numeric",
      id,
      min: String(fact.minimum),
      max: String(fact.maximum),
      value: value === undefined ? "" : String(value),
      onchange: () => {
        if (field.value === "" && !field.validity.badInput) set(fact.code, null);
        else if (field.checkValidity()) set(fact.code, Number(field.value));
        wrong.hidden = field.checkValidity();
      },
    });
    const wrong = h("p", { class: "error", role: "alert", hidden: true }, fill(gettext("Write a number from %(from)s to %(to)s."), { from: fact.minimum, to: fact.maximum }));
    return h("p", { class: "number-answer" }, h("label", { for: id }, said(fact.label)), field, wrong);
  }
  const choices =
    fact.type === "boolean"
      ? [["yes", true, gettext("Yes")], ["no", false, gettext("No")]]
      : fact.options.map((option) => [option.value, option.value, said(option.label)]);
  return h(
    "fieldset",
    { class: "answers" },
    h("legend", {}, said(fact.label)),
    choices.map(([key, meaning, words]) =>
      h(
        "label",
        { class: "answer" },
        h("input", { type: "radio", name: id, value: key, checked: value === meaning, onchange: () => set(fact.code, meaning) }),
        h("span", {}, words),
      ),
    ),
  );
}

export function sectionPage(context, code) {
  const { draft, checklist } = context;
  const section = checklist.sections.find((other) => other.code === code);
  const items = itemsToAsk(checklist, draft, null).filter((item) => item.section === code);
  const sections = checklist.sections.filter((other) => progress(checklist, draft, null, other.code).of > 0);
  const following = sections[sections.findIndex((other) => other.code === code) + 1];
  const progressPlace = h("div", { class: "progress-place" });
  const refresh = () => {
    const state = progress(checklist, draft, null, code);
    progressPlace.replaceChildren(bar(state, count(state)));
  };
  refresh();
  const item = { ...context, heading: "h2", room: null, changed: async (changed) => { await context.changed(changed); refresh(); } };
  show(
    crumbs(context, true),
    h("h1", {}, said(section.name)),
    progressPlace,
    h("div", { class: "items" }, items.map((one) => itemCard(one, item))),
    following
      ? next(`#/visit/${draft.id}/section/${following.code}`, said(following.name))
      : next(`#/visit/${draft.id}`, gettext("To the rooms")),
  );
}

export function roomPage(context, code) {
  const { draft, checklist } = context;
  const room = draft.visit.rooms.find((other) => other.id === code);
  const rooms = roomsToSee(draft);
  const following = rooms[rooms.findIndex((other) => other.id === code) + 1];
  const place = h("div", { class: "items" });
  const progressPlace = h("div", { class: "progress-place" });
  const refresh = () => {
    const state = roomProgress(checklist, draft, code);
    progressPlace.replaceChildren(bar(state, count(state)));
  };
  const item = { ...context, room: code, changed: async (changed) => { await context.changed(changed); refresh(); } };
  let asked = [];
  const fillItems = () => {
    const items = itemsToAsk(checklist, draft, code);
    const codes = items.map((one) => one.code);
    if (codes.join() !== asked.join()) {
      asked = codes;
      place.replaceChildren(...bySection(checklist, items, item));
    }
    refresh();
  };
  fillItems();
  show(
    crumbs(context, true),
    h("h1", {}, fill(gettext("Room %(label)s"), { label: room.label })),
    h("p", { class: "quiet" }, fill(gettext("Floor %(floor)s, %(area)s m² by the registry, for %(people)s people"), { floor: room.floor, area: room.area, people: room.max_people })),
    progressPlace,
    factFields(context, code, fillItems),
    place,
    following
      ? next(`#/visit/${draft.id}/room/${following.id}`, fill(gettext("Next: room %(label)s"), { label: following.label }))
      : next(`#/visit/${draft.id}/finish`, gettext("Results and finish")),
  );
}

function bySection(checklist, items, context) {
  return checklist.sections.flatMap((section) => {
    const own = items.filter((item) => item.section === section.code);
    return own.length ? [h("h2", {}, said(section.name)), ...own.map((item) => itemCard(item, context))] : [];
  });
}

export const sayKept = () => saySaved(gettext("Saved on this tablet"));
