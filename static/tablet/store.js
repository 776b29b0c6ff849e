// What the tablet keeps. Each write waits until it is on the disk ("strict"): only then may
// the screen say that something is saved. Everything personal comes here in a box (vault.js).
// Runs in the page and in the service worker.
const NAME = "safe-rooms";
const VERSION = 2;
export const isFull = (error) => error?.name === "QuotaExceededError";
// `packs`: finished visits of version 1, until they are sealed. `bodies`: a draft's own box,
// apart from its row, so that the first screen reads forty drafts without their answers.
const STORES = ["device", "kept", "drafts", "bodies", "photos", "outbox", "sealed", "packs"];

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const there = request.result.objectStoreNames;
      for (const name of STORES) if (!there.contains(name)) request.result.createObjectStore(name);
    };
    request.onsuccess = () => {
      const close = () => {
        request.result.close();
        opened = undefined;
      };
      request.result.onversionchange = () => {
        close();
        globalThis.dispatchEvent(new Event("outdated"));
      };
      request.result.onclose = close;
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  }).catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

// One transaction over some stores; resolves with what `work` asked for, once it is durable.
// What finds no room gets the reserve's, but no photo does: without them work goes on.
async function transaction(names, mode, work) {
  try {
    return await attempt(names, mode, work);
  } catch (error) {
    if (!isFull(error) || names[0] === "photos" || !(await giveUpReserve())) throw error;
    return attempt(names, mode, work);
  }
}

async function attempt(names, mode, work) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const tx = db.transaction(names, mode, { durability: "strict" });
    const asked = work(...names.map((name) => tx.objectStore(name)));
    tx.oncomplete = () => resolve(asked?.result);
    tx.onabort = () => reject(tx.error ?? new Error("aborted"));
  });
}

export const get = (name, key) => transaction([name], "readonly", (store) => store.get(key));
export const all = (name) => transaction([name], "readonly", (store) => store.getAll());
export const keys = (name) => transaction([name], "readonly", (store) => store.getAllKeys());
export const put = (name, key, value) =>
  transaction([name], "readwrite", (store) => store.put(value, key));
export const remove = (name, key) =>
  transaction([name], "readwrite", (store) => store.delete(key));

// Puts what `make` makes of what is there, or leaves it when that is nothing; in one
// transaction, so that two windows do not lose each other's change. Resolves with what is there.
export async function change(name, key, make) {
  let there;
  await transaction([name], "readwrite", (store) => {
    changeIn(store, key, (kept) => {
      const made = make(kept);
      there = made || kept;
      return made;
    });
  });
  return there;
}

function changeIn(store, key, make) {
  const asked = store.get(key);
  asked.onsuccess = () => {
    const made = make(asked.result);
    if (made) store.put(made, key);
  };
}

// --- drafts and photos -------------------------------------------------------------------

const photoKey = (visit, sha256) => `${visit}/${sha256}`;
const photosOf = (visit) => IDBKeyRange.bound(`${visit}/`, `${visit}/g`);

// `draft`: { id, inspector, revision, state, begun, summary, box }
function write(drafts, bodies, { box, ...row }) {
  drafts.put(row, row.id);
  bodies.put(box, row.id);
}

export const putDraft = (draft) =>
  transaction(["drafts", "bodies"], "readwrite", (drafts, bodies) => {
    write(drafts, bodies, draft);
    bodies.transaction.commit(); // it outlives the page then
  });

export async function draft(id) {
  const [row, box] = await Promise.all([get("drafts", id), get("bodies", id)]);
  return row && { ...row, box };
}

export const removeDraft = (id) =>
  transaction(["drafts", "bodies", "photos"], "readwrite", (drafts, bodies, photos) => {
    drafts.delete(id);
    bodies.delete(id);
    photos.delete(photosOf(id));
  });

// A picture and the draft that names it, both or neither.
export const putPhoto = (sha256, photo, draft) =>
  transaction(["photos", "drafts", "bodies"], "readwrite", (photos, drafts, bodies) => {
    photos.put(photo, photoKey(draft.id, sha256));
    write(drafts, bodies, draft);
  });

export const removePhoto = (sha256, draft) =>
  transaction(["photos", "drafts", "bodies"], "readwrite", (photos, drafts, bodies) => {
    photos.delete(photoKey(draft.id, sha256));
    write(drafts, bodies, draft);
  });

export const photo = (visit, sha256) => get("photos", photoKey(visit, sha256));

// Rows of version 1 with their photos ([key, row]) take their boxed form; not those that
// another window has changed meanwhile.
export const adopt = (draft, pictures) =>
  transaction(["drafts", "bodies", "photos"], "readwrite", (drafts, bodies, photos) => {
    const asked = drafts.get(draft.id);
    asked.onsuccess = () => {
      if (asked.result.summary) return;
      write(drafts, bodies, draft);
      for (const [key, row] of pictures) photos.put(row, key);
    };
  });

export const photosFor = async (visit) => {
  const range = photosOf(visit);
  const [names, rows] = await Promise.all([
    transaction(["photos"], "readonly", (photos) => photos.getAllKeys(range)),
    transaction(["photos"], "readonly", (photos) => photos.getAll(range)),
  ]);
  return names.map((key, index) => [key, rows[index]]);
};

// --- what leaves -------------------------------------------------------------------------

