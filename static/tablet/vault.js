// The people of this tablet, their PINs, and the key that each one's work is kept under:
// docs/adr/0015-keys-on-the-tablet.md. WebCrypto only.
import * as store from "./store.js";

// OWASP's least for PBKDF2 with SHA-256; about 0.6 s on a slow tablet.
const ROUNDS = 600_000;
const TRIES = 5;
const MINUTE = 60_000;
// After the fifth wrong PIN, the sixth, ...
const WAITS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE];

const text = new TextEncoder();
const random = (size) => crypto.getRandomValues(new Uint8Array(size));
const rowOf = (id) => `person/${id}`;

// Who has unlocked this page: { id, name, key }
let open = null;
// Who waits for the next to be unlocked.
let waiting = [];

export const who = () => open && { id: open.id, name: open.name };

// The tablet itself: an id, and a key that no script can read out.
export async function start() {
  const device = await store.get("device", "device");
  if (device) return device;
  const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const made = { id: crypto.randomUUID(), key, skew_ms: 0, last_contact: null };
  return store.change("device", "device", (kept) => !kept && made);
}

// By name.
export async function people() {
  const rows = (await store.all("device")).filter((row) => row.wrapped);
  return rows.sort((one, other) => one.name.localeCompare(other.name, "vi"));
}

// --- boxes -------------------------------------------------------------------------------

const importKey = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

async function encrypt(key, bytes) {
  const iv = random(12);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}
const decrypt = (key, { iv, data }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);

// While the screen is locked a write waits for its owner, and for nobody else.
async function keyOf(owner) {
  while (open?.id !== owner) await new Promise((resolve) => waiting.push(resolve));
  return open.key;
}

export const boxBytes = async (bytes, owner = open.id) => encrypt(await keyOf(owner), bytes);
export const box = (value, owner) => boxBytes(text.encode(JSON.stringify(value)), owner);
export const unboxBytes = async (kept) => decrypt(open.key, kept);
export const unbox = async (kept) => JSON.parse(new TextDecoder().decode(await unboxBytes(kept)));

// --- the PIN -----------------------------------------------------------------------------

// The tablet's own key goes into the salt: without this browser a PIN opens nothing.
async function keyFromPin(pin, { salt, rounds }) {
  const { key } = await store.get("device", "device");
  const mixed = await crypto.subtle.sign("HMAC", key, salt);
  const secret = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: mixed, iterations: rounds };
  return crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function wrap(raw, pin) {
  const how = { salt: random(16), rounds: ROUNDS };
  return { ...how, wrapped: await encrypt(await keyFromPin(pin, how), raw), wrong: 0, wait: null };
}

async function enter({ id, name }, raw) {
  const key = await importKey(raw);
  lock();
  open = { id, name, key };
  hold(id);
  new Uint8Array(raw).fill(0);
  const told = waiting;
  waiting = [];
  for (const resolve of told) resolve();
}

// As long as she is in, in any window, nobody removes her from the tablet.
const heldBy = (id) => `person/${id}`;
let release = () => {};
function hold(id) {
  const held = new Promise((done) => (release = done));
  globalThis.navigator?.locks?.request(heldBy(id), { mode: "shared" }, () => held);
}
export const whileOut = (id, work) =>
  navigator.locks.request(heldBy(id), { ifAvailable: true }, (isOut) => isOut && work());

export function lock() {
  open = null;
  release();
}

// Easy to guess: one digit, or digits in a row.
export const isEasy = (pin) =>
  [..."0123456789"].some((digit) => pin === digit.repeat(pin.length)) ||
  "01234567890 09876543210".includes(pin);

// A new person, who is in from now on. What opens her work when she has forgotten her PIN is
// `owed` to the registry.
export async function setUp({ id, name }, pin) {
  const raw = random(32);
  const recovery = random(32);
  const key = await importKey(raw);
  const made = {
    id,
    name,
    ...(await wrap(raw, pin)),
    rescue: await encrypt(await importKey(recovery), raw),
    owed: await encrypt(key, recovery),
  };
  const kept = await store.change("device", rowOf(id), (there) => !there && made);
  if (kept !== made) throw new Error("there already");
  await enter(made, raw);
}

