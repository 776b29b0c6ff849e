// The whole outbox as one file under a passphrase: docs/reference/rescue-file.md.
import { hexSha256 } from "./hash.js";
import { closeChunk, openChunk } from "./seal.js";

const MAGIC = "SRRESC1\0";
const HEADER = 28;
const TAG = 16;
const CHUNK = 65536;
// The passphrase is all that keeps this file: OWASP's number, which the file repeats.
const ROUNDS = 600_000;
const MOST_ROUNDS = 5_000_000;
// The chunk that only tells whether the passphrase is right.
const CHECK = 0xffffffff;

const { subtle } = crypto;
const utf8 = (text) => new TextEncoder().encode(text);

async function keyFrom(passphrase, header) {
  const iterations = new DataView(header.buffer).getUint32(8);
  const secret = await subtle.importKey("raw", utf8(passphrase.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: header.slice(12), iterations };
  return subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

// `entries` as the outbox has them, each with its `upload` and `size`; `bytesOf(entry)` brings
// the sealed bytes of one at a time. `salt` and `rounds` are only for tests.
export async function rescueFile(about, entries, bytesOf, passphrase, { salt, rounds = ROUNDS } = {}) {
  const header = new Uint8Array(HEADER);
  header.set(utf8(MAGIC));
  new DataView(header.buffer).setUint32(8, rounds);
  header.set(salt ?? crypto.getRandomValues(new Uint8Array(16)), 12);
  const key = await keyFrom(passphrase, header);
  const parts = [header, await closeChunk(key, header, CHECK, false, new Uint8Array())];

  const list = utf8(JSON.stringify({ rescue: 1, ...about, entries }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, list.length);
  const all = entries.reduce((sum, { size }) => sum + size, 4 + list.length);

  const chunk = new Uint8Array(CHUNK);
  let filled = 0;
  let done = 0;
  const add = async (bytes) => {
    for (let start = 0; start < bytes.length; ) {
      const piece = bytes.subarray(start, start + CHUNK - filled);
      chunk.set(piece, filled);
      filled += piece.length;
      done += piece.length;
      start += piece.length;
      if (filled < CHUNK && done < all) continue;
      const index = Math.ceil(done / CHUNK) - 1;
      parts.push(await closeChunk(key, header, index, done === all, chunk.slice(0, filled)));
      filled = 0;
    }
  };
  await add(length);
  await add(list);
  for (const entry of entries) {
    await add(new Uint8Array(await bytesOf(entry)));
    // The browser may keep on its disk what is finished, instead of in memory.
    parts.push(new Blob(parts.splice(0)));
  }
  return new Blob(parts, { type: "application/octet-stream" });
}

export class Unreadable extends Error {}

// Reads what can be read of a file: {about, entries: [{entry, bytes()}], lost: [entry]}.
// Throws Unreadable with "not_rescue", "wrong_passphrase" or "damaged" (nothing can be read).
export async function readRescue(file, passphrase) {
  const chunks = await opened(file, passphrase);
  const start = await chunks.read(0, 4);
  const length = start && new DataView(start.buffer).getUint32(0);
  const list = length && length < file.size && (await chunks.read(4, 4 + length));
  if (!list) throw new Unreadable("damaged");
  const { entries, ...about } = JSON.parse(new TextDecoder().decode(list));

  const found = { about, entries: [], lost: [] };
  let from = 4 + length;
  for (const entry of entries) {
    const to = from + entry.size;
    const bytes = chunks.read.bind(chunks, from, to);
    const whole = await bytes();
    const isWhole = whole && (await hexSha256(whole)) === entry.upload;
    if (isWhole) found.entries.push({ entry, bytes });
    else found.lost.push(entry);
    from = to;
  }
  return found;
}

async function opened(file, passphrase) {
  const header = await slice(file, 0, HEADER);
  const isOurs = new TextDecoder().decode(header.subarray(0, 8)) === MAGIC;
  if (!isOurs || header.length < HEADER) throw new Unreadable("not_rescue");
  // A changed file must not make the tablet count for ever.
  if (new DataView(header.buffer).getUint32(8) > MOST_ROUNDS) throw new Unreadable("damaged");
  const key = await keyFrom(passphrase, header);
  const check = await slice(file, HEADER, HEADER + TAG);
  await openChunk(key, header, CHECK, false, check).catch(() => {
    throw new Unreadable("wrong_passphrase");
  });
  return new Chunks(file, key, header);
}

const slice = async (file, from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer());

// Reads any stretch of what was encrypted; null where a chunk is missing or damaged.
class Chunks {
  #last = [];

  constructor(file, key, header) {
    Object.assign(this, { file, key, header });
    this.count = Math.ceil((file.size - HEADER - TAG) / (CHUNK + TAG));
  }

  async read(from, to) {
    const bytes = new Uint8Array(to - from);
    for (let index = Math.floor(from / CHUNK); index * CHUNK < to; index += 1) {
      const chunk = await this.#chunk(index);
      if (!chunk) return null;
      const start = index * CHUNK;
      const piece = chunk.subarray(Math.max(0, from - start), to - start);
      bytes.set(piece, Math.max(0, start - from));
      const isShort = start + chunk.length < Math.min(to, start + CHUNK);
      if (isShort) return null;
    }
    return bytes;
  }

  async #chunk(index) {
    if (this.#last[0] === index) return this.#last[1];
    const start = HEADER + TAG + index * (CHUNK + TAG);
    const closed = await slice(this.file, start, start + CHUNK + TAG);
    const isLast = index === this.count - 1;
    const chunk = await openChunk(this.key, this.header, index, isLast, closed).catch(() => null);
    this.#last = [index, chunk && new Uint8Array(chunk)];
    return this.#last[1];
  }
}
