// What the rules say: of each room, and what has to be put right by when.
import { seenRooms } from "../draft.js";
import { day, fill, gettext, said } from "../words.js";
import { chip, h, notice } from "./dom.js";
import { labelOf, placeName, roomName } from "./parts.js";
import { deadline, outcomes, scoreNames, severities, why } from "./words.js";

export function roomResults({ draft, checklist }, found) {
  const seen = new Set(seenRooms(draft).map((room) => room.id));
  const cards = Object.entries(found.rooms).map(([room, verdict]) =>
    roomResult(draft, checklist, room, verdict, seen.has(room)),
  );
  if (cards.length === 0) return notice("warning", h("p", {}, gettext("No room was visited yet.")));
  return h(
    "section",
    {},
    h("h2", {}, gettext("What the rules say")),
    h("div", { class: "cards" }, cards),
    h("p", { class: "quiet" }, gettext("Somebody else decides in the office. Promise nothing.")),
  );
}

function roomResult(draft, checklist, room, verdict, isSeen) {
  const [colour, picture, words] = outcomes()[verdict.outcome];
  const names = scoreNames();
  const mark = verdict.scores.women.percent === 100;
  return h(
    "article",
    { class: isSeen ? "card" : "card card-before" },
    h("h3", {}, roomName(draft, room)),
    !isSeen && h("p", { class: "small" }, fill(gettext("Not visited today: as it was seen on %(day)s, with what is said of the house now."), { day: day(draft.visit.before.visited_at) })),
    h("p", { class: "row" }, chip(colour, picture, words), mark && chip("women", "woman-shield", gettext("Women's safety: all met"))),
    h(
      "dl",
      { class: "scores" },
      Object.entries(names).map(([key, name]) =>
        h("div", { class: `score score-${key}` }, h("dt", {}, name), h("dd", {}, `${verdict.scores[key].percent}\u00a0%`)),
      ),
    ),
    verdict.blocking.length > 0 && reasons(checklist, verdict.blocking, names),
  );
}

const reasons = (checklist, blocking, names) =>
  h(
    "details",
    {},
    h("summary", {}, fill(gettext("Why: %(n)s points"), { n: blocking.length })),
    h(
      "ul",
      {},
      blocking.map((block) =>
        h("li", {}, why(block.why, block.why === "score" ? names[block.item] : labelOf(checklist, block.item))),
      ),
    ),
  );

// The landlord's tasks, the earliest first.
export const tasksOf = (found) =>
  found.findings
    .filter((finding) => !finding.public_task)
    .sort((one, other) => (one.due[0]?.at ?? "").localeCompare(other.due[0]?.at ?? ""));

export function findingsList({ draft, checklist }, found) {
  const tasks = tasksOf(found);
  if (tasks.length === 0) return notice("success", h("p", {}, gettext("Nothing has to be put right.")));
  return h(
    "section",
    { class: "tasks" },
    h("h2", {}, gettext("To put right")),
    tasks.map((finding) => findingCard(draft, checklist, finding)),
  );
}

function findingCard(draft, checklist, finding) {
  const [colour, picture, words] = severities()[finding.severity];
  const item = checklist.items.find((other) => other.code === finding.item);
  return h(
    "article",
    { class: `finding finding-${finding.severity}` },
    h("h3", {}, said(item.label)),
    h("p", { class: "row" }, chip(colour, picture, words), h("span", {}, placeName(draft, finding.room))),
    h("p", { class: "due" }, finding.due.map(deadline).join(" · ")),
    h("p", {}, said(item.repair)),
  );
}
