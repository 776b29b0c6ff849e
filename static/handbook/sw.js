// Keeps the handbook's pages that somebody has read, for when there is no network. What the
// network says goes first, so a new edition is read as soon as there is one.
const KEPT = "handbooks";
const SHELF = new URL("./", self.location).pathname;
const OFFLINE = `${SHELF}offline/`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(KEPT)
      .then((kept) => kept.addAll([SHELF, OFFLINE]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === self.location.origin && event.request.method === "GET";
  const page = url.pathname.startsWith(SHELF) && url.pathname.endsWith("/");
  if (ours && (page || url.pathname.includes("/static/handbook/"))) {
    event.respondWith(answer(event.request, !url.search));
  }
});

// A search is not kept: others may use the same phone.
async function answer(request, keep) {
  const kept = await caches.open(KEPT);
  try {
    const response = await fetch(request);
    if (response.ok && keep) await kept.put(request, response.clone());
    return response;
  } catch (error) {
    const page = (await kept.match(request)) ?? (await kept.match(OFFLINE));
    if (page) return page;
    throw error;
  }
}
