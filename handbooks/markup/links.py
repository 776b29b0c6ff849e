"""Where a text may lead: to our sections, to the law, to a telephone, to offices."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from handbooks.markup.problems import Problem, problem

# Offices, and who answers for what we say. Never an address that somebody could rent.
OFFICIAL = ("gov.vn", "hoilhpn.org.vn", "congdoan.vn", "iom.int", "un.org", "ilo.org")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PHONE = re.compile(r"\+?[0-9]{3,15}")


@dataclass(frozen=True)
class Link:
    """What a link is: its kind (section, law, tel, site) and where to."""

    kind: str
    target: str
    book: str = ""  # empty: the book that the text stands in


def link_to(address: str, line: int) -> tuple[Link | None, Problem | None]:
    """The link that an address means, or what is wrong with it."""
    scheme, _, rest = address.partition(":")
    if scheme == "tel":
        digits = re.sub(r"[ .-]|%20", "", rest)
        if _PHONE.fullmatch(digits):
            return Link("tel", digits), None
        return None, problem(line, "phone_number")
    if scheme == "https":
        return _site(address, line)
    if scheme in {"http", "javascript", "data", "file"} or not _SLUG.fullmatch(scheme):
        return None, problem(line, "link_scheme")
    if not _SLUG.fullmatch(rest):
        return None, problem(line, "link_scheme")
    if scheme == "law":
        return Link("law", rest), None
    return Link("section", rest, "" if scheme == "section" else scheme), None


def _site(address: str, line: int) -> tuple[Link | None, Problem | None]:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None, problem(line, "link_scheme")
    plain = parts.netloc == host and address.isascii() and "\\" not in address
    if plain and any(host == name or host.endswith(f".{name}") for name in OFFICIAL):
        return Link("site", address), None
    return None, problem(line, "link_site", site=parts.netloc[:60])
