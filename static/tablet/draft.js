// A visit as it is being done: plain data, no screen, no storage.
const now = () => new Date().toISOString();

export function newDraft(visit, inspector, checklist) {
  const sent = structuredClone(visit.returned?.document);
  return {
    id: visit.id,
    revision: visit.revision,
    inspector,
    visit,
    checklist: visit.checklist,
    version: visit.version,
    consent: Boolean(sent),
    started_at: sent?.started_at ?? now(),
    house_part: sent?.house_part ?? {
      facts: visit.ask ? {} : knownFacts(checklist, visit.facts),
      answers: {},
    },
    rooms: Object.fromEntries((sent?.rooms ?? []).map((room) => [room.id, room])),
    notes: sent?.notes ?? "",
    signatures: [],
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
export const ownFacts = (draft, room) => peek(draft, room).facts;
export const peopleOf = (draft, room) => peek(draft, room).people ?? {};

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

export const setFact = (draft, room, code, value) => setOrForget(part(draft, room).facts, code, value);

// How many women, men or children sleep in a room.
export function setPeople(draft, room, who, count) {
  const place = part(draft, room);
  place.people ??= {};
  setOrForget(place.people, who, count);
  if (Object.keys(place.people).length === 0) delete place.people;
}

function setOrForget(values, key, value) {
  if (value === null) delete values[key];
  else values[key] = value;
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

export function isBegun(draft, room) {
  const { answers, facts: known, people = {} } = peek(draft, room);
  return [answers, known, people].some((values) => Object.keys(values).length > 0);
}

export const forgetRoom = (draft, room) => delete draft.rooms[room];

// The rooms that were visited, in the registry's order; then such as have left the registry.
export function seenRooms(draft) {
  const listed = draft.visit.rooms.map((room) => room.id);
  const others = Object.keys(draft.rooms).filter((id) => !listed.includes(id));
  return [...listed, ...others].filter((id) => isBegun(draft, id)).map((id) => draft.rooms[id]);
}

export const roomLabel = (draft, id) =>
  draft.visit.rooms.find((room) => room.id === id)?.label ?? id;

// --- photos ------------------------------------------------------------------------------

const MOST_PHOTOS = 200;
const MOST_AN_ITEM = 12;

export const mayAddPhoto = (draft, room, code) =>
  (answerOf(draft, room, code).photos ?? []).length < MOST_AN_ITEM &&
  namedPhotos(draft).length < MOST_PHOTOS;

export function addPhotoTo(draft, room, code, sha256) {
  const { photos = [] } = answerOf(draft, room, code);
  setExtra(draft, room, code, "photos", [...new Set([...photos, sha256])]);
}

export function removePhotoFrom(draft, room, code, sha256) {
  const { photos = [] } = answerOf(draft, room, code);
  setExtra(draft, room, code, "photos", photos.filter((other) => other !== sha256));
}

// The photos that answers name, each once.
export function namedPhotos(draft) {
  const parts = [draft.house_part, ...Object.values(draft.rooms)];
  const all = parts.flatMap((place) => Object.values(place.answers).flatMap(({ photos }) => photos ?? []));
  return [...new Set(all)];
}

// Where a photo is that the registry has already, if it can show it.
export const pictureAddress = ({ visit }, sha256) =>
  [visit.pictures, ...(visit.open_findings ?? []).map(({ photos }) => photos)].find((photos) => photos?.[sha256])?.[sha256] ?? null;

// --- names -------------------------------------------------------------------------------

export const addressOf = (house) =>
  [house.address, house.street, house.hamlet, house.commune].filter(Boolean).join(", ");
export const nameOf = (house) =>
  house.name || [house.address, house.street || house.hamlet].filter(Boolean).join(", ");
