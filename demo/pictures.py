"""Drawings instead of photos: our own scenes, in several colours, as a camera's JPEG."""

import functools
import io
from pathlib import Path

SCENES = Path(__file__).parent / "scenes"
# The colours of the things that a scene names by class; the rest keeps its own.
NAMES = ("wall", "dado", "floor", "accent", "cloth", "wood", "frame")
PALETTES = [
    ("#f4ecdc", "#dfeae3", "#dcc29b", "#0a5c60", "#c8714c", "#8d6440", "#a9784a"),
    ("#eef1ea", "#cfe0dc", "#cdc3b2", "#73276a", "#0f6a6a", "#6f5a44", "#8a7357"),
    ("#fbf3e4", "#fcefd2", "#cfae82", "#1f5f7a", "#d9973a", "#7d5a38", "#9a7246"),
    ("#f7ebe5", "#f3e3ec", "#dcbfa6", "#2f6d4f", "#8a3b7d", "#8d6440", "#a9784a"),
]
WIDTH = 640


@functools.cache
def photo(scene: str, palette: int = 0, *, width: int = WIDTH) -> bytes:
    """A scene as JPEG, 4:3. Every other palette is mirrored as well."""
    from PIL import Image, ImageOps

    picture = Image.open(io.BytesIO(_rendered(scene, palette)))
    picture = picture.convert("RGB")
    if palette % 2:
        picture = ImageOps.mirror(picture)
    if width != WIDTH:
        picture = picture.resize((width, width * 3 // 4), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=80)
    return written.getvalue()


@functools.cache
def _rendered(scene: str, palette: int) -> bytes:
    import resvg_py

    colours = dict(zip(NAMES, PALETTES[palette], strict=True))
    rules = [f".{name}{{fill:{colour}}}" for name, colour in colours.items()]
    rules += [f".{name}-line{{stroke:{colours[name]}}}" for name in ("accent", "wood")]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=(SCENES / f"{scene}.svg").read_text(),
            style_sheet="".join(rules),
            width=WIDTH,
            skip_system_fonts=True,
        )
    )
