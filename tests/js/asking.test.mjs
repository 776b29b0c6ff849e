// What a visit asks: everything at first, only what is open in a re-visit.
import assert from "node:assert/strict";
import { test } from "node:test";

import { factsToAsk, itemsToAsk, notSeenAgain, roomsToSee, sectionsToAsk } from "../../static/tablet/asking.js";
import { newDraft, setAnswer, setFact } from "../../static/tablet/draft.js";
import { stillMissing } from "../../static/tablet/judging.js";

const item = (code, fields) => ({
  code,
  section: "A",
  scope: "house",
  answer: "pass_fail",
  applies: null,
  critical: false,
  severity: "T",
  scored: true,
  photo: "never",
  ...fields,
});
const checklist = {
  deadlines_hours: { K: 24, N: 168, T: 720, L: 1440 },
  weights: { K: 10, N: 4, T: 2, L: 1 },
  sections: [{ code: "A" }, { code: "B" }],
  facts: [
    { code: "gas", scope: "house", type: "boolean" },
    { code: "sleepers", scope: "room", type: "integer", minimum: 0, maximum: 50 },
  ],
  items: [
    item("ONE"),
    item("TWO", { section: "B", applies: { fact: "gas", op: "eq", value: true } }),
    item("ROOM", { scope: "room" }),
  ],
};
const first = {
  id: "8c0f1a3e-3c3f-4f43-9b59-1d3f4d0e8a11",
  facts: {},
  rooms: [{ id: "R1", label: "1" }, { id: "R2", label: "2" }],
};
const again = {
  ...first,
  ask: [{ item: "TWO", room: null }, { item: "sleepers", room: "R2" }],
  before: {
    house: { facts: { gas: true }, answers: { ONE: { result: "pass" }, TWO: { result: "fail" } } },
    rooms: [{ id: "R2", facts: {}, answers: { ROOM: { result: "pass" } } }],
  },
};
const draftOf = (visit) => newDraft(visit, { id: 7 }, checklist);
const codes = (all) => all.map((one) => one.code);

test("a first visit asks what applies", () => {
  const draft = draftOf(first);
  setFact(draft, null, "gas", false);

  assert.deepEqual(codes(itemsToAsk(checklist, draft, null)), ["ONE"]);
  assert.deepEqual(codes(sectionsToAsk(checklist, draft)), ["A"]);
  assert.deepEqual(roomsToSee(draft).map((room) => room.id), ["R1", "R2"]);
});

test("a re-visit asks what is open, facts too, and goes nowhere else", () => {
  const draft = draftOf(again);

  assert.deepEqual(codes(itemsToAsk(checklist, draft, null)), ["TWO"]);
  assert.deepEqual(codes(factsToAsk(checklist, draft, null)), []);
  assert.deepEqual(codes(itemsToAsk(checklist, draft, "R2")), []);
  assert.deepEqual(codes(factsToAsk(checklist, draft, "R2")), ["sleepers"]);
  assert.deepEqual(roomsToSee(draft).map((room) => room.id), ["R2"]);
});

test("what a re-visit came for is missing until it is looked at, though an old answer stands", () => {
  const draft = draftOf(again);
  const before = stillMissing(checklist, draft).answers;

  setAnswer(draft, null, "TWO", { result: "pass" });
  setFact(draft, "R2", "sleepers", 2);

  assert.deepEqual(before, again.ask);
  assert.deepEqual(notSeenAgain(draft), []);
  assert.deepEqual(stillMissing(checklist, draft).answers, []);
});
