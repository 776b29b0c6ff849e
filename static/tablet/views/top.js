// What waits on this tablet, on top of every screen: how much, and since when.
import * as outbox from "../outbox.js";
import { day, fill, gettext, size, time } from "../words.js";
import { h, icon } from "./dom.js";

const isToday = (iso) => day(iso) === day(new Date().toISOString());
// 9:12, or 20/11/2026 9:12
export const when = (iso) => (isToday(iso) ? time(iso) : `${day(iso)} ${time(iso)}`);

const bytesOf = (entries) => size(entries.reduce((sum, entry) => sum + entry.size, 0));

// "2 waiting · 3.1 MB · since 9:12"
export function inShort(entries) {
  const words = fill(gettext("%(n)s waiting to be sent"), { n: entries.length });
  if (entries.length === 0) return words;
  return [words, bytesOf(entries), fill(gettext("since %(when)s"), { when: when(entries[0].made_at) })].join(" · ");
}

export async function tellWaiting() {
  const entries = await outbox.waiting();
  const place = document.getElementById("waiting");
  place.className = `waiting ${entries.length ? "waiting-some" : ""}`;
  place.replaceChildren(icon(entries.length ? "clock" : "check"), h("span", {}, inShort(entries)));
}
