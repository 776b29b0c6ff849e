// The end of a visit: what is missing, what the rules say, signatures, and the pack.
import { result, seenRooms, stillMissing } from "../draft.js";
import { makePack } from "../pack.js";
import * as outbox from "../outbox.js";
import * as store from "../store.js";
import { fill, gettext, said } from "../words.js";
import { button, chip, h, icon, link, notice, show, sure } from "./dom.js";
import { signaturePad } from "./signature.js";
import { houseName } from "./visit.js";
import { deadline, outcomes, scoreNames, severities, why } from "./words.js";

const label = (checklist, code) =>
  said((checklist.items.find((item) => item.code === code) ?? checklist.facts.find((fact) => fact.code === code))?.label ?? { vi: code });

const roomName = (draft, room) =>
  fill(gettext("Room %(label)s"), { label: draft.visit.rooms.find((other) => other.id === room)?.label ?? room });

export function finishPage(context) {
  const { draft, checklist } = context;
  const found = result(checklist, draft);
  const missing = stillMissing(checklist, draft);
  show(
    h("nav", { "aria-label": gettext("Where you are") }, link(`#/visit/${draft.id}`, { class: "back" }, icon("arrow-left"), houseName(draft))),
    h("h1", {}, gettext("Results and finish")),
    missingList(context, missing),
    roomResults(context, found),
    findingsList(context, found),
    notes(context),
    signatures(context),
    finishButton(context, missing),
  );
}

function missingList({ draft, checklist }, missing) {
  const open = [...missing.answers.map((place) => [place, gettext("no answer yet")]), ...missing.photos.map((place) => [place, gettext("photo is missing")])];
  if (open.length === 0) return notice("success", h("p", {}, gettext("Nothing is missing.")));
  return notice(
    "warning",
    h("h2", {}, fill(gettext("Still missing: %(n)s"), { n: open.length })),
    h(
      "ul",
      { class: "plain missing" },
      open.slice(0, 40).map(([place, words]) => h("li", {}, link(placeOf(draft, checklist, place), {}, place.room ? `${roomName(draft, place.room)}: ` : "", label(checklist, place.item ?? place.fact)), ` (${words})`)),
    ),
  );
}

function placeOf(draft, checklist, { item, fact, room }) {
  const base = `#/visit/${draft.id}`;
  if (room) return `${base}/room/${room}${item ? `?at=${room}-${item}` : ""}`;
  if (!item || fact) return `${base}/facts`;
  const section = checklist.items.find((other) => other.code === item)?.section;
  return section ? `${base}/section/${section}?at=house-${item}` : `${base}/facts`;
}

function roomResults(context, found) {
  const { draft, checklist } = context;
  const seen = seenRooms(draft);
  if (seen.length === 0 && !draft.visit.ask) return notice("warning", h("p", {}, gettext("No room was visited yet.")));
  return h(
    "section",
    {},
    h("h2", {}, gettext("What the rules say")),
    h("div", { class: "cards" }, Object.entries(found.rooms).map(([room, verdict]) => roomResult(draft, checklist, room, verdict))),
    h("p", { class: "quiet" }, gettext("Somebody else decides in the office. Promise nothing.")),
  );
}

function roomResult(draft, checklist, room, verdict) {
  const [colour, picture, words] = outcomes()[verdict.outcome];
  const names = scoreNames();
  const mark = verdict.scores.women.percent === 100;
  return h(
    "article",
    { class: "card" },
    h("h3", {}, roomName(draft, room)),
    h("p", { class: "row" }, chip(colour, picture, words), mark && chip("women", "woman-shield", gettext("Women's safety: all met"))),
    h("dl", { class: "scores" }, Object.entries(names).map(([key, name]) => h("div", { class: `score score-${key}` }, h("dt", {}, name), h("dd", {}, `${verdict.scores[key].percent}\u00a0%`)))),
    verdict.blocking.length > 0 &&
      h("details", {}, h("summary", {}, fill(gettext("Why: %(n)s points"), { n: verdict.blocking.length })), h("ul", {}, verdict.blocking.map((block) => h("li", {}, why(block.why, block.why === "score" ? names[block.item] : label(checklist, block.item)))))),
  );
}

export function findingsList({ draft, checklist }, found) {
  const tasks = found.findings.filter((finding) => !finding.public_task);
  if (tasks.length === 0) return notice("success", h("p", {}, gettext("Nothing has to be put right.")));
  const ordered = [...tasks].sort((one, other) => (one.due[0]?.at ?? "").localeCompare(other.due[0]?.at ?? ""));
  return h(
    "section",
    {},
    h("h2", {}, gettext("To put right")),
    ordered.map((finding) => findingCard(draft, checklist, finding)),
  );
}

function findingCard(draft, checklist, finding) {
  const [colour, picture, words] = severities()[finding.severity];
  const item = checklist.items.find((other) => other.code === finding.item);
  return h(
    "article",
    { class: `finding finding-${finding.severity}` },
    h("h3", {}, said(item?.label)),
    h("p", { class: "row" }, chip(colour, picture, words), h("span", {}, finding.room ? roomName(draft, finding.room) : gettext("The house"))),
    h("p", { class: "due" }, (finding.due ?? []).map(deadline).join(" · ")),
    h("p", {}, said(item?.repair)),
  );
}

function notes(context) {
  const field = h("textarea", { id: "notes", rows: "3", maxlength: "5000", oninput: () => { context.draft.notes = field.value; context.changed(); } });
  field.value = context.draft.notes;
  return h("section", { class: "field" }, h("label", { for: "notes" }, gettext("Notes for the office (no names of tenants)")), field);
}

function signatures(context) {
  return h(
    "section",
    {},
    h("h2", {}, gettext("Signatures")),
    signaturePad(context, "inspector", gettext("Inspector")),
    signaturePad(context, "landlord", gettext("Landlord (may decline)")),
  );
}

function finishButton(context, missing) {
  const { draft } = context;
  const problem = h("p", { class: "error", role: "alert", hidden: true });
  const finish = button(gettext("Finish and send"), {
    class: "button button-wide",
    onclick: async () => {
      if (!draft.signatures.some((signature) => signature.role === "inspector")) {
        problem.textContent = gettext("Sign first, at the top of the signatures.");
        problem.hidden = false;
        return;
      }
      const open = missing.answers.length + missing.photos.length;
      if (open > 0 && !sure(fill(gettext("%(n)s points are missing. Rooms with missing answers cannot be certified. Finish all the same?"), { n: open }))) return;
      if (!sure(gettext("After this the visit can no longer be changed on the tablet. Finish?"))) return;
      finish.disabled = true;
      await finishVisit(context);
      location.hash = `#/visit/${draft.id}/slip`;
      outbox.flush(() => window.dispatchEvent(new Event("hashchange")));
    },
  }, icon("check"));
  return h("p", { class: "actions" }, finish, problem);
}

async function finishVisit({ draft }) {
  draft.finished_at = new Date().toISOString();
  const pack = await makePack(draft, await photosOf(draft));
  draft.state = "packed";
  await store.putPack(pack, draft);
}

// The pictures that answers name, as kept on this tablet, each once.
async function photosOf(draft) {
  const parts = [draft.house_part, ...Object.values(draft.rooms)];
  const named = new Set(parts.flatMap((part) => Object.values(part.answers).flatMap((answer) => answer.photos ?? [])));
  const kept = await Promise.all([...named].map((sha256) => store.photo(draft.id, sha256)));
  return kept.filter((photo) => photo?.bytes);
}
