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
      request.result.onversionchange = () => request.result.close();
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
    tx.onabort = tx.onerror = () => reject(tx.error);
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

const photoKey = (visit, sha256) => `${visit}/${sha256}`;

// Asks the browser never to clear what is kept here. Returns whether it promised.
export const persist = async () => (await navigator.storage?.persist?.()) ?? false;
export const estimate = async () => (await navigator.storage?.estimate?.()) ?? {};
