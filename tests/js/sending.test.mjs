// A pack leaves in parts over whatever line there is: docs/reference/pack.md.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";

import { Line, backOff } from "../../static/tablet/line.js";
import { Sending } from "../../static/tablet/sending.js";
import { Registry, sha256 } from "./registry.mjs";

const VISIT = "8c0f1a3e-3c3f-4f43-9b59-1d3f4d0e8a11";

function packed(size, fields = {}) {
  const bytes = new Uint8Array(randomBytes(size));
  const entry = {
    visit: VISIT,
    revision: 1,
    sha256: "ab".repeat(32),
    upload: sha256(bytes),
    proof: "Pack 7.20261121.00",
    pictures: [{ sha256: "cd".repeat(32) }],
    tries: 1,
    ...fields,
  };
  return { entry, bytes };
}

const lineTo = (registry) => new Line(registry.fetch, async () => {});

function send({ entry, bytes }, registry, options) {
  registry.expect(entry);
  return new Sending(entry, bytes, lineTo(registry), options).run();
}

const refused = (fields) => (refusal) => {
  for (const [name, value] of Object.entries(fields)) assert.equal(refusal[name], value);
  return true;
};

test("a small pack goes whole, in one question", async () => {
  const registry = new Registry();

  const receipt = await send(packed(47_000), registry);

  assert.equal(receipt.receipt, "K7M2-9QXT-4W");
  const [asked] = registry.asked;
  assert.deepEqual([registry.asked.length, asked.method, asked.size], [1, "PUT", 47_000]);
  assert.equal(asked.headers["Content-Type"], "application/vnd.safe-rooms.sealed-pack");
  assert.ok(asked.headers["X-Device-Time"]);
});

test("a large pack fills the line, with the proof and without a cookie", async () => {
  const registry = new Registry();
  const heard = [];

  await send(packed(600_000), registry, { tell: (received) => heard.push(received) });

  // The first six differ in size, so that they do not all wait for their answers together.
  assert.equal(registry.count("PATCH"), Math.ceil(600_000 / 32768) + 2);
  assert.equal(registry.bodies, 600_000);
  assert.equal(registry.mostUnderWay, 6);
  assert.ok(registry.asked.every(({ headers }) => headers.Authorization === "Pack 7.20261121.00"));
  assert.ok(registry.asked.every(({ credentials }) => credentials === "omit"));
  assert.deepEqual([heard[0], heard.at(-1)], [Math.ceil(32768 / 6), 600_000]);
});

test("two packs share the line, the older one first", async () => {
  const registry = new Registry();
  const one = packed(400_000);
  const other = packed(400_000, { visit: VISIT.replace("8c", "9c") });
  registry.expect(one.entry, other.entry);
  const line = lineTo(registry);

  await Promise.all([one, other].map(({ entry, bytes }, rank) => new Sending(entry, bytes, line, { rank }).run()));

  const last = (visit) => registry.asked.findLastIndex((asked) => asked.address.includes(visit));
  assert.equal(registry.mostUnderWay, 6);
  assert.ok(last(one.entry.visit) < last(other.entry.visit));
});

test("a line that did not break for long gets larger parts, until it breaks", async () => {
  let isCut = false;
  const registry = new Registry({
    between: (ask) => {
      if (isCut || registry.bodies < 2_500_000) return ask();
      isCut = true;
      throw new TypeError("cut");
    },
  });

  await send(packed(3_500_000), registry);

  const sizes = registry.asked.filter(({ size }) => size > 0).map(({ size }) => size);
  assert.deepEqual([Math.max(...sizes), sizes.at(-2)], [65536, 32768]);
});

test("what a line does not carry whole is asked for and goes in parts", async () => {
  const registry = new Registry({
    between: (ask, { method }) => {
      if (method === "PUT") throw new TypeError("cut on the way there");
      return ask();
    },
  });

  const receipt = await send(packed(40_000), registry);

  assert.ok(receipt.receipt);
  const methods = registry.asked.map((one) => one.method);
  assert.deepEqual(methods.slice(0, 3), ["PUT", "GET", "PATCH"]);
  assert.equal(methods.at(-1), "POST");
});

