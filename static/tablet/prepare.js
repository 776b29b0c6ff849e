// Everything that a day without a network needs, and what of it is on this tablet.
import { roomsToSee } from "./asking.js";
import * as api from "./api.js";
import { renew } from "./finishing.js";
import * as leaving from "./leaving.js";
import * as session from "./session.js";
import * as store from "./store.js";
import * as update from "./update.js";
import * as work from "./work.js";

const AT_ONCE = 4;

// `tell(what, done, of)` hears how far it is. What came stays: after a break it goes on there.
// The photos last, they are the heaviest.
export async function prepare(tell) {
  tell("day");
  await session.prepareDay();
  await renew();
  leaving.leaveNow();
  tell("houses");
  const kept = await work.kept("houses");
  const houses = await api.houses(kept?.etag);
  if (houses) await work.keep("houses", houses);
  tell("app");
  await update.kept();
  await fetchPictures(picturesOf(await session.keptDay()), tell);
}

// The photos that visits show again: [name they are kept by, address]
function picturesOf(day) {
  const all = day.visits.flatMap((visit) =>
    [visit.pictures, ...visit.open_findings.map(({ photos }) => photos)].flatMap((photos) =>
      Object.entries(photos ?? {}).map(([sha256, address]) => [work.pictureName(visit.id, sha256), address]),
    ),
  );
  return [...new Map(all)];
}

async function fetchPictures(wanted, tell) {
  const there = await work.names("pictures");
  await forget(there, wanted);
  const missing = wanted.filter(([name]) => !there.includes(name));
  let done = wanted.length - missing.length;
  let problem = null;
  const fetchThem = async () => {
    while (missing.length > 0 && !problem) {
      tell("pictures", done, wanted.length);
      await fetchPicture(...missing.shift()).catch((error) => (problem = error));
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchThem));
  if (problem) throw problem;
}

async function fetchPicture(name, address) {
  const bytes = await api.picture(address);
  if (bytes) await work.keepBytes(name, bytes);
}

// Photos of visits that are neither of the day nor still being done.
async function forget(there, wanted) {
  const open = (await session.drafts()).filter(({ state }) => state === "open");
  const used = [...wanted.map(([name]) => name), ...open.map(({ id }) => work.pictureName(id, ""))];
  for (const name of there) {
    if (!used.some((start) => name.startsWith(start))) await work.forget(name);
  }
}

// What is here, or null before the first day came.
export async function ready() {
  const [day, houses, there] = await Promise.all([session.keptDay(), work.kept("houses"), work.names("pictures")]);
  if (!day) return null;
  const photos = picturesOf(day);
  return {
    visits: day.visits.length,
    rooms: day.visits.reduce((sum, visit) => sum + roomsToSee({ visit }).length, 0),
    photos: { done: photos.filter(([name]) => there.includes(name)).length, of: photos.length },
    checklists: [...new Set(day.checklists.map(({ version }) => version))],
    houses: houses ? houses.houses.length : null,
    isKept: update.isKept(),
    isSafe: await store.isPersisted(),
  };
}
