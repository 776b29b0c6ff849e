// One item: the question, big answers, a photo, a note, how to check, how to put right.
import { answerOf, openFinding, outcomeOf, removePhotoFrom, setAnswer, setExtra } from "../draft.js";
import { shrink } from "../photo.js";
import * as store from "../store.js";
import { day, fill, gettext, said } from "../words.js";
import { button, chip, h, icon, notice, sure } from "./dom.js";
import { deadline, severities } from "./words.js";
import { deadlines } from "../rules.js";

// `context` has checklist, draft, room, changed(draft) (saves; called at every touch).
export function itemCard(item, context) {
  const place = h("div", { class: "item-place" });
  const redraw = () => place.replaceChildren(card(item, context, redraw));
  redraw();
  return place;
}

function card(item, context, redraw) {
  const { draft, room } = context;
  const answer = answerOf(draft, room, item.code);
  const outcome = outcomeOf(context.checklist, draft, room, item);
  const update = async (change) => {
    change();
    await context.changed(item);
    redraw();
  };
  const id = `${room ?? "house"}-${item.code}`;
  return h(
    "article",
    { class: `item item-${outcome.result}`, id, "aria-labelledby": `${id}-label` },
    h(context.heading ?? "h3", { id: `${id}-label`, class: "question" }, said(item.label)),
    marks(item, outcome),
    seenBefore(context, item),
    control(item, answer, id, (value) => update(() => setAnswer(draft, room, item.code, value))),
    dateField(item, answer, id, (value) => update(() => setExtra(draft, room, item.code, "date", value))),
    outcome.result === "fail" && !item.confidential && toRepair(item, outcome, context),
    tools(item, answer, context, update, id),
    photoStrip(answer, context, item, update),
    h(
      "details",
      { class: "how" },
      h("summary", {}, gettext("How to check")),
      h("p", {}, said(item.help)),
      h("p", { class: "quiet" }, item.recommendation ? gettext("A recommendation of the project; no law sets the number.") : ""),
    ),
  );
}

function marks(item, outcome) {
  return h(
    "p",
    { class: "row" },
    item.critical && outcome.critical !== false && chip("stop", "certificate", gettext("Must be met")),
    item.ask_tenant && chip("women", "lock", gettext("Ask a tenant alone")),
    item.confidential && chip("women", "woman-shield", gettext("Confidential: the landlord never sees it")),
    item.document && chip("quiet", "document", gettext("See the paper, keep no copy")),
    h("span", { class: "code quiet small" }, item.code),
  );
}

function seenBefore({ draft, room }, item) {
  const finding = openFinding(draft, room, item.code);
  return (
    finding &&
    notice("warning", h("p", {}, fill(gettext("Open since %(day)s"), { day: day(finding.since ?? finding.due?.[0]?.at) })))
  );
}

const results = () => [
  ["pass", "check", gettext("Met")],
  ["fail", "cross", gettext("Not met")],
  ["na", "info", gettext("Does not apply")],
  ["unseen", "search", gettext("Could not be seen")],
];

function mayBeNa(item) {
  if (item.na !== undefined && item.na !== null) return item.na;
  return item.critical === false && ![...(item.bands ?? []), ...(item.options ?? [])].some((kind) => kind.critical);
}

function control(item, answer, id, set) {
  const others = results().filter(([value]) => (value === "na" ? mayBeNa(item) : value === "unseen"));
  if (item.answer === "pass_fail") {
    const choices = [...results().slice(0, 2), ...others];
    return radios(id, choices, answer.result, (value) => set({ result: value }));
  }
  if (item.answer === "choice") {
    const own = item.options.map((option) => [option.value, option.result === "pass" ? "check" : "cross", said(option.label)]);
    const chosen = "choice" in answer ? answer.choice : answer.result;
    const names = new Set(own.map(([value]) => value));
    return radios(id, [...own, ...others], chosen, (value) => set(names.has(value) ? { choice: value } : { result: value }), "answers-tall");
  }
  return h("div", {}, numberField(item, answer, id, set), radios(id, others, answer.result, (value) => set({ result: value })));
}

function radios(id, choices, chosen, set, more = "") {
  return h(
    "fieldset",
    { class: `answers ${more}` },
    h("legend", { class: "unseen" }, gettext("Answer")),
    choices.map(([value, picture, words]) =>
      h(
        "label",
        { class: `answer answer-${value}` },
        h("input", { type: "radio", name: id, value, checked: chosen === value, onchange: () => set(value) }),
        icon(picture),
        h("span", {}, words),
      ),
    ),
  );
}

