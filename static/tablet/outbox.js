// Packs that wait for their receipt. Oldest first; a pack that is refused for good does not
// hold up the others; nothing is ever thrown away here.
import * as api from "./api.js";
import * as store from "./store.js";

// Refusals that trying again cannot change: a person has to look.
const FINAL = new Set([400, 404, 409, 411, 413, 415, 422]);

export const waiting = async () =>
  (await store.all("packs"))
    .filter((pack) => !pack.receipt)
    .sort((one, other) => one.made_at.localeCompare(other.made_at));

// Sends what waits, one tab at a time. Returns "signed_out" if the server asked to sign in.
export function flush(onChange = () => {}) {
  return navigator.locks.request("outbox", async () => {
    for (const pack of await waiting()) {
      if (pack.problem?.final) continue;
      const outcome = await sendOne(pack);
      onChange(pack);
      if (outcome === "stop") return pack.problem.status === 401 ? "signed_out" : "stopped";
    }
    return "done";
  });
}

export async function retry(visit, onChange) {
  const pack = await store.get("packs", visit);
  pack.problem = null;
  await store.put("packs", visit, pack);
  return flush(onChange);
}

async function sendOne(pack) {
  pack.tries += 1;
  try {
    const receipt = await api.send(pack);
    await received(pack, receipt);
    return "sent";
  } catch (refusal) {
    if (!(refusal instanceof api.Refusal)) throw refusal;
    const { status, code, message } = refusal;
    pack.problem = { status, code, message, at: new Date().toISOString(), final: FINAL.has(status) };
    await store.put("packs", pack.visit, pack);
    return pack.problem.final ? "kept" : "stop";
  }
}

// The receipt is kept; the bytes are no longer needed, the answers stay for the slip.
async function received(pack, receipt) {
  pack.receipt = receipt;
  pack.problem = null;
  pack.bytes = null;
  const draft = await store.get("drafts", pack.visit);
  if (draft?.revision === pack.revision) draft.state = "received";
  await store.putPack(pack, draft ?? { id: pack.visit, state: "received" });
}
