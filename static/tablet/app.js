// Starts the tablet's app and leads from screen to screen by the part of the address after #.
import * as outbox from "./outbox.js";
import * as session from "./session.js";
import * as store from "./store.js";
import { gettext } from "./words.js";
import { h, notice, show } from "./views/dom.js";
import { finishPage } from "./views/finish.js";
import { home } from "./views/home.js";
import { slipPage } from "./views/slip.js";
import { factsPage, overview, roomPage, sayKept, sectionPage } from "./views/visit.js";

async function contextOf(id) {
  const day = await session.keptDay();
  const planned = day?.visits.find((visit) => visit.id === id);
  const draft = planned ? await session.openDraft(planned, day) : await session.draft(id);
  if (!draft?.visit) return null;
  let unsaved = 0;
  const changed = async () => {
    unsaved += 1;
    document.body.dataset.unsaved = unsaved;
    await session.save(draft);
    unsaved -= 1;
    document.body.dataset.unsaved = unsaved;
    if (unsaved === 0) sayKept();
  };
  return { draft, checklist: await session.checklistOf(draft), changed };
}

async function visit([id, screen, part]) {
  const context = await contextOf(id);
  if (!context) return home();
  const pack = await store.get("packs", id);
  if (context.draft.state !== "open" && pack) return slipPage(context, pack);
  if (!context.draft.consent) return overview(context);
  const screens = { facts: factsPage, section: sectionPage, room: roomPage, finish: finishPage };
  return (screens[screen] ?? overview)(context, part);
}

async function open() {
  const [path, query = ""] = location.hash.slice(1).split("?");
  const [name, ...rest] = path.split("/").filter(Boolean);
  await (name === "visit" ? visit(rest) : home());
  const at = new URLSearchParams(query).get("at");
  document.getElementById(at)?.scrollIntoView({ block: "start" });
}

function failed(error) {
  show(
    h("h1", {}, gettext("The tablet cannot keep your work")),
    notice("error", h("p", {}, gettext("Do not begin a visit: what you write could be lost. Close other windows of this app, leave private mode, then open it again.")), h("p", { class: "small" }, String(error))),
  );
}

const opened = () => open().catch(failed);

window.addEventListener("hashchange", opened);
window.addEventListener("online", () => outbox.flush().then(opened));
await opened();
if (navigator.onLine) {
  await session
    .prepareDay()
    .then(() => outbox.flush())
    .then(() => location.hash.startsWith("#/visit") || opened())
    .catch(() => {});
}
