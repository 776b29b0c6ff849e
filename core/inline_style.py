"""The styles that public pages carry inside, so that such a page is one request.

The Content-Security-Policy allows these blocks and no other, by the hash of the very
string that the template tag writes.
"""

import base64
import functools
import hashlib
import re
from collections import Counter
from pathlib import Path

TOKEN = re.compile(r"(?<=[({;,])--[\w-]+(?=[:),])")
FOLDER = Path(__file__).resolve().parent.parent / "static" / "css"
# Each block is made of these files, in this order.
BLOCKS = {
    "public.css": ("tokens.css", "base.css", "parts.css", "public.css", "rooms.css"),
    "checklist.css": (
        "tokens.css",
        "base.css",
        "parts.css",
        "public.css",
        "checklist.css",
    ),
    "handbook.css": (
        "tokens.css",
        "base.css",
        "parts.css",
        "public.css",
        "handbook.css",
    ),
    "quiz.css": ("tokens.css", "base.css", "parts.css", "public.css", "quiz.css"),
    "check.css": ("tokens.css", "base.css", "public.css"),
}


@functools.cache
def text(block: str) -> str:
    style = "".join((FOLDER / name).read_text() for name in BLOCKS[block])
    return small(style)


def sources() -> list[str]:
    """What `style-src` lists: `'sha256-…'` for each block."""
    return [_source(text(block)) for block in BLOCKS]


def _source(style: str) -> str:
    digest = hashlib.sha256(style.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def small(style: str) -> str:
    """Without comments, needless space and tokens that the block does not use.

    Our files hold no strings with braces in them.
    """
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\s+", " ", style)
    style = re.sub(r" ?([{};,>]) ?", r"\1", style)
    style = re.sub(r"([:;{]) ", r"\1", style)
    used = set(re.findall(r"var\((--[\w-]+)", style))
    style = re.sub(
        r"(--[\w-]+):[^;}]+;", lambda found: found[0] * (found[1] in used), style
    )
    return style.replace(";}", "}").strip()


def smaller(style: str) -> str:
    """With short names for its tokens besides: for a style that no other adds to."""
    style = small(style)
    counted = Counter(TOKEN.findall(style)).most_common()
    short = {token: f"--{place:x}" for place, (token, _) in enumerate(counted)}
    return TOKEN.sub(lambda found: short[found[0]], style)
