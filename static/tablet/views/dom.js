// Makes elements. Text is always text, never markup.
const isShown = (child) => child !== null && child !== undefined && child !== false;

export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (!isShown(value)) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && typeof value !== "string") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter(isShown));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// A pictogram of the sprite that the page carries.
export const icon = (name, { big = false } = {}) =>
  svg(
    "svg",
    { class: big ? "icon icon-big" : "icon", viewBox: "0 0 24 24", "aria-hidden": "true" },
    svg("use", { href: `#icon-${name}` }),
  );

export const link = (href, properties, ...children) => h("a", { href, ...properties }, children);
export const button = (words, properties, ...children) =>
  h("button", { type: "button", class: "button", ...properties }, children, words);
export const chip = (colour, name, words) =>
  h("span", { class: `chip chip-${colour}` }, icon(name), words);
export const line = (name, ...words) => h("p", { class: "line" }, icon(name), h("span", {}, words));

const NOTICES = { success: "check", warning: "info", error: "warning" };
export const notice = (kind, ...children) =>
  h("div", { class: `notice notice-${kind}` }, icon(NOTICES[kind]), h("div", {}, children));

// A sentence that appears when something was not done, and is read aloud then.
export const problem = (words = "") => h("p", { class: "error", role: "alert", hidden: true }, words);

// "12 of 17", as a bar and in words.
export const bar = ({ done, of }, words) =>
  h(
    "div",
    { class: "progress" },
    h("p", { class: "small" }, words),
    h("progress", { max: String(Math.max(of, 1)), value: String(done), "aria-label": words }),
  );

// Back to where one came from.
export const back = (href, words) =>
  h("nav", { class: "no-print" }, link(href, { class: "back" }, icon("arrow-left"), words));

let isAgain = false;

// Draws the screen that is there anew: the reader stays where she is.
export async function drawAgain(draw) {
  isAgain = true;
  try {
    await draw();
  } finally {
    isAgain = false;
  }
}

// Puts a new page on the screen and the reader at its top.
export function show(...children) {
  const main = document.getElementById("content");
  main.replaceChildren(...children.flat(3).filter(isShown));
  const heading = main.querySelector("h1");
  document.title = heading.textContent;
  if (isAgain) return;
  window.scrollTo(0, 0);
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
}

// Leads to a place of the page: into sight, and the next touch of Tab goes on from there.
export function goTo(place) {
  place.setAttribute("tabindex", "-1");
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "start" });
}

// Something changed elsewhere: whoever only shows is drawn anew (app.js).
export const stale = () => window.dispatchEvent(new Event("stale"));

// Asks before something is lost.
export const sure = (words) => window.confirm(words);
