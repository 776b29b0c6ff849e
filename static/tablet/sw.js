import { flushOrFail } from "./outbox.js";

// Keeps the app on the tablet, whole or not at all, and serves it without asking the network.
// What the registry answers is never kept here: that is store.js's. `shell`, written before
// this by the server, says what the app of this version is made of (docs/adr/0014).
const { version, language, page, files } = self.shell;
const CACHES = `tablet-${language}-`;
const CACHE = CACHES + version;
const OURS = new Set(files.map(([address]) => address.split("?")[0]));

// A file with another content than this version's does not get in, so that neither a portal's
// friendly page nor half of a newer version becomes part of it. What is there already stays:
// an installation that broke off goes on.
async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    files.map(async ([address, integrity]) => {
      if (await cache.match(address)) return;
      const ask = (cache) => fetch(address, { integrity, cache, credentials: "omit" });
      const answer = await ask("default").catch(() => ask("reload"));
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      await cache.put(address, answer);
    }),
  );
}

// Removes what no page shows any more: each holds a lock with the name of its version.
async function sweep() {
  const { installing, waiting } = self.registration;
  if (installing || waiting) return;
  const { held } = await navigator.locks.query();
  const used = new Set([CACHE, ...held.map(({ name }) => name)]);
  const names = (await caches.keys()).filter((name) => name.startsWith(CACHES) && !used.has(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}

// Of this version; for a page of an older one what it began with.
async function answer(address, event) {
  const cache = await caches.open(CACHE);
  const kept = (await cache.match(address)) ?? (await caches.match(address));
  if (kept) return kept;
  event.waitUntil(install().catch(() => {}));
  return fetch(event.request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([sweep(), self.clients.claim()])));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate") {
    if (pathname === page) event.respondWith(answer(page, event));
  } else if (OURS.has(pathname) || pathname.startsWith("/static/")) {
    event.respondWith(answer(pathname + search, event));
  }
});
// The network is back, with or without a page: what waits leaves.
self.addEventListener("sync", (event) => event.waitUntil(flushOrFail()));
// The page says when nobody works (update.js).
self.addEventListener("message", (event) => {
  if (event.data === "take") self.skipWaiting();
  if (event.data === "begun") event.waitUntil(sweep());
});
