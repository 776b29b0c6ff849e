// This tablet: how much room there is, whether the browser promised to keep it, whose it is.
import * as store from "../store.js";
import * as vault from "../vault.js";
import { fill, gettext, size } from "../words.js";
import { back, bar, button, h, icon, line, link, notice, show } from "./dom.js";

// Comes when the browser has answered; nothing as long as there is room.
export function roomWarning() {
  const place = h("div", {});
  store.room().then((room) => room?.isShort && place.append(warning(room)));
  return place;
}

const warning = ({ isFull }) =>
  isFull
    ? notice("error", h("p", {}, gettext("This tablet is full: no more photos are kept. Answers are. Send what waits, remove old pictures and apps.")))
    : notice("warning", h("p", {}, gettext("This tablet is nearly full. Send what waits, remove old pictures and apps.")));

function roomBar(room) {
  if (!room) return null;
  // Chromium does not tell how much room there is: it names whole GiB more than is used.
  if ((room.quota - room.usage) % 2 ** 30 === 0) {
    const words = gettext("This app uses %(used)s. The browser does not tell how much room is left.");
    return h("p", { class: "small" }, fill(words, { used: size(room.usage) }));
  }
  const words = gettext("%(used)s of %(all)s are used by this app; room for about %(n)s photos.");
  const left = Math.max(0, Math.floor((room.quota * 0.95 - room.usage) / 250_000));
  const values = { used: size(room.usage), all: size(room.quota), n: left > 1000 ? "1000+" : left };
  return bar({ done: room.usage, of: room.quota }, fill(words, values));
}

export const promise = (isPersisted) =>
  isPersisted
    ? line("check", gettext("The browser has promised not to clear what is kept here."))
    : notice("warning", h("p", {}, gettext("The browser has not promised to keep what is here. Send every day, and put the app on the home screen.")));

export async function tabletPage() {
  const [room, isPersisted] = await Promise.all([store.room(), store.isPersisted()]);
  show(
    back("#/", gettext("Visits")),
    h("h1", {}, gettext("This tablet")),
    h("h2", {}, gettext("Space on the tablet")),
    roomBar(room),
    room?.isShort && warning(room),
    promise(isPersisted),
    h("h2", {}, vault.who().name),
    h("p", { class: "actions" }, link("#/pin", { class: "button button-second" }, icon("lock"), gettext("Change the PIN"))),
  );
}
