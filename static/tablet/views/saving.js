// Whether what was touched is on the disk: said on top of every screen.
import { gettext } from "../words.js";
import { button, h, icon } from "./dom.js";

let fading;

// Hears of each write of the open visit (keeping.js).
export function tellSaving(state, error, keeping) {
  document.body.dataset.unsaved = state === "kept" ? "0" : "1";
  if (state === "kept") saved();
  if (state === "failed") notSaved(error, keeping);
}

function saved() {
  document.getElementById("alarm").replaceChildren();
  const place = document.getElementById("saved");
  place.textContent = gettext("Saved on this tablet");
  place.classList.add("saved-now");
  clearTimeout(fading);
  fading = setTimeout(() => place.classList.remove("saved-now"), 1500);
}

// Stays until a write succeeds.
function notSaved(error, keeping) {
  document.getElementById("saved").textContent = "";
  const isFull = error?.name === "QuotaExceededError";
  document.getElementById("alarm").replaceChildren(
    h(
      "div",
      { class: "alarm", role: "alert" },
      icon("warning", { big: true }),
      h(
        "div",
        {},
        h("p", {}, h("b", {}, isFull ? gettext("Not saved: this tablet is full.") : gettext("Not saved."))),
        h("p", {}, gettext("Do not close this page. Make room (old pictures, other apps), then try again.")),
        !isFull && h("p", { class: "small" }, String(error)),
        button(gettext("Try again"), { class: "button button-second", onclick: () => keeping.keep() }),
      ),
    ),
  );
}

window.addEventListener("beforeunload", (event) => {
  if (document.getElementById("alarm").childElementCount) event.preventDefault();
});
