// What time it is by the registry's clock: a tablet's own may be days wrong. What was done
// keeps the tablet's time; only deadlines and "today" are counted by this one.
const HOUR = 3600_000;
// As the registry flags it (SKEW_FLAGGED).
const WRONG = 5 * 60_000;

// How far the tablet is ahead, in ms, and when that was last heard, by the registry's clock.
let skew = 0;
let heard = null;
export const skewMs = () => skew;
export const heardAt = () => heard;
export function setSkew(ms, at) {
  skew = ms;
  heard = at;
}

// An answer that was asked for and came at these moments (ms) says the registry's time, half
// a round trip old. What the round trip hides is not believed over what is known.
export function hear(asked, came, time) {
  const told = Math.round((asked + came) / 2 - Date.parse(time));
  if (Math.abs(told - skew) > (came - asked) / 2 + 1000) skew = told;
  heard = time;
}

// The registry's time when the tablet's was `iso`, and how far it was ahead then.
export const registryTime = (iso, ahead = skew) => new Date(Date.parse(iso) - ahead).toISOString();
export const now = () => registryTime(new Date().toISOString());
// In Viet Nam: 2026-11-21
export const today = () => new Date(Date.parse(now()) + 7 * HOUR).toISOString().slice(0, 10);
export const isWrong = () => Math.abs(skew) > WRONG;
