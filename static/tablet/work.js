// The work of whoever has unlocked the tablet: boxed before it is kept, unboxed for her alone.
import * as store from "./store.js";
import * as vault from "./vault.js";

const me = () => vault.who()?.id;
// Of a row, a pack or a day.
export const isMine = (row) => (row?.inspector?.id ?? row?.inspector) === me();

// --- drafts ------------------------------------------------------------------------------

// What the first screen says of a visit, without its answers.
function summaryOf({ consent, finished_at, visit }) {
  const { id, revision, planned_for, late, unplanned, follow_up_of, ask, house, returned, rooms } = visit;
  const about = { id, revision, planned_for, late, unplanned, follow_up_of, ask, house };
  return {
    consent,
    finished_at,
    visit: { ...about, returned: returned && { note: returned.note }, rooms: rooms.map(({ id: code }) => ({ id: code })) },
  };
}

// A draft as it is kept.
export async function boxed(draft) {
  const { id, revision, state, inspector, consent: begun } = draft;
  const [box, summary] = await Promise.all([
    vault.box(draft, inspector.id),
    vault.box(summaryOf(draft), inspector.id),
  ]);
  return { id, inspector: inspector.id, revision, state, begun, summary, box };
}

export const putDraft = async (draft) => store.putDraft(await boxed(draft));

// Null if there is none, or it is somebody else's.
export async function draft(id) {
  const row = await store.draft(id);
  if (!row?.box || !isMine(row)) return null;
  return { ...(await vault.unbox(row.box)), state: row.state };
}

// Of each draft what the first screen says of it.
export async function summaries() {
  const rows = (await store.all("drafts")).filter((row) => row.summary && isMine(row));
  return Promise.all(
    rows.map(async ({ id, revision, state, summary }) => ({ ...(await vault.unbox(summary)), id, revision, state })),
  );
}

// --- photos ------------------------------------------------------------------------------

async function boxedPhoto({ bytes, ...rest }, owner) {
  const [box, about] = await Promise.all([vault.boxBytes(bytes, owner), vault.box(rest, owner)]);
  return { inspector: owner, size: bytes.byteLength, state: "here", about, box };
}

export async function putPhoto(photo, draft) {
  const [kept, row] = await Promise.all([boxedPhoto(photo, draft.inspector.id), boxed(draft)]);
  return store.putPhoto(photo.sha256, kept, row);
}

export const removePhoto = async (sha256, draft) => store.removePhoto(sha256, await boxed(draft));

// { id, sha256, bytes, item, room, visit, taken_at } or null.
export async function photo(visit, sha256) {
  const row = await store.photo(visit, sha256);
  if (!row?.box || !isMine(row)) return null;
  const [about, bytes] = await Promise.all([vault.unbox(row.about), vault.unboxBytes(row.box)]);
  return { ...about, bytes };
}

// --- what was fetched for her ------------------------------------------------------------

// `name`: "day", "houses", or with more behind it ("pictures/<visit>/<sha256>").
function keyOf(name) {
  const [first, ...rest] = name.split("/");
  return [first, me(), ...rest].join("/");
}

async function read(name, unbox) {
  const row = await store.get("kept", keyOf(name));
  return row ? unbox(row) : null;
}

export const kept = (name) => read(name, vault.unbox);
export const keptBytes = (name) => read(name, vault.unboxBytes);
export const keep = async (name, value) => store.put("kept", keyOf(name), await vault.box(value));
export const keepBytes = async (name, bytes) => store.put("kept", keyOf(name), await vault.boxBytes(bytes));
export const pictureName = (visit, sha256) => `pictures/${visit}/${sha256}`;

// The names that begin with `first` ("pictures").
export async function names(first) {
  const start = `${first}/${me()}/`;
  const all = (await store.keys("kept")).filter((key) => key.startsWith(start));
  return all.map((key) => `${first}/${key.slice(start.length)}`);
}
export const forget = (name) => store.remove("kept", keyOf(name));

// --- from version 1 ----------------------------------------------------------------------

// What lies here in the clear from before there were PINs goes into her boxes.
export async function adopt() {
  const day = await store.get("kept", "day");
  if (day?.inspector.id === me()) {
    await keep("day", day);
    await store.remove("kept", "day");
  }
  for (const row of await store.all("drafts")) {
    if (row.summary || row.inspector?.id !== me()) continue;
    const photos = await store.photosFor(row.id);
    const boxes = photos.map(async ([key, photo]) => [key, await boxedPhoto(photo, me())]);
    await store.adopt(await boxed(row), await Promise.all(boxes));
  }
}

// --- leaving this tablet -----------------------------------------------------------------

// How many visits are nowhere else: of a person, or of all.
export async function waitingOf(id) {
  const [rows, entries, packs] = await Promise.all(["drafts", "outbox", "packs"].map(store.all));
  const isOf = ({ inspector }) => !id || (inspector.id ?? inspector) === id;
  const open = rows.filter((row) => isOf(row) && row.begun !== false && row.state === "open");
  const left = [...entries, ...packs].filter((entry) => isOf(entry) && !entry.receipt && !entry.discarded_at && !entry.problem?.kept);
  return open.length + left.length;
}

export async function removePerson(id) {
  if ((await waitingOf(id)) > 0) throw new Error("work waits");
  const visits = (await store.all("drafts")).filter((row) => row.inspector === id).map((row) => row.id);
  const names = (await store.keys("kept")).filter((name) => name.split("/")[1] === String(id));
  return store.removePerson(id, visits, names);
}
