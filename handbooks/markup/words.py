"""The words of HTML that this package made, as a reader sees them."""

import html
import re

from core.text import nfc

_BETWEEN = re.compile(
    r"</?(?:p|h\d|li|ul|ol|div|table|caption|thead|tbody|tfoot|tr|th|td|dl|dt|dd"
    r"|figure|figcaption|section|br|strong|span)\b[^>]*>"
)
_TAGS = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")


def plain_words(markup: str) -> str:
    """Ours has no `<` or `>` but those of tags: everything else is escaped."""
    spaced = _BETWEEN.sub(_gap, markup)
    return nfc(_SPACE.sub(" ", html.unescape(_TAGS.sub("", spaced))).strip())


def _gap(tag: re.Match[str]) -> str:
    inside_words = tag[0].startswith(("<strong", "</strong", "<span", "</span"))
    return "" if inside_words else " "
