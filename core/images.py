"""Photos as we keep them: decoded, turned upright, made new in three sizes.

What is stored is written anew from the pixels, so nothing of the file that was sent
survives: no place, no time, no telephone's name, no script behind the picture.
"""

import contextlib
import hashlib
import io
import struct
import zlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MAX_BYTES = 12 * 1024 * 1024
# Read from the header, before anything is unpacked, and chosen so that unpacking takes less
# than 200 MB: a JPEG is unpacked smaller, a WebP several times over. Far under the size at
# which Pillow itself begins to warn, so its warning is an error here in every thread.
MAX_PIXELS = {"JPEG": 40_000_000, "PNG": 20_000_000, "WEBP": 10_000_000}
# The longest side in pixels. WebP is what a slow line carries; the large one is a JPEG,
# which paper and the previews of messages need.
SIZES = {"small": 320, "medium": 800, "large": 1600}
EXTENSIONS = {"small": "webp", "medium": "webp", "large": "jpg"}
CONTENT_TYPES = {"small": "image/webp", "medium": "image/webp", "large": "image/jpeg"}
_ORIENTATION = 0x0112
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif"}
# What Pillow's decoders are known to raise over a damaged file.
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True)
class Encoded:
    small: bytes
    medium: bytes
    large: bytes
    width: int  # of the large one
    height: int
    sha256: str  # of the large one


_remembered: ContextVar[dict[bytes, Encoded] | None] = ContextVar(
    "_remembered", default=None
)


@contextlib.contextmanager
def remembered() -> Iterator[None]:
    """Encode the same bytes once only. For demo data, whose few drawings come often."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def re_encode(file: BinaryIO | bytes) -> Encoded:
    """A JPEG, PNG or WebP as we keep it; of an animation the first picture.

    ValidationError (codes photo_...) with what to do, if it is no such picture.
    """
    content = _read(file)
    known = _remembered.get()
    if known is None:
        return _encoded(content)
    if content not in known:
        known[content] = _encoded(content)
    return known[content]


def _encoded(content: bytes) -> Encoded:
    picture = _upright(_open(content))
    sizes = {name: _sized(picture, name) for name in SIZES}
    width, height = sizes["large"][1]
    encoded = {name: written for name, (written, _size) in sizes.items()}
    return Encoded(
        **encoded,
        width=width,
        height=height,
        sha256=hashlib.sha256(encoded["large"]).hexdigest(),
    )


def _read(file: BinaryIO | bytes) -> bytes:
    if not isinstance(file, bytes):
        file.seek(0)
        file = file.read(MAX_BYTES + 1)
    if not file:
        raise ValidationError(_("Choose the photo again: it is empty."), "photo_empty")
    if len(file) > MAX_BYTES:
        raise ValidationError(
            _("Choose a smaller photo: at most %(most)d MB."),
            "photo_too_large",
            {"most": MAX_BYTES // 1024 // 1024},
        )
    return file


def _open(content: bytes) -> "Picture":
    from PIL import Image

    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        raise ValidationError(
            _(
                "Choose a JPEG photo. In the settings of an iPhone's camera, under "
                "Formats, choose “Most Compatible”."
            ),
            "photo_heic",
        )
    try:
        picture = Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels("PNG") from None
    except _DAMAGED:
        raise ValidationError(
            _("Choose a photo: a JPEG, PNG or WebP file."), "photo_not_a_picture"
        ) from None
    # A JPEG with a second picture behind it, as many telephones write it, is an "MPO".
    kind = picture.format if picture.format in MAX_PIXELS else "JPEG"
    if picture.width * picture.height > MAX_PIXELS[kind]:
        raise _too_many_pixels(kind)
    return picture


def _upright(picture: "Picture") -> "Picture":
    """The large size in colour, as the camera was held, without transparency.

    It is made smaller before anything else, so that the whole is in memory only once.
    """
    from PIL import Image, ImageOps

    largest = (SIZES["large"], SIZES["large"])
    try:
        # A JPEG is unpacked at a half, a quarter or an eighth where that is enough.
        picture.draft("RGB", largest)
        turn = picture.getexif()
        if picture.mode not in {"RGB", "RGBA", "L"}:
            mode = "RGBA" if picture.has_transparency_data else "RGB"
            picture = picture.convert(mode)
        picture.thumbnail(largest, Image.Resampling.LANCZOS, reducing_gap=3)
        picture.getexif()[_ORIENTATION] = turn.get(_ORIENTATION, 1)
        picture = ImageOps.exif_transpose(picture)
        if picture.has_transparency_data:
            picture = picture.convert("RGBA")
            paper = Image.new("RGBA", picture.size, "white")
            picture = Image.alpha_composite(paper, picture)
        return picture.convert("RGB")
    except _DAMAGED:
        raise ValidationError(
            _("Choose the photo again: the file is damaged."), "photo_damaged"
        ) from None


def _sized(picture: "Picture", name: str) -> tuple[bytes, tuple[int, int]]:
    from PIL import Image

    sized = picture.copy()
    sized.thumbnail((SIZES[name], SIZES[name]), Image.Resampling.LANCZOS)
    sized.info = {}  # nothing of the old file: no profile, no comment
    written = io.BytesIO()
    if EXTENSIONS[name] == "webp":
        sized.save(written, "WEBP", quality=72, method=4)
    else:
        sized.save(written, "JPEG", quality=82, optimize=True, progressive=True)
    return written.getvalue(), sized.size


def _too_many_pixels(kind: str) -> ValidationError:
    return ValidationError(
        _("Choose a smaller photo: at most %(most)d megapixels."),
        "photo_too_many_pixels",
        {"most": MAX_PIXELS[kind] // 1_000_000},
    )
