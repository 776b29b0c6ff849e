// A place to sign with a finger. Kept as strokes, points from 0 to 10000 each way.
import { fill, gettext } from "../words.js";
import { button, h, svg } from "./dom.js";

const SIZE = 10000;
const MOST_POINTS = 9000; // of one signature; the registry takes 20 000 of a visit
const STEP = 40; // a finger that moved less has not moved

// The strokes as a drawing.
export const signatureDrawing = (strokes, words) =>
  svg(
    "svg",
    { class: "signature", role: "img", "aria-label": words, viewBox: `0 0 ${SIZE} ${SIZE}`, preserveAspectRatio: "none" },
    ...strokes.map(drawn),
  );

const drawn = (points) =>
  svg("polyline", { points: points.map((point) => point.join()).join(" "), "vector-effect": "non-scaling-stroke" });

export function signaturePad({ draft, changed }, role, words) {
  const strokesOf = () => draft.signatures.find((signature) => signature.role === role)?.strokes ?? [];
  const pad = signatureDrawing(strokesOf(), words);
  const keep = (strokes) => {
    draft.signatures = draft.signatures.filter((signature) => signature.role !== role);
    if (strokes.length) draft.signatures.push({ role, strokes });
    pad.replaceChildren(...strokes.map(drawn));
    changed();
  };
  listen(pad, (stroke) => {
    const points = [...strokesOf(), stroke].flat().length;
    if (points <= MOST_POINTS) keep([...strokesOf(), stroke]);
  });
  return h(
    "div",
    { class: "signature-place" },
    h("p", {}, h("b", {}, words)),
    pad,
    h(
      "p",
      {},
      button(gettext("Clear"), {
        class: "button button-second button-small",
        "aria-label": fill(gettext("Clear: %(what)s"), { what: words }),
        onclick: () => keep([]),
      }),
    ),
  );
}

// Follows a finger and hands over each stroke when it ends.
function listen(pad, ended) {
  let stroke = null;
  let line = null;
  const draw = () => line.setAttribute("points", stroke.map((point) => point.join()).join(" "));
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    stroke = [pointOf(pad, event)];
    line = drawn(stroke);
    pad.append(line);
  });
  pad.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    const point = pointOf(pad, event);
    if (isFar(stroke.at(-1), point)) stroke.push(point);
    draw();
  });
  const end = () => {
    const done = stroke;
    stroke = null;
    if (done) ended(done);
  };
  pad.addEventListener("pointerup", end);
  pad.addEventListener("pointercancel", end);
}

const isFar = ([x, y], [otherX, otherY]) => Math.abs(x - otherX) + Math.abs(y - otherY) >= STEP;

function pointOf(pad, event) {
  const box = pad.getBoundingClientRect();
  const part = (at, from, length) => Math.round(Math.min(1, Math.max(0, (at - from) / length)) * SIZE);
  return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)];
}
