// Names of a visit's places, as several screens say them.
import { nameOf, roomLabel } from "../draft.js";
import { fill, gettext, said } from "../words.js";

export const houseName = ({ visit }) => nameOf(visit.house);
export const roomName = (draft, room) =>
  fill(gettext("Room %(label)s"), { label: roomLabel(draft, room) });
export const placeName = (draft, room) => (room ? roomName(draft, room) : gettext("The house"));
export const count = ({ done, of }) => fill(gettext("%(done)s of %(of)s"), { done, of });

// What an item or a fact asks, by its code.
export function labelOf(checklist, code) {
  const isIt = (one) => one.code === code;
  return said((checklist.items.find(isIt) ?? checklist.facts.find(isIt))?.label ?? code);
}

// Where an item or a fact is answered: the address of its screen, and its place there.
export function addressOfPlace(draft, checklist, { item, room }) {
  const base = `#/visit/${draft.id}`;
  const asked = checklist.items.find((other) => other.code === item);
  const at = `${asked ? "" : "fact-"}${room ?? "house"}-${item}`;
  if (room) return `${base}/room/${room}?at=${at}`;
  return asked ? `${base}/section/${asked.section}?at=${at}` : `${base}/facts?at=${at}`;
}
