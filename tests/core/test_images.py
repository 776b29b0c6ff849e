import io
import struct
import subprocess
import sys
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core import images

HOME = (21.0, 11.0, 30.0)


def picture(width=640, height=480, mode="RGB"):
    drawn = Image.linear_gradient("L").resize((width, height))
    return drawn.convert(mode)


def written(drawn, kind="JPEG", **options):
    file = io.BytesIO()
    drawn.save(file, kind, **options)
    return file.getvalue()


def png_of(width, height, packed):
    """A PNG with a header that claims a size, around the given packed rows."""

    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", packed)
        + chunk(b"IEND", b"")
    )


def refusal(content):
    with pytest.raises(ValidationError) as refused:
        images.re_encode(content)
    assert refused.value.messages[0]
    return refused.value.code


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_re_encode_makes_three_sizes(kind):
    encoded = images.re_encode(written(picture(2000, 1000), kind))

    assert opened(encoded.small).size == (320, 160)
    assert opened(encoded.medium).size == (800, 400)
    assert opened(encoded.large).size == (1600, 800)
    assert (encoded.width, encoded.height) == (1600, 800)
    formats = [opened(getattr(encoded, name)).format for name in images.SIZES]
    assert formats == ["WEBP", "WEBP", "JPEG"]
    assert len(encoded.sha256) == 64


def test_re_encode_does_not_enlarge():
    encoded = images.re_encode(written(picture(200, 100)))

    assert opened(encoded.large).size == (200, 100)
    assert opened(encoded.small).size == (200, 100)


def test_re_encode_reads_an_uploaded_file_from_its_beginning():
    file = SimpleUploadedFile("room.jpg", written(picture()))
    file.read()

    assert images.re_encode(file).width == 640


def test_re_encode_turns_the_picture_upright_and_forgets_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    exif[0x010F] = "A telephone"
    exif.get_ifd(0x8825).update({1: "N", 2: HOME, 3: "E", 4: HOME})
    content = written(picture(640, 480), exif=exif, comment=b"home")
    assert opened(content).getexif().get_ifd(0x8825)

    encoded = images.re_encode(content)

    assert (encoded.width, encoded.height) == (480, 640)
    for name in images.SIZES:
        kept = opened(getattr(encoded, name))
        assert dict(kept.getexif()) == {}
        assert {"exif", "icc_profile", "comment", "xmp"}.isdisjoint(kept.info)


# Pillow grumbles and goes on; the words about a photo should not stop the photo.
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data:UserWarning")
def test_re_encode_survives_damaged_exif():
    content = written(picture(), exif=b"Exif\x00\x00" + b"MM\x00*" + b"\xff" * 60_000)

    assert images.re_encode(content).width == 640


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1"])
def test_re_encode_paints_every_png_on_white_paper(mode):
    encoded = images.re_encode(written(picture(mode=mode), "PNG"))

    assert opened(encoded.large).mode == "RGB"


def test_re_encode_reads_a_photo_for_print():
    assert images.re_encode(written(picture(mode="CMYK"))).width == 640


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_re_encode_keeps_the_first_picture_of_an_animation(kind):
    red, blue = (Image.new("RGB", (64, 64), colour) for colour in ("red", "blue"))
    content = written(red, kind, save_all=True, append_images=[blue] * 20)

    encoded = images.re_encode(content)

    kept = opened(encoded.large)
    assert getattr(kept, "n_frames", 1) == 1
    assert kept.getpixel((30, 30))[0] > 200


def test_re_encode_reads_a_jpeg_with_a_second_picture_behind_it():
    small = Image.new("RGB", (320, 240), "blue")
    content = written(picture(), "MPO", save_all=True, append_images=[small])

    assert images.re_encode(content).width == 640


def test_re_encode_leaves_nothing_of_a_polyglot():
    script = b"<html><script>alert(1)</script></html>"
    content = written(picture(), comment=script) + script

    encoded = images.re_encode(content)

    assert not any(b"<script" in getattr(encoded, name) for name in images.SIZES)


def test_re_encode_refuses_nothing():
    assert refusal(b"") == "photo_empty"


def test_re_encode_refuses_too_many_bytes():
    assert refusal(b"\xff\xd8" + bytes(images.MAX_BYTES)) == "photo_too_large"


def test_re_encode_refuses_a_bomb_from_its_header():
    row = zlib.compressobj(9)
    packed = b"".join(row.compress(bytes(2376)) for _ in range(19_000)) + row.flush()
    content = png_of(19_000, 19_000, packed)
    assert len(content) < 50_000

    assert refusal(content) == "photo_too_many_pixels"


@pytest.mark.parametrize("size", [(5_000, 4_001), (12_000, 10_000), (65_000, 65_000)])
def test_re_encode_refuses_a_png_of_more_than_20_megapixels(size):
    assert refusal(png_of(*size, zlib.compress(b""))) == "photo_too_many_pixels"


def test_re_encode_refuses_a_webp_of_more_than_10_megapixels():
    content = written(Image.new("L", (4_000, 2_501)), "WEBP", quality=0, method=0)

    assert refusal(content) == "photo_too_many_pixels"


LARGEST = {
    "JPEG": (7_300, 5_470, {"progressive": True}),
    "PNG": (5_160, 3_870, {"compress_level": 1}),
    "WEBP": (4_000, 2_500, {"quality": 0, "method": 0}),
}
# VmHWM, for getrusage would count what pytest's own process had before.
PEAK = """
import os, re, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
from core import images
images.re_encode(sys.stdin.buffer.read())
print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


@pytest.mark.parametrize("kind", LARGEST)
def test_re_encode_of_the_largest_photo_takes_less_than_200_megabytes(kind):
    width, height, options = LARGEST[kind]
    content = written(Image.new("RGB", (width, height), "teal"), kind, **options)

    peak = subprocess.run(
        [sys.executable, "-c", PEAK], input=content, capture_output=True, check=True
    )

    assert int(peak.stdout) < 200


def test_re_encode_refuses_a_jpeg_whose_header_claims_65535_pixels():
    content = bytearray(written(picture(16, 16)))
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = b"\xff\xff\xff\xff"

    assert refusal(bytes(content)) == "photo_too_many_pixels"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_re_encode_refuses_a_truncated_file(kind, kept):
    content = written(picture(), kind)

    code = refusal(content[: int(len(content) * kept)])

    assert code in {"photo_damaged", "photo_not_a_picture"}


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.7\n1 0 obj<<>>endobj",
        b"<html><body>photo</body></html>",
        b"GIF89a" + bytes(200),
        b"\x00",
        b"\xff\xd8\xff\xe0",
    ],
)
def test_re_encode_refuses_what_is_no_picture(content):
    assert refusal(content) == "photo_not_a_picture"


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"avif"])
def test_re_encode_says_what_to_do_about_heic(brand):
    content = b"\x00\x00\x00\x18ftyp" + brand + bytes(200)

    assert refusal(content) == "photo_heic"
