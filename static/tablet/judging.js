// What the rules say of a draft. Plain data, no screen, no storage.
import * as clock from "./clock.js";
import { resultOf } from "./answers.js";
import { isAsked, notSeenAgain } from "./asking.js";
import { answerOf, facts, isAnswered, seenRooms } from "./draft.js";
import { evaluate, merge, missing, photosMissing } from "./rules.js";

// By the registry's clock: deadlines are counted from here.
function visitedAt({ finished_at: at, skew_ms: skew = 0 }) {
  return `${(at ? clock.registryTime(at, skew) : clock.now()).slice(0, 19)}Z`;
}

// The answers as the rules read them. Notes or photos without an answer are not answers.
export function visitInput(draft) {
  const whole = ({ facts: known, answers }) => ({
    facts: known,
    answers: Object.fromEntries(Object.entries(answers).filter(([, answer]) => isAnswered(answer))),
  });
  return {
    visited_at: visitedAt(draft),
    house: whole(draft.house_part),
    rooms: seenRooms(draft).map((room) => ({ id: room.id, ...whole(room) })),
    open_findings: draft.visit.open_findings ?? [],
  };
}

// Everything as it stands after this visit: a re-visit stands on the one before.
function standing(draft) {
  const input = visitInput(draft);
  const { before, repaired } = draft.visit;
  return before ? merge(before, input, repaired ?? []) : input;
}

export const result = (checklist, draft) => evaluate(checklist, standing(draft));

// What is still to do in the house and in the rooms that were visited; of a re-visit, all
// that it came for. Places are {item, room}; `item` may be the code of a fact.
export function stillMissing(checklist, draft) {
  const input = standing(draft);
  const seen = new Set([null, ...seenRooms(draft).map((room) => room.id)]);
  const here = (place) => seen.has(place.room) && isAsked(draft, place);
  const again = notSeenAgain(draft);
  const isNew = ({ item, room }) => !again.some((other) => other.item === item && other.room === room);
  return {
    answers: [...again, ...missing(checklist, input).filter(here).filter(isNew)],
    photos: photosMissing(checklist, input).filter(here).filter(isNew),
  };
}

// What one answer means by itself.
export const verdictOf = (draft, room, item) =>
  resultOf(item, answerOf(draft, room, item.code), facts(draft, room), visitedAt(draft));

export { visitedAt };
