"""What lies in the browser of a tablet, as whoever holds it could read it."""

import json

# Everything that the browser keeps, as text; bytes one character each.
DUMP = """async () => {
  const ask = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const db = await ask(indexedDB.open("safe-rooms"));
  const bytes = (value) => {
    if (ArrayBuffer.isView(value)) value = value.buffer;
    if (value instanceof ArrayBuffer) return new TextDecoder("latin1").decode(value);
    return value;
  };
  const told = {};
  for (const name of db.objectStoreNames) {
    const store = db.transaction(name).objectStore(name);
    told[name] = [await ask(store.getAllKeys()), await ask(store.getAll())];
  }
  db.close();
  return JSON.stringify([told, { ...localStorage }], (_, value) => bytes(value));
}"""


def kept_text(page):
    """What lies in IndexedDB, with its checklists (which are public) left out."""
    stores, local = json.loads(page.evaluate(DUMP))
    names, values = stores["kept"]
    stores["kept"] = [
        [name, value]
        for name, value in zip(names, values, strict=True)
        if not name.startswith("checklist/")
    ]
    return json.dumps([stores, local], ensure_ascii=False)
