// What is open now: the day, the checklists, one visit. Every change is on the disk before
// it is said to be saved.
import * as api from "./api.js";
import { fromColumns } from "./checklist.js";
import * as clock from "./clock.js";
import { numberOf } from "./directory.js";
import { newDraft } from "./draft.js";
import { Keeping } from "./keeping.js";
import { Refusal } from "./refusal.js";
import * as store from "./store.js";
import * as vault from "./vault.js";
import { language } from "./words.js";
import * as work from "./work.js";

// Visits whose last write failed: what they say is nowhere else.
const unkept = new Map();
let open = null;

// The day as the server last told it to this inspector, or null.
export const keptDay = () => work.kept("day");

// The day of whoever is signed in on the server, if it is the one who has unlocked the tablet.
async function ownDay() {
  const day = await api.day();
  if (!work.isMine(day)) throw new Refusal(409, "other_person", day.inspector.name);
  return day;
}

// Why the registry did not give the day when it was last asked, or null.
let problem = null;
export const lastProblem = () => problem;

// Asks the server for the day and for the checklists that it needs, and keeps both.
export async function prepareDay() {
  const day = await ownDay().catch((error) => {
    problem = error;
    throw error;
  });
  problem = null;
  for (const { checklist, version, url } of day.checklists) {
    const key = keyOf(checklist, version, language);
    if (await store.get("kept", key)) continue;
    await store.put("kept", key, fromColumns(await api.checklist(url, language)));
  }
  const asked_at = clock.now();
  await work.keep("day", { ...day, asked_at });
  await store.change("device", "device", (device) => ({ ...device, skew_ms: clock.skewMs(), last_contact: clock.heardAt() }));
  await giveRecovery();
  await store.persist();
  return keptDay();
}

// Once per person and tablet. No answer now is no fault: it is given with a later day.
async function giveRecovery() {
  const key = await vault.owed();
  if (!key) return;
  const { id } = await store.get("device", "device");
  await api.keepRecovery(id, btoa(String.fromCharCode(...new Uint8Array(key)))).then(vault.settled, () => {});
}

const keyOf = (checklist, version, words) => `checklist/${checklist}/${version}/${words}`;

// In the language of the page; if that was never fetched, in the other. Never changes.
const checklists = new Map();
async function checklistOf({ checklist, version }) {
  for (const words of [language, "vi", "en"]) {
    const key = keyOf(checklist, version, words);
    const kept = checklists.get(key) ?? (await store.get("kept", key));
    if (kept) {
      checklists.set(key, kept);
      return kept;
    }
  }
  throw new Error(`no checklist ${checklist} ${version}`);
}

export const drafts = work.summaries;

// What the day says of a visit that was withdrawn, or its house. Of one that she began herself
// the registry may not have heard: it names the house.
export const withdrawnOf = (day, { id, unplanned, house }) =>
  day?.withdrawn.find((gone) => gone.id === id || (unplanned && gone.id === null && gone.house === house.number));

// What the screens of a visit need, or null if the tablet does not know it.
// `tell` hears how each write went.
export async function openVisit(id, tell) {
  if (open && !work.isMine(open.draft)) leave();
  await open?.keeping.settled();
  if (open && !open.keeping.failed) unkept.delete(open.draft.id);
  if (unkept.has(id) && work.isMine(unkept.get(id).draft)) return (open = unkept.get(id));

  const day = await keptDay();
  const draft = await draftOf(id, day);
  if (!draft) return null;
  open = { draft, checklist: await checklistOf(draft), withdrawn: withdrawnOf(day, draft.visit) };
  const mine = open;
  open.keeping = new Keeping(
    () => work.putDraft(draft),
    (state, error) => {
      if (state === "failed") unkept.set(id, mine);
      tell(state, error, mine.keeping);
    },
  );
  open.changed = () => mine.keeping.keep();
  return open;
}

// Resolves when nothing of the open visit is under way to the disk.
export const settled = () => open?.keeping.settled();

// The draft of a visit; begun now, if it is not there or a reviewer has returned the last.
async function draftOf(id, day) {
  const kept = await work.draft(id);
  const visit = day?.visits.find((planned) => planned.id === id);
  const isCurrent = kept && (kept.state === "open" || !visit || kept.revision >= visit.revision);
  if (isCurrent) return kept;
  return visit ? begin(visit, day.inspector) : null;
}

async function begin(visit, inspector) {
  const draft = newDraft(visit, inspector, await checklistOf(visit));
  await work.putDraft(draft);
  return draft;
}

export const listedHouses = async () => (await work.kept("houses"))?.houses ?? [];

// As the registry tells it now, else as the list of houses has it: then nothing is known of
// an earlier visit, and it is a whole one.
async function houseToVisit(number, day) {
  const listed = (await listedHouses()).find(({ house }) => house.number === numberOf(number));
  try {
    const found = await api.house(number, listed ? 4000 : undefined);
    // A checklist that was published after the day was prepared.
    if (!(await store.get("kept", keyOf(found.checklist, found.version, language)))) await prepareDay();
    return found;
  } catch (error) {
    if (error.status !== 0 || !listed) throw error;
    const { checklist, version } = day.checklists.find(({ current }) => current);
    const nothing = { late: false, follow_up_of: null, ask: null, before: null, repaired: [], pictures: {}, returned: null };
    return { ...nothing, revision: 1, planned_for: clock.today(), checklist, version, ...listed };
  }
}

// A visit that nobody planned, to a house by its registration number. Needs the day, and the
// network or the list of houses. Returns the id of the visit: of the planned one, if there is
// one.
export async function beginUnplanned(number) {
  const day = (await keptDay()) ?? (await prepareDay());
  const found = await houseToVisit(number, day);
  const here = ({ visit, state }) => visit.house.number === found.house.number && state === "open";
  const known =
    day.visits.find((visit) => visit.house.number === found.house.number) ??
    (await drafts()).find(here);
  if (known) return known.id;

  await forgetUnbegun();
  const draft = await begin({ ...found, id: crypto.randomUUID(), unplanned: true }, day.inspector);
  return draft.id;
}

// A house that was looked up and not visited leaves nothing.
async function forgetUnbegun() {
  for (const { id, visit, consent } of await drafts()) {
    if (visit.unplanned && !consent) await store.removeDraft(id);
  }
}
