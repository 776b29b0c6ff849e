// The people of a tablet: what a PIN opens, what wrong ones cost, what lies on the disk.
import assert from "node:assert/strict";
import { test } from "node:test";

import { disk } from "./disk.mjs";

const stores = disk();
const store = await import("../../static/tablet/store.js");
const vault = await import("../../static/tablet/vault.js");
const work = await import("../../static/tablet/work.js");

const LAN = { id: 5, name: "Nguyễn Thị Lan" };
const HOA = { id: 6, name: "Trần Thị Hoa" };
const PIN = "246810";
const WRONG = "135790";
const NOTE = "Cửa thoát nạn bị chặn";

await vault.start();
await vault.setUp(LAN, PIN);
await vault.setUp(HOA, WRONG);

const draft = (id, inspector, more = {}) => ({
  id,
  inspector,
  revision: 1,
  state: "open",
  consent: true,
  notes: NOTE,
  visit: { house: { name: "Nhà bà Tư" }, rooms: [{ id: "R1", label: "101" }] },
  ...more,
});
const row = (person) => stores.get("device").get(`person/${person.id}`);
// Guessing as often as this test does it would take its time.
const rounds = (person, count) =>
  store.change("device", `person/${person.id}`, (kept) => ({ ...kept, rounds: count }));
const onDisk = () =>
  JSON.stringify([...stores].map(([, rows]) => [...rows]), (_, value) =>
    value instanceof ArrayBuffer ? Buffer.from(value).toString("latin1") : value,
  );

test("a PIN opens her own work, and nobody else's", async () => {
  await vault.unlock(LAN.id, PIN);
  await work.putDraft(draft("a", LAN));

  assert.equal((await work.draft("a")).notes, NOTE);
  await vault.unlock(HOA.id, WRONG);
  assert.equal(await work.draft("a"), null);
  assert.deepEqual(await work.summaries(), []);
});

test("a person is never set up over another", async () => {
  await assert.rejects(vault.setUp(LAN, "975310"));

  assert.equal(await vault.unlock(LAN.id, PIN), true);
});

test("nothing that she wrote lies on the disk in the clear", async () => {
  await vault.unlock(LAN.id, PIN);
  const photo = { id: "p", sha256: "ff", bytes: new TextEncoder().encode("JFIF").buffer, room: "R1" };
  await work.putPhoto(photo, draft("b", LAN));
  await work.keep("day", { visits: ["Nhà bà Tư"] });

  assert.equal(new TextDecoder().decode((await work.photo("b", "ff")).bytes), "JFIF");
  const text = onDisk();
  for (const secret of [NOTE, "bà Tư", "JFIF", PIN]) assert.ok(!text.includes(secret), secret);
});

test("five wrong PINs wait, then even the right one does not open", async () => {
  await rounds(LAN, 1);
  for (let n = 0; n < 5; n += 1) assert.equal(await vault.unlock(LAN.id, WRONG), false);
  await rounds(LAN, 600_000);
  const waits = vault.waitOf(row(LAN));

  assert.ok(waits > 59_000 && waits <= 60_000);
  assert.equal(await vault.unlock(LAN.id, PIN), false);
  assert.equal(row(LAN).wrong, 5);

  await vault.pass(60_000);
  await store.change("device", "person/5", (kept) => ({ ...kept, wait: { ...kept.wait, since: Date.now() - 60_000 } }));
  assert.equal(await vault.unlock(LAN.id, PIN), true);
  assert.equal(row(LAN).wrong, 0);
});

test("a wait is the longer of both clocks; putting one forward or back helps nobody", () => {
  const wait = (since, left) => vault.waitOf({ wait: { ms: 60_000, since, left } });

  assert.equal(wait(Date.now() - 86_400_000, 45_000), 45_000);
  assert.equal(wait(Date.now() - 60_000, 0), 0);
  assert.ok(wait(Date.now() - 10_000, 0) > 49_000);
  assert.equal(wait(Date.now() + 86_400_000, 20_000), 20_000);
});

