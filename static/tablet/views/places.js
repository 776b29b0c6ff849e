// The screens on which a visit is done: the facts of the house, a section, a room.
import { itemsToAsk, progressOf, roomProgress, roomsToSee, sectionsToAsk } from "../asking.js";
import { answerOf, forgetRoom, isAnswered, isBegun } from "../draft.js";
import { fill, gettext, number, said } from "../words.js";
import { back, bar, button, goTo, h, icon, link, show, sure } from "./dom.js";
import { factFields, peopleFields } from "./facts.js";
import { itemCard } from "./item.js";
import { count, houseName, roomName } from "./parts.js";

const toVisit = ({ draft }) => back(`#/visit/${draft.id}`, houseName(draft));
const next = (href, words) =>
  h("p", { class: "actions" }, link(href, { class: "button button-wide" }, words, icon("arrow-right")));

export function factsPage(context) {
  const { draft, checklist } = context;
  const [first] = sectionsToAsk(checklist, draft);
  const base = `#/visit/${draft.id}`;
  show(
    toVisit(context),
    h("h1", {}, gettext("About the house")),
    h("p", {}, gettext("What the registry knows is filled in. Look whether it is so.")),
    factFields(context, null),
    first ? next(`${base}/section/${first.code}`, said(first.name)) : next(base, gettext("To the rooms")),
  );
}

export function sectionPage(context, code) {
  const { draft, checklist } = context;
  const sections = sectionsToAsk(checklist, draft);
  const index = sections.findIndex((section) => section.code === code);
  const { name, items } = sections[index] ?? { ...checklist.sections.find((s) => s.code === code), items: [] };
  const following = sections[index + 1];
  const base = `#/visit/${draft.id}`;
  const way = wayOn(() => items, () => progressOf(items, draft, null), draft, null);
  const inside = withProgress(context, null, way, "h2");
  show(
    toVisit(context),
    h("h1", {}, said(name)),
    h("div", { class: "items" }, items.map((item) => itemCard(item, inside))),
    following
      ? next(`${base}/section/${following.code}`, said(following.name))
      : next(base, gettext("To the rooms")),
    way.place,
  );
}

export function roomPage(context, code) {
  const { draft, checklist } = context;
  const rooms = roomsToSee(draft);
  const room = draft.visit.rooms.find((other) => other.id === code);
  const following = rooms[rooms.findIndex((other) => other.id === code) + 1];
  const items = () => itemsToAsk(checklist, draft, code);
  const way = wayOn(items, () => roomProgress(checklist, draft, code), draft, code);
  const list = itemList(items, withProgress(context, code, way), checklist);
  show(
    toVisit(context),
    h("h1", {}, roomName(draft, code)),
    room && h("p", { class: "quiet" }, knownOf(room)),
    factFields(context, code, () => {
      list.follow();
      way.follow();
    }),
    draft.visit.ask ? null : peopleFields(context, code),
    list.place,
    following
      ? next(`#/visit/${draft.id}/room/${following.id}`, fill(gettext("Next: room %(label)s"), { label: following.label }))
      : next(`#/visit/${draft.id}/finish`, gettext("Results and finish")),
    forget(context, code),
    way.place,
  );
}

const knownOf = ({ floor, area, max_people: people }) =>
  fill(gettext("Floor %(floor)s, %(area)s m² by the registry, for %(people)s people"), {
    floor,
    area: number(area),
    people,
  });

const withProgress = (context, room, way, heading = "h3") => ({
  ...context,
  room,
  heading,
  changed: () => {
    way.follow();
    return context.changed();
  },
});

// The cards of a room by section; new ones when a fact changes what is asked.
function itemList(items, context, checklist) {
  const place = h("div", { class: "items" });
  let shown = null;
  const follow = () => {
    const asked = items();
    const codes = asked.map((item) => item.code).join();
    if (codes === shown) return;
    shown = codes;
    const cards = checklist.sections.flatMap((section) => {
      const own = asked.filter((item) => item.section === section.code);
      return own.length ? [h("h2", {}, said(section.name)), ...own.map((item) => itemCard(item, context))] : [];
    });
    place.replaceChildren(...cards);
  };
  follow();
  return { place, follow };
}

// How far it is, and a button to what is still open: always under the thumb.
function wayOn(items, progress, draft, room) {
  const place = h("div", { class: "way no-print" });
  const open = () => items().find((item) => !isAnswered(answerOf(draft, room, item.code)));
  const jump = button(gettext("Next open"), {
    class: "button button-second",
    onclick: () => goTo(document.getElementById(`${room ?? "house"}-${open().code}`)),
  }, icon("arrow-right"));
  const words = h("div", {});
  const follow = () => {
    const state = progress();
    words.replaceChildren(bar(state, count(state)));
    jump.hidden = !open();
  };
  place.append(words, jump);
  follow();
  return { place, follow };
}

// Touched the wrong room: it was not visited after all.
function forget(context, code) {
  const { draft } = context;
  if (draft.visit.ask) return null;
  const gone = async () => {
    if (!isBegun(draft, code)) return;
    if (!sure(gettext("Remove all answers of this room? Do so only if it was not visited."))) return;
    forgetRoom(draft, code);
    if (await context.changed()) location.hash = `#/visit/${draft.id}`;
  };
  return h("p", {}, button(gettext("This room was not visited"), { class: "button-link", onclick: gone }));
}
