// The photos of one item: take one, see them, take one away.
import { addPhotoTo, answerOf, mayAddPhoto, pictureAddress, removePhotoFrom } from "../draft.js";
import { shrink } from "../photo.js";
import * as store from "../store.js";
import { gettext } from "../words.js";
import * as work from "../work.js";
import { button, h, icon, line, problem, sure } from "./dom.js";

// `changed` is called when the photos are others than before.
export function photoButton(item, context, id, changed) {
  const wrong = problem();
  const input = h("input", {
    type: "file",
    accept: "image/*",
    capture: "environment",
    class: "unseen",
    id: `${id}-photo`,
    onchange: async () => {
      const [file] = input.files;
      if (!file) return;
      wrong.textContent = await addPhoto(file, item, context, id);
      wrong.hidden = !wrong.textContent;
      input.value = "";
      changed();
    },
  });
  return h(
    "div",
    { class: "photo-button" },
    input,
    h("label", { class: "button button-second", for: input.id }, icon("camera"), gettext("Photo")),
    wrong,
  );
}

// Returns what went wrong, in words, or "".
async function addPhoto(file, item, context, id) {
  const { draft, room, keeping } = context;
  if (!mayAddPhoto(draft, room, item.code))
    return gettext("Remove a photo first: there are as many as can be sent.");
  if ((await store.room())?.isFull) return noRoom(draft, id);
  let picture;
  try {
    picture = await shrink(file);
  } catch {
    return gettext("Take the photo again: this file is no picture.");
  }
  addPhotoTo(draft, room, item.code, picture.sha256);
  const kept = { ...picture, item: item.code, room, visit: draft.id };
  if (await keeping.with(() => work.putPhoto(kept, draft))) return "";
  removePhotoFrom(draft, room, item.code, picture.sha256);
  return noRoom(draft, id);
}

// The work goes on; the note tells the office why there is no photo.
function noRoom(draft, id) {
  draft.no_room = true;
  const field = document.getElementById(`${id}-note`);
  const reason = gettext("No room left on the tablet for a photo.");
  if (!field.value.includes(reason)) field.value = [field.value, reason].filter(Boolean).join("\n");
  field.closest("details").open = true;
  field.dispatchEvent(new Event("input"));
  return gettext("The photo was NOT kept: this tablet is full. Go on without photos, or make room first.");
}

export function photoStrip(item, context, changed) {
  const { draft, room, keeping } = context;
  const { photos = [] } = answerOf(draft, room, item.code);
  const remove = async (sha256) => {
    if (!sure(gettext("Remove this photo?"))) return;
    removePhotoFrom(draft, room, item.code, sha256);
    await keeping.with(() => work.removePhoto(sha256, draft));
    changed();
  };
  return photos.map((sha256, index) => {
    const words = `${gettext("Photo")} ${index + 1}`;
    return h(
      "figure",
      {},
      photoImage(draft, sha256, words),
      h(
        "figcaption",
        {},
        photoState(draft, sha256),
        button(gettext("Remove"), {
          class: "button button-second button-small",
          "aria-label": `${gettext("Remove")}: ${words}`,
          onclick: () => remove(sha256),
        }),
      ),
    );
  });
}

// Where it is: `entry` is the pack that it left with, if it did.
function photoState(draft, sha256, entry) {
  const isConfirmed = entry?.problem?.kept || (entry?.receipt ? entry.receipt.confirmed?.includes(sha256) : pictureAddress(draft, sha256));
  if (isConfirmed) return line("check", gettext("confirmed by the registry"));
  return entry ? line("clock", gettext("on its way")) : line("tablet", gettext("on this tablet"));
}

export const photoFigure = (draft, sha256, words, entry) =>
  h("figure", {}, photoImage(draft, sha256, words), h("figcaption", { class: "small" }, photoState(draft, sha256, entry)));
// Taken here, or brought along for the day.
const bytesOf = async (draft, sha256) =>
  (await work.photo(draft.id, sha256))?.bytes ?? work.keptBytes(work.pictureName(draft.id, sha256));

// From this tablet, else from the registry, else a word that the registry has it.
export function photoImage(draft, sha256, words) {
  const picture = h("img", { alt: words, width: "120", height: "90" });
  const sent = () => picture.replaceWith(h("p", { class: "photo-sent small" }, gettext("Already sent")));
  bytesOf(draft, sha256).then((bytes) => {
    const address = pictureAddress(draft, sha256);
    picture.onerror = sent;
    if (bytes) picture.src = URL.createObjectURL(new Blob([bytes]));
    else if (address) picture.src = address;
    else sent();
    picture.onload = () => URL.revokeObjectURL(picture.src);
  });
  return picture;
}
