// The hands of an inspector inside the page: touches what a person touches, many a second.
globalThis.hands = (() => {
  const all = (selector, place = document) => [...place.querySelectorAll(selector)];

  const PATIENCE = 60_000;

  async function until(isSo, what) {
    const deadline = performance.now() + PATIENCE;
    while (!isSo()) {
      if (performance.now() > deadline) throw new Error(`waited in vain: ${what}; on the screen: ${document.body.innerText.slice(0, 400)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  const isSaved = () => (document.body.dataset.unsaved ?? "0") === "0";
  const saved = () => until(isSaved, "saved");

  async function go(hash) {
    location.hash = hash;
    await until(() => document.body.dataset.shown === hash, hash);
  }

  function write(field, value) {
    field.value = value;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  }

  // A picture that no other is like; larger and finer squares weigh more.
  async function picture(width, height, square) {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const pen = canvas.getContext("2d");
    for (let x = 0; x < width; x += square) {
      for (let y = 0; y < height; y += square) {
        pen.fillStyle = `hsl(${Math.random() * 360} 60% ${Math.random() * 100}%)`;
        pen.fillRect(x, y, square, square);
      }
    }
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
    return new File([blob], "camera.jpg", { type: "image/jpeg" });
  }

  async function photograph(item, [width, height, square]) {
    const chosen = new DataTransfer();
    chosen.items.add(await picture(width, height, square));
    const input = item.querySelector("input[type=file]");
    const before = all("figure", item).length;
    input.files = chosen.files;
    input.dispatchEvent(new Event("change"));
    await until(() => all("figure", item).length > before, "photo");
  }

  function facts(values) {
    for (const field of all(".fact-fields input[type=number]")) {
      write(field, values[field.id.split("-").at(-1)] ?? 0);
    }
    for (const choice of all(".fact-fields fieldset")) {
      if (!choice.querySelector("input:checked")) all("label.answer", choice).at(-1).click();
    }
  }

  function answer(item, numbers, which) {
    const code = item.id.split("-").slice(1).join("-");
    const number = item.querySelector("input[type=number]");
    const buttons = all("label.answer", item);
    if (number) write(number, numbers[code] ?? 12);
    else (buttons.find((button) => button.matches(`.answer-${which}`)) ?? buttons[0]).click();
  }

  // All of what is on the screen, and photos of the first items that take one.
  async function answerAll({ known = {}, numbers = {}, which = "pass", photos = 0, size = [320, 240, 16] } = {}) {
    facts(known);
    const items = all("article.item");
    for (const item of items) answer(item, numbers, which);
    const withPhotos = items.filter((item) => item.querySelector("input[type=file]"));
    for (let taken = 0; taken < photos; taken += 1) {
      await photograph(withPhotos[taken % withPhotos.length], size);
    }
    await saved();
  }

  async function begin(visit) {
    await go("#/");
    await until(() => document.querySelector(`a[href="#/visit/${visit}"]`), "the visit in the list");
    await go(`#/visit/${visit}`);
    document.getElementById("consent")?.click();
    document.querySelector("#consent") && document.querySelector("p.actions button").click();
    await until(() => document.querySelector("ul.steps"), "steps");
  }

  const hasCamera = () => document.querySelector("article.item input[type=file]");

  // Every screen that the overview leads to, up to the finishing page. `house` photos in all of
  // the house, `room` photos of each room.
  async function visit(id, { house = 0, room = 0, ...rest } = {}) {
    await begin(id);
    const screens = all("ul.steps a").map((link) => link.getAttribute("href"));
    for (const screen of screens.filter((href) => /\/(facts|section|room)/.test(href))) {
      await go(screen);
      const photos = screen.includes("/room/") ? room : hasCamera() ? house : 0;
      if (!screen.includes("/room/")) house -= photos;
      await answerAll({ ...rest, photos });
    }
    await go(`#/visit/${id}/finish`);
  }

  // Whether there was such a button.
  async function press(words) {
    const button = all("button").find((each) => each.innerText.trim() === words && !each.disabled);
    button?.click();
    return Boolean(button);
  }

  return { all, answerAll, begin, go, photograph, picture, press, saved, until, visit };
})();
