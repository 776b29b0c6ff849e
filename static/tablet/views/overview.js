// A visit at a glance: the house section by section, the rooms, and the way to the end.
import { factsProgress, progressOf, roomState, roomsToSee, sectionsToAsk } from "../asking.js";
import { moment, fill, gettext, said } from "../words.js";
import { back, h, icon, line, link, notice, show } from "./dom.js";
import { count, houseName, roomName } from "./parts.js";

export function overview(context) {
  const { draft, checklist } = context;
  const rooms = roomsToSee(draft);
  const house = houseSteps(context);
  show(
    back("#/", gettext("Visits")),
    h("h1", {}, houseName(draft)),
    notes(context),
    draft.visit.ask && notice("success", h("p", {}, gettext("A re-visit: only what was open is asked."))),
    house.length > 0 && h("h2", {}, gettext("The house")),
    h("ul", { class: "steps plain" }, house),
    rooms.length > 0 && h("h2", {}, gettext("Rooms")),
    h("ul", { class: "steps steps-rooms plain" }, rooms.map((room) => roomStep(checklist, draft, room))),
    h(
      "p",
      { class: "actions" },
      link(`#/visit/${draft.id}/finish`, { class: "button button-wide" }, gettext("Results and finish"), icon("arrow-right")),
    ),
  );
}

// What was said about this visit meanwhile: sent back, or withdrawn.
export function notes({ draft, withdrawn }) {
  const { returned } = draft.visit;
  return [
    withdrawn && notice("warning", h("p", {}, withdrawnWords(withdrawn))),
    returned &&
      notice(
        "warning",
        h("h2", {}, gettext("The reviewer asks")),
        h("p", {}, returned.note),
        h("p", { class: "small" }, fill(gettext("Sent back on %(when)s. Your answers are all here; if you go there again, ask again."), { when: moment(returned.at) })),
      ),
  ];
}

const withdrawals = () => ({
  visit: gettext("This visit was withdrawn (%(because)s). What you did here is kept and can be sent."),
  house: gettext("The house has left the registry (%(because)s). What you did here is kept and can be sent."),
});
export const withdrawnWords = ({ what, because }) => fill(withdrawals()[what] ?? withdrawals().visit, { because });

export const openingHours = ({ gate_closes: closes, gate_opens: opens }) =>
  closes && opens && line("clock", fill(gettext("Gate closed from %(closes)s to %(opens)s"), { closes, opens }));

function houseSteps({ draft, checklist }) {
  const facts = factsProgress(checklist, draft, null);
  const base = `#/visit/${draft.id}`;
  return [
    facts.of > 0 && step(`${base}/facts`, "house", gettext("About the house"), facts),
    ...sectionsToAsk(checklist, draft).map(({ code, name, items }) =>
      step(`${base}/section/${code}`, "document", said(name), progressOf(items, draft, null)),
    ),
  ].filter(Boolean);
}

function roomStep(checklist, draft, room) {
  const state = roomState(checklist, draft, room.id);
  return step(`#/visit/${draft.id}/room/${room.id}`, "door", roomName(draft, room.id), state);
}

// `state` null: not visited.
function step(href, picture, words, state) {
  const isDone = state !== null && state.done === state.of;
  return h(
    "li",
    {},
    link(
      href,
      { class: isDone ? "step step-done" : "step" },
      icon(isDone ? "check" : picture),
      h("span", {}, words),
      h("span", { class: "count" }, state ? count(state) : gettext("not visited")),
    ),
  );
}
