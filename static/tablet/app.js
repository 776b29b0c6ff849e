// Starts the tablet's app and leads from screen to screen by the part of the address after #.
import * as clock from "./clock.js";
import * as leaving from "./leaving.js";
import * as outbox from "./outbox.js";
import * as session from "./session.js";
import * as store from "./store.js";
import * as update from "./update.js";
import * as vault from "./vault.js";
import { gettext } from "./words.js";
import * as work from "./work.js";
import { consentPage } from "./views/consent.js";
import { back, drawAgain, goTo, h, notice, show, stale } from "./views/dom.js";
import { comeBack, gate, lockScreen, newPinPage, watch } from "./views/gate.js";
import { home } from "./views/home.js";
import { overview, withdrawnWords } from "./views/overview.js";
import { factsPage, roomPage, sectionPage } from "./views/places.js";
import { tellSaving } from "./views/saving.js";
import { mark, tabletPage, tellLost } from "./views/storage.js";
import { hearProgress, tellWaiting } from "./views/waiting.js";

// The second part of the app. What did not come is asked for under another name: a browser
// remembers that it failed.
let failures = "";
const load = () =>
  import(document.documentElement.dataset.later + failures).catch((error) => {
    failures += failures ? "+" : "?";
    throw error;
  });
const later = (name) => async (...given) => {
  const part = await load().catch(() => null);
  return part ? part[name](...given) : notHere();
};

const PLACES = {
  new: later("startPage"),
  prepare: later("preparePage"),
  tablet: tabletPage,
  pin: newPinPage,
  rescue: (entry) => (entry[0] === "in" ? later("takePage")() : later("savePage")(entry.join("/"))),
};
const LISTS = {
  outbox: (entry) => (entry.length ? later("entryPage")(entry) : later("outboxPage")()),
  "day-end": later("dayEndPage"),
};
const content = document.getElementById("content");
const SCREENS = { facts: factsPage, section: sectionPage, room: roomPage, finish: later("finishPage") };

// Milliseconds: a week.
const SLIPS_KEPT = 7 * 86_400_000;

// Whether the screen only shows: then it may be drawn anew while somebody looks at it.
let isResting = true;

async function visit([id, screen, part]) {
  const context = await session.openVisit(id, tellSaving);
  if (!context) return home();
  const { draft } = context;
  const entry = draft.state !== "open" && (await outbox.entryOf(draft));
  if (entry) return later("slipPage")(context, entry);
  isResting = false;
  if (!draft.consent) return consentPage(context, open);
  const show = SCREENS[screen];
  if (!show) return overview(context);
  await show(context, part);
  if (context.withdrawn) content.querySelector("h1").after(notice("warning", h("p", {}, withdrawnWords(context.withdrawn))));
}

async function draw() {
  if (!vault.who()) return gate();
  const { hash } = location;
  const [path, query = ""] = hash.slice(1).split("?");
  const [name, ...rest] = path.split("/").filter(Boolean);
  isResting = !(name in PLACES || rest.at(-1) === "discard");
  if (name === "visit") await visit(rest);
  else await (PLACES[name] ?? LISTS[name] ?? home)(rest);
  mark();
  await tellWaiting();
  const place = document.getElementById(new URLSearchParams(query).get("at") ?? "");
  if (place) goTo(place);
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
  turn = turn.then(lockScreen).catch(failed);
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
  // No answer now is no fault: the first screen says when the registry was last heard of.
  await session.prepareDay().then(load).then(({ renew }) => renew()).catch(() => {});
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
window.addEventListener("focus", () => vault.who() && session.lastProblem() && fetchAndSend());
window.addEventListener("online", () => {
  update.look();
  return vault.who() ? fetchAndSend() : leaving.leaveNow();
});
watch(lock);
async function begin() {
  const { skew_ms: skew, last_contact: at } = await vault.start();
  clock.setSkew(skew, at);
  tellWaiting().catch(failed); // beside: the first screen does not wait for it
  await tellLost();
}

turn = begin().catch(failed);
await open();
load().catch(() => {});
update.keepApp();
outbox.listen((heard) => {
  hearProgress(heard);
  if (heard.received !== undefined) return;
  tellWaiting();
  stale();
});
leaving.start();
