// What is not a yes of the registry itself. `status` 0: no answer at all.
export class Refusal extends Error {
  constructor(status, code, message) {
    super(message || code);
    this.status = status;
    this.code = code;
  }
}

// What answered was not the registry, or nothing did: the next pack would hear the same.
export const isOfLine = ({ status, code }) =>
  status === 0 || status >= 500 || code === "no_envelope";

// Only the author can help: she proves anew that it is hers, or seals it anew.
const HERS = new Set(["bad_proof", "cannot_open", "not_sealed"]);
export const needsAuthor = ({ code }) => HERS.has(code);

// Refusals of the registry that trying again cannot change: a person has to look.
const FINAL = new Set([400, 404, 409, 411, 413, 415, 422]);
// What may be otherwise next time.
const AGAIN = new Set(["photo_mismatch", "damaged", "incomplete"]);
export const isFinal = (refusal) =>
  FINAL.has(refusal.status) && !isOfLine(refusal) && !needsAuthor(refusal) && !AGAIN.has(refusal.code);
