"""What is compressed once and kept."""

import gzip

import pytest
from django.conf import settings
from django.test import RequestFactory

from core import compressed

TEXT = "Phòng trọ an toàn. ".encode() * 40


def answer(**headers):
    request = RequestFactory().get("/", headers=headers)
    kept = {"ETag": '"1"', "Cache-Control": "public"}
    return compressed.answer(request, TEXT, "text/plain", kept)


def test_answer_is_compressed_for_who_takes_it():
    response = answer(accept_encoding="gzip, deflate, br, zstd")

    assert gzip.decompress(response.content) == TEXT
    assert len(response.content) < len(gzip.compress(TEXT, 9))
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["ETag"] == 'W/"1"'
    assert response.headers["Vary"] == "Accept-Encoding"


def test_answer_is_plain_for_who_does_not():
    response = answer()

    assert response.content == TEXT
    assert "Content-Encoding" not in response.headers
    assert response.headers["ETag"] == '"1"'
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("name", ["tablet/app.vi.*.js", "css/base.*.css"])
def test_collected_texts_lie_compressed_beside_themselves(name):
    text = max(settings.STATIC_ROOT.glob(name), key=lambda path: path.stat().st_mtime)

    small = text.with_name(f"{text.name}.gz")

    assert gzip.decompress(small.read_bytes()) == text.read_bytes()
