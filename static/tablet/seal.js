// A finished visit that only the registry can read: docs/reference/pack.md, "Sealed". Whoever
// holds the tablet afterwards can send it on and nothing else.
const CHUNK = 65536;
const TAG = 16;
const MAGIC = "SRSEAL1\0";
const HEADER = 81;
const CURVE = { name: "ECDH", namedCurve: "P-256" };

const { subtle } = crypto;
const utf8 = (text) => new TextEncoder().encode(text);
const fromHex = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const fromBase64 = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

// One chunk of a row of chunks, none of which can be changed, left out or put elsewhere.
const cipher = (header, index, isLast) => {
  const iv = new Uint8Array(12);
  iv[7] = isLast ? 1 : 0;
  new DataView(iv.buffer).setUint32(8, index);
  return { name: "AES-GCM", iv, additionalData: header };
};
export const closeChunk = (key, header, index, isLast, bytes) =>
  subtle.encrypt(cipher(header, index, isLast), key, bytes);
// Throws if it is not what was closed.
export const openChunk = (key, header, index, isLast, bytes) =>
  subtle.decrypt(cipher(header, index, isLast), key, bytes);

// `to` is the registry's key as the day brought it: {id, key}. `pair` is only for tests.
export async function seal(bytes, to, pair) {
  const ours = pair ?? (await subtle.generateKey(CURVE, false, ["deriveBits"]));
  const header = new Uint8Array(HEADER);
  header.set(utf8(MAGIC));
  header.set(fromHex(to.id), 8);
  header.set(new Uint8Array(await subtle.exportKey("raw", ours.publicKey)), 16);
  const key = await keyBetween(ours.privateKey, to, header);
  const count = Math.ceil(bytes.length / CHUNK);
  const sealed = new Uint8Array(HEADER + bytes.length + count * TAG);
  sealed.set(header);
  for (let index = 0; index < count; index += 1) {
    const start = index * CHUNK;
    const plain = bytes.subarray(start, start + CHUNK);
    const closed = await closeChunk(key, header, index, index === count - 1, plain);
    sealed.set(new Uint8Array(closed), HEADER + start + index * TAG);
  }
  return sealed;
}

async function keyBetween(ours, { key }, salt) {
  const theirs = await subtle.importKey("raw", fromBase64(key), CURVE, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, ours, 256);
  const source = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: utf8("safe-rooms pack") };
  return subtle.deriveKey(how, source, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

// Up to where the sealed bytes must have arrived so that the first `plain` bytes can be read.
export const sealedUpTo = (plain, size) =>
  Math.min(size, HEADER + Math.ceil(plain / CHUNK) * (CHUNK + TAG));
