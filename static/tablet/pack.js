// A finished visit as the bytes that travel: docs/reference/pack.md. Made once, never changed.
import { isAnswered, seenRooms } from "./draft.js";

// The document and, in its order, the photos ({sha256, bytes}) that travel with it.
export function documentOf(draft, photos) {
  const { visit } = draft;
  return {
    pack: 1,
    visit: draft.id,
    revision: draft.revision,
    house: visit.house.number,
    checklist: draft.checklist,
    version: draft.version,
    follow_up_of: visit.follow_up_of ?? null,
    planned_for: visit.planned_for,
    started_at: seconds(draft.started_at),
    finished_at: seconds(draft.finished_at),
    house_part: answered(draft.house_part),
    rooms: seenRooms(draft).map((room) => ({
      id: room.id,
      ...answered(room),
      ...(room.people && { people: room.people }),
    })),
    notes: notesOf(draft),
    signatures: draft.signatures,
    ...(draft.clock_heard_at && { clock: { ahead_ms: draft.skew_ms, measured_at: draft.clock_heard_at } }),
    ...(draft.no_room && { no_room: true }),
    photos: photos.map(({ id, sha256, bytes, item, room, taken_at }) => ({
      id,
      sha256,
      size: bytes.byteLength,
      item,
      room,
      taken_at: seconds(taken_at),
    })),
  };
}

const seconds = (iso) => `${iso.slice(0, 19)}Z`;

function answered({ facts, answers }) {
  const whole = Object.entries(answers).filter(([, answer]) => isAnswered(answer));
  return { facts, answers: Object.fromEntries(whole) };
}

// A note on an item that was not answered travels with the notes: nothing written is lost.
function notesOf(draft) {
  return [draft.notes, ...looseNotes(draft)].filter(Boolean).join("\n");
}

function looseNotes({ house_part, rooms }) {
  const parts = [{ id: null, ...house_part }, ...Object.values(rooms)];
  return parts.flatMap(({ id, answers }) =>
    Object.entries(answers)
      .filter(([, answer]) => !isAnswered(answer) && answer.note)
      .map(([code, answer]) => `${[id, code].filter(Boolean).join(" ")}: ${answer.note}`),
  );
}

// What the registry takes.
const MOST_NOTES = 5000;
// How many more characters the notes may have; less than none when they have to be shortened.
export const notesLeft = (draft) => MOST_NOTES - notesOf(draft).length;

// 4 bytes of length (big-endian), the document in UTF-8, the photos one after the other.
export function framed(document, photos) {
  const text = new TextEncoder().encode(JSON.stringify(document));
  const size = photos.reduce((sum, photo) => sum + photo.bytes.byteLength, 4 + text.length);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, text.length);
  bytes.set(text, 4);
  let offset = 4 + text.length;
  for (const photo of photos) {
    bytes.set(new Uint8Array(photo.bytes), offset);
    offset += photo.bytes.byteLength;
  }
  return bytes;
}

// The photos of a pack, each with where it ends.
export function picturesIn(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const document = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  let end = 4 + length;
  return document.photos.map(({ sha256, size }) => ({ sha256, end: (end += size) }));
}

export const makePack = (draft, photos) => framed(documentOf(draft, photos), photos);
