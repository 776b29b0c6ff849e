// The communes are offered while their name is typed. Without this the button does it.
const WAIT = 250;

for (const box of document.querySelectorAll("[data-communes]")) {
  offerIn(box);
}

function offerIn(box) {
  const input = box.querySelector("input[type=search]");
  const found = box.querySelector("[data-found]");
  let waiting;
  let asked = null;

  box.querySelector("button[name=find]").parentElement.hidden = true;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT);
  });
  // On a slow line she may have typed before this file arrived.
  if (input.value && !found.querySelector("input")) ask();

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const address = `${box.dataset.communes}?q=${encodeURIComponent(input.value)}`;
    try {
      const response = await fetch(address, { signal: asked.signal });
      if (response.ok && !response.redirected) {
        found.innerHTML = await response.text();
      }
    } catch (error) {
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
      // Typed on, or the line is down: the old choices stay and the form still works.
    }
  }
}
