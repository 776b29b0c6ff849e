// A picture from the camera: made smaller here, which also removes its metadata.
import { hexSha256 } from "./hash.js";

const LONGEST = 1600;
const QUALITY = 0.8;

// Throws if the file is no picture that this browser can read.
export async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  const bytes = await blob.arrayBuffer();
  return {
    id: crypto.randomUUID(),
    sha256: await hexSha256(bytes),
    bytes,
    taken_at: new Date().toISOString(),
  };
}
