// The visit slip: what the landlord gets to see on the spot, on the screen or on paper (A5).
import { addressOf, result } from "../draft.js";
import * as outbox from "../outbox.js";
import { fill, gettext, moment } from "../words.js";
import { button, h, icon, link, notice, show } from "./dom.js";
import { findingsList } from "./finish.js";
import { houseName } from "./visit.js";
import { refusal } from "./words.js";

export function slipPage(context, pack) {
  const { draft, checklist } = context;
  const { house } = draft.visit;
  show(
    h("nav", { class: "no-print", "aria-label": gettext("Where you are") }, link("#/", { class: "back" }, icon("arrow-left"), gettext("Visits"))),
    h("h1", {}, gettext("Visit slip")),
    h("p", {}, h("b", {}, houseName(draft)), h("br"), addressOf(house)),
    h("p", {}, fill(gettext("Visited on %(when)s by an inspector of the Women's Union."), { when: moment(draft.finished_at) })),
    receipt(pack),
    findingsList(context, result(checklist, draft)),
    h("h2", {}, gettext("What comes next")),
    h(
      "ul",
      {},
      h("li", {}, gettext("A reviewer looks at the answers and photos and decides for each room.")),
      h("li", {}, gettext("When something is repaired, send a photo from your account, or ask for a re-visit.")),
      h("li", {}, gettext("What is not yet right is a task with a date. Nobody has to move out because of it.")),
    ),
    h("p", { class: "actions no-print" }, button(gettext("Print"), { class: "button button-second", onclick: () => window.print() }, icon("print"))),
  );
}

function receipt(pack) {
  if (pack.receipt) {
    return h(
      "section",
      { class: "received" },
      icon("check", { big: true }),
      h("p", {}, h("b", {}, fill(gettext("Received by the registry: %(receipt)s"), { receipt: pack.receipt.receipt })), h("br"), moment(pack.receipt.received_at)),
    );
  }
  return notice(
    "warning",
    h("p", {}, h("b", {}, gettext("Saved on this tablet, not yet received by the registry."))),
    pack.problem && h("p", {}, refusal(pack.problem)),
    h("p", { class: "no-print" }, button(gettext("Send now"), { onclick: () => outbox.retry(pack.visit).then(() => window.dispatchEvent(new Event("hashchange"))) })),
  );
}
