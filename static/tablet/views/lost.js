// Whether the browser has thrown work away.
import * as store from "../store.js";
import { fill, gettext, moment } from "../words.js";
import * as work from "../work.js";
import { button, h, notice, show } from "./dom.js";

// Outside of IndexedDB: what was here and was nowhere else. Numbers only.
const MARK = "safe-rooms";

export async function mark() {
  const [{ id }, visits] = await Promise.all([store.get("device", "device"), work.waitingOf()]);
  localStorage.setItem(MARK, JSON.stringify({ id, visits, at: new Date().toISOString() }));
}

// Whether the browser has thrown away work since the app was last open: then somebody has to
// read it before she goes on.
export async function tellLost({ id }) {
  const before = JSON.parse(localStorage.getItem(MARK));
  if (!before?.visits || before.id === id) return;
  const words = gettext("The browser has cleared this tablet. %(n)s visits that the registry did not have yet are gone; they were here on %(when)s. Tell the coordinator now: these houses have to be visited again.");
  await new Promise((understood) => {
    show(
      h("h1", {}, gettext("Work was lost on this tablet")),
      notice("error", h("p", {}, fill(words, { n: before.visits, when: moment(before.at) }))),
      h("p", { class: "actions" }, button(gettext("I have read it"), { onclick: understood })),
    );
    document.body.dataset.gate = "lost";
  });
  await mark();
}
