// Packs that wait for their receipt. Oldest first; a pack that is refused for good does not
// hold up the others; nothing is ever thrown away here.
import * as api from "./api.js";
import * as store from "./store.js";
import * as vault from "./vault.js";

// Refusals of the registry that trying again cannot change: a person has to look.
const FINAL = new Set([400, 404, 409, 411, 413, 415, 422]);
// What was said by something else, or may be otherwise next time.
const AGAIN = new Set(["no_envelope", "photo_mismatch"]);

const isFinal = ({ status, code }) => FINAL.has(status) && !AGAIN.has(code);
// The next pack would hear the same.
const isForAll = ({ status }) =>
  [0, 200, 401, 403].includes(status) || status >= 500;

export const waiting = async () =>
  (await store.all("packs"))
    .filter((pack) => !pack.receipt)
    .sort((one, other) => one.made_at.localeCompare(other.made_at));

// Work leaves under the name of the one who did it.
export const isMine = (pack) => pack.inspector.id === vault.who()?.id;

// Sends what waits, one tab at a time. `onChange` is called after each pack.
export function flush(onChange = () => {}) {
  return navigator.locks.request("outbox", async () => {
    for (const pack of await waiting()) {
      if (pack.problem?.final || !isMine(pack)) continue;
      const problem = await sendOne(pack);
      onChange(pack);
      if (problem && isForAll(problem)) return;
    }
  });
}

export async function retry(visit, onChange) {
  const pack = await store.get("packs", visit);
  await store.putOutcome({ ...pack, problem: null });
  return flush(onChange);
}

// Returns the problem, or null when the pack was received.
async function sendOne(pack) {
  const told = { ...pack, tries: pack.tries + 1 };
  try {
    const receipt = await api.send(pack);
    // The bytes are no longer needed, the answers stay for the slip.
    await store.putOutcome({ ...told, receipt, problem: null, bytes: null });
    return null;
  } catch (refusal) {
    if (!(refusal instanceof api.Refusal)) throw refusal;
    const { status, code, message } = refusal;
    const problem = { status, code, message, at: new Date().toISOString(), final: isFinal(refusal) };
    await store.putOutcome({ ...told, problem });
    return problem;
  }
}
