// What has not left the tablet: how much, since when, and why.
import { nameOf } from "../draft.js";
import * as outbox from "../outbox.js";
import { fill, gettext, moment, ngettext, size } from "../words.js";
import { button, h, icon, link, notice, stale } from "./dom.js";
import { refusal } from "./words.js";

export function outboxCard(packs) {
  const waiting = packs.filter((pack) => !pack.receipt);
  if (waiting.length === 0) return packs.length ? nothingLeft() : null;
  const bytes = waiting.reduce((sum, pack) => sum + pack.size, 0);
  const oldest = waiting.map((pack) => pack.made_at).sort()[0];
  return h(
    "section",
    { class: "outbox" },
    h("h2", {}, fill(ngettext("%(n)s visit has not left this tablet", "%(n)s visits have not left this tablet", waiting.length), { n: waiting.length })),
    h("p", {}, fill(gettext("%(size)s, the oldest of %(when)s"), { size: size(bytes), when: moment(oldest) })),
    waiting.some((pack) => pack.problem?.status === 401) && signIn(gettext("Sign in again to send what waits. Nothing is lost.")),
    h("ul", { class: "plain" }, waiting.map(waitingPack)),
    button(gettext("Send now"), { onclick: () => outbox.flush().then(stale) }, icon("arrow-right")),
  );
}

const nothingLeft = () =>
  h("section", { class: "outbox outbox-empty" }, icon("check", { big: true }), h("p", {}, gettext("0 left to send")));

export const signIn = (words) =>
  notice(
    "warning",
    h("p", {}, words),
    link(`/account/login/?next=${encodeURIComponent(location.pathname)}`, { class: "button" }, gettext("Sign in")),
  );

const waitingPack = (pack) =>
  h(
    "li",
    {},
    h("b", {}, nameOf(pack.house)),
    ": ",
    reason(pack),
    pack.problem?.final && outbox.isMine(pack) && again(pack),
  );

const again = (pack) =>
  h(
    "p",
    { class: "again" },
    button(gettext("Try again"), {
      class: "button button-second button-small",
      onclick: () => outbox.retry(pack.visit).then(stale),
    }),
  );

function reason(pack) {
  if (!outbox.isMine(pack)) return fill(gettext("waits until %(name)s signs in"), pack.inspector);
  return pack.problem ? refusal(pack.problem) : gettext("waits to be sent");
}
