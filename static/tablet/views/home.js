// The first screen: today's visits, and what has not yet left the tablet.
import { addressOf, nameOf, roomsToSee } from "../draft.js";
import * as outbox from "../outbox.js";
import * as session from "../session.js";
import * as store from "../store.js";
import { day as shownDay, fill, gettext, megabytes, moment, ngettext } from "../words.js";
import { button, chip, h, icon, link, notice, show } from "./dom.js";
import { refusal } from "./words.js";

export async function home() {
  const [day, drafts, packs] = await Promise.all([
    session.keptDay(),
    session.drafts(),
    session.packs(),
  ]);
  const signedOut = packs.some((pack) => pack.problem?.status === 401);
  show(
    h("h1", {}, gettext("Visits")),
    day
      ? h("p", { class: "quiet" }, fill(gettext("%(name)s · last contact with the registry %(when)s"), {
          name: day.inspector.name,
          when: moment(day.asked_at),
        }))
      : notice("warning", h("p", {}, gettext("Fetch the day once while there is a network; then work goes on here."))),
    signedOut && signIn(),
    h(
      "p",
      { class: "actions" },
      button(gettext("Fetch the day"), { class: "button button-second", onclick: refresh }, icon("arrow-right")),
    ),
    outboxCard(packs),
    day && visitList(day, drafts, packs),
    await room(),
  );
}

function signIn() {
  return notice(
    "warning",
    h("p", {}, gettext("Sign in again to send what waits. Nothing is lost.")),
    link(`/account/login/?next=${encodeURIComponent(location.pathname)}`, { class: "button" }, gettext("Sign in")),
  );
}

async function refresh(event) {
  const asked = event.currentTarget;
  asked.disabled = true;
  try {
    await session.prepareDay();
    await outbox.flush();
    await home();
  } catch (error) {
    asked.disabled = false;
    asked.closest("p").after(notice("error", h("p", {}, refusal(error))));
  }
}

function outboxCard(packs) {
  const waiting = packs.filter((pack) => !pack.receipt);
  if (waiting.length === 0) {
    return packs.length
      ? h("section", { class: "outbox outbox-empty" }, icon("check", { big: true }), h("p", {}, gettext("0 left to send")))
      : null;
  }
  const size = waiting.reduce((sum, pack) => sum + pack.size, 0);
  const oldest = waiting.map((pack) => pack.made_at).sort()[0];
  return h(
    "section",
    { class: "outbox" },
    h("h2", {}, fill(ngettext("%(n)s visit has not left this tablet", "%(n)s visits have not left this tablet", waiting.length), { n: waiting.length })),
    h("p", {}, fill(gettext("%(size)s, the oldest of %(when)s"), { size: megabytes(size), when: moment(oldest) })),
    h("ul", { class: "plain" }, waiting.map(waitingPack)),
    button(gettext("Send now"), { onclick: () => outbox.flush().then(home) }, icon("arrow-right")),
  );
}

const waitingPack = (pack) =>
  h(
    "li",
    {},
    h("b", {}, nameOf(pack.house)),
    " ",
    pack.problem ? refusal(pack.problem) : gettext("waits to be sent"),
    pack.problem?.final &&
      button(gettext("Try again"), {
        class: "button button-second button-small",
        onclick: () => outbox.retry(pack.visit).then(home),
      }),
  );

function visitList(day, drafts, packs) {
  const gone = new Map(day.withdrawn.map((visit) => [visit.id, visit.because]));
  const listed = new Set(day.visits.map((visit) => visit.id));
  const earlier = drafts.filter((draft) => draft.visit && !listed.has(draft.id));
  const visits = [...day.visits, ...earlier.map((draft) => draft.visit)];
  if (visits.length === 0) {
    return h("section", { class: "empty" }, icon("calendar", { big: true }), h("h2", {}, gettext("No visits planned")), h("p", {}, gettext("The coordinator plans them in the office.")));
  }
  return h(
    "section",
    {},
    h("h2", {}, fill(gettext("On %(day)s"), { day: shownDay(`${day.day}T05:00:00Z`) })),
    h("div", { class: "cards visits" }, visits.map((visit) => card(visit, drafts, packs, gone))),
  );
}

function card(visit, drafts, packs, gone) {
  const { house } = visit;
  const draft = drafts.find((other) => other.id === visit.id && other.revision === visit.revision);
  const pack = packs.find((other) => other.visit === visit.id && other.revision === visit.revision);
  const rooms = roomsToSee({ visit }).length;
  return h(
    "article",
    { class: "card visit" },
    h("h3", {}, link(`#/visit/${visit.id}`, {}, nameOf(house))),
    h("p", { class: "row" }, state(draft, pack), kind(visit), visit.late && chip("wait", "clock", fill(gettext("planned for %(day)s"), { day: shownDay(`${visit.planned_for}T05:00:00Z`) }))),
    h("p", { class: "line" }, icon("map-pin"), h("span", {}, addressOf(house))),
    house.landmark && h("p", { class: "line" }, icon("info"), h("span", {}, house.landmark)),
    h("p", { class: "quiet" }, fill(ngettext("%(n)s room", "%(n)s rooms", rooms), { n: rooms })),
    visit.returned && notice("warning", h("p", {}, visit.returned.note)),
    gone.has(visit.id) && notice("warning", h("p", {}, fill(gettext("This visit was withdrawn: %(because)s What you did here is kept and can be sent."), { because: gone.get(visit.id) }))),
  );
}

// "Saved on this tablet" and "received by the registry" never look alike.
export function state(draft, pack) {
  if (pack?.receipt)
    return h("span", { class: "chip chip-ok" }, icon("check"), fill(gettext("Received by the registry: %(receipt)s"), { receipt: pack.receipt.receipt }));
  if (pack) return chip("wait", "clock", gettext("Finished, waits on this tablet"));
  if (draft?.consent) return chip("quiet", "pencil", gettext("Begun, saved on this tablet"));
  return chip("quiet", "calendar", gettext("Planned"));
}

function kind(visit) {
  if (visit.returned) return chip("wait", "arrow-left", gettext("Sent back"));
  if (visit.follow_up_of) return chip("quiet", "calendar", gettext("Re-visit: only what is open"));
  return null;
}

async function room() {
  const { usage, quota } = await store.estimate();
  if (!quota) return null;
  const free = fill(gettext("Room for pictures on this tablet: %(free)s"), { free: megabytes(quota - usage) });
  return usage / quota > 0.8
    ? notice("warning", h("p", {}, icon("warning"), free))
    : h("p", { class: "quiet small" }, free);
}
