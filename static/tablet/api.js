// Talks to the server in the session of whoever is signed in; what is finished leaves by
// sending.js, without one.
import * as clock from "./clock.js";
import { Refusal } from "./refusal.js";

// A network that neither answers nor breaks (ms). Longer than all houses take on the slowest.
const PATIENCE = 180_000;
const JSON_TYPE = { Accept: "application/json" };

const cookie = (name) =>
  document.cookie
    .split("; ")
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? "";

// For what is sent in a session; the page holds none, so that it may be kept.
async function token() {
  const name = document.body.dataset.csrfCookie;
  if (!cookie(name)) await day();
  return cookie(name);
}

const silence = () => {
  throw new Refusal(0, "no_answer");
};

const reach = (address, { patience = PATIENCE, ...options } = {}) =>
  fetch(address, {
    credentials: "same-origin",
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(patience),
    ...options,
  }).catch(silence);

async function ask(address, options = {}) {
  const asked = Date.now();
  const response = await reach(address, { ...options, headers: { ...JSON_TYPE, ...options.headers } });
  const came = Date.now();
  if (response.status === 304) return null;
  const answer = await response.json().catch(({ name }) => (name === "SyntaxError" ? null : silence()));
  if (!response.ok) {
    throw new Refusal(response.status, answer?.code ?? "no_envelope", answer?.message);
  }
  if (answer === null) throw new Refusal(response.status, "no_envelope");
  if (answer.server_time) clock.hear(asked, came, answer.server_time);
  const etag = response.headers.get("ETag");
  return etag ? { ...answer, etag } : answer;
}

export async function day() {
  const answer = await ask("/api/v1/tablet/day/");
  if (answer.registry !== "safe-rooms") throw new Refusal(200, "no_envelope");
  return answer;
}

// All houses that may be visited unasked; null if they are those of `etag`.
export async function houses(etag) {
  const answer = await ask("/api/v1/tablet/houses/", { headers: { "If-None-Match": etag ?? "" } });
  if (answer && answer.registry !== "safe-rooms") throw new Refusal(200, "no_envelope");
  return answer;
}

// The bytes of a photo, or null if the registry does not show it (any more).
export async function picture(address) {
  const response = await reach(address);
  const isPicture = response.headers.get("Content-Type")?.startsWith("image/");
  if (response.ok && isPicture) return response.arrayBuffer().catch(silence);
  if ([403, 404].includes(response.status)) return null;
  throw new Refusal(response.status, "no_envelope");
}

// A house that nobody planned, in the shape of a day's visit without its id. With `patience`
// (ms) no longer than that: who asks knows something to go on with.
export async function house(number, patience) {
  const answer = await ask(`/api/v1/tablet/houses/${encodeURIComponent(number)}/`, { patience });
  if (!answer.house) throw new Refusal(200, "no_envelope");
  return answer;
}

// What opens a person's work on this tablet when she has forgotten her PIN (32 bytes, base64).
const recoveryAddress = (tablet) => `/api/v1/tablet/${tablet}/recovery/`;
export const recovery = (tablet) => ask(recoveryAddress(tablet));
export const keepRecovery = async (tablet, key) =>
  ask(recoveryAddress(tablet), {
    method: "PUT",
    body: JSON.stringify({ key }),
    headers: { "Content-Type": "application/json", "X-CSRFToken": await token() },
  });

// Its texts in one language: the other would be as heavy as the app.
export const checklist = (address, language) => ask(`${address}?language=${language}`);
