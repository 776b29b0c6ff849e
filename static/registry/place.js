// Fills in the place of the house from the telephone, when its owner stands there and asks.
const box = document.querySelector("[data-place]");

if (box && "geolocation" in navigator) {
  const status = box.querySelector("[role=status]");
  const input = document.querySelector("input[name=place]");

  box.hidden = false;
  box.querySelector("button").addEventListener("click", () => {
    status.textContent = status.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        input.value = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
        status.textContent = status.dataset.found;
      },
      () => {
        status.textContent = status.dataset.failed;
        input.focus();
      },
      { enableHighAccuracy: true, timeout: 20000 },
    );
  });
}
