import base64
import gzip
import hashlib
import re

import pytest

from core import inline_style


@pytest.fixture
def public(settings, client):
    settings.STYLEGUIDE = True
    return lambda name, **headers: client.get(f"/styleguide/{name}/", headers=headers)


@pytest.mark.parametrize("name", ["public", "check"])
def test_style_inside_is_allowed_by_its_hash(public, name):
    response = public(name)

    style = re.search(r"<style>(.*?)</style>", response.content.decode(), re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = response.headers["Content-Security-Policy"]
    assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_public_page_knows_nobody(public):
    response = public("public")

    assert response.cookies == {}
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["Content-Language"] == "vi"
    assert response.headers["Cache-Control"] == "public, max-age=1"


def test_public_page_is_not_sent_twice(public):
    etag = public("public").headers["ETag"]

    again = public("public", if_none_match=etag)

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("name", "most"), [("public", 5_200), ("check", 3_072)])
def test_public_page_is_compressed_and_small(public, name, most):
    response = public(name, accept_encoding="gzip")

    assert response.headers["Content-Encoding"] == "gzip"
    # Without the up to 100 random bytes that Django puts in front (BREACH).
    assert len(gzip.compress(gzip.decompress(response.content), 6)) <= most


@pytest.mark.parametrize(
    ("block", "most"), [("public.css", 2_700), ("check.css", 1_600)]
)
def test_style_inside_stays_small(block, most):
    assert len(gzip.compress(inline_style.text(block).encode(), 6)) <= most


@pytest.mark.parametrize("block", inline_style.BLOCKS)
def test_style_inside_has_each_token_that_it_uses(block):
    style = inline_style.text(block)

    used = set(re.findall(r"var\((--[\w-]+)", style))
    defined = set(re.findall(r"(--[\w-]+):", style))
    assert used == defined
    assert "/*" not in style
