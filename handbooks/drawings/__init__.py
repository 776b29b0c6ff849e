"""Our own pictures of the handbooks: one SVG file each in this folder.

A drawing has a `viewBox` and shapes, and nothing that runs, fetches or styles: whatever
else a file holds is refused when it is read, and a test reads them all.
"""

import functools
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
_ROOT = re.compile(r"<svg\b([^>]*)>(.*)</svg>", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z:-]+)((?:\s+[a-zA-Z:-]+=\"[^\"<>]*\")*)\s*/?>")
_ATTRIBUTE = re.compile(r"([a-zA-Z:-]+)=\"([^\"<>]*)\"")
_SHAPES = {
    *("g", "path", "circle", "ellipse", "line", "polyline", "polygon", "rect", "title"),
}
_FORBIDDEN = re.compile(r"^(on.*|style|class|id|href|.*:href|src)$")


@functools.cache
def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))


@functools.cache
def inside_page(name: str) -> str:
    """The drawing as part of a page; `{alt}` stands where its description goes."""
    root, shapes = _parts(name)
    kept = " ".join(
        f'{key}="{value}"'
        for key, value in _ATTRIBUTE.findall(root)
        if not key.startswith("xmlns") and key not in {"width", "height", "role"}
    )
    return f'<svg class="drawing" role="img" aria-label="{{alt}}" {kept}>{shapes}</svg>'


@functools.cache
def file(name: str) -> bytes:
    """The drawing by itself, for paper."""
    root, shapes = _parts(name)
    return f"<svg{root}>{shapes}</svg>".encode()


def _parts(name: str) -> tuple[str, str]:
    if name not in names():
        raise KeyError(f"There is no drawing {name}.svg.")
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    found = _ROOT.search(re.sub(r"<!--.*?-->|<\?.*?\?>", "", text, flags=re.DOTALL))
    if found is None or "viewBox" not in found[1]:
        raise ValueError(f"{name}.svg is no <svg> with a viewBox.")
    if any(_FORBIDDEN.match(key.lower()) for key, _ in _ATTRIBUTE.findall(found[1])):
        raise ValueError(f"{name}.svg: its <svg> does more than draw.")
    shapes = re.sub(r">\s+<", "><", found[2]).strip()
    rest = _TAG.sub(lambda tag: _checked(name, tag), shapes)
    if "<" in rest:
        raise ValueError(f"{name}.svg holds something that is no shape.")
    return found[1], shapes


def _checked(name: str, tag: re.Match[str]) -> str:
    wrong = [
        key
        for key, value in _ATTRIBUTE.findall(tag[3])
        if _FORBIDDEN.match(key.lower()) or "url(" in value
    ]
    if tag[2] not in _SHAPES or wrong:
        raise ValueError(f"{name}.svg: <{tag[2]} {' '.join(wrong)}> is no plain shape.")
    return ""