function numberField(item, answer, id, set) {
  const step = item.decimals ? String(1 / 10 ** item.decimals) : "1";
  const field = h("input", {
    type: "number",
    id: `${id}-number`,
    inputmode: item.decimals ? "decimal" : "numeric",
    min: String(item.minimum),
    max: String(item.maximum),
    step,
    value: "number" in answer ? String(answer.number) : "",
    onchange: () => {
      const isWhole = field.value !== "" && field.checkValidity();
      wrong.hidden = field.value === "" || isWhole;
      if (isWhole) set({ number: Number(field.value) });
      else if (field.value === "" && !field.validity.badInput) set({});
    },
  });
  const wrong = h(
    "p",
    { class: "error", role: "alert", hidden: true },
    fill(gettext("Write a number from %(from)s to %(to)s."), { from: item.minimum, to: item.maximum }),
  );
  return h(
    "p",
    { class: "number-answer" },
    h("label", { for: `${id}-number` }, item.unit ? said(item.unit) : gettext("Number")),
    field,
    wrong,
  );
}

function dateField(item, answer, id, set) {
  if (!item.date || !("result" in answer || "number" in answer || "choice" in answer)) return null;
  if (["na", "unseen", "fail"].includes(answer.result)) return null;
  const words = item.date === "valid_until" ? gettext("Valid until") : gettext("Done on");
  return h(
    "p",
    { class: "number-answer" },
    h("label", { for: `${id}-date` }, words),
    h("input", { type: "date", id: `${id}-date`, value: answer.date ?? "", onchange: (event) => set(event.target.value) }),
  );
}

function toRepair(item, outcome, { checklist, draft }) {
  const [colour, picture, words] = severities()[outcome.severity] ?? severities().T;
  const at = draft.finished_at ?? new Date().toISOString();
  const due = deadlines(checklist, outcome.severity, outcome.correct, `${at.slice(0, 19)}Z`);
  return h(
    "div",
    { class: "to-repair" },
    h("p", { class: "row" }, chip(colour, picture, words), h("b", {}, due.map(deadline).join(" · "))),
    h("p", {}, said(item.repair)),
  );
}

function tools(item, answer, context, update, id) {
  const { draft, room } = context;
  const noteField = h("textarea", {
    id: `${id}-note`,
    rows: "2",
    maxlength: "2000",
    oninput: () => {
      setExtra(draft, room, item.code, "note", noteField.value);
      context.changed(null);
    },
  });
  noteField.value = answer.note ?? "";
  return h(
    "div",
    { class: "tools" },
    item.photo !== "never" && photoButton(item, answer, context, update, id),
    h(
      "details",
      { open: Boolean(answer.note) },
      h("summary", { class: "button button-second" }, icon("pencil"), gettext("Note")),
      h("label", { for: `${id}-note`, class: "unseen" }, gettext("Note")),
      noteField,
    ),
  );
}

function photoButton(item, answer, context, update, id) {
  const problem = h("p", { class: "error", role: "alert", hidden: true }, gettext("Take the photo again: this file is no picture."));
  const input = h("input", {
    type: "file",
    accept: "image/*",
    capture: "environment",
    class: "unseen",
    id: `${id}-photo`,
    onchange: async () => {
      const [file] = input.files;
      if (!file) return;
      let picture;
      try {
        picture = await shrink(file);
      } catch {
        problem.hidden = false;
        return;
      }
      const { draft, room } = context;
      picture = { ...picture, item: item.code, room, visit: draft.id };
      setExtra(draft, room, item.code, "photos", [...new Set([...(answerOf(draft, room, item.code).photos ?? []), picture.sha256])]);
      await store.putPhoto(picture, draft);
      await update(() => {});
    },
  });
  const needed = item.photo === "always" || (item.photo === "on_fail" && answer.result === "fail");
  return h(
    "div",
    { class: "photo-button" },
    h("label", { class: `button ${needed && !answer.photos?.length ? "" : "button-second"}`, for: `${id}-photo` }, icon("camera"), gettext("Photo")),
    input,
    problem,
  );
}

function photoStrip(answer, context, item, update) {
  if (!answer.photos?.length) return null;
  const { draft, room } = context;
  return h(
    "div",
    { class: "photos" },
    answer.photos.map((sha256) => {
      const picture = h("img", { alt: gettext("Photo"), width: "120", height: "90" });
      store.photo(draft.id, sha256).then((kept) => {
        if (kept?.bytes) picture.src = URL.createObjectURL(new Blob([kept.bytes], { type: "image/jpeg" }));
      });
      const gone = button(gettext("Remove"), {
        class: "button button-second button-small",
        onclick: async () => {
          if (!sure(gettext("Remove this photo?"))) return;
          removePhotoFrom(draft, room, item.code, sha256);
          await store.removePhoto(sha256, draft);
          await update(() => {});
        },
      });
      return h("figure", {}, picture, h("figcaption", {}, gone));
    }),
  );
}
