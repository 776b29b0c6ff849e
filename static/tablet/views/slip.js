// The visit slip: what the landlord gets to see on the spot, on the screen or on paper (A5).
import { addressOf } from "../draft.js";
import { result } from "../judging.js";
import * as leaving from "../leaving.js";
import { isSettled } from "../outbox.js";
import { fill, gettext, moment, said } from "../words.js";
import { back, button, h, icon, notice, show, stale } from "./dom.js";
import { labelOf, placeName } from "./parts.js";
import { findingsList, tasksOf } from "./results.js";
import { signatureDrawing } from "./signature.js";
import { deadline, refusal } from "./words.js";

export function slipPage(context, pack) {
  const { draft, checklist } = context;
  const { house } = draft.visit;
  const found = result(checklist, draft);
  show(
    back("#/", gettext("Visits")),
    h("h1", {}, gettext("Visit slip")),
    h("p", {}, house.name && [h("b", {}, house.name), h("br")], addressOf(house), h("br"), numberWords(house)),
    h("p", {}, visitedWords(draft)),
    receipt(pack),
    findingsList(context, found),
    h("section", { class: "after" }, h("h2", {}, gettext("What comes next")), h("ul", {}, nextSteps().map((words) => h("li", {}, words)))),
    signatures(draft),
    h(
      "p",
      { class: "actions no-print" },
      button(gettext("Print"), { class: "button button-second", onclick: () => window.print() }, icon("print")),
      navigator.share && button(gettext("Share"), { class: "button button-second", onclick: () => share(context, pack, found) }, icon("share")),
    ),
  );
}

const numberWords = (house) => fill(gettext("Registration number %(number)s"), house);

const visitedWords = (draft) =>
  fill(gettext("Visited on %(when)s by %(name)s, inspector of the Women's Union."), {
    when: moment(draft.finished_at),
    name: draft.inspector.name,
  });

const nextSteps = () => [
  gettext("A reviewer looks at the answers and photos and decides for each room."),
  gettext("When something is repaired, send a photo from your account, or ask for a re-visit."),
  gettext("What is not yet right is a task with a date. Nobody has to move out because of it."),
];

const receivedWords = (pack) =>
  pack.receipt
    ? fill(gettext("Received by the registry: %(receipt)s"), pack.receipt)
    : gettext("Saved on this tablet, not yet received by the registry.");

function receipt(pack) {
  if (pack.receipt) {
    return h(
      "section",
      { class: "received" },
      icon("check", { big: true }),
      h("p", {}, h("b", {}, receivedWords(pack)), h("br"), moment(pack.receipt.received_at)),
    );
  }
  return notice(
    "warning",
    h("p", {}, h("b", {}, receivedWords(pack))),
    h("p", { class: "no-print" }, pack.problem && refusal(pack.problem)),
    !isSettled(pack) && h("p", { class: "no-print" }, button(gettext("Send now"), { onclick: () => leaving.retry(pack.id).then(stale) })),
  );
}

function signatures(draft) {
  const names = { inspector: gettext("Inspector"), landlord: gettext("Landlord") };
  return h(
    "div",
    { class: "signed" },
    draft.signatures.map(({ role, strokes }) =>
      h("figure", {}, signatureDrawing(strokes, names[role]), h("figcaption", { class: "small" }, names[role])),
    ),
  );
}

// The slip in words, for Zalo or a message.
function share({ draft, checklist }, pack, found) {
  const tasks = tasksOf(found).map((finding) => {
    const item = checklist.items.find((other) => other.code === finding.item);
    const what = `- ${placeName(draft, finding.room)}: ${labelOf(checklist, finding.item)}`;
    return [what, finding.due.map(deadline).join(" · "), said(item.repair)].join("\n  ");
  });
  const text = [
    [draft.visit.house.name, addressOf(draft.visit.house), numberWords(draft.visit.house)].filter(Boolean).join("\n"),
    visitedWords(draft),
    receivedWords(pack),
    tasks.length ? [gettext("To put right"), ...tasks].join("\n") : gettext("Nothing has to be put right."),
    nextSteps().join("\n"),
  ].join("\n\n");
  // Closing the phone's own window is no mistake.
  navigator.share({ title: gettext("Visit slip"), text }).catch(() => {});
}
