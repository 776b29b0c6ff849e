// A picture from the camera: made smaller here, which also removes its metadata.
import { hexSha256 } from "./hash.js";

const LONGEST = 1600;
// The first quality that makes the file small enough; then 200 photos fit into one pack.
const QUALITIES = [0.8, 0.7, 0.6, 0.5];
const SMALL_ENOUGH = 280_000;

// Throws if the file is no picture that this browser can read.
export async function shrink(file) {
  const canvas = drawn(await createImageBitmap(file, { imageOrientation: "from-image" }));
  const bytes = await encoded(canvas);
  return {
    id: crypto.randomUUID(),
    sha256: await hexSha256(bytes),
    bytes,
    taken_at: new Date().toISOString(),
  };
}

function drawn(picture) {
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}

async function encoded(canvas) {
  let blob;
  for (const quality of QUALITIES) {
    blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
    if (blob.size <= SMALL_ENOUGH) break;
  }
  return blob.arrayBuffer();
}
