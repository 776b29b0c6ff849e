// What is open now: the day, the checklists, one visit. Every change is on the disk before
// it is said to be saved.
import * as api from "./api.js";
import { newDraft } from "./draft.js";
import { Keeping } from "./keeping.js";
import * as store from "./store.js";
import { language } from "./words.js";

// Visits whose last write failed: what they say is nowhere else.
const unkept = new Map();
let open = null;

// The day as the server last told it, or null.
export async function keptDay() {
  const day = (await store.get("kept", "day")) ?? null;
  api.workOf(day?.inspector.id);
  return day;
}

const isMine = ({ inspector }) => inspector.id === api.inspector();

// Why the registry did not give the day when it was last asked, or null.
let problem = null;
export const lastProblem = () => problem;

// Asks the server for the day and for the checklists that it needs, and keeps both.
export async function prepareDay() {
  const day = await api.day().catch((error) => {
    problem = error;
    throw error;
  });
  problem = null;
  for (const { checklist, version, url } of day.checklists) {
    const key = keyOf(checklist, version, language);
    if (await store.get("kept", key)) continue;
    await store.put("kept", key, await api.checklist(url, language));
  }
  await store.put("kept", "day", { ...day, asked_at: new Date().toISOString() });
  await store.persist();
  return keptDay();
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

export const drafts = async () => (await store.all("drafts")).filter(isMine);
export const packs = () => store.all("packs");

// What the screens of a visit need, or null if the tablet does not know it.
// `tell` hears how each write went.
export async function openVisit(id, tell) {
  await open?.keeping.settled();
  if (open && !open.keeping.failed) unkept.delete(open.draft.id);
  if (unkept.has(id)) return (open = unkept.get(id));

  const day = await keptDay();
  const draft = await draftOf(id, day);
  if (!draft) return null;
  const withdrawn = day?.withdrawn.find((visit) => visit.id === id) ?? null;
  open = { draft, checklist: await checklistOf(draft), withdrawn };
  const mine = open;
  open.keeping = new Keeping(
    () => store.put("drafts", id, draft),
    (state, error) => {
      if (state === "failed") unkept.set(id, mine);
      tell(state, error, mine.keeping);
    },
  );
  open.changed = () => mine.keeping.keep();
  return open;
}

// The draft of a visit; begun now, if it is not there or a reviewer has returned the last.
async function draftOf(id, day) {
  const kept = await store.get("drafts", id);
  if (kept && !isMine(kept)) return null;
  const visit = day?.visits.find((planned) => planned.id === id);
  const isCurrent = kept && (kept.state === "open" || !visit || kept.revision >= visit.revision);
  if (isCurrent) return kept;
  return visit ? begin(visit, day.inspector) : null;
}

async function begin(visit, inspector) {
  const draft = newDraft(visit, inspector, await checklistOf(visit));
  await store.put("drafts", draft.id, draft);
  return draft;
}

// A visit that nobody planned, to a house by its registration number. Needs the network and
// the day. Returns the id of the visit: of the planned one, if there is one.
export async function beginUnplanned(number) {
  const day = (await keptDay()) ?? (await prepareDay());
  const found = await api.house(number);
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
    if (visit.unplanned && !consent) await store.remove("drafts", id);
  }
}
