// The app itself: kept on the tablet by the service worker, replaced when nobody works in it.
import { stale } from "./views/dom.js";
import { language } from "./words.js";

const worker = navigator.serviceWorker;
let registration = null;
let installing = null;

// From here on the app opens without a network. An old version is swept away only when no
// page holds its lock.
export async function keepApp() {
  if (!worker) return;
  const { version } = document.documentElement.dataset;
  hold(`tablet-${language}-${version}`, new Promise(() => {}));
  // Without a network there is nothing to look for.
  registration = await worker.register("sw.js").catch(() => worker.getRegistration());
  registration?.addEventListener("updatefound", () => {
    registration.installing.addEventListener("statechange", stale);
  });
  worker.controller?.postMessage("begun");
  stale();
}

const hold = (name, until) => navigator.locks.request(name, { mode: "shared" }, () => until);

// While somebody works in a visit, no tab takes a new version.
let letGo = null;
export function working(isWorking) {
  if (isWorking === (letGo !== null)) return;
  letGo?.();
  letGo = null;
  if (isWorking) hold("visit", new Promise((done) => (letGo = done)));
}

export const isKept = () => Boolean(registration?.active);
// Resolves when it is kept, or when that seems not to happen.
export const kept = () =>
  worker && Promise.race([worker.ready, new Promise((go) => setTimeout(go, 20_000))]);
export const isNewer = () => Boolean(registration?.waiting && worker.controller);
// Asks whether there is a new version; it comes by itself.
export const look = () => registration?.update().catch(() => {});

// Opens the app anew in its new version. Returns false when a visit is open in some tab.
export async function take() {
  const { held } = await navigator.locks.query();
  if (held.some(({ name }) => name === "visit")) return false;
  worker.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration.waiting.postMessage("take");
  return true;
}

// How the browser offers to put the app on the home screen; it decides when.
window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  installing = event;
  stale();
});
export const canInstall = () => installing !== null;
export async function installApp() {
  await installing.prompt();
  installing = null;
  stale();
}
