// The outbox as a file, out of this tablet and into another: docs/reference/rescue-file.md.
import * as outbox from "./outbox.js";
import { readRescue, rescueFile } from "./rescue.js";
import * as store from "./store.js";
import * as vault from "./vault.js";
import { isMine } from "./work.js";

// What waits and is sealed; of others too: it leaves under their names.
export async function toRescue(id) {
  const waiting = (await outbox.waiting()).filter((entry) => entry.upload);
  return id ? waiting.filter((entry) => entry.id === id) : waiting;
}

export async function save(entries, passphrase) {
  const about = { made_at: new Date().toISOString(), by: vault.who() };
  const ids = new Map(entries.map((entry) => [entry.upload, entry.id]));
  const listed = await Promise.all(entries.map(listing));
  return rescueFile(about, listed, ({ upload }) => store.get("sealed", ids.get(upload)), passphrase);
}

async function listing(entry) {
  const { visit, revision, inspector, made_at, size, sha256, upload, proof, photos, pictures } = entry;
  const label = isMine(entry) && entry.label ? await vault.unbox(entry.label) : null;
  return { visit, revision, inspector, label, made_at, size, sha256, upload, proof, photos, pictures };
}

// Takes in each visit that is not here yet: {added, known, lost}.
export async function take(file, passphrase) {
  const { entries, lost } = await readRescue(file, passphrase);
  const here = await outbox.entries();
  const told = { added: [], known: [], lost };
  for (const { entry, bytes } of entries) {
    // This very record, though sealed anew perhaps.
    const isHere = here.some(({ visit, sha256, discarded_at }) => visit === entry.visit && sha256 === entry.sha256 && !discarded_at);
    if (!isHere) await store.putImported(await ours(entry, here), (await bytes()).buffer);
    told[isHere ? "known" : "added"].push(entry);
  }
  return told;
}

// Another record of a visit that is here too keeps its own place: the registry takes both.
async function ours(entry, here) {
  const id = `${entry.visit}/${entry.revision}`;
  const isTaken = here.some((other) => other.id === id);
  const label = isMine(entry) && entry.label ? await vault.box(entry.label) : null;
  // Perhaps the other tablet has sent some of it: the registry is asked first.
  return { ...outbox.NEW, ...entry, tries: 1, imported: true, label, id: isTaken ? `${id}/${entry.upload.slice(0, 8)}` : id };
}
