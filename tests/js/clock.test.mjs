// The registry's time on a tablet whose clock is wrong.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import * as clock from "../../static/tablet/clock.js";

const THREE_DAYS = 3 * 86_400_000;
const at = (iso) => Date.parse(iso);

beforeEach(() => clock.setSkew(0));

test("half the round trip is taken off", () => {
  clock.hear(at("2026-11-24T01:00:00Z"), at("2026-11-24T01:00:10Z"), "2026-11-21T01:00:05Z");

  assert.equal(clock.skewMs(), THREE_DAYS);
  assert.equal(clock.heardAt(), "2026-11-21T01:00:05Z");
  assert.equal(clock.isWrong(), true);
  assert.equal(clock.registryTime("2026-11-24T02:00:00Z"), "2026-11-21T02:00:00.000Z");
});

test("what a slow round trip hides changes nothing", () => {
  clock.hear(at("2026-11-21T01:00:00Z"), at("2026-11-21T01:00:20Z"), "2026-11-21T01:00:01Z");

  assert.equal(clock.skewMs(), 0);
});

test("what was done keeps the difference that was known then", () => {
  clock.setSkew(5000);

  assert.equal(clock.registryTime("2026-11-24T02:00:00Z", THREE_DAYS), "2026-11-21T02:00:00.000Z");
});
