// What is open now: the day, the checklists, one draft. Every change is on the disk before
// it is said to be saved.
import * as api from "./api.js";
import { newDraft } from "./draft.js";
import * as store from "./store.js";

// The day as the server last told it, or null.
export const keptDay = () => store.get("kept", "day");

// Asks the server for the day and for the checklists that it needs, and keeps both.
export async function prepareDay() {
  const day = await api.day();
  for (const { checklist, version, url } of day.checklists) {
    const key = `checklist/${checklist}/${version}`;
    if (!(await store.get("kept", key))) await store.put("kept", key, await api.checklist(url));
  }
  await store.put("kept", "day", { ...day, asked_at: new Date().toISOString() });
  await store.persist();
  return keptDay();
}

export async function checklistOf({ checklist, version }) {
  const kept = await store.get("kept", `checklist/${checklist}/${version}`);
  if (!kept) throw new Error(`no checklist ${checklist} ${version}`);
  return kept;
}

export const drafts = () => store.all("drafts");
export const packs = () => store.all("packs");

// The draft of a visit; begun now, if it is not there or a reviewer has returned the last.
export async function openDraft(visit, day) {
  const kept = await store.get("drafts", visit.id);
  if (kept && (kept.revision >= visit.revision || kept.state === "open")) return kept;
  const draft = newDraft(visit, day, await checklistOf(visit));
  await store.put("drafts", draft.id, draft);
  return draft;
}

export const draft = (id) => store.get("drafts", id);
export const save = (changed) => store.put("drafts", changed.id, changed);