// A finished visit: its line in the outbox, the sealed bytes and the draft, all or none.
export const putFinished = (entry, sealed, draft) =>
  transaction(["outbox", "sealed", "drafts", "bodies"], "readwrite", (outbox, bytes, drafts, bodies) => {
    outbox.put(entry, entry.id);
    bytes.put(sealed, entry.id);
    write(drafts, bodies, draft);
  });

// What became of a try. An entry that was received, made anew or discarded meanwhile stays as
// it is.
export const putEntry = (entry) =>
  change("outbox", entry.id, (kept) => kept?.upload === entry.upload && !kept.receipt && entry);

// The registry has everything: sealed bytes and photos go, the draft stays for its slip. A
// draft of another revision, or of another tablet's record, stays as it is with its photos.
const writeReceipt = (entry) =>
  transaction(["outbox", "sealed", "drafts", "photos"], "readwrite", (outbox, sealed, drafts, photos) => {
    outbox.put(entry, entry.id);
    sealed.delete(entry.id);
    changeIn(drafts, entry.visit, (draft) => {
      if (entry.imported || draft?.revision !== entry.revision) return null;
      photos.delete(photosOf(entry.visit));
      return { ...draft, state: "received", received_at: new Date().toISOString() };
    });
  });

// The receipt makes its own room, or a full tablet would send the same again and again.
export const putReceipt = (entry) =>
  writeReceipt(entry).catch(async (error) => {
    if (!isFull(error)) throw error;
    await remove("sealed", entry.id);
    return writeReceipt(entry);
  });

// Of a file from another tablet.
export const putImported = (entry, bytes) =>
  transaction(["outbox", "sealed"], "readwrite", (outbox, sealed) => {
    outbox.put(entry, entry.id);
    sealed.put(bytes, entry.id);
  });

// A pack of version 1 becomes a line of the outbox; one that was received has no bytes.
export const replacePack = (entry, bytes) =>
  transaction(["outbox", "sealed", "packs"], "readwrite", (outbox, sealed, packs) => {
    outbox.put(entry, entry.id);
    if (bytes) sealed.put(bytes, entry.id);
    packs.delete(entry.visit);
  });

// All of it goes but one line that tells what was thrown away.
export const discard = ({ id, visit, revision, inspector, label, made_at, imported }) =>
  transaction(["outbox", "sealed", "drafts", "bodies", "photos"], "readwrite", (outbox, sealed, drafts, bodies, photos) => {
    const discarded_at = new Date().toISOString();
    const trace = { id: `${id}/${discarded_at}`, visit, revision, inspector, label, made_at, size: 0, discarded_at };
    outbox.put(trace, trace.id);
    outbox.delete(id);
    sealed.delete(id);
    const asked = drafts.get(visit);
    asked.onsuccess = () => {
      if (imported || asked.result?.revision !== revision) return;
      drafts.delete(visit);
      bodies.delete(visit);
      photos.delete(photosOf(visit));
    };
  });

// What the registry has had since before `moment` (ISO) goes.
export async function forgetReceived(moment) {
  for (const { id, revision, received_at } of await all("drafts")) {
    if (!received_at || received_at > moment) continue;
    await removeDraft(id);
    await remove("outbox", `${id}/${revision}`);
  }
  for (const { id, imported, receipt } of await all("outbox")) {
    if (imported && receipt?.received_at < moment) await remove("outbox", id);
  }
}

// Everything of a person who leaves this tablet, in one transaction.
export const removePerson = (id, visits, names) =>
  transaction(["device", "kept", "drafts", "bodies", "photos"], "readwrite", (device, kept, ...work) => {
    device.delete(`person/${id}`);
    for (const name of names) kept.delete(name);
    const [drafts, bodies, photos] = work;
    for (const visit of visits) {
      drafts.delete(visit);
      bodies.delete(visit);
      photos.delete(photosOf(visit));
    }
  });

// Asks the browser never to clear what is kept here. Returns whether it promised.
export const persist = async () => (await navigator.storage?.persist?.()) ?? false;
export const isPersisted = async () => (await navigator.storage?.persisted?.()) ?? false;

// Bytes kept free for answers and for a finished visit: a browser names more room than there
// is, and tells of a full disk only by refusing.
const RESERVE = 16e6;
const place = () => navigator.storage.getDirectory();
const sizeOf = async (file) => (await file.getFile()).size;

// Returns whether it is there; null where the browser has no such place.
async function keepReserve() {
  let file = null;
  try {
    file = await (await place()).getFileHandle("reserve", { create: true });
    if (await sizeOf(file)) return true;
    const stream = await file.createWritable();
    await stream.write(new Uint8Array(RESERVE));
    await stream.close();
    return true;
  } catch {
    return file && false;
  }
}

// Returns whether there was one.
async function giveUpReserve() {
  try {
    const folder = await place();
    const size = await sizeOf(await folder.getFileHandle("reserve"));
    await folder.removeEntry("reserve");
    return size > 0;
  } catch {
    return false;
  }
}

// How full the browser's place for this app is; null if it does not say.
export async function room() {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  if (!quota) return null;
  const share = usage / quota;
  const isOver = share > 0.95 || (await keepReserve()) === false;
  return { usage, quota, isShort: isOver || share > 0.8, isFull: isOver };
}
