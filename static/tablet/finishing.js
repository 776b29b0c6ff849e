// A finished visit: packed, sealed for the registry, with its author's proof. From then on it
// leaves by itself, whoever has the tablet.
import { nameOf, namedPhotos, pictureAddress } from "./draft.js";
import { hexSha256 } from "./hash.js";
import * as outbox from "./outbox.js";
import { makePack, picturesIn } from "./pack.js";
import { seal, sealedUpTo } from "./seal.js";
import * as store from "./store.js";
import * as vault from "./vault.js";
import * as work from "./work.js";

// Writes the pack, its line in the outbox and the draft in one transaction.
export async function finish(draft) {
  const pack = makePack(draft, await photosToSend(draft));
  const made = await sealed(draft, pack, new Date().toISOString());
  await store.putFinished(...made, await work.boxed(draft));
}

// What the registry can show already need not travel again.
async function photosToSend(draft) {
  const wanted = namedPhotos(draft).filter((sha256) => !pictureAddress(draft, sha256));
  const kept = await Promise.all(wanted.map((sha256) => work.photo(draft.id, sha256)));
  return kept.filter(Boolean);
}

// The line in the outbox and the sealed bytes. Without the registry's key (a day of before
// there was one) it waits for the next day that she fetches.
async function sealed({ id: visit, revision, inspector, visit: { house } }, pack, made_at) {
  const { id, name } = inspector;
  const [label, sha256, day] = await Promise.all([
    vault.box(nameOf(house), id),
    hexSha256(pack),
    work.kept("day"),
  ]);
  const pictures = picturesIn(pack);
  const entry = {
    ...outbox.NEW,
    id: `${visit}/${revision}`,
    visit,
    revision,
    inspector: { id, name },
    label,
    made_at,
    size: pack.length,
    photos: pictures.length,
    pictures,
    sha256,
    upload: null,
  };
  if (!day?.seal) return [{ ...entry, problem: { status: 200, code: "not_sealed" } }, null];
  const bytes = await seal(pack, day.seal);
  const size = bytes.length;
  const upload = await hexSha256(bytes);
  const proof = await vault.proofFor(visit, upload, day.ticket);
  const ends = pictures.map((picture) => ({ ...picture, end: sealedUpTo(picture.end, size) }));
  return [{ ...entry, size, upload, proof, pictures: ends, seal: day.seal.id }, bytes.buffer];
}

// With a fresh day of hers: what the registry could not open or believe is made anew, and what
// lies here from before there were seals gets one.
export async function renew() {
  const day = await work.kept("day");
  for (const pack of (await store.all("packs")).filter(work.isMine)) await adoptPack(pack, day);
  if (!day?.seal) return;
  for (const entry of await outbox.waiting()) {
    if (!work.isMine(entry) || !entry.problem) continue;
    if (needsSeal(entry, day) && (await sealAnew(entry))) continue;
    if (entry.problem.code === "bad_proof") await proveAnew(entry, day);
  }
}

async function adoptPack(pack, day) {
  if (pack.receipt) return store.replacePack(outbox.fromPack(pack), null);
  if (!day?.seal) return null;
  const { visit, revision, inspector, house, made_at } = pack;
  const draft = { id: visit, revision, inspector, visit: { house } };
  return store.replacePack(...(await sealed(draft, new Uint8Array(pack.bytes), made_at)));
}

// The key that was refused would be refused again. Whoever has another one now perhaps does
// not open what the old one closed either.
const needsSeal = ({ problem: { code }, seal: used }, day) =>
  code === "not_sealed" || (["cannot_open", "bad_proof"].includes(code) && used !== day.seal.id);

async function proveAnew(entry, { ticket }) {
  const proof = await vault.proofFor(entry.visit, entry.upload, ticket);
  if (proof !== entry.proof) await store.putEntry({ ...entry, proof, problem: null, next_try_at: null });
}

// From her own copy: the same draft makes the same bytes. Returns false without one.
async function sealAnew({ visit, revision, made_at }) {
  const draft = await work.draft(visit);
  if (draft?.state !== "packed" || draft.revision !== revision) return false;
  const pack = makePack(draft, await photosToSend(draft));
  const made = await sealed(draft, pack, made_at);
  await store.putFinished(...made, await work.boxed(draft));
  return true;
}
