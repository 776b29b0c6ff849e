// Starts the tablet's app and leads from screen to screen by the part of the address after #.
import * as clock from "./clock.js";
import * as leaving from "./leaving.js";
import * as outbox from "./outbox.js";
import * as store from "./store.js";
import * as update from "./update.js";
import * as vault from "./vault.js";
import { gettext } from "./words.js";
import * as work from "./work.js";
import { back, drawAgain, h, notice, show, stale } from "./views/dom.js";
import { comeBack, gate, lockScreen, watch } from "./views/gate.js";
import { tellLost } from "./views/lost.js";
import { tellWaiting } from "./views/top.js";

// The screens behind the PIN. What did not come is asked for under another name: a browser
// remembers that it failed.
let failures = "";
const load = () =>
  import(document.documentElement.dataset.later + failures).catch((error) => {
    failures += failures ? "+" : "?";
    throw error;
  });

// Milliseconds: a week.
const SLIPS_KEPT = 7 * 86_400_000;

// Whether the screen only shows: then it may be drawn anew while somebody looks at it.
let isResting = true;

async function draw() {
  if (!vault.who()) return gate();
  const { hash } = location;
  const later = await load().catch(() => null);
  isResting = true;
  if (later) isResting = await later.screen(hash, open);
  else notHere();
  await tellWaiting();
  update.working(!isResting);
  // For whoever waits for a screen from outside.
  document.body.dataset.shown = hash;
}

function notHere() {
  show(
    back("#/", gettext("Visits")),
    h("h1", {}, gettext("Not yet on this tablet")),
    notice("warning", h("p", {}, gettext("Look for a network, then open this again. What you did is kept."))),
  );
}

function failed(error) {
  show(
    h("h1", {}, gettext("The tablet cannot keep your work")),
    notice(
      "error",
      h("p", {}, gettext("Do not begin a visit: what you write could be lost. Close other windows of this app, leave private mode, then open it again.")),
      h("p", { class: "small" }, String(error)),
    ),
  );
}

// One screen after the other: the last one asked for stays.
let turn = Promise.resolve();
function open() {
  turn = turn.then(draw).catch(failed);
  return turn;
}

// What only shows is drawn anew, but not under a finger: its touch would go nowhere.
async function openAgain() {
  await liftedFinger();
  turn = turn.then(() => isResting && vault.who() && drawAgain(draw)).catch(failed);
}

// The screen is locked in its turn: nothing that is under way draws over the lock.
function lock() {
  const settled = load().then((later) => later.settled()).catch(() => {});
  turn = turn.then(() => lockScreen(settled)).catch(failed);
}

// Somebody's PIN was right.
async function unlocked() {
  if (/^#\/(join|forgot|people)/.test(location.hash)) history.replaceState(null, "", "#/");
  turn = turn.then(work.adopt).then(() => comeBack() || draw()).catch(failed);
  await turn;
  await store.forgetReceived(new Date(Date.now() - SLIPS_KEPT).toISOString());
  if (navigator.onLine) await fetchAndSend();
}

async function fetchAndSend() {
  await load().then((later) => later.fetchDay()).catch(() => {});
  // What she has to do today does not wait until the work of others has left.
  stale();
  await leaving.leaveNow();
  stale();
}

// The app is in another version in another window: what is typed here would not be kept.
function outdated() {
  const words = gettext("Reload this window: the app was renewed in another one.");
  document.getElementById("alarm").replaceChildren(notice("error", h("p", {}, words)));
}

let isTouched = false;
const fingerEvents = { pointerdown: true, pointerup: false, pointercancel: false };
for (const [name, isDown] of Object.entries(fingerEvents)) {
  window.addEventListener(name, () => (isTouched = isDown), { capture: true });
}
const liftedFinger = async () => {
  while (isTouched) await new Promise((resolve) => setTimeout(resolve, 100));
};

window.addEventListener("hashchange", open);
window.addEventListener("stale", openAgain);
window.addEventListener("unlocked", unlocked);
window.addEventListener("outdated", outdated);
// She may have signed in meanwhile, in another window.
window.addEventListener("focus", async () => {
  const later = vault.who() && (await load().catch(() => null));
  if (later?.lastProblem()) fetchAndSend();
});
window.addEventListener("online", () => {
  update.look();
  return vault.who() ? fetchAndSend() : leaving.leaveNow();
});
watch(lock);
async function begin() {
  const device = await vault.start();
  clock.setSkew(device.skew_ms, device.last_contact);
  await tellLost(device);
}

turn = begin().catch(failed);
await open();
tellWaiting().catch(failed);
load().catch(() => {});
update.keepApp();
outbox.listen(async (heard) => {
  (await load().catch(() => null))?.hearProgress(heard);
  if (heard.received !== undefined) return;
  tellWaiting();
  stale();
});
leaving.start();
