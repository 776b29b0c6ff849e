// A place to sign with a finger. Kept as strokes, points from 0 to 10000 each way.
import { fill, gettext } from "../words.js";
import { button, h } from "./dom.js";

const SIZE = 10000;

export function signaturePad(context, role, words) {
  const { draft } = context;
  const strokes = () => draft.signatures.find((signature) => signature.role === role)?.strokes ?? [];
  const canvas = h("canvas", { width: 600, height: 200, class: "signature", role: "img", tabIndex: 0, "aria-label": words });
  let stroke = null;

  const keep = async (all) => {
    draft.signatures = draft.signatures.filter((signature) => signature.role !== role);
    if (all.length) draft.signatures.push({ role, strokes: all });
    await context.changed();
    draw();
  };
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    const part = (at, from, length) => Math.round(Math.min(1, Math.max(0, (at - from) / length)) * SIZE);
    return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)];
  };
  const draw = () => {
    const pen = canvas.getContext("2d");
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 3;
    pen.lineCap = "round";
    pen.strokeStyle = getComputedStyle(canvas).color;
    for (const line of [...strokes(), ...(stroke ? [stroke] : [])]) drawLine(pen, line, canvas);
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    stroke = [point(event)];
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke || stroke.length >= 1000) return;
    stroke.push(point(event));
    draw();
  });
  canvas.addEventListener("pointerup", () => {
    const done = stroke;
    stroke = null;
    if (done) keep([...strokes(), done]);
  });
  requestAnimationFrame(draw);
  return h(
    "div",
    { class: "signature-place" },
    h("p", {}, h("b", {}, words)),
    canvas,
    h(
      "p",
      { class: "row" },
      button(gettext("Clear"), { class: "button button-second button-small", "aria-label": fill(gettext("Clear: %(what)s"), { what: words }), onclick: () => keep([]) }),
    ),
  );
}

function drawLine(pen, line, canvas) {
  pen.beginPath();
  line.forEach(([x, y], index) => {
    const place = [(x / SIZE) * canvas.width, (y / SIZE) * canvas.height];
    if (index === 0) pen.moveTo(...place);
    pen.lineTo(...place);
  });
  pen.stroke();
}