test("what went whole and whose answer was lost is not sent again", async () => {
  const registry = new Registry({
    between: async (ask, { method }) => {
      const answer = await ask();
      if (method === "PUT") throw new TypeError("cut on the way back");
      return answer;
    },
  });

  const receipt = await send(packed(40_000), registry);

  assert.ok(receipt.receipt);
  assert.deepEqual(registry.asked.map((one) => one.method), ["PUT", "GET"]);
});

test("a proxy that does not know PUT gets parts", async () => {
  const registry = new Registry({ between: (ask, { method }) => (method === "PUT" ? html(405)() : ask()) });

  const receipt = await send(packed(9_000), registry);

  assert.ok(receipt.receipt);
});

test("a full disk is waited out, not asked again in parts", async () => {
  const registry = new Registry();
  registry.refusals.set(VISIT, { status: 507, code: "storage_full" });

  await assert.rejects(send(packed(9_000), registry), refused({ status: 507, code: "storage_full" }));

  assert.equal(registry.asked.length, 1);
});

test("a line that has been calm carries packs of up to 1 MiB whole", async () => {
  const registry = new Registry();
  const packs = [1_600_000, 1_000_000, 1_048_577].map((size, number) =>
    packed(size, { visit: VISIT.replace("8c", `${number}c`) }),
  );
  registry.expect(...packs.map(({ entry }) => entry));
  const line = lineTo(registry);

  for (const { entry, bytes } of packs) await new Sending(entry, bytes, line).run();

  const whole = registry.asked.filter(({ method }) => method === "PUT");
  assert.deepEqual(whole.map(({ size }) => size), [1_000_000]);
});

test("a line that is calm but slow does not: a break would cost too much", () => {
  const [slow, quick] = [lineTo(new Registry()), lineTo(new Registry())];

  slow.passed(2_000_000, 8_000);
  quick.passed(2_000_000, 2_000);

  assert.deepEqual([slow, quick].map((line) => line.carries(600_000)), [false, true]);
});

test("a request that hangs is given up after a while and asked for again", async () => {
  let isHung = false;
  const registry = new Registry({
    between: (ask, { signal }) => {
      if (isHung || registry.count("PATCH") < 9) return ask();
      isHung = true;
      return new Promise((_, cut) => signal.addEventListener("abort", () => cut(new TypeError("aborted"))));
    },
  });
  const { entry, bytes } = packed(600_000);
  registry.expect(entry);
  const line = lineTo(registry);
  Object.defineProperty(line, "timeout", { value: 50 });

  const receipt = await new Sending(entry, bytes, line).run();

  assert.ok(receipt.receipt);
});

test("a try after the first asks and sends only what is missing", async () => {
  const registry = new Registry();
  const pack = packed(200_000);
  await send(pack, new Registry({ between: () => Promise.reject(new TypeError("cut")) })).catch(() => {});
  registry.uploads.set(pack.entry.upload, {
    ...pack.entry,
    size: 200_000,
    parts: [{ from: 0, body: pack.bytes.slice(0, 65536) }, { from: 98304, body: pack.bytes.slice(98304, 131072) }],
    receipt: null,
  });

  await send({ ...pack, entry: { ...pack.entry, tries: 2 } }, registry);

  assert.equal(registry.bodies, 200_000 - 65536 - 32768);
  assert.equal(registry.asked[0].method, "GET");
});

test("what was received meanwhile is not sent again", async () => {
  const registry = new Registry();
  const pack = packed(60_000);
  await send(pack, registry);
  registry.asked = [];

  const receipt = await send({ ...pack, entry: { ...pack.entry, tries: 2 } }, registry);

  assert.equal(receipt.upload, pack.entry.upload);
  assert.deepEqual(registry.asked.map((one) => one.method), ["GET"]);
});

test("a part whose answer was lost is not sent twice, one that was lost is", async () => {
  let parts = 0;
  const registry = new Registry({
    between: async (ask, { method }) => {
      const number = method === "PATCH" ? (parts += 1) : 0;
      if (number === 8) throw new TypeError("cut on the way there");
      const answer = await ask();
      if (number === 12) throw new TypeError("cut on the way back");
      return answer;
    },
  });

  await send(packed(600_000), registry);

  assert.ok(registry.count("GET") > 0);
  assert.equal(registry.bodies, 600_000 + 32768);
});

