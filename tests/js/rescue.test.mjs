// The outbox as one file: docs/reference/rescue-file.md, tests/vectors/rescue.json.
import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

globalThis.crypto ??= webcrypto; // Debian's Node 18 does not have it by itself
const { readRescue, rescueFile } = await import("../../static/tablet/rescue.js");

const vector = JSON.parse(await readFile(new URL("../vectors/rescue.json", import.meta.url)));
const { passphrase, about, entries } = vector;
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
// Byte i of entry n is (i * 31 + n) mod 251.
const bytesAt = (n, size) => Uint8Array.from({ length: size }, (_, i) => (i * 31 + n) % 251);
const bytesOf = async (entry) => bytesAt(entries.indexOf(entry), entry.size).buffer;
const how = { salt: Buffer.from(vector.salt, "base64url"), rounds: vector.rounds };
const made = () => rescueFile(about, entries, bytesOf, passphrase, how);
const raw = async (file) => new Uint8Array(await file.arrayBuffer());
const failsWith = (code) => ({ message: code });

test("the file is byte for byte the one of the vector", async () => {
  const bytes = await raw(await made());

  assert.equal(bytes.length, vector.file_size);
  assert.equal(sha256(bytes), vector.file_sha256);
});

test("what goes in comes out", async () => {
  const found = await readRescue(await made(), passphrase);

  assert.deepEqual(found.about, { rescue: 1, ...about });
  assert.deepEqual(found.entries.map(({ entry }) => entry), entries);
  assert.deepEqual(found.lost, []);
  for (const { entry, bytes } of found.entries) assert.equal(sha256(await bytes()), entry.upload);
});

test("a passphrase typed on another keyboard is the same", async () => {
  const file = await rescueFile(about, [], bytesOf, "Nhà trọ an toàn".normalize("NFD"), how);

  await readRescue(file, "Nhà trọ an toàn".normalize("NFC"));
});

test("another passphrase opens nothing", async () => {
  await assert.rejects(made().then((file) => readRescue(file, "sai")), failsWith("wrong_passphrase"));
});

test("another file is told apart", async () => {
  await assert.rejects(readRescue(new Blob(["PK\x03\x04 some archive of somebody"]), passphrase), failsWith("not_rescue"));
  await assert.rejects(readRescue(new Blob([]), passphrase), failsWith("not_rescue"));
});

test("of a file that was cut off the beginning can be read", async () => {
  const file = await made();

  const found = await readRescue(file.slice(0, file.size - 1000), passphrase);

  assert.deepEqual(found.entries.map(({ entry }) => entry), entries.slice(0, -1));
  assert.deepEqual(found.lost, entries.slice(-1));
});

test("of a damaged file everything else can be read", async () => {
  const bytes = await raw(await made());
  bytes[44 + 65_552 + 100] ^= 1; // the second chunk: of the second entry alone

  const found = await readRescue(new Blob([bytes]), passphrase);

  assert.deepEqual(found.lost, [entries[1]]);
  assert.equal(found.entries.length, 2);
});

test("a file whose list is damaged says so", async () => {
  const bytes = await raw(await made());
  bytes[44 + 100] ^= 1;

  await assert.rejects(readRescue(new Blob([bytes]), passphrase), failsWith("damaged"));
});

test("a file that ends in its list says so", async () => {
  const file = await made();

  await assert.rejects(readRescue(file.slice(0, 300), passphrase), failsWith("damaged"));
});

test("nobody's file makes the tablet count for ever", async () => {
  const bytes = await raw(await made());
  bytes[8] = 255;

  await assert.rejects(readRescue(new Blob([bytes]), passphrase), failsWith("damaged"));
});
