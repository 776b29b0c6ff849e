// Keeps the draft: at the registry after each pause, and until it is there on this device.
import { send, token } from "./sending.js";

const PAUSE = 1200;
const AGAIN = 15000;
const FIELDS = ["title", "summary", "body", "note"];

function plain({ title, summary, body }) {
  return [title, summary, body].join("\n").normalize("NFC").replace(/\s+/g, " ").trim();
}

export class Keeper {
  #form;
  #sign;
  #waiting;
  #sending = null;
  #stopped = false;
  #changed = false;

  constructor(form, sign) {
    this.#form = form;
    this.#sign = sign;
    this.#offerWhatIsHere();
    form.addEventListener("submit", (event) => this.#submit(event));
    addEventListener("beforeunload", (event) => {
      if (this.#changed) event.preventDefault();
    });
  }

  later() {
    this.#changed = true;
    this.#keepHere();
    this.#say("");
    clearTimeout(this.#waiting);
    if (!this.#stopped) this.#waiting = setTimeout(() => this.#keep(), PAUSE);
  }

  async #keep() {
    if (this.#sending) await this.#sending;
    const before = this.#text();
    this.#sending = this.#sent(before);
    await this.#sending;
    this.#sending = null;
  }

  async #sent(text) {
    const answer = await send(this.#form, this.#form.dataset.draft);
    if (answer === null || answer.response.status >= 500) return this.#tryAgain("away");
    if (answer.signedOut) return this.#tryAgain("signedOut");
    if (answer.response.status === 404) return this.#say("gone");
    const said = JSON.parse(answer.text);
    if (!answer.response.ok) return this.#stop(said);
    this.#form.elements.kept.value = said.kept;
    if (text === this.#text()) {
      this.#changed = false;
      localStorage.removeItem(this.#name());
      this.#say("kept", new Date().toLocaleTimeString(document.documentElement.lang));
    }
  }

  #tryAgain(why) {
    this.#say(why);
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#keep(), AGAIN);
  }

  // Another window has written: what is here stays here until she has compared.
  #stop(said) {
    this.#stopped = said.code === "other_tab";
    this.#say("stopped", said.words.join(" "));
  }

  async #submit(event) {
    clearTimeout(this.#waiting);
    this.#form.csrfmiddlewaretoken.value = token(this.#form);
    if (this.#sending) {
      event.preventDefault();
      await this.#sending;
      this.#form.requestSubmit(event.submitter);
      return;
    }
    // The copy on this device goes when the page shows that the text has arrived.
    this.#changed = false;
  }

  #offerWhatIsHere() {
    const here = localStorage.getItem(this.#name());
    if (here === null) return;
    // The registry tidies line ends: what it gave back is the same.
    if (plain(JSON.parse(here)) === plain(JSON.parse(this.#text()))) {
      localStorage.removeItem(this.#name());
      return;
    }
    const offer = document.querySelector("[data-here]");
    offer.hidden = false;
    offer.querySelector("[data-take]").addEventListener("click", () => {
      const words = JSON.parse(here);
      for (const field of FIELDS) this.#form.elements[field].value = words[field];
      offer.hidden = true;
      this.#form.elements.body.dispatchEvent(new Event("input", { bubbles: true }));
    });
    offer.querySelector("[data-leave]").addEventListener("click", () => {
      localStorage.removeItem(this.#name());
      offer.hidden = true;
    });
  }

  #keepHere() {
    try {
      localStorage.setItem(this.#name(), this.#text());
    } catch (error) {
      if (error.name !== "QuotaExceededError") throw error;
    }
  }

  #text() {
    const words = FIELDS.map((field) => [field, this.#form.elements[field].value]);
    return JSON.stringify(Object.fromEntries(words));
  }

  #name() {
    return `handbook:${this.#form.dataset.person}:${this.#form.dataset.draft}`;
  }

  #say(key, more = "") {
    this.#sign.className = `kept kept-${key}`;
    const words = key === "" ? "" : (this.#sign.dataset[key] ?? "");
    this.#sign.textContent = `${words} ${more}`.trim();
  }
}
