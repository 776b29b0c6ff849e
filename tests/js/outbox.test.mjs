// When something that waits is tried again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isDue } from "../../static/tablet/outbox.js";

const entry = (ms) => ({ problem: null, next_try_at: new Date(Date.now() + ms).toISOString() });
const DAY = 86_400_000;

test("what is to be tried in a minute is not due, what was to be tried a second ago is", () => {
  assert.equal(isDue(entry(60_000)), false);
  assert.equal(isDue(entry(-1000)), true);
  assert.equal(isDue({ problem: null, next_try_at: null }), true);
});

test("a clock that was put back three days makes nothing wait for three days", () => {
  assert.equal(isDue(entry(3 * DAY)), true);
});
