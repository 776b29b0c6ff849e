// One item: the question, big answers, a photo, a note, how to check, how to put right.
// The card is made once; what follows from an answer is put into its places after each touch,
// so that a keyboard stays where it is.
import { answerBefore, openFinding } from "../asking.js";
import { answerOf, isAnswered, setAnswer, setExtra } from "../draft.js";
import { verdictOf, visitedAt } from "../judging.js";
import { deadlines } from "../answers.js";
import { day, fill, gettext, said } from "../words.js";
import { answerDay, answerFields } from "./answer.js";
import { chip, h, icon, notice } from "./dom.js";
import { photoButton, photoImage, photoStrip } from "./photos.js";
import { deadline, severities } from "./words.js";

// `context` has checklist, draft, room, keeping and changed() (saves).
export function itemCard(item, context) {
  const { draft, room } = context;
  const id = `${room ?? "house"}-${item.code}`;
  const answer = answerOf(draft, room, item.code);
  const set = (change) => {
    change();
    follow();
    context.changed();
  };
  const marks = h("p", { class: "row" });
  const repair = h("div", { "aria-live": "polite" });
  const date = answerDay(item, answer, id, (value) =>
    set(() => setExtra(draft, room, item.code, "date", value)),
  );
  const photos = item.photo === "never" ? null : photoPart(item, context, id);
  const card = h(
    "article",
    { id, "aria-labelledby": `${id}-label` },
    h(context.heading ?? "h3", { id: `${id}-label`, class: "question" }, said(item.label)),
    marks,
    seenBefore(context, item),
    answerFields(item, answer, id, (value) => set(() => setAnswer(draft, room, item.code, value))),
    date,
    repair,
    h("div", { class: "tools" }, photos?.button, noteField(item, answer, context, id)),
    photos?.strip,
    howToCheck(item),
  );
  const follow = () => {
    const verdict = verdictOf(draft, room, item);
    card.className = `item item-${verdict.result}`;
    marks.replaceChildren(...marksOf(item, verdict));
    if (date) date.hidden = !wantsDay(answerOf(draft, room, item.code));
    repair.replaceChildren(...toRepair(item, verdict, context));
    photos?.follow(verdict.result);
  };
  follow();
  return card;
}

const wantsDay = (answer) =>
  isAnswered(answer) && !["na", "unseen", "fail"].includes(answer.result);

function marksOf(item, verdict) {
  const isMust = item.critical && verdict.critical !== false;
  return [
    isMust && chip("stop", "certificate", gettext("Must be met")),
    item.ask_tenant && chip("women", "lock", gettext("Ask a tenant alone")),
    item.confidential &&
      chip("women", "woman-shield", gettext("Confidential: the landlord never sees it")),
    item.document && chip("quiet", "document", gettext("See the paper, keep no copy")),
    h("span", { class: "code quiet small" }, item.code),
  ].filter(Boolean);
}

// Of a re-visit: since when it is open, and what was noted and photographed then.
function seenBefore({ draft, room }, item) {
  const finding = openFinding(draft, room, item.code);
  const before = answerBefore(draft, room, item.code);
  if (!finding && !before && !draft.visit.ask) return null;
  const photos = [...new Set([...(before?.photos ?? []), ...Object.keys(finding?.photos ?? {})])];
  const since = finding?.since && fill(gettext("Open since %(day)s"), { day: day(finding.since) });
  return notice(
    "warning",
    h("p", {}, h("b", {}, since || gettext("Could not be said last time"))),
    before?.note && h("p", {}, before.note),
    photos.length > 0 &&
      h(
        "div",
        { class: "photos" },
        photos.map((sha256) => photoImage(draft, sha256, gettext("Photo of the last visit"))),
      ),
  );
}

function toRepair(item, { result, severity, correct }, { checklist, draft }) {
  if (result !== "fail" || item.confidential) return [];
  const [colour, picture, words] = severities()[severity] ?? severities().T;
  const due = deadlines(checklist, severity, correct, visitedAt(draft));
  return [
    h(
      "div",
      { class: "to-repair" },
      h("p", { class: "row" }, chip(colour, picture, words), h("b", {}, due.map(deadline).join(" · "))),
      h("p", {}, said(item.repair)),
    ),
  ];
}

function photoPart(item, context, id) {
  const { draft, room } = context;
  const strip = h("div", { class: "photos" });
  const needed = h("p", { class: "wanted small", hidden: true }, gettext("A photo is needed here."));
  let result = null;
  const follow = (latest = result) => {
    result = latest;
    const wanted = item.photo === "always" ? ["pass", "fail"] : ["fail"];
    needed.hidden = !wanted.includes(result) || Boolean(answerOf(draft, room, item.code).photos?.length);
  };
  const draw = () => {
    strip.replaceChildren(...photoStrip(item, context, draw));
    follow();
  };
  draw();
  const button = photoButton(item, context, id, draw);
  button.append(needed);
  return { strip, button, follow };
}

function noteField(item, answer, { draft, room, changed }, id) {
  const field = h("textarea", {
    id: `${id}-note`,
    rows: "2",
    maxlength: "2000",
    oninput: () => {
      setExtra(draft, room, item.code, "note", field.value);
      changed();
    },
  });
  field.value = answer.note ?? "";
  return h(
    "details",
    { open: Boolean(answer.note) },
    h("summary", { class: "button button-second" }, icon("pencil"), gettext("Note")),
    h("label", { for: field.id, class: "unseen" }, gettext("Note")),
    field,
  );
}

const howToCheck = (item) =>
  h(
    "details",
    { class: "how" },
    h("summary", {}, gettext("How to check")),
    h("p", {}, said(item.help)),
    item.recommendation &&
      h("p", { class: "quiet" }, gettext("A recommendation of the project; no law sets the number.")),
  );
