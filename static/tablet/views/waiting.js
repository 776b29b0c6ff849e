// What has not left the tablet: how far each is, and why.
import { isMine } from "../work.js";
import * as leaving from "../leaving.js";
import * as outbox from "../outbox.js";
import * as vault from "../vault.js";
import { fill, gettext, ngettext, size, time } from "../words.js";
import { bar, button, chip, h, icon, link, notice, stale } from "./dom.js";
import { inShort, when } from "./top.js";
import { refusal } from "./words.js";

// --- one entry ---------------------------------------------------------------------------

// How far each is that is under way now, and the lines that say so, by their id.
const received = new Map();
const drawn = new Map();

export function hearProgress({ id, received: bytes }) {
  if (bytes === undefined) received.delete(id);
  else received.set(id, bytes);
  document.getElementById(`progress-${id}`)?.replaceWith(progress(drawn.get(id)));
}

// "2 of 4 photos, 61 %"
function progressWords({ size: all, pictures }, bytes) {
  const percent = `${Math.floor((100 * bytes) / all)} %`;
  if (pictures.length === 0) return percent;
  const done = pictures.filter((picture) => picture.end <= bytes).length;
  return fill(gettext("%(done)s of %(all)s photos, %(percent)s"), { done, all: pictures.length, percent });
}

export function progress(entry) {
  const { id, size: all } = entry;
  drawn.set(id, entry);
  const done = received.get(id) ?? entry.progress;
  return h("div", { id: `progress-${id}` }, done > 0 && bar({ done, of: all }, progressWords(entry, done)));
}

// Whose it is and how large; the house's name only for who was there.
export async function titleOf(entry) {
  if (!isMine(entry)) return entry.inspector.name;
  return entry.label ? vault.unbox(entry.label) : gettext("A visit");
}

function reason({ id, problem }) {
  if (received.has(id)) return gettext("is being sent");
  return problem ? refusal(problem) : gettext("waits to be sent");
}

export function whyWords(entry) {
  const { id, problem, next_try_at, tries } = entry;
  if (received.has(id) || !problem) return reason(entry);
  const next = !outbox.isStuck(entry) && next_try_at > new Date().toISOString();
  return [
    reason(entry),
    tries > 0 && fill(ngettext("Tried once.", "Tried %(n)s times.", tries), { n: tries }),
    next && fill(gettext("Next try at %(time)s."), { time: time(next_try_at) }),
  ]
    .filter(Boolean)
    .join(" ");
}

export const about = (entry) =>
  h(
    "p",
    { class: "quiet small" },
    [size(entry.size), fill(gettext("since %(when)s"), { when: when(entry.made_at) }), fill(ngettext("%(n)s photo", "%(n)s photos", entry.photos), { n: entry.photos })].join(" · "),
  );

export const retryButton = (entry, words = gettext("Try again")) =>
  button(words, { class: "button button-second", onclick: () => leaving.retry(entry.id).then(stale) }, icon("sync"));

export const stateOf = (entry) => {
  // A code that is read aloud stays on one line.
  if (entry.receipt) return chip("ok", "check", fill(gettext("Received by the registry: %(receipt)s"), { receipt: entry.receipt.receipt.replaceAll("-", "\u2011") }));
  if (entry.problem?.kept) return chip("ok", "check", gettext("Kept by the registry for the reviewer"));
  return chip(outbox.isStuck(entry) ? "stop" : "wait", outbox.isStuck(entry) ? "warning" : "clock", gettext("Finished, waits on this tablet"));
};

// --- on the first screen -----------------------------------------------------------------

export function outboxCard(entries) {
  const waiting = entries.filter((entry) => !outbox.isSettled(entry));
  if (waiting.length === 0) return entries.length ? nothingLeft() : null;
  return h(
    "section",
    { class: "outbox" },
    h("h2", {}, inShort(waiting)),
    [...new Set(waiting.map(reason))].map((words) => h("p", {}, words)),
    h("p", { class: "actions" }, sendNow(), link("#/outbox", { class: "button button-second" }, gettext("See all"))),
  );
}

export const nothingLeft = () =>
  h("section", { class: "outbox outbox-empty" }, icon("check", { big: true }), h("p", {}, gettext("0 left to send")));

export const sendNow = () =>
  button(gettext("Send now"), { onclick: () => leaving.leaveNow().then(stale) }, icon("arrow-right"));

export const signIn = (words) =>
  notice(
    "warning",
    h("p", {}, words),
    link(`/account/login/?next=${encodeURIComponent(location.pathname)}`, { class: "button" }, gettext("Sign in")),
  );
