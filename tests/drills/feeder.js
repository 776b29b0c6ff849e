// Keeps a tablet's outbox filled, with the app's own modules: visits with photos, packed, sealed
// and sent exactly as a finished visit is. Stops when told, or after `count`. `weight`: photos
// of exactly so many bytes; else small pictures. Not `sends`: somebody else does.
async ({ pin, inspector, house, count = Infinity, weight = 0, photos = 2, sends = true }) => {
  const from = (name) => import(`/static/tablet/${name}.js`);
  const names = ["vault", "work", "draft", "finishing", "outbox", "photo", "hash"];
  const [vault, work, drafts, finishing, outbox, camera, hash] = await Promise.all(names.map(from));
  if (!(await vault.unlock(inspector, pin))) throw new Error("wrong PIN");
  const day = await work.kept("day");
  const planned = day.visits.find((visit) => visit.house.number === house);
  const [{ id: room }] = planned.rooms;

  const document = {
    house_part: { facts: { floors: 1 }, answers: { "FIR-08": { result: "pass" } } },
    rooms: { [room]: { id: room, facts: { sleepers: 1 }, answers: { "SEC-01": { result: "pass" }, "SPC-01": { number: 12 } } } },
  };
  const feeder = { made: 0, isOn: true, failed: null, computed: {} };

  // Cannot be made smaller on its way.
  async function heavy() {
    const bytes = new Uint8Array(weight);
    for (let at = 0; at < weight; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
    bytes.set([0xff, 0xd8, 0xff]);
    const sha256 = await hash.hexSha256(bytes);
    return { id: crypto.randomUUID(), sha256, bytes: bytes.buffer, taken_at: new Date().toISOString() };
  }

  async function visit() {
    const id = crypto.randomUUID();
    const draft = drafts.newDraft({ ...planned, id, unplanned: true }, day.inspector, { facts: [] });
    Object.assign(draft, structuredClone(document), { consent: true });
    const pictures = [];
    for (let number = 0; number < photos; number += 1) {
      const place = number % 2 ? room : null;
      const taken = weight ? await heavy() : await camera.shrink(await hands.picture(160, 120, 4));
      const item = place ? "SEC-01" : "FIR-01";
      drafts.addPhotoTo(draft, place, item, taken.sha256);
      if (!place) drafts.setAnswer(draft, place, item, { result: "pass" });
      await work.putPhoto({ ...taken, item, room: place, visit: id }, draft);
      pictures.push(taken.sha256);
    }
    draft.finished_at = new Date().toISOString();
    draft.state = "packed";
    feeder.computed[id] = pictures.sort();
    await finishing.finish(draft);
    feeder.made += 1;
  }

  async function work_on() {
    while (feeder.isOn && feeder.made < count) {
      if (!sends || (await outbox.waiting()).length < 3) await visit();
      if (sends) await outbox.hurry();
      await new Promise((go) => setTimeout(go, 20));
    }
  }
  globalThis.feeder = feeder;
  feeder.done = work_on().catch((error) => (feeder.failed = `${error.stack}`));
}
