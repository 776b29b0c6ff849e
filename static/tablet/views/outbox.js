// The outbox: every finished visit that has not been received, and what can be done about it.
import * as outbox from "../outbox.js";
import * as store from "../store.js";
import { fill, gettext } from "../words.js";
import * as work from "../work.js";
import { back, button, h, icon, link, notice, problem, show, stale, sure } from "./dom.js";
import { photoFigure } from "./photos.js";
import { when } from "./top.js";
import { about, nothingLeft, progress, retryButton, sendNow, stateOf, titleOf, whyWords } from "./waiting.js";

export async function outboxPage() {
  const entries = await outbox.entries();
  const waiting = entries.filter((entry) => !outbox.isSettled(entry));
  show(
    back("#/", gettext("Visits")),
    h("h1", {}, gettext("Waiting to be sent")),
    waiting.length === 0 && nothingLeft(),
    h("div", { class: "cards" }, await Promise.all(waiting.map(card))),
    waiting.length > 0 && h("p", { class: "actions" }, sendNow()),
    h(
      "p",
      { class: "actions" },
      link("#/day-end", { class: "button button-second" }, icon("check"), gettext("End of the day")),
      waiting.length > 0 && link("#/rescue", { class: "button button-second" }, icon("share"), gettext("Save all as one file")),
      link("#/rescue/in", { class: "button button-second" }, icon("plus"), gettext("Take in a file")),
    ),
    await kept(entries.filter(({ problem: why }) => why?.kept)),
    await discarded(entries.filter((entry) => entry.discarded_at && work.isMine(entry))),
  );
}

async function card(entry) {
  return h(
    "article",
    { class: "card" },
    h("h2", {}, await titleOf(entry)),
    h("p", { class: "row" }, stateOf(entry)),
    about(entry),
    progress(entry),
    h("p", {}, whyWords(entry)),
    h(
      "p",
      { class: "actions" },
      work.isMine(entry) && link(`#/outbox/${entry.id}`, { class: "button button-second" }, icon("document"), gettext("Look at it")),
      retryButton(entry),
    ),
  );
}

async function kept(entries) {
  if (entries.length === 0) return null;
  const lines = entries.map(async (entry) => h("li", {}, await titleOf(entry), ": ", whyWords(entry)));
  return h("section", {}, h("h2", {}, gettext("Kept by the registry for the reviewer")), h("ul", {}, await Promise.all(lines)));
}

// The trace of what she threw away.
async function discarded(entries) {
  if (entries.length === 0) return null;
  const words = gettext("%(name)s, discarded %(when)s");
  const lines = entries.map(async (entry) => h("li", {}, fill(words, { name: await titleOf(entry), when: when(entry.discarded_at) })));
  return h("details", {}, h("summary", {}, gettext("Discarded")), h("ul", {}, await Promise.all(lines)));
}

// --- one of her own ----------------------------------------------------------------------

export async function entryPage(parts) {
  const isDiscard = parts.at(-1) === "discard";
  const entry = await store.get("outbox", parts.slice(0, isDiscard ? -1 : undefined).join("/"));
  if (!entry || !work.isMine(entry) || entry.discarded_at) return outboxPage();
  const name = await titleOf(entry);
  if (isDiscard) return discardPage(entry, name);
  const draft = await work.draft(entry.visit);
  show(
    back("#/outbox", gettext("Waiting to be sent")),
    h("h1", {}, name),
    h("p", { class: "row" }, stateOf(entry)),
    about(entry),
    progress(entry),
    !entry.receipt && h("p", {}, whyWords(entry)),
    h(
      "p",
      { class: "actions" },
      draft && link(`#/visit/${entry.visit}/slip`, { class: "button button-second" }, icon("document"), gettext("Read the visit slip")),
      !outbox.isSettled(entry) && retryButton(entry, gettext("Send now")),
      !outbox.isSettled(entry) && link(`#/rescue/${entry.id}`, { class: "button button-second" }, icon("share"), gettext("Save as a file")),
    ),
    draft && entry.photos > 0 && photos(entry, draft),
    !outbox.isSettled(entry) &&
      h("p", { class: "actions" }, link(`#/outbox/${entry.id}/discard`, { class: "button button-second" }, gettext("Discard this visit"))),
  );
}

