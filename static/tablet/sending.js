// Sends a sealed pack in parts (docs/reference/pack.md, "In parts") until the registry gives
// its receipt. Knows no page: the service worker sends with it too.
import { Refusal, isFinal, isOfLine } from "./refusal.js";

const TUS = { "Tus-Resumable": "1.0.0" };
// A proxy that takes no large part takes a smaller one. A small pack is worth one larger
// part: then it is two round trips.
const PARTS = [32768, 16384, 8192];
const SMALL = 49152;
// As many connections as a browser has to a registry: with fewer a line of 2 Mbit/s and 300 ms
// has to wait now and then.
const AT_ONCE = 6;
// Failures in a row, of all parts together, before the pack waits for better times.
const PATIENCE = 3 * AT_ONCE;
// Milliseconds for a request: as long as the slowest line needs, or six times what this one did.
const TIMEOUT = 90_000;
const SHORTEST = 15_000;
// A line that has carried so many bytes without a break, at this pace (bytes a ms), is worth
// parts of twice the size: half the headers, and it never waits for an answer.
const CALM = 1_500_000;
const PACE = 60;
const PAUSE = 400;

const waited = (ms) => new Promise((go) => setTimeout(go, ms));

// The way to the registry that all packs share.
export class Line {
  #free = AT_ONCE;
  #queue = [];
  #parts = [...PARTS];
  #isNarrow = false;
  #begun = 0;
  #calm = 0;
  #since = 0;
  #slowest = 0;

  constructor(fetch, pause = waited) {
    this.fetch = fetch;
    this.pause = pause;
  }

  // How large a part may be, of a pack of `size`. The first ones differ: parts that begin and
  // end together would all wait for their answers together, and the line with them.
  part(size) {
    if (size <= SMALL && !this.#isNarrow) return SMALL;
    this.#begun = Math.min(this.#begun + 1, AT_ONCE);
    return Math.ceil((this.#parts[0] * this.#begun) / AT_ONCE) * (this.#isCalm() ? 2 : 1);
  }

  #isCalm() {
    return !this.#isNarrow && this.#calm > CALM && this.#calm / (Date.now() - this.#since) > PACE;
  }

  passed(bytes, ms) {
    this.#since ||= Date.now() - ms;
    this.#calm += bytes;
    this.#slowest = Math.max(ms, 0.9 * this.#slowest);
  }

  broke() {
    this.#calm = 0;
    this.#since = 0;
  }

  get timeout() {
    return this.#slowest ? Math.min(TIMEOUT, Math.max(SHORTEST, 6 * this.#slowest)) : TIMEOUT;
  }

  // Something on the way does not take `size` bytes. Returns whether less can be tried.
  narrow(size) {
    this.#isNarrow = true;
    while (this.#parts[0] >= size && this.#parts.length > 1) this.#parts.shift();
    return this.#parts[0] < size;
  }

  // The pack of the lowest rank goes first, the next one fills its gaps.
  async use(rank, work) {
    if (this.#free > 0) this.#free -= 1;
    else
      await new Promise((go) => {
        this.#queue.push({ rank, go });
        this.#queue.sort((one, other) => one.rank - other.rank);
      });
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next) next.go();
      else this.#free += 1;
    }
  }
}

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
    if (this.entry.tries > 1) {
      const state = await this.#state();
      if (state.receipt) return this.#checked(state.receipt);
      missing = state.missing;
    }
    for (let round = 0; round < 3; round += 1) {
      await this.#sendParts(missing ?? [[0, this.size]]);
      const answer = await this.#finish();
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
    const end = Math.min(to, from + this.line.part(this.size));
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
  async #finish() {
    const response = await this.#ask("POST", undefined, { "X-Device-Time": new Date().toISOString() });
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
      const { timeout } = this.line;
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

export const LONGEST_PAUSE = 300_000;
// Milliseconds before the next try: 2 s, 4 s … 5 min, never all tablets at the same moment.
export const backOff = (failures, random = Math.random()) =>
  Math.min(LONGEST_PAUSE, 1000 * 2 ** failures) * (0.5 + random / 2);
