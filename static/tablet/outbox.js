// Finished visits that wait for their receipt. Oldest first, two at a time; what is refused
// for good does not hold up the others; nothing is ever thrown away here. Knows no page: the
// service worker sends too, whoever has unlocked the tablet.
import { LONGEST_PAUSE, Line, backOff } from "./line.js";
import { Refusal, isFinal, isOfLine, needsAuthor } from "./refusal.js";
import { Sending } from "./sending.js";
import * as store from "./store.js";

const AT_ONCE = 2;
const now = () => new Date().toISOString();
const later = (ms) => new Date(Date.now() + ms).toISOString();

// Oldest first; those of version 1 too, which wait for their seal.
export async function entries() {
  const [rows, packs] = await Promise.all(["outbox", "packs"].map(store.all));
  return [...rows, ...packs.map(fromPack)].sort((one, other) => one.made_at.localeCompare(other.made_at));
}

export const fromPack = ({ bytes, house, ...pack }) => ({
  ...NEW,
  ...pack,
  id: `${pack.visit}/${pack.revision}`,
  label: null,
  upload: null,
  problem: pack.receipt ? null : { status: 200, code: "not_sealed" },
});

// An entry that has never been tried.
export const NEW = { tries: 0, failures: 0, progress: 0, next_try_at: null, problem: null, receipt: null, pictures: [] };

// Of a draft that was finished on this tablet.
export const entryOf = async ({ id, revision }) =>
  (await entries()).find((entry) => entry.id === `${id}/${revision}`);

// The registry has it, or the author has thrown it away.
export const isSettled = ({ receipt, problem, discarded_at }) =>
  Boolean(receipt || problem?.kept || discarded_at);
export const waiting = async () => (await entries()).filter((entry) => !isSettled(entry));

// Waits for a person, not for the line.
export const isStuck = ({ problem }) => Boolean(problem && (problem.final || needsAuthor(problem)));

// No pause is longer than that: a clock that was put back days makes nobody wait for days.
const isYetToCome = (time) => time > now() && time <= later(LONGEST_PAUSE);
export const isDue = (entry) => !isStuck(entry) && !isYetToCome(entry.next_try_at);

// Sends what is due; one tab or worker at a time, and each asks for one more round at most.
let asked = null;
export function flush() {
  asked ??= navigator.locks.request("outbox", () => {
    asked = null;
    return round();
  });
  return asked;
}

const dueNow = (kept) => kept && { ...kept, next_try_at: null };

// Does not wait for the next try: somebody asked, or the network came back.
export async function hurry() {
  await store.remove("kept", "line");
  for (const { id, next_try_at } of await waiting()) {
    if (next_try_at) await store.change("outbox", id, dueNow);
  }
  return flush();
}

export async function retry(id) {
  await store.remove("kept", "line");
  await store.change("outbox", id, (kept) => kept && { ...dueNow(kept), problem: null });
  return flush();
}

// When something is due again, as ISO; null when nothing is.
export async function nextTry() {
  const times = (await waiting()).filter((entry) => !isStuck(entry)).map((entry) => entry.next_try_at ?? "");
  if (times.length === 0) return null;
  const { next_try_at: line = "" } = (await store.get("kept", "line")) ?? {};
  return [times.sort()[0], line].sort()[1];
}

async function round() {
  const line = new Line((...request) => fetch(...request));
  const dead = (await store.get("kept", "line")) ?? { failures: 0 };
  let isDead = isYetToCome(dead.next_try_at);
  const tried = new Set();
  const underWay = new Set();
  const start = (entry) => {
    tried.add(entry.upload);
    const sent = sendOne(entry, line, tried.size)
      .then(async (problem) => {
        if (problem && isOfLine(problem)) {
          isDead = true;
          await rest(dead, problem);
        } else if (dead.failures) {
          dead.failures = 0;
          await store.remove("kept", "line");
        }
      })
      // What became of it could not be kept (a full tablet): the others go on, it is tried
      // again in the next round.
      .catch((error) => say({ id: entry.id, problem: { status: 200, code: "fault", message: String(error) } }))
      .finally(() => underWay.delete(sent));
    underWay.add(sent);
  };
  for (;;) {
    const next = isDead ? null : (await waiting()).find((entry) => isDue(entry) && !tried.has(entry.upload));
    if (next && underWay.size < AT_ONCE) start(next);
    else if (underWay.size) await Promise.race(underWay);
    else return;
  }
}

// Nothing comes through: all wait, longer each time.
async function rest(dead, { retryAfter = 0 }) {
  dead.failures += 1;
  const pause = Math.max(backOff(dead.failures), Math.min(1000 * retryAfter, LONGEST_PAUSE));
  await store.put("kept", "line", { failures: dead.failures, next_try_at: later(pause) });
}

// A full tablet sends all the same: that makes room.
const note = (entry) =>
  store.putEntry(entry).catch((error) => {
    if (!store.isFull(error)) throw error;
  });

// Returns the problem, or null when the pack was received.
async function sendOne(entry, line, rank) {
  const told = { ...entry, tries: entry.tries + 1, tried_at: now() };
  const tell = (received) => {
    told.progress = received;
    say({ id: entry.id, received });
  };
  try {
    await note(told);
    const bytes = await store.get("sealed", entry.id);
    if (!bytes) throw new Refusal(200, "not_sealed");
    const sending = new Sending(told, new Uint8Array(bytes), line, { rank, tell });
    const receipt = await sending.run();
    await store.putReceipt({ ...told, receipt, problem: null });
    say({ id: entry.id, receipt });
    return null;
  } catch (error) {
    const problem = problemOf(error, told);
    // Whoever gets on a little need not wait longer each time.
    const failures = told.progress > entry.progress ? 1 : (entry.failures ?? 0) + 1;
    await note({ ...told, problem, failures, next_try_at: later(backOff(failures)) });
    say({ id: entry.id, problem });
    return problem;
  }
}

function problemOf(error, entry) {
  // A fault of ours holds up this one, not the others.
  if (!(error instanceof Refusal)) return { status: 200, code: "fault", message: String(error), at: now() };
  const { status, code, message, answer, retryAfter } = error;
  const final = isFinal(error);
  const problem = { status, code, message, retryAfter, at: now(), final };
  return isKept(answer, entry) ? { ...problem, kept: true, received_at: answer.received_at } : problem;
}

// The registry has another record of the visit, and has kept these very bytes beside it.
function isKept(answer, { visit, revision, sha256, pictures }) {
  return (
    answer?.registry === "safe-rooms" &&
    answer.kept === true &&
    answer.visit === visit &&
    answer.revision === revision &&
    answer.sent === sha256 &&
    pictures.every((picture) => answer.confirmed?.includes(picture.sha256))
  );
}

// --- what every window hears -------------------------------------------------------------

let voice;
const say = (what) => {
  voice ??= new BroadcastChannel("outbox");
  voice.postMessage(what);
};

// `heard({id, received | receipt | problem})`, from this window, the others and the worker.
export function listen(heard) {
  const ear = new BroadcastChannel("outbox");
  ear.onmessage = ({ data }) => heard(data);
}

// For the service worker's `sync` (there is a network): what is left makes the browser call
// again later.
export async function flushOrFail() {
  await hurry();
  if (await nextTry()) throw new Error("outbox is not empty");
}