const photos = (entry, draft) =>
  h(
    "section",
    {},
    h("h2", {}, gettext("Photos")),
    h("div", { class: "photos" }, entry.pictures.map(({ sha256 }, index) => photoFigure(draft, sha256, `${gettext("Photo")} ${index + 1}`, entry))),
  );

// The second of two confirmations: the name, typed.
function discardPage(entry, name) {
  const wrong = problem();
  const field = h("input", { id: "name", autocomplete: "off" });
  const discard = async () => {
    if (field.value.trim().toLowerCase() !== name.trim().toLowerCase()) {
      wrong.textContent = fill(gettext("Type the name as it stands here: %(name)s"), { name });
      wrong.hidden = false;
      return;
    }
    if (!sure(gettext("Nobody will ever see this visit again. Discard it?"))) return;
    await store.discard(entry);
    location.hash = "#/outbox";
    stale();
  };
  show(
    back(`#/outbox/${entry.id}`, name),
    h("h1", {}, gettext("Discard this visit?")),
    notice("error", h("p", {}, gettext("Its answers, photos and signatures are on this tablet and nowhere else. If it cannot be sent, save it as a file first and give it to the office."))),
    h("label", { for: "name" }, fill(gettext("To discard it, type its name: %(name)s"), { name })),
    h("p", {}, field),
    wrong,
    h(
      "p",
      { class: "actions" },
      link(`#/outbox/${entry.id}`, { class: "button" }, gettext("Keep it")),
      button(gettext("Discard"), { class: "button button-danger", onclick: discard }),
    ),
  );
}

// --- the end of the day ------------------------------------------------------------------

export async function dayEndPage() {
  const [waiting, drafts] = await Promise.all([outbox.waiting(), work.summaries()]);
  const open = drafts.filter(({ consent, state }) => consent && state === "open");
  const words = fill(gettext("%(n)s visits left to send"), { n: waiting.length });
  show(
    back("#/", gettext("Visits")),
    h("h1", {}, gettext("End of the day")),
    h("section", { class: `outbox day-end ${waiting.length ? "" : "outbox-empty"}` }, icon(waiting.length ? "clock" : "check", { big: true }), h("p", { class: "big" }, words)),
    waiting.length === 0 && h("p", {}, gettext("The registry has confirmed every visit and every photo. The tablet may rest.")),
    h("ul", { class: "plain" }, await Promise.all(waiting.map(async (entry) => h("li", {}, h("b", {}, await titleOf(entry)), ": ", whyWords(entry))))),
    waiting.length > 0 && whatToDo(waiting),
    open.length > 0 &&
      h(
        "section",
        {},
        h("h2", {}, fill(gettext("Begun, not yet finished: %(n)s"), { n: open.length })),
        h("ul", { class: "plain missing" }, open.map(({ visit }) => h("li", {}, link(`#/visit/${visit.id}`, {}, visit.house.name || visit.house.address)))),
      ),
  );
}

const whatToDo = (waiting) =>
  h(
    "section",
    {},
    h("h2", {}, gettext("What to do")),
    h(
      "ol",
      {},
      h("li", {}, gettext("Go where there is a network, and tap here:"), " ", h("p", { class: "actions" }, sendNow())),
      waiting.some(outbox.isStuck) && h("li", {}, gettext("What waits for a person: open it and do what it says.")),
      h("li", {}, gettext("No network today? Charge the tablet and leave it on: it sends by itself, nobody has to sign in.")),
      h("li", {}, gettext("The tablet must be given back? Save all as one file and give it to the office."), " ", h("p", { class: "actions" }, link("#/rescue", { class: "button button-second" }, icon("share"), gettext("Save all as one file")))),
    ),
  );
