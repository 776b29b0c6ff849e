// Keeps the handbook's pages that somebody has read, for when there is no network. What the
// network says goes first, so a new edition is read as soon as there is one.
const KEPT = "handbooks";
const SHELF = new URL("./", self.location).pathname;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(KEPT)
      .then((kept) => kept.add(SHELF))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === self.location.origin && event.request.method === "GET";
  const page = url.pathname.startsWith(SHELF) && !url.search && url.pathname.endsWith("/");
  if (ours && (page || url.pathname.includes("/static/handbook/"))) {
    event.respondWith(answer(event.request));
  }
});

async function answer(request) {
  const kept = await caches.open(KEPT);
  try {
    const response = await fetch(request);
    if (response.ok) await kept.put(request, response.clone());
    return response;
  } catch (error) {
    const page = (await kept.match(request)) ?? (await kept.match(SHELF));
    if (page) return page;
    throw error;
  }
}
