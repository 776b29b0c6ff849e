// The outbox as one file: made here for the office or another tablet, and taken in.
import * as leaving from "../leaving.js";
import { save, take, toRescue } from "../rescuing.js";
import { fill, gettext, ngettext, size } from "../words.js";
import { back, button, h, icon, notice, problem, show } from "./dom.js";
import { inShort, tellWaiting } from "./top.js";
import { titleOf } from "./waiting.js";

const SHORTEST = 10;

function passphraseField() {
  const field = h("input", { id: "passphrase", autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
  return [h("label", { for: "passphrase" }, gettext("Passphrase")), h("p", {}, field), field];
}

const refuser = () => {
  const place = problem();
  return [place, (words) => {
    place.textContent = words;
    place.hidden = !words;
  }];
};

// Does `work` while the button rests.
const busy = (work) => async (event) => {
  const asked = event.currentTarget;
  asked.disabled = true;
  try {
    await work();
  } finally {
    asked.disabled = false;
  }
};

// --- out ---------------------------------------------------------------------------------

export async function savePage(id) {
  const entries = await toRescue(id);
  const [label, row, field] = passphraseField();
  const [wrong, refuse] = refuser();
  const made = h("div", { role: "status" });
  const make = async () => {
    if (field.value.trim().length < SHORTEST) return refuse(fill(gettext("Choose at least %(n)s characters: three or four words are good."), { n: SHORTEST }));
    refuse("");
    made.replaceChildren(gettext("The file is being made…"));
    const file = await save(entries, field.value.trim());
    made.replaceChildren(...ready(file));
  };
  const name = id && entries.length ? await titleOf(entries[0]) : inShort(entries);
  show(
    back("#/outbox", gettext("Waiting to be sent")),
    h("h1", {}, gettext("Save as one file")),
    h("p", {}, h("b", {}, name)),
    h("p", {}, gettext("For a USB stick, Zalo, another tablet or the office. Nobody can read a visit in it; who knows the passphrase can send it on under its author's name. The visits stay on this tablet too, and the registry takes each once.")),
    label,
    row,
    h("p", { class: "small" }, gettext("Tell the passphrase by phone, not in the message with the file. Without it the file is worth nothing.")),
    wrong,
    entries.length > 0 && h("p", { class: "actions" }, button(gettext("Make the file"), { onclick: busy(make) }, icon("lock"))),
    made,
  );
}

function ready(blob) {
  // A phone shares only what looks like a text; the bytes are the same.
  const name = `safe-rooms-${new Date().toISOString().slice(0, 10)}.rescue.txt`;
  const file = new File([blob], name, { type: "text/plain" });
  const download = h("a", { class: "button", download: name, href: URL.createObjectURL(blob) }, icon("document"), gettext("Save the file"));
  const share = () => navigator.share({ files: [file] }).catch(() => {});
  return [
    notice("success", h("p", {}, fill(gettext("The file is ready: %(size)s."), { size: size(blob.size) }))),
    h("p", { class: "actions" }, download, navigator.canShare?.({ files: [file] }) && button(gettext("Share"), { class: "button button-second", onclick: share }, icon("share"))),
  ];
}

// --- in ----------------------------------------------------------------------------------

const whys = () => ({
  not_rescue: gettext("Choose another file: this one was not made by a tablet of the registry."),
  wrong_passphrase: gettext("Try again: the passphrase is not the one of this file."),
  damaged: gettext("Ask for the file once more: its beginning is damaged, nothing in it can be read."),
});

export function takePage() {
  const [label, row, field] = passphraseField();
  const [wrong, refuse] = refuser();
  const input = h("input", { type: "file", id: "file" });
  const told = h("div", { role: "status" });
  const read = async () => {
    if (!input.files.length) return refuse(gettext("Choose the file first."));
    refuse("");
    told.replaceChildren(gettext("The file is being read…"));
    try {
      const found = await take(input.files[0], field.value.trim());
      await tellWaiting();
      told.replaceChildren(outcome(found));
    } catch (error) {
      told.replaceChildren();
      return refuse(whys()[error.message] ?? String(error));
    }
    leaving.leave();
  };
  show(
    back("#/outbox", gettext("Waiting to be sent")),
    h("h1", {}, gettext("Take in a file of another tablet")),
    h("p", {}, gettext("Its visits are sent from here under the names of their authors, each once.")),
    h("label", { for: "file" }, gettext("The file")),
    h("p", {}, input),
    label,
    row,
    wrong,
    h("p", { class: "actions" }, button(gettext("Read the file"), { onclick: busy(read) }, icon("arrow-right"))),
    told,
  );
}

function outcome({ added, known, lost }) {
  const lines = [
    fill(ngettext("%(n)s visit taken in.", "%(n)s visits taken in.", added.length), { n: added.length }),
    known.length > 0 && fill(gettext("Already on this tablet: %(n)s."), { n: known.length }),
    lost.length > 0 &&
      fill(gettext("NOT readable, because the file is damaged or cut off: %(n)s (%(names)s). Ask for the file once more."), {
        n: lost.length,
        names: lost.map(({ label, inspector }) => label ?? inspector.name).join(", "),
      }),
  ];
  return notice(lost.length ? "warning" : "success", lines.filter(Boolean).map((words) => h("p", {}, words)));
}
