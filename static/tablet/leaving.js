// When the outbox is sent: at the start, when the network is back, when a try is due, when
// the tablet is taken up again, and by the browser itself where it can (Background Sync).
import * as outbox from "./outbox.js";

const LONGEST = 60_000;
let timer;

// Sends what is due, then waits for what is due next.
export async function leave(send = outbox.flush) {
  clearTimeout(timer);
  await send();
  const next = await outbox.nextTry();
  if (next === null) return;
  askWorker();
  const pause = next ? Date.parse(next) - Date.now() : 0;
  timer = setTimeout(leave, Math.min(Math.max(pause, 1000), LONGEST));
}

// Without waiting for anything.
export const leaveNow = () => leave(outbox.hurry);
export const retry = (id) => leave(() => outbox.retry(id));

async function askWorker() {
  const registration = await navigator.serviceWorker?.getRegistration();
  // The browser may have switched it off: then the page sends alone.
  await registration?.sync?.register("outbox").catch(() => {});
}

export function start() {
  document.addEventListener("visibilitychange", () => document.hidden || leave());
  return leave();
}
