// Before leaving: everything for the day comes onto the tablet, and what is ready is said.
import * as clock from "../clock.js";
import { prepare, ready } from "../prepare.js";
import { fill, gettext, ngettext } from "../words.js";
import { back, bar, button, h, icon, line, notice, show } from "./dom.js";
import { notAllowed } from "./home.js";
import { promise } from "./storage.js";
import { refusal } from "./words.js";

const steps = () => ({
  day: [1, gettext("Asking for the visits and the checklist…")],
  houses: [2, gettext("Fetching the list of houses…")],
  app: [3, gettext("Keeping the app on this tablet…")],
  pictures: [4, gettext("Fetching photos: %(done)s of %(of)s")],
});
const LAST = 10;

// Opened with a network it begins at once.
export async function preparePage() {
  const place = h("div", { class: "preparing" });
  const list = h("div", {});
  show(back("#/", gettext("Visits")), h("h1", {}, gettext("Prepare for today")), place, list);
  await drawReady(list);
  // Not awaited: the screen stands while it works.
  if (navigator.onLine) work(place, list);
  else place.append(notice("warning", h("p", {}, gettext("Look for a network to bring along what has changed."))), again(place, list));
}

async function work(place, list) {
  const tell = (what, done = 0, of = 0) => {
    const [step, words] = steps()[what];
    const share = of > 0 ? (done / of) * (LAST - step) : 0;
    place.replaceChildren(bar({ done: step + share, of: LAST }, fill(words, { done, of })));
  };
  try {
    await prepare(tell);
    place.replaceChildren(notice("success", h("p", {}, gettext("Ready. Everything here works without a network."))));
  } catch (problem) {
    if (problem.status === undefined) throw problem;
    // A line that broke, or a registry that rests: no more is to be said, nothing is being sent.
    const why = problem.status > 0 && problem.status < 500 && h("p", { class: "small" }, refusal(problem));
    place.replaceChildren(
      notAllowed(problem) ?? notice("error", h("p", {}, gettext("It broke off. What came is kept; it goes on from there.")), why),
      again(place, list),
    );
  }
  await drawReady(list);
}

const again = (place, list) =>
  h("p", { class: "actions" }, button(gettext("Try again"), { onclick: () => work(place, list) }, icon("sync")));

async function drawReady(list) {
  const is = await ready();
  list.replaceChildren(...(is ? [h("h2", {}, gettext("On this tablet")), ...lines(is)] : []));
}

function lines({ visits, rooms, photos, checklists, houses, isKept, isSafe }) {
  const item = (isHere, words) => line(isHere ? "check" : "warning", words);
  return [
    item(true, fill(ngettext("%(n)s visit", "%(n)s visits", visits), { n: visits })),
    item(true, fill(ngettext("%(n)s room", "%(n)s rooms", rooms), { n: rooms })),
    item(photos.done === photos.of, fill(gettext("%(done)s of %(of)s photos of earlier visits"), photos)),
    item(true, fill(gettext("Checklist version %(n)s"), { n: checklists.join(", ") })),
    item(houses !== null, fill(gettext("Houses to look up: %(n)s"), { n: houses ?? 0 })),
    item(isKept, isKept ? gettext("The app: opens without a network") : gettext("The app: not yet kept, open it once more with a network")),
    clock.isWrong() && item(false, gettext("The clock of this tablet is wrong")),
    promise(isSafe),
  ].filter(Boolean);
}
