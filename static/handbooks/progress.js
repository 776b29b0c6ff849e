// While files are being made the list of them is asked for again.
const EVERY = 3000;

async function ask() {
  const list = document.querySelector("[data-progress]");
  if (!list?.querySelector("progress")) return;
  const response = await fetch(location.href).catch(() => null);
  if (response?.ok && !response.redirected) {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-progress]");
    if (fresh) list.replaceWith(fresh);
  }
  setTimeout(ask, EVERY);
}

setTimeout(ask, EVERY);
