// Before a visit: which house it is, what to say at the door, and that people agree.
import { addressOf } from "../draft.js";
import { gettext } from "../words.js";
import { back, button, h, line, problem, show } from "./dom.js";
import { notes, openingHours } from "./overview.js";
import { houseName } from "./parts.js";

export function consentPage(context, begun) {
  const { draft } = context;
  const { house } = draft.visit;
  const tick = h("input", { type: "checkbox", id: "consent" });
  const wrong = problem(gettext("Ask first, and tick when both agree. Without their word there is no visit."));
  const begin = async () => {
    wrong.hidden = tick.checked;
    if (!tick.checked) return tick.focus();
    draft.consent = true;
    draft.started_at = new Date().toISOString();
    if (await context.changed()) begun();
  };
  show(
    back("#/", gettext("Visits")),
    h("h1", {}, houseName(draft)),
    line("map-pin", addressOf(house)),
    house.landmark && line("info", house.landmark),
    house.landlord && line("person", house.landlord),
    openingHours(house),
    notes(context),
    h("h2", {}, gettext("Before you go in")),
    h(
      "ul",
      {},
      h("li", {}, gettext("Say who you are, what you look at, and that it takes about an hour.")),
      h("li", {}, gettext("The landlord may say no. So may every tenant, for her own room.")),
      h("li", {}, gettext("No people, no papers, no private things in a photo. No names of tenants.")),
    ),
    h("p", {}, h("label", { class: "tick consent", for: "consent" }, tick, h("span", {}, gettext("The landlord agrees to the visit, and I enter a room only if its tenants agree.")))),
    wrong,
    h("p", { class: "actions" }, button(gettext("Begin the visit"), { class: "button button-wide", onclick: begin })),
  );
}
