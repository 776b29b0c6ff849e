"""How names of places are read: their kind, their English form, the words that find them."""

import unicodedata

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
_NICKNAMES = {"Hà Nội": "hn", "Hồ Chí Minh": "hcm tphcm sai gon saigon sg"}


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

    'Thị trấn Quang Minh': 'thi tran quang minh', 'tt quang minh', 'quangminh'.
    """
    return f" {' '.join(_words(name) for name in names if name)} "


def _words(name):
    kind, short = split_name(name)
    short_text = fold(short)
    words = [fold(name), _KINDS[kind][0], short_text, short_text.replace(" ", "")]
    return " ".join(filter(None, [*words, _NICKNAMES.get(short, "")]))
