"""Our own pictograms: one SVG file each in static/icons, drawn on a 24 px grid."""

import functools
import re

from django.conf import settings

FOLDER = settings.BASE_DIR / "static" / "icons"


@functools.cache
def drawing(name: str) -> str:
    """What is inside the `<svg>` of a pictogram. KeyError if we have not drawn it."""
    path = FOLDER / f"{name}.svg"
    if name not in names():
        raise KeyError(f"There is no {path.relative_to(settings.BASE_DIR)}.")
    inside = re.search(r"<svg[^>]*>(.*)</svg>", path.read_text(), re.DOTALL)[1]
    return re.sub(r">\s+<", "><", inside).strip()


@functools.cache
def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))
