// The text as its readers see it, and what is wrong with it, beside its line.
import { send } from "./sending.js";

const PAUSE = 350;

export class Seeing {
  #form;
  #gutter;
  #waiting;
  #asked = null;
  #picture = "";

  constructor(form, gutter) {
    this.#form = form;
    this.#gutter = gutter;
    for (const choice of form.querySelectorAll("[data-medium]")) {
      choice.addEventListener("change", () => this.#turnTo(choice.value));
      if (choice.checked) this.#turnTo(choice.value);
    }
  }

  later() {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.now(), PAUSE);
  }

  async now() {
    this.#opener();
    this.#asked?.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    await Promise.all([this.#web(signal), this.#isOnPaper() && this.#paper(signal)]);
  }

  #opener() {
    for (const place of this.#form.querySelectorAll("[data-shows]")) {
      place.textContent = this.#form.elements[place.dataset.shows].value;
    }
  }

  async #web(signal) {
    const answer = await send(this.#form, this.#form.dataset.preview, signal);
    if (!answer?.response.ok || answer.signedOut) return;
    const seen = JSON.parse(answer.text);
    this.#form.querySelector("[data-web]").innerHTML = seen.html;
    this.#form.querySelector("[data-count]").textContent = seen.count;
    this.#list(seen.problems);
    this.#gutter.mark(seen.problems);
  }

  async #paper(signal) {
    const answer = await send(this.#form, this.#form.dataset.paper, signal);
    if (!answer?.response.ok || answer.signedOut) return;
    URL.revokeObjectURL(this.#picture);
    this.#picture = URL.createObjectURL(answer.blob);
    this.#form.querySelector("[data-sheet]").src = this.#picture;
  }

  #list(problems) {
    const list = this.#form.querySelector("[data-problems]");
    list.replaceChildren(...problems.map((problem) => this.#item(problem)));
  }

  #item(problem) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button-link";
    button.textContent = problem.words;
    button.addEventListener("click", () => this.#gutter.goTo(problem.line));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  #turnTo(medium) {
    for (const view of this.#form.querySelectorAll("[data-view]")) {
      view.hidden = view.dataset.view !== medium;
    }
    if (medium === "paper") this.now();
  }

  #isOnPaper() {
    return !this.#form.querySelector("[data-view=paper]").hidden;
  }
}
