"""The styles that public pages carry inside, so that such a page is one request.

The Content-Security-Policy allows these blocks and no other, by the hash of the very
string that the template tag writes.
"""

import base64
import functools
import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "static" / "css"
# Each block is made of these files, in this order.
BLOCKS = {"public.css": ("tokens.css", "public.css")}


@functools.cache
def text(block: str) -> str:
    return "".join(_small((FOLDER / name).read_text()) for name in BLOCKS[block])


def sources() -> list[str]:
    """What `style-src` lists: `'sha256-…'` for each block."""
    return [_source(text(block)) for block in BLOCKS]


def _source(style: str) -> str:
    digest = hashlib.sha256(style.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _small(style: str) -> str:
    """Without comments and needless space. Our files hold no strings with braces in them."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\s+", " ", style)
    style = re.sub(r" ?([{};,>]) ?", r"\1", style)
    return re.sub(r"([:;{]) ", r"\1", style).replace(";}", "}").strip()
