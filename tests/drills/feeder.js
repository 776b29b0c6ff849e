// Keeps a tablet's outbox filled, with the app's own modules: small visits with photos, packed,
// sealed and sent exactly as a finished visit is. Stops when told.
async ({ pin, inspector, house }) => {
  const from = (name) => import(`/static/tablet/${name}.js`);
  const names = ["vault", "work", "draft", "finishing", "outbox", "photo"];
  const [vault, work, drafts, finishing, outbox, camera] = await Promise.all(names.map(from));
  if (!(await vault.unlock(inspector, pin))) throw new Error("wrong PIN");
  const day = await work.kept("day");
  const planned = day.visits.find((visit) => visit.house.number === house);
  const [{ id: room }] = planned.rooms;

  const document = {
    house_part: { facts: { floors: 1 }, answers: { "FIR-08": { result: "pass" } } },
    rooms: { [room]: { id: room, facts: { sleepers: 1 }, answers: { "SEC-01": { result: "pass" }, "SPC-01": { number: 12 } } } },
  };
  const feeder = { made: 0, isOn: true, failed: null, computed: {} };

  async function visit() {
    const id = crypto.randomUUID();
    const draft = drafts.newDraft({ ...planned, id, unplanned: true }, day.inspector, { facts: [] });
    Object.assign(draft, structuredClone(document), { consent: true });
    const pictures = [];
    for (const place of [null, room]) {
      const taken = await camera.shrink(await hands.picture(160, 120, 4));
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
    while (feeder.isOn) {
      if ((await outbox.waiting()).length < 3) await visit();
      await outbox.hurry();
      await new Promise((go) => setTimeout(go, 20));
    }
  }
  globalThis.feeder = feeder;
  feeder.done = work_on().catch((error) => (feeder.failed = `${error.stack}`));
}
