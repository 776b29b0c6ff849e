"""How names of places, and of places in the law, are read and written."""

import re
import unicodedata
from itertools import chain

from core.text import fold

# The word before the name, what people write for it, the kind, its English word.
_KINDS = {
    "Thành phố": ("tp", "city", "City"),
    "Tỉnh": ("", "province", "Province"),
    "Phường": ("p", "ward", "Ward"),
    "Xã": ("x", "commune", "Commune"),
    "Đặc khu": ("dk", "special_zone", "Special Zone"),
    "Thị trấn": ("tt", "town", "Town"),
    "Thị xã": ("tx", "town", "Town"),
    "Quận": ("q", "district", "District"),
    "Huyện": ("h", "district", "District"),
}
_NICKNAMES = {
    "Hà Nội": ["hn"],
    "Hồ Chí Minh": ["tp hcm", "tphcm", "sai gon", "saigon", "sg"],
}


def split_name(name: str) -> tuple[str, str]:
    """'Thị trấn Quang Minh' is the kind 'Thị trấn' and the short name 'Quang Minh'."""
    for kind in _KINDS:
        if name.startswith(f"{kind} "):
            return kind, name.removeprefix(f"{kind} ")
    raise ValueError(f"{name!r} does not begin with a kind of administrative unit")


def kind_of(name: str) -> str:
    return _KINDS[split_name(name)[0]][1]


def english_name(name: str) -> str:
    """'Xã Đông Anh' is 'Dong Anh Commune'."""
    kind, short = split_name(name)
    parts = unicodedata.normalize("NFD", short.replace("Đ", "D").replace("đ", "d"))
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return f"{plain} {_KINDS[kind][2]}"


def search_words(*names: str) -> str:
    """All that people type for these units, folded, with a space on both ends.

    'Thị trấn Quang Minh' is ' | thi tran quang minh | tt quang minh | quangminh | '.
    The bars keep words apart that nobody says together.
    """
    return (
        f" | {' | '.join(chain.from_iterable(map(_spellings, filter(None, names))))} | "
    )


def _spellings(name):
    kind, short = split_name(name)
    short_text = fold(short)
    yield fold(name)
    if _KINDS[kind][0]:
        yield f"{_KINDS[kind][0]} {short_text}"
    yield short_text.replace(" ", "")
    yield from _NICKNAMES.get(short, ())


def clauses_vi(clauses: str) -> list[str]:
    """The clauses of a citation as Vietnamese law names them, the smallest part first.

    '1, 2' is 'khoản 1, 2'; '7, 11(c)' is 'khoản 7, điểm c khoản 11'.
    """
    if not clauses:
        return []
    if "(" not in clauses:
        return [f"khoản {clauses}"]
    parts = (
        re.sub(r"^(\d+)\((\w)\)$", r"điểm \2 khoản \1", p) for p in clauses.split(", ")
    )
    return [", ".join(p if p.startswith("điểm") else f"khoản {p}" for p in parts)]