test("a full tablet is unlocked all the same, and counts", async () => {
  await vault.unlock(LAN.id, PIN);
  stores.isFull = true;
  for (let n = 0; n < 4; n += 1) await vault.unlock(LAN.id, WRONG);
  assert.equal(vault.triesLeft(await vault.person(LAN.id)), 1);
  assert.equal(await vault.unlock(LAN.id, PIN), true);
  for (let n = 0; n < 5; n += 1) await vault.unlock(LAN.id, WRONG);
  stores.isFull = false;

  assert.equal(await vault.unlock(LAN.id, PIN), false);
  await store.change("device", "person/5", (kept) => ({ ...kept, wait: null }));
});

test("each further wrong PIN waits longer, an hour at most", async () => {
  const waits = [];
  await rounds(HOA, 1);
  for (let n = 0; n < 9; n += 1) {
    await store.change("device", "person/6", (kept) => ({ ...kept, wait: null }));
    await vault.unlock(HOA.id, "000001");
    waits.push((row(HOA).wait?.ms ?? 0) / 60_000);
  }
  await store.change("device", "person/6", (kept) => ({ ...kept, wait: null }));
  await rounds(HOA, 600_000);

  assert.deepEqual(waits, [0, 0, 0, 0, 1, 5, 15, 60, 60]);
});

test("what is written while the screen is locked waits for its owner", async () => {
  await vault.unlock(LAN.id, PIN);
  vault.lock();
  let isKept = false;
  const writing = work.putDraft(draft("c", LAN)).then(() => (isKept = true));

  await vault.unlock(HOA.id, WRONG);
  assert.deepEqual([isKept, stores.get("drafts").has("c")], [false, false]);
  await vault.unlock(LAN.id, PIN);
  await writing;
  assert.equal((await work.draft("c")).notes, NOTE);
});

test("a forgotten PIN is replaced with what the registry keeps; the old one opens no more", async () => {
  await vault.unlock(LAN.id, PIN);
  const key = new Uint8Array(await vault.owed());
  await vault.settled();
  vault.lock();

  await vault.recover(LAN.id, key, "864208");

  assert.equal((await work.draft("a")).notes, NOTE);
  assert.equal(await vault.owed(), null);
  assert.equal(await vault.unlock(LAN.id, PIN), false);
  await assert.rejects(vault.recover(HOA.id, key, "864208"));
  assert.equal(await vault.changePin(LAN.id, "864208", PIN), true);
});

test("rows from before there were PINs go into their owner's boxes", async () => {
  stores.get("drafts").set("old", draft("old", LAN));
  stores.get("photos").set("old/aa", { id: "p", sha256: "aa", bytes: new ArrayBuffer(8) });
  stores.get("kept").set("day", { inspector: LAN, visits: [NOTE] });
  await vault.unlock(HOA.id, WRONG);
  await work.adopt();
  assert.equal(stores.get("drafts").get("old").notes, NOTE);

  await vault.unlock(LAN.id, PIN);
  await work.adopt();

  assert.equal((await work.draft("old")).notes, NOTE);
  assert.equal((await work.photo("old", "aa")).bytes.byteLength, 8);
  assert.deepEqual((await work.kept("day")).visits, [NOTE]);
  assert.ok(!onDisk().includes(NOTE));
});

test("a person leaves the tablet only when nothing of hers waits", async () => {
  await vault.unlock(LAN.id, PIN);
  await assert.rejects(work.removePerson(LAN.id));
  for (const { id } of await work.summaries()) await work.putDraft(draft(id, LAN, { state: "received" }));

  await work.removePerson(LAN.id);

  assert.deepEqual((await vault.people()).map(({ name }) => name), [HOA.name]);
  assert.deepEqual(["drafts", "bodies", "photos", "kept"].map((name) => stores.get(name).size), [0, 0, 0, 0]);
});

test("a PIN that is guessed at once is none", () => {
  const easy = ["000000", "111111", "123456", "012345", "987654", "654321"];

  assert.deepEqual(easy.filter((pin) => !vault.isEasy(pin)), []);
  assert.deepEqual(["246810", "112233", "121212", "901234"].filter(vault.isEasy), []);
});