test("a line that dies again and again brings everything in the end", async () => {
  let requests = 0;
  const registry = new Registry({
    between: async (ask) => {
      requests += 1;
      if (requests % 3 === 0) throw new TypeError("cut");
      const answer = await ask();
      if (requests % 7 === 0) throw new TypeError("cut");
      return answer;
    },
  });
  const pack = packed(900_000);

  for (let tries = 1; ; tries += 1) {
    const receipt = await send({ ...pack, entry: { ...pack.entry, tries } }, registry).catch(() => null);
    if (receipt) break;
  }

  assert.ok(registry.uploads.get(pack.entry.upload).receipt);
});

test("a dead line is left alone after a while", async () => {
  const registry = new Registry({ between: () => Promise.reject(new TypeError("no network")) });

  await assert.rejects(send(packed(600_000), registry), refused({ status: 0, code: "no_answer" }));

  assert.ok(registry.asked.length < 40);
});

const html = (status) => () =>
  new Response("<h1>Sign in to the Wi-Fi</h1>", { status, headers: { "Content-Type": "text/html" } });

for (const status of [200, 502, 504]) {
  test(`a page with ${status} is nobody's receipt`, async () => {
    const registry = new Registry({ between: html(status) });

    await assert.rejects(send(packed(9_000), registry), refused({ status, code: "no_envelope" }));
  });
}

test("a redirect to a sign-in page is nobody's receipt", async () => {
  const portal = { status: 0, ok: false, type: "opaqueredirect", headers: new Headers(), json: () => Promise.reject(new Error("empty")) };
  const registry = new Registry({ between: () => portal });

  await assert.rejects(send(packed(9_000), registry), refused({ status: 302, code: "no_envelope" }));
});

test("a portal that says yes to parts and to the end is not believed", async () => {
  const registry = new Registry({ between: () => new Response(null, { status: 204 }) });

  await assert.rejects(send(packed(9_000), registry), refused({ code: "no_envelope" }));
});

test("a proxy that takes no more than 10 kB gets parts of 8 kB", async () => {
  const registry = new Registry({ between: (ask, { size }) => (size > 10_000 ? html(413)() : ask()) });
  const pack = packed(200_000);

  await send(pack, registry);
  registry.uploads.clear();
  registry.asked = [];
  await send(packed(40_000), registry);

  assert.ok(registry.asked.filter(({ size }) => size > 0).at(-1).size <= 8192);
});

test("a proxy that takes nothing is waited out", async () => {
  const registry = new Registry({ between: html(413) });

  await assert.rejects(send(packed(200_000), registry), refused({ status: 413, code: "no_envelope" }));
});

test("a refusal of the registry stops the pack before its photos are sent", async () => {
  const registry = new Registry();
  registry.refusals.set(VISIT, { status: 409, code: "tied", message: "Kin" });

  await assert.rejects(send(packed(3_000_000), registry), refused({ status: 409, code: "tied", message: "Kin" }));

  assert.ok(registry.bodies <= 6 * 32768);
});

test("bytes that arrived damaged are sent again", async () => {
  let parts = 0;
  const registry = new Registry({
    between: (ask, request, { uploads }) => {
      if (request.method === "PATCH" && (parts += 1) === 2) request.body = new Uint8Array(request.size);
      const answer = ask();
      if (answer.status === 422) uploads.clear();
      return answer;
    },
  });

  const receipt = await send(packed(100_000), registry);

  assert.ok(receipt.receipt);
});

for (const field of ["registry", "visit", "revision", "sha256", "upload", "receipt"]) {
  test(`a receipt with another ${field} does not count`, async () => {
    const registry = new Registry();
    const ours = registry.receipt.bind(registry);
    registry.receipt = (upload) => ({ ...ours(upload), [field]: "" });

    await assert.rejects(send(packed(9_000), registry), refused({ code: "no_envelope" }));
  });
}

test("a receipt that leaves out a photo does not count", async () => {
  const registry = new Registry();
  const ours = registry.receipt.bind(registry);
  registry.receipt = (upload) => ({ ...ours(upload), confirmed: [] });

  await assert.rejects(send(packed(9_000), registry), refused({ code: "not_confirmed" }));
});

test("the pause grows from about two seconds to five minutes, never the same for all", () => {
  assert.deepEqual([backOff(1, 0), backOff(1, 1)], [1000, 2000]);
  assert.deepEqual([backOff(4, 0), backOff(4, 1)], [8000, 16_000]);
  assert.deepEqual([backOff(40, 0), backOff(40, 1)], [150_000, 300_000]);
});
