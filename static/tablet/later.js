// Every screen behind the PIN: fetched after the first screen, as a file of its own
// (core/bundles.py).
import { renew } from "./finishing.js";
import * as outbox from "./outbox.js";
import * as session from "./session.js";
import { consentPage } from "./views/consent.js";
import { goTo, h, notice } from "./views/dom.js";
import { finishPage } from "./views/finish.js";
import { newPinPage } from "./views/gate.js";
import { home } from "./views/home.js";
import { mark } from "./views/lost.js";
import { dayEndPage, entryPage, outboxPage } from "./views/outbox.js";
import { overview, withdrawnWords } from "./views/overview.js";
import { factsPage, roomPage, sectionPage } from "./views/places.js";
import { preparePage } from "./views/prepare.js";
import { savePage, takePage } from "./views/rescue.js";
import { tellSaving } from "./views/saving.js";
import { slipPage } from "./views/slip.js";
import { startPage } from "./views/start.js";
import { tabletPage } from "./views/storage.js";
import { hearProgress } from "./views/waiting.js";

const PLACES = {
  new: startPage,
  prepare: preparePage,
  tablet: tabletPage,
  pin: newPinPage,
  rescue: (entry) => (entry[0] === "in" ? takePage() : savePage(entry.join("/"))),
};
const LISTS = {
  outbox: (entry) => (entry.length ? entryPage(entry) : outboxPage()),
  "day-end": dayEndPage,
};
const SCREENS = { facts: factsPage, section: sectionPage, room: roomPage, finish: finishPage };
const content = document.getElementById("content");

// Draws the screen of `hash`. Returns whether it only shows: then it may be drawn anew while
// somebody looks at it. `again` draws what is to be seen now.
export async function screen(hash, again) {
  const [path, query = ""] = hash.slice(1).split("?");
  const [name, ...rest] = path.split("/").filter(Boolean);
  let isResting = !(name in PLACES || rest.at(-1) === "discard");
  if (name === "visit") isResting = await visit(rest, again);
  else await (PLACES[name] ?? LISTS[name] ?? home)(rest);
  mark();
  const place = document.getElementById(new URLSearchParams(query).get("at") ?? "");
  if (place) goTo(place);
  return isResting;
}

async function visit([id, name, part], again) {
  const context = await session.openVisit(id, tellSaving);
  const { draft, withdrawn } = context ?? {};
  const entry = context && draft.state !== "open" && (await outbox.entryOf(draft));
  if (!context || entry) {
    await (entry ? slipPage(context, entry) : home());
    return true;
  }
  if (!draft.consent) consentPage(context, again);
  else if (!SCREENS[name]) overview(context);
  else {
    await SCREENS[name](context, part);
    if (withdrawn) content.querySelector("h1").after(notice("warning", h("p", {}, withdrawnWords(withdrawn))));
  }
  return false;
}

// Asks the registry for the day. No answer now is no fault: the first screen says when it was
// last heard of.
export const fetchDay = () => session.prepareDay().then(renew).catch(() => {});

export const lastProblem = session.lastProblem;
export const settled = session.settled;
export { hearProgress };
