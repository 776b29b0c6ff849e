// What a phone can do beyond reading: keep what was read for when there is no network, and
// read it aloud. Without this script the pages are whole. One file, so one more request.
const button = document.querySelector("[data-aloud]");
const article = document.querySelector("article");

if ("serviceWorker" in navigator && button) {
  navigator.serviceWorker.register(button.dataset.worker).catch(() => {});
}

if ("speechSynthesis" in window && button && article) {
  offer();
  speechSynthesis.addEventListener("voiceschanged", offer);
  addEventListener("pagehide", () => speechSynthesis.cancel());
  button.addEventListener("click", () => (button.dataset.on ? stop() : read()));
}

function offer() {
  button.hidden = !voiceFor(article.lang, speechSynthesis.getVoices());
}

function read() {
  const voice = voiceFor(article.lang, speechSynthesis.getVoices());
  // Line by line: some phones stop in the middle of a long one.
  const said = lines(article.innerText).map((line) => {
    const utterance = new SpeechSynthesisUtterance(line);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    return utterance;
  });
  if (!said.length) return;
  said.at(-1).addEventListener("end", shown);
  said.forEach((utterance) => speechSynthesis.speak(utterance));
  shown("on");
}

function stop() {
  speechSynthesis.cancel();
  shown();
}

function shown(state) {
  const on = state === "on";
  button.dataset.on = on ? "1" : "";
  button.querySelector("span").textContent = on
    ? button.dataset.stop
    : button.dataset.aloud;
}

function voiceFor(language, voices) {
  const speaks = (voice) =>
    voice.lang.toLowerCase().replace("_", "-").split("-")[0] === language;
  // One that is on the phone itself costs no data.
  return voices.find((voice) => speaks(voice) && voice.localService) ?? voices.find(speaks);
}

function lines(text) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
