"""Drawings are shapes: nothing in them runs, fetches or styles."""

import pytest

from handbooks import drawings

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" fill="none">'
)


@pytest.fixture
def drawn(tmp_path, monkeypatch):
    def draw(shapes, head=HEAD):
        (tmp_path / "one.svg").write_text(f"<?xml version='1.0'?>{head}{shapes}</svg>")

    monkeypatch.setattr(drawings, "FOLDER", tmp_path)
    caches = (drawings.names, drawings.inside_page, drawings.file)
    for cached in caches:
        cached.cache_clear()
    yield draw
    for cached in caches:
        cached.cache_clear()


@pytest.mark.parametrize("name", drawings.names())
def test_ours_are_plain_shapes(name):
    assert drawings.inside_page(name).count("{alt}") == 1
    assert drawings.file(name).startswith(b"<svg")


def test_drawing_becomes_part_of_a_page(drawn):
    drawn('<!-- a wall -->\n<path d="M1 1h2"/>\n<g stroke="#fff"><path d="M2"/></g>')

    assert drawings.inside_page("one") == (
        '<svg class="drawing" role="img" aria-label="{alt}" viewBox="0 0 9 9"'
        ' fill="none"><path d="M1 1h2"/><g stroke="#fff"><path d="M2"/></g></svg>'
    )


@pytest.mark.parametrize(
    "shapes",
    [
        "<script>alert(1)</script>",
        '<path d="M1" onload="alert(1)"/>',
        '<path d="M1" style="fill:url(x)"/>',
        '<path fill="url(https://example.com/x)"/>',
        '<image href="file:///etc/passwd"/>',
        '<use xlink:href="https://example.com/x"/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<a href="javascript:alert(1)"><path d="M1"/></a>',
        "<style>*{fill:red}</style>",
        "<path d='M1' onload='alert(1)'/>",
        "<![CDATA[x]]>",
    ],
)
def test_drawing_that_holds_more_is_refused(drawn, shapes):
    drawn(shapes)

    with pytest.raises(ValueError, match=r"one\.svg"):
        drawings.inside_page("one")


@pytest.mark.parametrize("head", ["<svg>", '<svg viewBox="0 0 1 1" onload="alert(1)">'])
def test_drawing_with_another_head_is_refused(drawn, head):
    drawn("", head=head)

    with pytest.raises(ValueError, match=r"one\.svg"):
        drawings.file("one")


def test_drawing_that_we_have_not_is_no_file_elsewhere():
    with pytest.raises(KeyError):
        drawings.file("../../static/icons/exit")
