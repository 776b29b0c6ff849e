// How results, deadlines and refusals are said.
import { day, fill, gettext } from "../words.js";

export const severities = () => ({
  K: ["stop", "flame", gettext("Urgent")],
  N: ["stop", "warning", gettext("Serious")],
  T: ["wait", "clock", gettext("Medium")],
  L: ["quiet", "info", gettext("Minor")],
});

export const outcomes = () => ({
  certify: ["ok", "check", gettext("May be certified")],
  conditional: ["wait", "clock", gettext("May be certified for 60 days")],
  refuse: ["stop", "warning", gettext("Not yet")],
  not_complete: ["quiet", "info", gettext("Not complete")],
});

const steps = () => ({
  correct: gettext("put right by %(day)s"),
  make_safe: gettext("made safe by %(day)s"),
  plan: gettext("planned by %(day)s"),
  assign: gettext("assigned by %(day)s"),
  build: gettext("built by %(day)s"),
  report: gettext("reported to the commune by %(day)s"),
});

export const deadline = ({ what, at }) => fill(steps()[what], { day: day(at) });

const whys = () => ({
  fact: gettext("%(what)s: not filled in"),
  missing: gettext("%(what)s: no answer yet"),
  fail: gettext("%(what)s: not yet right"),
  unseen: gettext("%(what)s: could not be seen, and must be"),
  open: gettext("%(what)s: still open from an earlier visit"),
  score: gettext("%(what)s: too many points are missing"),
});

export const why = (reason, what) => fill(whys()[reason], { what });

export const scoreNames = () => ({
  overall: gettext("All in all"),
  security: gettext("Security"),
  women: gettext("Women's safety"),
});

const refusals = () => ({
  other_person: gettext("The registry is open under the name of %(message)s. Sign out there and sign in under your own; your work stays here."),
  no_envelope: gettext("Something between here and the registry answered. Look for a free Wi-Fi that asks to sign in; it is tried again."),
  different_content: gettext("The registry has another version of this visit. Both are kept; the office looks at them."),
  bad_proof: gettext("Open the tablet with your PIN where there is a network and fetch the day: the registry asks once more that this is yours. Nothing is lost."),
  cannot_open: gettext("Open the tablet with your PIN where there is a network and fetch the day: it is sealed anew then. Nothing is lost."),
  not_sealed: gettext("Fetch the day where there is a network: then it is sealed and sent. Nothing is lost."),
  not_confirmed: gettext("The registry has not confirmed every photo yet. It is tried again."),
  incomplete: gettext("Parts of it are still missing at the registry. It is tried again."),
  damaged: gettext("It was damaged on its way. It is sent again."),
  fault: gettext("The app could not send it: %(message)s. Tell the office; save it as a file."),
});

// Why a pack has not been received, and what happens next.
export function refusal({ status, code, message = "", kept }) {
  if (kept) return gettext("The registry has another record of this visit and has kept this one beside it. The reviewer compares both; you need do nothing.");
  if (status === 0) return gettext("No connection. It will be sent as soon as there is one.");
  const words = refusals()[code];
  if (words) return fill(words, { message });
  if (status === 401) return gettext("Sign in again; then it is sent. Nothing is lost.");
  if (status >= 500) return gettext("The registry cannot take it right now. It is tried again.");
  return fill(gettext("The registry did not take it: %(message)s (%(code)s). Tell the office; it stays here."), { message, code });
}
