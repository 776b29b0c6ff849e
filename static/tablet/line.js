// The way to the registry: what it has carried says how much at once is worth a try, and for
// how long. Knows no page: the service worker sends over it too.
// A proxy that takes no large part takes a smaller one.
const PARTS = [32768, 16384, 8192];
// What goes whole, in one round trip: a small pack, and what a calm and quick line (bytes a ms)
// carries in two or three seconds. On a slower one a break would cost more than is gained.
const SMALL = 49152;
const LARGE = 1_048_576;
const QUICK = 400;
// As many connections as a browser has to a registry: with fewer a line of 2 Mbit/s and 300 ms
// has to wait now and then.
export const AT_ONCE = 6;
// Milliseconds for a request: as long as the slowest line needs, or six times what this one did.
export const TIMEOUT = 90_000;
const SHORTEST = 15_000;
// A line that has carried so many bytes without a break, at this pace (bytes a ms), is worth
// parts of twice the size: half the headers, and it never waits for an answer.
const CALM = 1_500_000;
const PACE = 60;

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

  // How large a part may be. The first ones differ: parts that begin and end together would all
  // wait for their answers together, and the line with them.
  part() {
    this.#begun = Math.min(this.#begun + 1, AT_ONCE);
    return Math.ceil((this.#parts[0] * this.#begun) / AT_ONCE) * (this.#isCalm() ? 2 : 1);
  }

  carries(size) {
    return !this.#isNarrow && size <= (this.#isCalm(QUICK) ? LARGE : SMALL);
  }

  #isCalm(pace = PACE) {
    return !this.#isNarrow && this.#calm > CALM && this.#calm / (Date.now() - this.#since) > pace;
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

export const LONGEST_PAUSE = 300_000;
// Milliseconds before the next try: 2 s, 4 s … 5 min, never all tablets at the same moment.
export const backOff = (failures, random = Math.random()) =>
  Math.min(LONGEST_PAUSE, 1000 * 2 ** failures) * (0.5 + random / 2);
