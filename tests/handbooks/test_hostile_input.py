"""What somebody may send to an editor's desk: pictures, links and texts that mean harm."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from core import pdf
from handbooks import actions, markup, previews
from handbooks.markup.links import link_to
from handbooks.models import Picture, Section
from tests.handbooks.factories import editor, rewrite, volume_with

pytestmark = pytest.mark.django_db


def chunk(kind, content):
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def png_claiming(width, height, words=0):
    """Small, and says that it is large; or holds words that unpack to very many."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(9)
    block = bytes(1_000_000)
    packed = b"".join(packer.compress(block) for _ in range(words // len(block)))
    parts = [
        (b"IHDR", head),
        (b"zTXt", b"Comment\0\0" + packed + packer.flush()),
        (b"IDAT", zlib.compress(b"")),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def picture_file(kind, **options):
    file = io.BytesIO()
    Image.effect_noise((120, 80), 40).save(file, kind, **options)
    return file.getvalue()


SVG = b"""<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script>
<image href="http://127.0.0.1/"/><text>&x;</text></svg>"""
NO_PICTURES = {
    "an SVG with a script": (SVG, "photo_not_a_picture"),
    "a page": (b"<html><script>alert(1)</script>", "photo_not_a_picture"),
    "a PDF": (b"%PDF-1.7\n1 0 obj", "photo_not_a_picture"),
    "a GIF": (picture_file("GIF"), "photo_not_a_picture"),
    "a bomb": (png_claiming(65_000, 65_000), "photo_too_many_pixels"),
    "packed words": (png_claiming(60, 40, words=300_000_000), "photo_not_a_picture"),
    "half a photo": (picture_file("JPEG")[:-200], "photo_damaged"),
    "nothing": (b"", "photo_empty"),
}


@pytest.mark.parametrize("what", NO_PICTURES)
def test_what_is_no_picture_is_refused(what):
    content, code = NO_PICTURES[what]

    with pytest.raises(ValidationError) as error:
        actions.add_picture(
            name="khu-tro", file=content, description={"vi": "Phòng."}, by=editor()
        )

    [found] = error.value.error_dict["file"]
    assert (found.code, Picture.objects.exists()) == (code, False)


def test_nothing_of_what_hides_in_a_picture_is_kept():
    hidden = b"<script>alert(1)</script>"
    content = picture_file("JPEG", comment=hidden) + b"PK\x03\x04" + hidden

    picture = actions.add_picture(
        name="khu-tro", file=content, description={"vi": "Phòng."}, by=editor()
    )

    for size in ("small", "medium", "large"):
        with getattr(picture, size).open() as kept:
            assert hidden not in kept.read()


HOSTILE_LINKS = [
    *("javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)"),
    *("data:text/html,<script>", "file:///etc/passwd", "vbscript:f()", "blob:x/y"),
    *("//evil.example/", "http://gov.vn/", "https:/\\evil.example/", "https:gov.vn"),
    *("https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest/"),
    *("https://10.0.0.1/", "https://192.168.1.1/", "https://localhost/", "https://0/"),
    *("https://2130706433/", "https://0x7f000001/", "https://gov.vn.evil.example/"),
    *("https://evilgov.vn/", "https://gov.vn@evil.example/", "https://gov.vn:22/"),
    *("https://evil.example\\@gov.vn/", "https://evil.example/gov.vn", "https://.vn/"),
    *("https://gov.vn\u202e/", "https://dichvucong\u2024gov.vn/", "https://gоv.vn/"),
    *("tel:113;ext=1", "tel:113\u202e", "tel:*#06#", "mailto:a@gov.vn", "SMS:113"),
    *("section:../../etc", "section:A", "workers:x y", "law:law-1\u200f", "law:", ":"),
]


@pytest.mark.parametrize("address", HOSTILE_LINKS)
def test_link_elsewhere_leads_nowhere(address):
    link, problem = link_to(address, 1)

    assert (link, bool(problem)) == (None, True)


@pytest.mark.parametrize("address", HOSTILE_LINKS)
def test_text_with_such_a_link_has_no_link(address):
    volume = volume_with("Khoá")
    section = Section.objects.get()

    seen = previews.on_the_web(volume, section, f"Xem [đây]({address}).\n")

    assert "href" not in seen.html


UNSEEN = {
    "right to left": "\u202e",
    "isolate": "\u2066",
    "a mark of direction": "\u200f",
    "an Arabic mark": "\u061c",
    "an invisible sign": "\u2063",
    "a hidden letter": "\U000e0041",
    "a line that is none": "\u2028",
    "a control": "\x1b",
    "a null": "\0",
}


@pytest.mark.parametrize("sign", UNSEEN)
@pytest.mark.parametrize("where", ["title", "summary", "body"])
def test_signs_that_nobody_sees_are_not_saved(where, sign):
    volume = volume_with("Khoá")

    with pytest.raises(ValidationError) as error:
        rewrite(
            volume,
            "muc-1",
            **{"body": "Thử.\n", where: f"Gọi 113{UNSEEN[sign]} ngay"},
        )

    assert where in error.value.message_dict
    assert Section.objects.get().revisions.count() == 1


def test_signs_that_khmer_is_written_with_are_kept():
    """Between its words stands no space but a sign without width."""
    assert not markup.has_unseen_sign("បន្ទប់\u200bជួល\u200c\u200d")


ASKING = """\
![x](file:///etc/passwd) ![x](http://127.0.0.1:5432/) <img src="https://gov.vn/x.png">

<link rel=stylesheet href=file:///etc/passwd><style>@import "http://10.0.0.1/";</style>

<object data="file:///etc/shadow"></object> <svg><script>alert(1)</script></svg>

[x]: file:///etc/passwd
"""


def test_printing_a_hostile_text_asks_for_nothing():
    """pdf.render would raise ForeignAddress: whatever was typed stays letters."""
    volume = volume_with("Khoá")
    section = Section.objects.get()

    sheet = previews.on_paper(
        volume,
        section,
        title='<img src="file:///etc/passwd">',
        summary="{% include 'x' %}<script>",
        body=ASKING,
    )

    assert sheet.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "html",
    [
        '<img src="file:///etc/passwd">',
        '<img src="http://169.254.169.254/">',
        '<link rel=attachment href="file:///etc/passwd">',
        '<style>@import "http://127.0.0.1/";</style>',
        '<p style="background:url(file:///etc/passwd)">x',
    ],
)
def test_printing_reads_only_what_it_is_given(html):
    with pytest.raises(pdf.ForeignAddress):
        pdf.render(f"<html lang=vi><title>x</title>{html}")


def test_nesting_without_end_is_shown_at_once():
    volume = volume_with("Khoá")
    section = Section.objects.get()
    deep = "".join(f"{'  ' * level}- a\n" for level in range(90))
    open_blocks = "::: advice\n" * 500

    seen = previews.on_the_web(volume, section, deep)
    blocks = previews.on_the_web(volume, section, open_blocks)

    assert "too_deep" in {found.code for found in seen.problems}
    assert seen.html.count("<ul") <= 10
    assert blocks.problems
    assert "<div" not in blocks.html.partition("<div")[2].partition("</div>")[0]
