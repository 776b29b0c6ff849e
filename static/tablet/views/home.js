// The first screen: today's visits, and what has not yet left the tablet.
import { roomsToSee } from "../asking.js";
import { addressOf, nameOf } from "../draft.js";
import * as clock from "../clock.js";
import * as outbox from "../outbox.js";
import * as session from "../session.js";
import * as update from "../update.js";
import { day as shownDay, fill, gettext, moment, ngettext } from "../words.js";
import { button, chip, h, icon, line, link, notice, show } from "./dom.js";
import { openingHours, withdrawnWords } from "./overview.js";
import { roomWarning } from "./storage.js";
import { outboxCard, signIn, stateOf } from "./waiting.js";
import { refusal } from "./words.js";

export async function home() {
  const [day, drafts, packs] = await Promise.all([session.keptDay(), session.drafts(), outbox.entries()]);
  const cards = { drafts, packs: packs.filter((entry) => !entry.imported && !entry.discarded_at) };
  show(
    h("h1", {}, gettext("Visits")),
    day
      ? h("p", { class: "quiet" }, fill(gettext("%(name)s · last contact with the registry %(when)s"), {
          name: day.inspector.name,
          when: moment(day.asked_at),
        }))
      : notice("warning", h("p", {}, gettext("Prepare the day once while there is a network; then work goes on here."))),
    notAllowed(session.lastProblem()),
    clock.isWrong() && wrongClock(),
    update.isNewer() && newVersion(),
    outboxCard(packs),
    day && visitList(day, cards),
    h(
      "p",
      { class: "actions" },
      link("#/prepare", { class: "button button-second" }, icon("sync"), gettext("Prepare for today")),
      link("#/new", { class: "button button-second" }, icon("plus"), gettext("A visit that is not in the list")),
    ),
    earlier(day, cards),
    update.canInstall() &&
      h("p", {}, button(gettext("Put the app on the home screen"), { class: "button button-second", onclick: update.installApp }, icon("tablet"))),
    h("p", {}, link("#/tablet", { class: "button button-second" }, icon("tablet"), gettext("This tablet"))),
    roomWarning(),
  );
}

// Anybody may open the app; the registry says for whom it is.
export function notAllowed(problem) {
  if (problem?.code === "other_person") return notice("warning", h("p", {}, refusal(problem)), signOut());
  if (problem?.status === 401) return signIn(gettext("Sign in to fetch the day."));
  if (problem?.status !== 403) return null;
  return notice(
    "error",
    h("p", {}, gettext("This account is no inspector's (any more): no new visits. What was done here is kept, and leaves. Ask the coordinator.")),
    signOut(),
  );
}

const wrongClock = () =>
  notice("warning", h("p", {}, fill(gettext("Put the clock of this tablet right (Settings): it is %(when)s. Deadlines are counted by the registry's clock."), { when: moment(clock.now()) })));

function newVersion() {
  const busy = h("span", { role: "status" });
  const take = async () => {
    if (!(await update.take())) busy.textContent = gettext("A visit is open in another window: close it first.");
  };
  return h(
    "p",
    { class: "row" },
    button(gettext("There is a new version. Touch to use it"), { class: "button button-second button-small", onclick: take }, icon("sync")),
    busy,
  );
}

const signOut = () => link("/account/logout/", { class: "button" }, gettext("Sign out"));

const isListed = (day, draft) => day?.visits.some((visit) => visit.id === draft.id);
const isReceived = (draft) => draft.state === "received";

// What is planned, and what was begun and is not in the list (any more).
function visitList(day, cards) {
  const begun = cards.drafts.filter((draft) => draft.consent && !isListed(day, draft) && !isReceived(draft));
  const visits = [...day.visits, ...begun.map((draft) => draft.visit)];
  if (visits.length === 0) {
    return h(
      "section",
      { class: "empty" },
      icon("calendar", { big: true }),
      h("h2", {}, gettext("No visits planned")),
      h("p", {}, gettext("The coordinator plans them in the office.")),
    );
  }
  return h(
    "section",
    {},
    h("h2", {}, fill(gettext("On %(day)s"), { day: shownDay(day.day) })),
    h("div", { class: "cards visits" }, visits.map((visit) => card(visit, cards, session.withdrawnOf(day, visit)))),
  );
}

// What the registry has received, newest first; a tap shows the slip.
function earlier(day, cards) {
  const done = cards.drafts.filter((draft) => isReceived(draft) && !isListed(day, draft));
  if (done.length === 0) return null;
  const newest = done.sort((one, other) => other.finished_at.localeCompare(one.finished_at));
  return h(
    "details",
    {},
    h("summary", {}, fill(gettext("Received by the registry: %(n)s visits"), { n: done.length })),
    h("div", { class: "cards visits" }, newest.map(({ visit }) => card(visit, cards))),
  );
}

function card(visit, { drafts, packs }, withdrawn) {
  const { house } = visit;
  const isIt = (id) => (other) => other[id] === visit.id && other.revision === visit.revision;
  const rooms = roomsToSee({ visit }).length;
  return h(
    "article",
    { class: "card visit" },
    h("h3", {}, link(`#/visit/${visit.id}`, {}, nameOf(house))),
    h("p", { class: "row" }, state(visit, drafts.find(isIt("id")), packs.find(isIt("visit"))), kinds(visit)),
    line("map-pin", addressOf(house)),
    house.landmark && line("info", house.landmark),
    openingHours(house),
    rooms > 0 && h("p", { class: "quiet" }, fill(ngettext("%(n)s room", "%(n)s rooms", rooms), { n: rooms })),
    visit.returned && notice("warning", h("p", {}, visit.returned.note)),
    withdrawn && notice("warning", h("p", {}, withdrawnWords(withdrawn))),
  );
}

// "Saved on this tablet" and "received by the registry" never look alike.
function state(visit, draft, pack) {
  if (pack) return stateOf(pack);
  if (visit.returned && !draft) return null;
  if (draft?.consent) return chip("quiet", "pencil", gettext("Begun, saved on this tablet"));
  return chip("quiet", "calendar", gettext("Planned"));
}

function kinds(visit) {
  const planned = gettext("planned for %(day)s");
  return [
    visit.returned && chip("wait", "arrow-left", gettext("Sent back")),
    !visit.returned && visit.follow_up_of && chip("quiet", "calendar", gettext("Re-visit: only what is open")),
    visit.unplanned && chip("quiet", "plus", gettext("Not planned")),
    visit.late && chip("wait", "clock", fill(planned, { day: shownDay(visit.planned_for) })),
  ];
}
