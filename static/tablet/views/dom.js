// Makes elements. Text is always text, never markup.
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && typeof value !== "string") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

// A pictogram of the sprite that the page carries.
export function icon(name, { big = false } = {}) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", big ? "icon icon-big" : "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

export const link = (href, properties, ...children) => h("a", { href, ...properties }, children);
export const button = (words, properties, ...children) =>
  h("button", { type: "button", class: "button", ...properties }, children, words);
export const chip = (colour, name, words) =>
  h("span", { class: `chip chip-${colour}` }, icon(name), words);
export const notice = (kind, ...children) =>
  h("div", { class: `notice notice-${kind}` }, h("div", {}, children));

// "12 of 17", as a bar and in words.
export function bar({ done, of }, words) {
  return h(
    "div",
    { class: "progress" },
    h("p", { class: "small" }, words),
    h("progress", { max: String(Math.max(of, 1)), value: String(done), "aria-label": words }),
  );
}

// Puts a new page on the screen and the reader at its top.
export function show(...children) {
  const main = document.getElementById("content");
  main.replaceChildren(...children.flat(3).filter(Boolean));
  const heading = main.querySelector("h1");
  document.title = heading ? heading.textContent : document.title;
  window.scrollTo(0, 0);
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}

// Asks before something is lost.
export const sure = (words) => window.confirm(words);

let saving;
export function saySaved(words) {
  const place = document.getElementById("saved");
  place.textContent = words;
  place.classList.add("saved-now");
  clearTimeout(saving);
  saving = setTimeout(() => place.classList.remove("saved-now"), 1500);
}
