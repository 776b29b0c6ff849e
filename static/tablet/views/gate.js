// Who uses this tablet: nobody's work is on the screen before her PIN was touched.
import * as api from "../api.js";
import { Refusal } from "../refusal.js";
import * as store from "../store.js";
import * as vault from "../vault.js";
import * as work from "../work.js";
import { fill, gettext } from "../words.js";
import { back, button, h, icon, link, notice, show, sure } from "./dom.js";
import { choosing, pinPad } from "./pin.js";
import { refusal } from "./words.js";

const IDLE = 10 * 60_000;
const main = document.getElementById("content");

// What was on the screen when it was locked.
let left = null;

function showGate(name, ...children) {
  show(children);
  document.body.dataset.gate = name;
}

function unlocked() {
  if (left && left.id !== vault.who().id) return afresh("#/people");
  delete document.body.dataset.gate;
  window.dispatchEvent(new Event("unlocked"));
}

export async function gate() {
  const people = await vault.people();
  const [, name, id] = location.hash.split("/");
  const person = people.find((each) => String(each.id) === id);
  if (name === "forgot" && person) return forgotPage(person);
  if (name === "join" || people.length === 0) return joinPage(people);
  const only = people.find((each) => each.id === left?.id) ?? (people.length === 1 && people[0]);
  return only && name !== "people" ? pinPage(only) : peoplePage(people);
}

// Another may come, to a page that knows nothing of whoever was here before.
async function others() {
  if (!left) return peoplePage(await vault.people());
  if (document.body.dataset.unsaved === "1") return main.querySelector("h1").after(notSaved());
  afresh("#/people");
}

function afresh(hash) {
  history.replaceState(null, "", hash);
  location.reload();
}

const notSaved = () =>
  notice("warning", h("p", {}, gettext("Something here is not saved yet. Touch your PIN and save it first.")));

function peoplePage(people) {
  showGate(
    "people",
    h("h1", {}, gettext("Who uses this tablet?")),
    h(
      "ul",
      { class: "steps plain" },
      people.map((person) =>
        h("li", {}, h("button", { type: "button", class: "step", onclick: () => pinPage(person) }, icon("person"), h("span", {}, person.name))),
      ),
    ),
    h("p", { class: "actions" }, button(gettext("Another person: sign in"), { class: "button button-second", onclick: () => joinPage(people) }, icon("plus"))),
  );
}

const minutes = (ms) => `${Math.floor(ms / 60_000)}:${String(Math.ceil(ms / 1000) % 60).padStart(2, "0")}`;

async function waitWords(id) {
  const wait = vault.waitOf(await vault.person(id));
  return wait && fill(gettext("Wait %(time)s: too many wrong PINs. Your work is safe."), { time: minutes(Math.ceil(wait / 1000) * 1000) });
}

const whyNot = async (id) =>
  (await waitWords(id)) ||
  fill(gettext("Try again: this was not the PIN. Tries left: %(n)s"), { n: vault.triesLeft(await vault.person(id)) });

function pinPage({ id, name }) {
  const whole = async (pin) => ((await vault.unlock(id, pin)) ? unlocked() : whyNot(id));
  showGate(
    "pin",
    h("h1", {}, name),
    h("p", {}, gettext("Your PIN for this tablet")),
    pinPad(whole, () => waitWords(id)),
    h(
      "p",
      { class: "actions" },
      button(gettext("Another person"), { class: "button button-second", onclick: others }, icon("person")),
      link(`#/forgot/${id}`, { class: "button button-second" }, gettext("PIN forgotten")),
      button(gettext("Remove from this tablet"), { class: "button button-second", onclick: () => removal({ id, name }) }),
    ),
  );
}

async function removal({ id, name }) {
  const waiting = await work.waitingOf(id);
  if (waiting > 0) {
    const words = gettext("%(name)s still has work on this tablet (%(n)s). Finish and send it first; then she can be removed.");
    return void main.querySelector("h1").after(notice("warning", h("p", {}, fill(words, { name, n: waiting }))));
  }
  if (!sure(fill(gettext("Remove %(name)s from this tablet? Nothing of hers waits here."), { name }))) return;
  if (!sure(gettext("Remove now? She signs in again to come back."))) return;
  await vault.whileOut(id, () => work.removePerson(id));
  afresh("#/");
}

const account = (address, hash, words) =>
  link(`/account/${address}/?next=${encodeURIComponent(location.pathname + hash)}`, { class: "button" }, words);
const signIn = (hash) => account("login", hash, gettext("Sign in"));
const signOut = (hash) => account("logout", hash, gettext("Sign out"));

// --- a person who is new here ------------------------------------------------------------

const asking = (words) => showGate("asking", h("h1", {}, words), h("p", {}, gettext("One moment: asking the registry.")));

async function joinPage(people) {
  asking(gettext("Your first time on this tablet"));
  try {
    const { inspector } = await api.day();
    const known = people.find(({ id }) => id === inspector.id);
    if (known) alreadyHere(known);
    else choosePage(inspector.name, gettext("Choose a PIN of 6 digits. It keeps your work on this tablet from other eyes, also with no network."), (pin) => vault.setUp(inspector, pin));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    joinRefused(error, people);
  }
}

