// Sealing, against what the server opens: tests/vectors/sealed.json.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createHash, webcrypto } from "node:crypto";
import { test } from "node:test";

globalThis.crypto ??= webcrypto; // Debian's Node 18 does not have it by itself
const { seal, sealedUpTo } = await import("../../static/tablet/seal.js");

const vectors = JSON.parse(await readFile(new URL("../vectors/sealed.json", import.meta.url)));
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const plain = (size) => Uint8Array.from({ length: size }, (_, i) => (i * 31) % 251);

async function pair({ d, ...open }) {
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey("jwk", { d, ...open }, CURVE, false, ["deriveBits"]),
    crypto.subtle.importKey("jwk", open, CURVE, true, []),
  ]);
  return { privateKey, publicKey };
}

for (const { size, plain_sha256, ephemeral, ...vector } of vectors.sealed) {
  test(`a pack of ${size} bytes is sealed as the server opens it`, async () => {
    const bytes = plain(size);
    assert.equal(sha256(bytes), plain_sha256);

    const sealed = await seal(bytes, vectors.seal, await pair(ephemeral));

    assert.equal(sealed.length, vector.sealed_size);
    assert.equal(sha256(sealed), vector.sha256);
  });
}

test("the same pack is never sealed the same way twice", async () => {
  const [one, other] = await Promise.all([seal(plain(9), vectors.seal), seal(plain(9), vectors.seal)]);

  assert.notDeepEqual(one, other);
});

test("how much has to arrive before a photo can be read", () => {
  const size = 81 + 200_000 + 4 * 16;

  assert.equal(sealedUpTo(1, size), 81 + 65_536 + 16);
  assert.equal(sealedUpTo(65_536, size), 81 + 65_536 + 16);
  assert.equal(sealedUpTo(65_537, size), 81 + 2 * 65_552);
  assert.equal(sealedUpTo(200_000, size), size);
});
