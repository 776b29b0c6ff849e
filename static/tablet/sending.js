// Sends a sealed pack (docs/reference/pack.md, "Sending sealed"), whole or in parts, until the
// registry gives its receipt. Knows no page: the service worker sends with it too.
import { AT_ONCE, TIMEOUT } from "./line.js";
import { Refusal, isFinal, isOfLine } from "./refusal.js";

const TUS = { "Tus-Resumable": "1.0.0" };
const SEALED = "application/vnd.safe-rooms.sealed-pack";
// Failures in a row, of all parts together, before the pack waits for better times.
const PATIENCE = 3 * AT_ONCE;
const PAUSE = 400;

// Resolves with the receipt or throws a Refusal. `tell(received)` hears how many bytes the
// registry has.
export class Sending {
  #todo = [];
  #failures = 0;
  #open = new Set();
  #asking = null;
  #problem = null;

  constructor(entry, bytes, line, { rank = 0, tell = () => {} } = {}) {
    Object.assign(this, { entry, bytes, line, rank, tell });
    this.size = bytes.byteLength;
    this.address = `/api/v1/visits/${entry.visit}/uploads/${entry.upload}`;
    this.received = 0;
  }

  async run() {
    try {
      return await this.#send();
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || !isFinal(refusal)) throw refusal;
      // Perhaps another tab or tablet was quicker.
      this.#problem = null;
      const { receipt } = await this.#state().catch(() => ({}));
      if (receipt) return this.#checked(receipt);
      throw refusal;
    }
  }

  async #send() {
    // What was never begun need not be asked for.
    let missing = null;
    let isBegun = this.entry.tries > 1;
    if (!isBegun && this.line.carries(this.size)) {
      const answer = await this.#whole();
      if (answer && !answer.code) return this.#checked(answer);
      isBegun = true;
    }
    if (isBegun) {
      const state = await this.#state();
      if (state.receipt) return this.#checked(state.receipt);
      missing = state.missing;
    }
    for (let round = 0; round < 3; round += 1) {
      await this.#sendParts(missing ?? [[0, this.size]]);
      const answer = await this.#end("POST");
      if (!answer.code) return this.#checked(answer);
      missing = answer.missing ?? null;
    }
    throw new Refusal(409, "incomplete");
  }

  // Only the registry's own envelope about these very bytes and photos counts.
  #checked(answer) {
    const { visit, revision, sha256, upload, pictures = [] } = this.entry;
    const isOurs =
      answer.registry === "safe-rooms" &&
      answer.visit === visit &&
      answer.revision === revision &&
      answer.sha256 === sha256 &&
      answer.upload === upload &&
      Boolean(answer.receipt);
    if (!isOurs) throw new Refusal(200, "no_envelope");
    const confirmed = new Set(answer.confirmed);
    if (!pictures.every((picture) => confirmed.has(picture.sha256)))
      throw new Refusal(200, "not_confirmed");
    this.tell(this.size);
    return answer;
  }

  // All at once; null if the line did not carry it.
  async #whole() {
    const began = Date.now();
    try {
      const answer = await this.#end("PUT", this.bytes, { "Content-Type": SEALED });
      this.line.passed(this.size, Date.now() - began);
      return answer;
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || !isOfLine(refusal) || refusal.answer?.code) throw refusal;
      this.line.broke();
      if (refusal.isTooMuch) this.line.narrow(this.size);
      return null;
    }
  }

  // --- parts -----------------------------------------------------------------------------

  async #sendParts(missing) {
    this.#todo = missing.map(([from, to]) => [from, to]);
    this.received = this.size - missing.reduce((sum, [from, to]) => sum + to - from, 0);
    this.#problem = null;
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.#work()));
    if (this.#problem) throw this.#problem;
  }

  async #work() {
    try {
      while (this.#todo.length && !this.#problem) await this.#part(this.#next());
    } catch (problem) {
      this.#problem ??= problem;
      for (const request of this.#open) request.abort();
    }
  }

  // The next part, cut off the first range that is left.
  #next() {
    const [range] = this.#todo;
    const [from, to] = range;
    const end = Math.min(to, from + this.line.part());
    range[0] = end;
    if (end === to) this.#todo.shift();
    return [from, end];
  }

  async #part([from, to]) {
    const began = Date.now();
    try {
      await this.#patch(from, to);
      this.line.passed(to - from, Date.now() - began);
    } catch (refusal) {
      this.line.broke();
      if (this.#problem || !(refusal instanceof Refusal) || !isOfLine(refusal)) throw refusal;
      if (await this.#isStillMissing(from, to, refusal)) {
        this.#todo.unshift([from, to]);
        return;
      }
    }
    this.#failures = 0;
    this.received += to - from;
    this.tell(this.received);
  }

  // After a break the registry is asked rather than sent the same again.
  async #isStillMissing(from, to, refusal) {
    const canBeLess = refusal.isTooMuch && this.line.narrow(to - from);
    if (canBeLess && refusal.status === 413) return true;
    this.#failures += refusal.status ? AT_ONCE : 1;
    if (this.#failures > PATIENCE || refusal.retryAfter) throw refusal;
    await this.line.pause(PAUSE * Math.random());
    this.#asking ??= this.#state().finally(() => (this.#asking = null));
    try {
      const { missing } = await this.#asking;
      return !missing || missing.some(([start, end]) => start < to && from < end);
    } catch (other) {
      if (!(other instanceof Refusal) || !isOfLine(other)) throw other;
      return true;
    }
  }

  // --- requests --------------------------------------------------------------------------

  async #patch(from, to) {
    const response = await this.#ask("PATCH", this.bytes.slice(from, to), {
      ...TUS,
      "Content-Type": "application/offset+octet-stream",
      "Upload-Offset": String(from),
      "Upload-Length": String(this.size),
    });
    const isTaken = response.ok && response.headers.get("Tus-Resumable") === TUS["Tus-Resumable"];
    if (!isTaken) throw await refusalOf(response);
  }

  async #state() {
    const response = await this.#ask("GET");
    const answer = await envelope(response);
    const { visit, upload } = this.entry;
    if (answer.registry !== "safe-rooms" || answer.visit !== visit || answer.upload !== upload)
      throw new Refusal(response.status, "no_envelope");
    return answer;
  }

  // The receipt, or what is still missing.
  async #end(method, body, headers) {
    const response = await this.#ask(method, body, { "X-Device-Time": new Date().toISOString(), ...headers });
    try {
      return await envelope(response);
    } catch (refusal) {
      if (refusal.code === "incomplete" || refusal.code === "damaged") return refusal.answer;
      throw refusal;
    }
  }

  // No cookie travels: the proof says whose it is, whoever is signed in.
  #ask(method, body, headers) {
    return this.line.use(this.rank, async () => {
      if (this.#problem) throw this.#problem;
      const request = new AbortController();
      let isLate = false;
      const timeout = method === "PUT" ? TIMEOUT : this.line.timeout;
      const late = setTimeout(() => {
        isLate = timeout === TIMEOUT;
        request.abort();
      }, timeout);
      this.#open.add(request);
      try {
        return await this.line.fetch(this.address, {
          method,
          body,
          headers: { Authorization: this.entry.proof, ...headers },
          credentials: "omit",
          redirect: "manual",
          referrerPolicy: "no-referrer",
          signal: request.signal,
          ...(method === "GET" && { cache: "no-store" }),
        });
      } catch {
        const silence = new Refusal(0, "no_answer");
        silence.isTooMuch = isLate;
        throw silence;
      } finally {
        clearTimeout(late);
        this.#open.delete(request);
      }
    });
  }
}

async function envelope(response) {
  if (!response.ok) throw await refusalOf(response);
  const answer = await response.json().catch(() => null);
  if (answer === null || typeof answer !== "object") throw new Refusal(response.status, "no_envelope");
  return answer;
}

async function refusalOf(response) {
  // A redirect that is not followed has no status of its own: a portal's sign-in.
  const status = response.status || 302;
  const answer = response.ok ? null : await response.json().catch(() => null);
  // Something on the way let go of half of it.
  if (answer?.why === "cut_off") return new Refusal(0, "no_answer");
  const refusal = new Refusal(status, answer?.code ?? "no_envelope", answer?.message);
  refusal.answer = answer;
  refusal.isTooMuch = status === 413 && !answer?.code;
  refusal.retryAfter = Number(response.headers.get("Retry-After")) || 0;
  return refusal;
}