// Whether it was the PIN. Each try is counted before it is made: closing the page undoes none.
export async function unlock(id, pin) {
  let isTried = false;
  const row = await note(id, (now) => {
    isTried = waitOf(now) === 0;
    return isTried ? counted(now) : now;
  });
  if (!isTried) return false;
  const raw = await decrypt(await keyFromPin(pin, row), row.wrapped).catch(() => null);
  if (!raw) return false;
  await note(id, (now) => ({ ...now, wrong: 0, wait: null }));
  await enter(row, raw);
  return true;
}

// Tries that a full tablet could not write: it has to be unlocked all the same.
const unwritten = new Map();

async function note(id, make) {
  try {
    const row = await store.change("device", rowOf(id), (kept) => kept && make({ ...kept, ...unwritten.get(id) }));
    unwritten.delete(id);
    return row;
  } catch {
    const made = make(await person(id));
    unwritten.set(id, { wrong: made.wrong, wait: made.wait });
    return made;
  }
}

// { id, name, wrong, wait, … }
export const person = async (id) => ({ ...(await store.get("device", rowOf(id))), ...unwritten.get(id) });

function counted(row) {
  const wrong = row.wrong + 1;
  const ms = wrong < TRIES ? 0 : WAITS[Math.min(wrong - TRIES, WAITS.length - 1)];
  return { ...row, wrong, wait: ms ? { ms, since: Date.now(), left: ms } : null };
}

// Milliseconds until the next try: the longer of what the clock says and of what has passed
// while the app was open, so that putting the clock forward helps nobody.
export function waitOf({ wait }) {
  if (!wait) return 0;
  const passed = Date.now() - wait.since;
  return Math.max(0, wait.left, passed < 0 ? 0 : wait.ms - passed);
}

// Lets `ms` of every wait pass.
export async function pass(ms) {
  for (const { id } of (await people()).filter((row) => row.wait?.left > 0)) {
    await store.change("device", rowOf(id), (row) =>
      row.wait && { ...row, wait: { ...row.wait, left: Math.max(0, row.wait.left - ms) } },
    );
  }
}

export const triesLeft = ({ wrong }) => Math.max(0, TRIES - wrong);

// --- a new PIN ---------------------------------------------------------------------------

// The old one was asked a moment ago. Returns whether it was right.
export async function changePin(id, old, pin) {
  const row = await person(id);
  const raw = await decrypt(await keyFromPin(old, row), row.wrapped).catch(() => null);
  if (!raw) return false;
  await renew(row, raw, pin);
  return true;
}

// With the key that the registry has kept. Throws if it is another.
export async function recover(id, recovery, pin) {
  const row = await person(id);
  await renew(row, await decrypt(await importKey(recovery), row.rescue), pin);
}

async function renew({ id, name }, raw, pin) {
  const renewed = await wrap(raw, pin);
  await store.change("device", rowOf(id), (row) => ({ ...row, ...renewed }));
  unwritten.delete(id);
  await enter({ id, name }, raw);
}

// What the registry has to keep for her, or null when it has it.
export async function owed() {
  const { owed: kept } = await store.get("device", rowOf(open.id));
  return kept && unboxBytes(kept);
}
export const settled = () =>
  store.change("device", rowOf(open.id), (row) => ({ ...row, owed: null }));

// --- leaving -----------------------------------------------------------------------------

const fromBase64 = (words) =>
  Uint8Array.from(atob(words.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const hex = (bytes) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

// Says whose pack this is, whoever is signed in when it leaves. `ticket`: of her day.
export async function proofFor(visit, upload, ticket) {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", fromBase64(ticket.key), hmac, false, ["sign"]);
  const sign = await crypto.subtle.sign("HMAC", key, text.encode(`${visit}/${upload}`));
  return `Pack ${open.id}.${ticket.issued}.${hex(sign)}`;
}
