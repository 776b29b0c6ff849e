// The bytes of a visit: docs/reference/pack.md.
import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { test } from "node:test";

import { newDraft, setAnswer, setExtra, setFact, setPeople } from "../../static/tablet/draft.js";
import { documentOf, framed, makePack, notesLeft, picturesIn } from "../../static/tablet/pack.js";

globalThis.crypto ??= webcrypto; // Debian's Node 18 does not have it by itself

const text = (words) => ({ vi: words, en: words });
const checklist = {
  deadlines_hours: { K: 24, N: 168, T: 720, L: 1440 },
  facts: [
    { code: "floors", scope: "house", type: "integer", minimum: 1, maximum: 30, label: text("Floors") },
    { code: "sleepers", scope: "room", type: "integer", minimum: 0, maximum: 50, label: text("Sleepers") },
  ],
  items: [],
};
const visit = {
  id: "8c0f1a3e-3c3f-4f43-9b59-1d3f4d0e8a11",
  revision: 1,
  checklist: "small",
  version: 1,
  planned_for: "2026-11-21",
  follow_up_of: null,
  house: { number: "K7M2XQ4", address: "số 5, ngõ 12" },
  facts: { floors: 2, unknown_to_the_checklist: 1 },
  rooms: [{ id: "7KQ2M9XW", label: "101" }, { id: "9KQ2M9XA", label: "102" }],
};

function done() {
  const draft = newDraft(visit, { id: 7, name: "Lan" }, checklist);
  draft.started_at = "2026-11-21T01:40:00.123Z";
  draft.finished_at = "2026-11-21T02:55:00.456Z";
  setAnswer(draft, null, "FIR-01", { result: "fail" });
  setExtra(draft, null, "FIR-01", "note", "Xe máy chắn cửa");
  setFact(draft, "7KQ2M9XW", "sleepers", 2);
  return draft;
}

const photo = (bytes) => ({
  id: "0d1c2b3a-0000-4000-8000-000000000001",
  sha256: createHash("sha256").update(bytes).digest("hex"),
  bytes: bytes.buffer,
  item: "FIR-01",
  room: null,
  taken_at: "2026-11-21T01:52:10.999Z",
});

test("a pack says that the tablet had no room for photos", () => {
  const draft = done();
  assert.equal("no_room" in documentOf(draft, []), false);

  draft.no_room = true;

  assert.equal(documentOf(draft, []).no_room, true);
});

test("a pack says how far the tablet's clock was off when it was finished", () => {
  const draft = { ...done(), skew_ms: 259_200_000 };
  assert.equal("clock" in documentOf(draft, []), false);

  draft.clock_heard_at = "2026-11-18T01:30:00.123Z";

  assert.deepEqual(documentOf(draft, []).clock, { ahead_ms: 259_200_000, measured_at: "2026-11-18T01:30:00.123Z" });
});

test("a pack is a length, the document and the photos, one after the other", () => {
  const picture = new Uint8Array([255, 216, 255, 0, 1, 2]);
  const document = documentOf(done(), [photo(picture)]);

  const bytes = framed(document, [photo(picture)]);

  const length = new DataView(bytes.buffer).getUint32(0);
  const read = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  assert.deepEqual(read, document);
  assert.deepEqual(bytes.subarray(4 + length), picture);
});

test("the document carries what was known, seen and answered, and nothing else", () => {
  const document = documentOf(done(), []);

  assert.deepEqual(document.house_part, {
    facts: { floors: 2 },
    answers: { "FIR-01": { note: "Xe máy chắn cửa", result: "fail" } },
  });
  assert.deepEqual(document.rooms, [{ id: "7KQ2M9XW", facts: { sleepers: 2 }, answers: {} }]);
  assert.equal(document.started_at, "2026-11-21T01:40:00Z");
  assert.equal(document.finished_at, "2026-11-21T02:55:00Z");
});

test("a note without an answer travels with the notes", () => {
  const draft = done();
  draft.notes = "Hẹn lại thứ bảy";
  setExtra(draft, "7KQ2M9XW", "STR-02", "note", "không vào được góc trong");

  const document = documentOf(draft, []);

  assert.equal(document.notes, "Hẹn lại thứ bảy\n7KQ2M9XW STR-02: không vào được góc trong");
  assert.deepEqual(document.rooms[0].answers, {});
});

test("the same draft makes the same bytes", () => {
  const draft = done();

  assert.deepEqual(makePack(draft, []), makePack(draft, []));
});

test("a pack tells where each of its photos ends", () => {
  const pictures = [new Uint8Array([255, 216, 1]), new Uint8Array([255, 216, 2, 3])].map(photo);

  const bytes = makePack(done(), pictures);

  const found = picturesIn(bytes);
  assert.deepEqual(found.map(({ sha256 }) => sha256), pictures.map(({ sha256 }) => sha256));
  assert.deepEqual(found.map(({ end }) => end), [bytes.length - 4, bytes.length]);
});

test("notes that are too long are told, never cut", () => {
  const draft = done();
  setExtra(draft, "7KQ2M9XW", "STR-02", "note", "x".repeat(2000));
  draft.notes = "y".repeat(4000);

  assert.equal(documentOf(draft, []).notes.length, 4000 + "\n7KQ2M9XW STR-02: ".length + 2000);
  assert.equal(notesLeft(draft), -1018);
});

test("a visit that was sent back begins with what was sent", () => {
  const sent = documentOf(done(), []);
  const returned = { ...visit, revision: 2, returned: { note: "Chụp lại", document: sent } };

  const draft = newDraft(returned, { id: 7 }, checklist);

  assert.equal(draft.revision, 2);
  assert.deepEqual(draft.house_part, sent.house_part);
  assert.deepEqual(Object.keys(draft.rooms), ["7KQ2M9XW"]);
});

test("answering anew leaves what was sent as it was", () => {
  const sent = documentOf(done(), []);
  const returned = { ...visit, revision: 2, returned: { note: "Chụp lại", document: sent } };
  const draft = newDraft(returned, { id: 7 }, checklist);

  setAnswer(draft, null, "FIR-01", { result: "pass" });

  assert.equal(sent.house_part.answers["FIR-01"].result, "fail");
});

test("a room that has left the registry meanwhile keeps its answers", () => {
  const draft = done();
  draft.visit = { ...visit, rooms: [visit.rooms[1]] };

  const document = documentOf(draft, []);

  assert.deepEqual(document.rooms.map((room) => room.id), ["7KQ2M9XW"]);
});

test("how many sleep in a room travels with it", () => {
  const draft = done();
  setPeople(draft, "7KQ2M9XW", "women", 2);
  setPeople(draft, "7KQ2M9XW", "men", 0);

  const document = documentOf(draft, []);

  assert.deepEqual(document.rooms[0].people, { women: 2, men: 0 });
});
