// What a visit asks, and how far it has come. Plain data, no screen, no storage.
import { applies } from "./answers.js";
import { answerOf, facts, isAnswered, isBegun, ownFacts } from "./draft.js";

const isOf = (scoped, room) => (scoped.scope === "room") === (room !== null);

// The codes that a re-visit asks here, or null: a first visit asks everything.
function asked(draft, room) {
  const open = draft.visit.ask;
  return open && new Set(open.filter((place) => place.room === room).map((place) => place.item));
}

// The items to ask of the house (room null) or of a room, in their order.
export function itemsToAsk(checklist, draft, room) {
  const known = facts(draft, room);
  const only = asked(draft, room);
  return checklist.items.filter(
    (item) => isOf(item, room) && (!only || only.has(item.code)) && applies(item, known),
  );
}

export function factsToAsk(checklist, draft, room) {
  const only = asked(draft, room);
  return checklist.facts.filter((fact) => isOf(fact, room) && (!only || only.has(fact.code)));
}

// How many of these items have an answer.
export function progressOf(items, draft, room) {
  const done = items.filter((item) => isAnswered(answerOf(draft, room, item.code))).length;
  return { done, of: items.length };
}

export function factsProgress(checklist, draft, room) {
  const wanted = factsToAsk(checklist, draft, room);
  const known = ownFacts(draft, room);
  return { done: wanted.filter((fact) => fact.code in known).length, of: wanted.length };
}

export function roomProgress(checklist, draft, room) {
  const items = progressOf(itemsToAsk(checklist, draft, room), draft, room);
  const known = factsProgress(checklist, draft, room);
  return { done: items.done + known.done, of: items.of + known.of };
}

// The sections that have something to ask of the house (or of a room), with their items.
export function sectionsToAsk(checklist, draft, room = null) {
  const items = itemsToAsk(checklist, draft, room);
  return checklist.sections
    .map((section) => ({ ...section, items: items.filter((item) => item.section === section.code) }))
    .filter((section) => section.items.length > 0);
}

// Rooms to visit: of a re-visit those with something to ask, else all.
export function roomsToSee({ visit }) {
  if (!visit.ask) return visit.rooms;
  const open = new Set(visit.ask.map((place) => place.room));
  return visit.rooms.filter((room) => open.has(room.id));
}

// Where a room stands; null if it was not visited and need not be.
export const roomState = (checklist, draft, room) =>
  draft.visit.ask || isBegun(draft, room) ? roomProgress(checklist, draft, room) : null;

export const isAsked = ({ visit }, { item, room }) =>
  !visit.ask || visit.ask.some((place) => place.item === item && place.room === room);

// What a re-visit came for and has not looked at.
export function notSeenAgain(draft) {
  const seen = ({ item, room }) =>
    isAnswered(answerOf(draft, room, item)) || item in ownFacts(draft, room);
  return (draft.visit.ask ?? []).filter((place) => !seen(place));
}

export const openFinding = (draft, room, code) =>
  (draft.visit.open_findings ?? []).find((open) => open.item === code && open.room === room);

// What a re-visit found here last time, if anything was said.
export function answerBefore(draft, room, code) {
  const { before } = draft.visit;
  const place = room === null ? before?.house : before?.rooms.find((other) => other.id === room);
  return place?.answers[code] ?? null;
}
