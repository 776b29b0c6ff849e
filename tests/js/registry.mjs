// A registry in a few lines, as far as a tablet that sends sees it (docs/reference/pack.md),
// and what may stand between the two.
import { createHash } from "node:crypto";

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

export class Registry {
  constructor({ between = (ask) => ask() } = {}) {
    this.uploads = new Map();
    this.between = between;
    this.asked = [];
    this.underWay = 0;
    this.mostUnderWay = 0;
    this.refusals = new Map();
    this.fetch = (address, options) => this.#take(address, options);
  }

  // The requests of one kind.
  count(method) {
    return this.asked.filter((one) => one.method === method).length;
  }

  get bodies() {
    return this.asked.reduce((sum, { size }) => sum + size, 0);
  }

  async #take(address, options) {
    const request = { address, size: 0, ...options };
    if (options.body) request.size = options.body.byteLength;
    this.asked.push(request);
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    try {
      await new Promise((go) => setTimeout(go));
      return await this.between(() => this.#answer(request), request, this);
    } finally {
      this.underWay -= 1;
    }
  }

  #answer(request) {
    const [, visit, upload] = request.address.match(/visits\/(.*)\/uploads\/(.*)$/);
    const here = this.uploads.get(upload) ?? { visit, upload, parts: [], size: null, receipt: null };
    const refusal = this.refusals.get(visit);
    if (refusal && request.method !== "GET") return json(refusal.status, refusal);
    if (request.method === "PATCH") return this.#patch(here, request);
    if (request.method === "PUT") return this.#put(here, request);
    if (request.method === "POST") return this.#finish(here);
    return json(200, this.#state(here));
  }

  #patch(here, { headers, body }) {
    this.uploads.set(here.upload, here);
    here.size = Number(headers["Upload-Length"]);
    here.parts.push({ from: Number(headers["Upload-Offset"]), body: new Uint8Array(body) });
    return new Response(null, { status: 204, headers: { "Tus-Resumable": "1.0.0" } });
  }

  #put(here, { body }) {
    if (sha256(body) !== here.upload) return json(422, { code: "damaged" });
    this.uploads.set(here.upload, here);
    here.size = body.byteLength;
    here.parts = [{ from: 0, body: new Uint8Array(body) }];
    return this.#finish(here);
  }

  #state(here) {
    const { visit, upload, size, receipt } = here;
    const state = receipt ? "received" : size === null ? "unknown" : "incomplete";
    return { registry: "safe-rooms", visit, upload, state, size, receipt, missing: missing(here) };
  }

  #finish(here) {
    if (here.receipt) return json(200, here.receipt);
    const left = missing(here);
    if (!left || left.length) return json(409, { code: "incomplete", missing: left });
    const whole = new Uint8Array(here.size);
    for (const { from, body } of here.parts) whole.set(body, from);
    if (sha256(whole) !== here.upload) return json(422, { code: "damaged" });
    here.receipt = this.receipt({ ...here, whole });
    return json(201, here.receipt);
  }

  receipt({ visit, upload }) {
    const { revision, sha256: plain, pictures } = this.entries.get(visit);
    return {
      registry: "safe-rooms",
      visit,
      revision,
      upload,
      sha256: plain,
      receipt: "K7M2-9QXT-4W",
      confirmed: pictures.map((picture) => picture.sha256),
    };
  }

  // What it would find in the packs that it is going to receive.
  expect(...entries) {
    this.entries = new Map(entries.map((entry) => [entry.visit, entry]));
    return this;
  }
}

const json = (status, body) => Response.json(body, { status });

function missing({ size, parts }) {
  if (size === null) return null;
  const left = [];
  let end = 0;
  for (const { from, body } of [...parts].sort((one, other) => one.from - other.from)) {
    if (from > end) left.push([end, from]);
    end = Math.max(end, from + body.length);
  }
  return end < size ? [...left, [end, size]] : left;
}