function joinRefused(error, people) {
  const words = {
    0: gettext("The first time on this tablet you need a network, to sign in."),
    401: gettext("Sign in once with a network and choose a PIN; then the tablet opens with no network too."),
    403: gettext("This account is no inspector's. Sign in as the inspector, or ask the coordinator."),
  };
  showGate(
    "join",
    h("h1", {}, gettext("Your first time on this tablet")),
    notice("warning", h("p", {}, words[error.status] ?? refusal(error))),
    h(
      "p",
      { class: "actions" },
      error.status === 401 && signIn("#/join"),
      error.status === 403 && signOut("#/join"),
      ![401, 403].includes(error.status) && button(gettext("Try again"), { onclick: () => joinPage(people) }),
      people.length > 0 && button(gettext("Back"), { class: "button button-second", onclick: others }),
    ),
  );
}

function alreadyHere({ name }) {
  showGate(
    "known",
    h("h1", {}, gettext("Another person")),
    notice("warning", h("p", {}, fill(gettext("The registry is open under the name of %(message)s, who has a PIN here. To join, sign out, sign in under your own name and come back."), { message: name }))),
    h(
      "p",
      { class: "actions" },
      signOut("#/join"),
      button(gettext("Back"), { class: "button button-second", onclick: others }),
    ),
  );
}

function choosePage(name, words, keep) {
  const asks = { choose: gettext("Choose a PIN"), repeat: gettext("Once more, the same PIN") };
  const ask = h("h2", {}, asks.choose);
  const pad = choosing(
    (which) => {
      ask.textContent = asks[which];
      document.body.dataset.gate = which;
    },
    async (pin) => {
      await keep(pin);
      unlocked();
    },
  );
  showGate("choose", h("h1", {}, name), h("p", {}, words), h("div", { role: "status" }, ask), pad);
}

// --- a new PIN ---------------------------------------------------------------------------

// The old one is asked first; wrong ones count.
export function newPinPage() {
  const { id, name } = vault.who();
  let old;
  const pad = pinPad(async (pin) => {
    if (!(await vault.unlock(id, pin))) return await whyNot(id);
    old = pin;
    choosePage(name, "", async (chosen) => {
      await vault.changePin(id, old, chosen);
      location.hash = "#/";
    });
    return "";
  }, () => waitWords(id));
  show(back("#/tablet", gettext("This tablet")), h("h1", {}, gettext("Change the PIN")), h("p", {}, gettext("Your PIN for this tablet")), pad);
}

// --- a PIN that was forgotten ------------------------------------------------------------

async function forgotPage(person) {
  const { id } = await store.get("device", "device");
  asking(gettext("PIN forgotten"));
  try {
    const { inspector, key } = await api.recovery(id);
    if (inspector !== person.id) return forgotRefused(person, { status: 404 });
    const bytes = Uint8Array.from(atob(key), (one) => one.charCodeAt(0));
    choosePage(person.name, gettext("Choose a new PIN. All your work on this tablet stays."), (pin) => vault.recover(person.id, bytes, pin));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    forgotRefused(person, error);
  }
}

function forgotRefused({ id, name }, error) {
  const words = {
    0: gettext("Look for a network: a new PIN needs the registry. Your work stays here meanwhile."),
    401: fill(gettext("Sign in as %(name)s with your password; then choose a new PIN. All your work on this tablet stays."), { name }),
    404: fill(gettext("Whoever is signed in on the registry has no key for this tablet. Sign out, then sign in as %(name)s. If it says so again, tell the office; your work stays here."), { name }),
  };
  const isAgain = error.code === "sign_in_again";
  showGate(
    "forgot",
    h("h1", {}, gettext("PIN forgotten")),
    notice("warning", h("p", {}, words[isAgain ? 401 : error.status] ?? refusal(error))),
    h(
      "p",
      { class: "actions" },
      isAgain && account("confirm", `#/forgot/${id}`, gettext("Sign in")),
      error.status === 401 && signIn(`#/forgot/${id}`),
      error.status === 404 && signOut(`#/forgot/${id}`),
      link("#/", { class: "button button-second" }, gettext("Back")),
    ),
  );
}

// --- locking -----------------------------------------------------------------------------

// The screen goes as it is, with every half-typed word, and comes back after the PIN.
// `settled`: when nothing of it is under way to the disk; it is not waited for longer than that.
export async function lockScreen(settled) {
  if (!vault.who()) return;
  await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, 1000))]);
  left = { id: vault.who().id, hash: location.hash, nodes: [...main.childNodes], top: window.scrollY };
  vault.lock();
  await gate();
}

// Returns whether the screen is as it was left.
export function comeBack() {
  const was = left;
  left = null;
  if (was?.hash !== location.hash) return false;
  main.replaceChildren(...was.nodes);
  document.title = main.querySelector("h1").textContent;
  window.scrollTo(0, was.top);
  return true;
}

// Calls `lock` after ten minutes without a touch, by whichever clock says so first, and lets
// the waits after wrong PINs pass, in one window at a time.
export function watch(lock) {
  let touched = [Date.now(), performance.now()];
  const passed = () => Math.max(Date.now() - touched[0], performance.now() - touched[1]);
  const look = () => passed() >= IDLE && lock();
  for (const name of ["pointerdown", "keydown"]) {
    window.addEventListener(name, () => (touched = [Date.now(), performance.now()]), { capture: true });
  }
  setInterval(look, 5000);
  // A page that the browser brings back as it was left, after signing out for instance.
  window.addEventListener("pageshow", ({ persisted }) => persisted && lock());
  document.addEventListener("visibilitychange", look);
  const top = document.querySelector(".tablet-top .top");
  top.insertBefore(h("button", { type: "button", class: "lock", onclick: lock }, icon("lock"), gettext("Lock")), top.lastElementChild);

  navigator.locks.request("waits", async () => {
    let before = performance.now();
    await new Promise(() => setInterval(() => {
      const now = performance.now();
      vault.pass(now - before);
      before = now;
    }, 5000));
  });
}
