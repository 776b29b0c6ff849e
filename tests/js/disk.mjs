// An IndexedDB in memory: as much of it as store.js asks for. What is put is a copy.
const later = (work) => setTimeout(work, 0);

function fakeStore(rows, put, tx) {
  const asked = (result) => {
    if (tx.isCommitted) throw new Error("the transaction has finished");
    const request = { result };
    later(() => request.onsuccess?.());
    return request;
  };
  const inOrder = (range) => [...rows.keys()].sort().filter((key) => !range || (key >= range[0] && key <= range[1]));
  const isRange = (key) => Array.isArray(key);
  return {
    transaction: tx,
    get: (key) => asked(structuredClone(rows.get(key))),
    getAll: (range) => asked(inOrder(range).map((key) => structuredClone(rows.get(key)))),
    getAllKeys: (range) => asked(inOrder(range)),
    put: (value, key) => asked(put(() => rows.set(key, structuredClone(value)))),
    delete: (key) => asked(void (isRange(key) ? inOrder(key) : [key]).forEach((each) => rows.delete(each))),
  };
}

// Returns the stores, as maps, to look at what lies there. `isFull`: nothing can be written.
export function disk() {
  const stores = new Map();
  const db = {
    objectStoreNames: { contains: (name) => stores.has(name) },
    createObjectStore: (name) => stores.set(name, new Map()),
    close() {},
    transaction() {
      const tx = {
        objectStore: (name) => fakeStore(stores.get(name), put, tx),
        commit: () => (tx.isCommitted = true),
      };
      const put = (write) => void (stores.isFull ? (tx.error = new Error("full")) : write());
      // After what was asked, and what was asked then.
      later(() => later(() => later(() => (tx.error ? tx.onabort() : tx.oncomplete()))));
      return tx;
    },
  };
  globalThis.indexedDB = {
    open() {
      const request = { result: db };
      later(() => {
        request.onupgradeneeded();
        request.onsuccess();
      });
      return request;
    },
  };
  globalThis.IDBKeyRange = { bound: (from, to) => [from, to] };
  return stores;
}
