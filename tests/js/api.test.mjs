// A tablet that asks for its day hears in the end that nobody answers.
import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";

import * as api from "../../static/tablet/api.js";

afterEach(() => mock.restoreAll());

const nothingIsHeard = (code) => (refusal) => refusal.status === 0 && refusal.code === code;
const JPEG = { headers: { "Content-Type": "image/jpeg" } };

// A body that begins and then breaks off.
const brokenOff = () =>
  new ReadableStream({
    start: (line) => line.enqueue(new TextEncoder().encode('{"registry":')),
    pull: (line) => line.error(new TypeError("network error")),
  });

test("a network that neither answers nor breaks is given up", async () => {
  const late = new AbortController();
  const patience = mock.method(AbortSignal, "timeout", () => late.signal);
  mock.method(globalThis, "fetch", (address, { signal }) =>
    new Promise((_, fail) => signal.addEventListener("abort", () => fail(signal.reason))),
  );

  const asked = api.day();
  late.abort();

  await assert.rejects(asked, nothingIsHeard("no_answer"));
  assert.deepEqual(patience.mock.calls[0].arguments, [180_000]);
});

test("an answer that breaks off is a broken line, not somebody else's answer", async () => {
  mock.method(globalThis, "fetch", async () => new Response(brokenOff(), JPEG));

  await assert.rejects(api.day(), nothingIsHeard("no_answer"));
  await assert.rejects(api.picture("/a-photo/"), nothingIsHeard("no_answer"));
});

test("a page where a day should be is not the registry", async () => {
  mock.method(globalThis, "fetch", async () => new Response("<h1>Sign in to the café</h1>"));

  await assert.rejects(api.day(), { code: "no_envelope" });
});
