// What the tablet keeps. Each write waits until it is on the disk ("strict"): only then may
// the screen say that something is saved.
const NAME = "safe-rooms";
const STORES = ["kept", "drafts", "photos", "packs"];

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const name of STORES) request.result.createObjectStore(name);
    };
    request.onsuccess = () => {
      const close = () => {
        request.result.close();
        opened = undefined;
      };
      request.result.onversionchange = close;
      request.result.onclose = close;
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
  return opened;
}

// One transaction over some stores; resolves with what `work` asked for, once it is durable.
async function transaction(names, mode, work) {
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
export const put = (name, key, value) =>
  transaction([name], "readwrite", (store) => store.put(value, key));
export const remove = (name, key) =>
  transaction([name], "readwrite", (store) => store.delete(key));

// A picture and the draft that names it, both or neither.
export const putPhoto = (photo, draft) =>
  transaction(["photos", "drafts"], "readwrite", (photos, drafts) => {
    photos.put(photo, photoKey(draft.id, photo.sha256));
    drafts.put(draft, draft.id);
  });

export const removePhoto = (sha256, draft) =>
  transaction(["photos", "drafts"], "readwrite", (photos, drafts) => {
    photos.delete(photoKey(draft.id, sha256));
    drafts.put(draft, draft.id);
  });

export const photo = (visit, sha256) => get("photos", photoKey(visit, sha256));

// The finished pack and the draft that it was made of, both or neither.
export const putPack = (pack, draft) =>
  transaction(["packs", "drafts"], "readwrite", (packs, drafts) => {
    packs.put(pack, pack.visit);
    drafts.put(draft, draft.id);
  });

// What became of a pack. A newer pack of the visit, made meanwhile, stays as it is, and so
// does a draft of a later revision; a draft of this one is received with its pack.
export const putOutcome = (pack) =>
  transaction(["packs", "drafts"], "readwrite", (packs, drafts) => {
    change(packs, pack.visit, (kept) => kept.sha256 === pack.sha256 && pack);
    if (!pack.receipt) return;
    change(
      drafts,
      pack.visit,
      (draft) => draft.revision === pack.revision && { ...draft, state: "received" },
    );
  });

// Puts what `make` makes of what is there, if anything.
function change(store, key, make) {
  const asked = store.get(key);
  asked.onsuccess = () => {
    const made = asked.result && make(asked.result);
    if (made) store.put(made, key);
  };
}

const photoKey = (visit, sha256) => `${visit}/${sha256}`;

// Asks the browser never to clear what is kept here. Returns whether it promised.
export const persist = async () => (await navigator.storage?.persist?.()) ?? false;
export const estimate = async () => (await navigator.storage?.estimate?.()) ?? {};
