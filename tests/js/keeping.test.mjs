// Writing the open draft: one write at a time, the newest state, and nothing claimed.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Keeping } from "../../static/tablet/keeping.js";

const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

function disk() {
  const written = [];
  const told = [];
  const draft = { n: 0 };
  const state = { broken: false };
  const keeping = new Keeping(
    async () => {
      const copy = { ...draft };
      await tick();
      if (state.broken) throw new Error("full");
      written.push(copy.n);
    },
    (word) => told.push(word),
  );
  return { written, told, draft, state, keeping };
}

test("ten touches at once are one or two writes, and the last one holds everything", async () => {
  const { written, draft, keeping } = disk();
  const touches = [];
  for (draft.n = 1; draft.n < 10; draft.n += 1) touches.push(keeping.keep());

  const kept = await Promise.all([...touches, keeping.keep()]);

  assert.deepEqual(kept, Array(10).fill(true));
  assert.equal(written.at(-1), 10);
  assert.ok(written.length <= 2);
});

test("a touch while a write is under way is written after it", async () => {
  const { written, draft, keeping } = disk();
  const first = keeping.keep();
  await Promise.resolve().then(() => {});
  draft.n = 7;

  await Promise.all([first, keeping.keep()]);

  assert.equal(written.at(-1), 7);
});

test("only when nothing is left to write it is said to be kept", async () => {
  const { told, keeping } = disk();

  await Promise.all([keeping.keep(), keeping.with(tick)]);

  assert.deepEqual(told, ["writing", "writing", "kept"]);
});

test("a failed write is said, and the next one that works takes it back", async () => {
  const { told, draft, written, state, keeping } = disk();
  state.broken = true;
  draft.n = 3;
  const failed = await keeping.keep();
  state.broken = false;

  const kept = await keeping.keep();

  assert.deepEqual([failed, kept], [false, true]);
  assert.deepEqual(told, ["writing", "failed", "writing", "kept"]);
  assert.deepEqual(written, [3]);
  assert.equal(keeping.failed, false);
});
