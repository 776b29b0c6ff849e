// A visit as it is being done: plain data, no screen, no storage.
import { applies, evaluate, merge, missing, photosMissing, resultOf } from "./rules.js";

const now = () => new Date().toISOString();

export function newDraft(visit, day, checklist) {
  const sent = visit.returned?.document;
  const isFollowUp = Boolean(visit.ask);
  return {
    id: visit.id,
    revision: visit.revision,
    inspector: day.inspector,
    visit,
    checklist: visit.checklist,
    version: visit.version,
    consent: false,
    started_at: sent?.started_at ?? now(),
    house_part: sent?.house_part ?? {
      facts: isFollowUp ? {} : knownFacts(checklist, visit.facts),
      answers: {},
    },
    rooms: Object.fromEntries((sent?.rooms ?? []).map((room) => [room.id, room])),
    notes: sent?.notes ?? "",
    signatures: [],
    photos: {},
    state: "open",
  };
}

function knownFacts(checklist, facts) {
  const codes = checklist.facts.filter((fact) => fact.scope === "house").map((fact) => fact.code);
  return Object.fromEntries(codes.filter((code) => code in facts).map((code) => [code, facts[code]]));
}

// The part of the draft that an answer belongs to: the house's, or a room's (made when needed).
export function part(draft, room) {
  if (room === null) return draft.house_part;
  draft.rooms[room] ??= { id: room, facts: {}, answers: {} };
  return draft.rooms[room];
}

const peek = (draft, room) =>
  (room === null ? draft.house_part : draft.rooms[room]) ?? { facts: {}, answers: {} };

export const answerOf = (draft, room, code) => peek(draft, room).answers[code] ?? {};

// Sets the value (one of result, number, choice; null takes it back); note, photos, date stay.
export function setAnswer(draft, room, code, value) {
  const { note, photos, date } = answerOf(draft, room, code);
  const extras = Object.entries({ note, photos, date }).filter(([, extra]) => extra !== undefined);
  part(draft, room).answers[code] = { ...Object.fromEntries(extras), ...value };
}

export function setExtra(draft, room, code, name, value) {
  const answer = { ...answerOf(draft, room, code) };
  if (value === "" || value?.length === 0) delete answer[name];
  else answer[name] = value;
  part(draft, room).answers[code] = answer;
}

export function setFact(draft, room, code, value) {
  const facts = { ...peek(draft, room).facts };
  if (value === null) delete facts[code];
  else facts[code] = value;
  part(draft, room).facts = facts;
}

export const isAnswered = (answer) =>
  "result" in answer || "number" in answer || "choice" in answer;

// What is known of the house and the room, an earlier visit's answers included.
export function facts(draft, room) {
  const before = draft.visit.before;
  const house = { ...before?.house.facts, ...draft.house_part.facts };
  if (room === null) return house;
  const then = before?.rooms.find((other) => other.id === room)?.facts;
  return { ...house, ...then, ...peek(draft, room).facts };
}

const isRoomItem = (item) => item.scope === "room";

// The items to ask of the house (room null) or of a room, in their order.
export function itemsToAsk(checklist, draft, room) {
  const known = facts(draft, room);
  const asked = draft.visit.ask;
  return checklist.items.filter((item) => {
    if (isRoomItem(item) !== (room !== null)) return false;
    if (asked && !asked.some((open) => open.item === item.code && open.room === room)) return false;
    return applies(item, known);
  });
}

export function factsToAsk(checklist, draft, room) {
  if (draft.visit.ask) return [];
  return checklist.facts.filter((fact) => (fact.scope === "room") === (room !== null));
}

export function progress(checklist, draft, room, section = null) {
  const items = itemsToAsk(checklist, draft, room).filter(
    (item) => section === null || item.section === section,
  );
  const done = items.filter((item) => isAnswered(answerOf(draft, room, item.code))).length;
  return { done, of: items.length };
}

// Rooms to visit: for a follow-up those with something to ask, else all.
export function roomsToSee(draft) {
  const asked = draft.visit.ask;
  if (!asked) return draft.visit.rooms;
  return draft.visit.rooms.filter((room) => asked.some((open) => open.room === room.id));
}

export const isBegun = (draft, room) => {
  const begun = draft.rooms[room];
  return Boolean(begun) && Object.keys(begun.answers).length + Object.keys(begun.facts).length > 0;
};

// The answers as the rules read them. Notes or photos without an answer are not answers.
export function visitInput(draft) {
  const whole = ({ facts: known, answers }) => ({
    facts: known,
    answers: Object.fromEntries(Object.entries(answers).filter(([, answer]) => isAnswered(answer))),
  });
  return {
    visited_at: `${(draft.finished_at ?? now()).slice(0, 19)}Z`,
    house: whole(draft.house_part),
    rooms: seenRooms(draft).map((room) => ({ id: room.id, ...whole(room) })),
    open_findings: draft.visit.open_findings ?? [],
  };
}

export const seenRooms = (draft) =>
  draft.visit.rooms.filter((room) => isBegun(draft, room.id)).map((room) => draft.rooms[room.id]);

// Everything as it stands after this visit: a re-visit stands on the one before.
export function standing(draft) {
  const input = visitInput(draft);
  const { before, repaired } = draft.visit;
  return before ? merge(before, input, repaired ?? []) : input;
}

export const result = (checklist, draft) => evaluate(checklist, standing(draft));

export function stillMissing(checklist, draft) {
  const input = standing(draft);
  const seen = new Set(seenRooms(draft).map((room) => room.id));
  const here = (place) => place.room === null || seen.has(place.room);
  return {
    answers: missing(checklist, input).filter(here),
    photos: photosMissing(checklist, input).filter(here),
  };
}

export const outcomeOf = (checklist, draft, room, item) =>
  resultOf(item, answerOf(draft, room, item.code), facts(draft, room), visitInput(draft).visited_at);

export const openFinding = (draft, room, code) =>
  (draft.visit.open_findings ?? []).find((open) => open.item === code && open.room === room);

export function removePhotoFrom(draft, room, code, sha256) {
  const { photos = [] } = answerOf(draft, room, code);
  setExtra(draft, room, code, "photos", photos.filter((other) => other !== sha256));
}

export const addressOf = (house) =>
  [house.address, house.street, house.hamlet, house.commune].filter(Boolean).join(", ");
export const nameOf = (house) =>
  house.name || [house.address, house.street || house.hamlet].filter(Boolean).join(", ");
