// The end of a visit: what is missing, what the rules say, signatures, and the pack.
import { roomsToSee } from "../asking.js";
import * as clock from "../clock.js";
import { seenRooms } from "../draft.js";
import { finish } from "../finishing.js";
import { result, stillMissing } from "../judging.js";
import * as leaving from "../leaving.js";
import { notesLeft } from "../pack.js";
import { fill, gettext } from "../words.js";
import { back, button, h, icon, link, notice, problem, show, sure } from "./dom.js";
import { addressOfPlace, houseName, labelOf, roomName } from "./parts.js";
import { findingsList, roomResults } from "./results.js";
import { signaturePad } from "./signature.js";

export function finishPage(context) {
  const { draft, checklist } = context;
  const found = result(checklist, draft);
  const missing = stillMissing(checklist, draft);
  show(
    back(`#/visit/${draft.id}`, houseName(draft)),
    h("h1", {}, gettext("Results and finish")),
    missingList(context, missing),
    roomResults(context, found),
    findingsList(context, found),
    notesField(context),
    h(
      "section",
      {},
      h("h2", {}, gettext("Signatures")),
      signaturePad(context, "inspector", gettext("Inspector")),
      signaturePad(context, "landlord", gettext("Landlord (may decline)")),
    ),
    finishButton(context, missing),
  );
}

const SHOWN = 12;

function nothingMissing(draft) {
  const words = gettext("Nothing is missing. Rooms visited: %(seen)s of %(all)s.");
  return fill(words, { seen: seenRooms(draft).length, all: roomsToSee(draft).length });
}

function missingList({ draft, checklist }, missing) {
  const open = [
    ...missing.answers.map((place) => [place, gettext("no answer yet")]),
    ...missing.photos.map((place) => [place, gettext("photo is missing")]),
  ];
  if (open.length === 0) return notice("success", h("p", {}, nothingMissing(draft)));
  const entries = open.map(([place, words]) =>
    h(
      "li",
      {},
      link(addressOfPlace(draft, checklist, place), {}, place.room ? `${roomName(draft, place.room)}: ` : "", labelOf(checklist, place.item)),
      " ",
      h("span", {}, `(${words})`),
    ),
  );
  const rest = entries.splice(SHOWN);
  return notice(
    "warning",
    h("h2", {}, fill(gettext("Still missing: %(n)s"), { n: open.length })),
    h("ul", { class: "plain missing" }, entries),
    rest.length > 0 &&
      h(
        "details",
        {},
        h("summary", {}, fill(gettext("%(n)s more"), { n: rest.length })),
        h("ul", { class: "plain missing" }, rest),
      ),
  );
}

function notesField({ draft, changed }) {
  const field = h("textarea", {
    id: "notes",
    rows: "3",
    oninput: () => {
      draft.notes = field.value;
      tellLeft();
      changed();
    },
  });
  field.value = draft.notes;
  const left = h("p", { class: "small", role: "status" });
  const tellLeft = () => {
    const n = notesLeft(draft);
    left.textContent = n < 500 ? fill(gettext("%(n)s characters left"), { n }) : "";
  };
  tellLeft();
  return h(
    "section",
    { class: "notes" },
    h("label", { for: "notes" }, gettext("Notes for the office (no names of tenants)")),
    field,
    left,
  );
}

function finishButton(context, missing) {
  const { draft } = context;
  const wrong = problem();
  const refuse = (words) => {
    wrong.textContent = words;
    wrong.hidden = false;
  };
  const end = async () => {
    wrong.hidden = true;
    if (!draft.signatures.some((signature) => signature.role === "inspector")) {
      return refuse(gettext("Sign first, at the top of the signatures."));
    }
    const tooMuch = -notesLeft(draft);
    if (tooMuch > 0) return refuse(fill(gettext("Shorten the notes by %(n)s characters: the registry does not take more, and nothing is cut off."), { n: tooMuch }));
    if (!isSure(missing)) return;
    asked.disabled = true;
    if (await finishVisit(context)) return leaving.leave();
    asked.disabled = false;
    refuse(gettext("The visit is NOT finished: it could not be saved. Make room on this tablet, then try again."));
  };
  const asked = button(gettext("Finish and send"), { class: "button button-wide", onclick: end }, icon("check"));
  return h("p", { class: "actions" }, asked, wrong);
}

function isSure({ answers, photos }) {
  const open = answers.length + photos.length;
  const words = gettext("%(n)s points are missing. Rooms with missing answers cannot be certified. Finish all the same?");
  if (open > 0 && !sure(fill(words, { n: open }))) return false;
  return sure(gettext("After this the visit can no longer be changed on the tablet. Finish?"));
}

// Returns whether it is on the disk.
async function finishVisit({ draft, keeping }) {
  await keeping.settled();
  draft.finished_at = new Date().toISOString();
  draft.skew_ms = clock.skewMs();
  draft.clock_heard_at = clock.heardAt();
  draft.state = "packed";
  if (await keeping.with(() => finish(draft))) {
    location.hash = `#/visit/${draft.id}/slip`;
    return true;
  }
  draft.state = "open";
  delete draft.finished_at;
  return false;
}
