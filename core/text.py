"""Vietnamese text: one form to store, one to search by, one to sort by.

None of the three needs anything of the database server's locale, so all servers give
the same answers.
"""

import re
import unicodedata

from django.db.models import Func, TextField

# The SQL function of core/migrations/0002_vn_fold.py is made of these same four pieces;
# a property test holds the two against each other. A change here is a new migration,
# and a REINDEX of whatever is indexed by vn_fold.
MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZĐđÐðƉ"
PLAIN = "abcdefghijklmnopqrstuvwxyzddddd"
GAPS = (
    "\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7"
    "\u1680\u2000-\u206f\u20a0-\u20cf\u3000-\u303f"
)
_MARKS = re.compile(f"[{MARKS}]")
_GAPS = re.compile(f"[\0{GAPS}]+")  # the database knows no NUL
_PLAIN = str.maketrans(LETTERS, PLAIN)

_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_SPACE, _PUNCTUATION, _DIGIT, _LETTER, _OTHER = "!", '"', "0", "A", "~"
_RANKS = {letter: chr(ord(_LETTER) + i) for i, letter in enumerate(_ALPHABET)}


def nfc(text: str) -> str:
    """The form in which text is stored; some telephones and macOS send another."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """What text is searched by: 'Số 415/23 Hoà Lạc' and 'so 415-23 hòa lạc' are the same.

    Plain letters without tones, lower case, words parted by one space. Equal to the
    SQL function vn_fold.
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return _GAPS.sub(" ", bare.translate(_PLAIN)).strip(" ")


def sort_key(text: str) -> str:
    """ASCII text whose byte order is the order of a Vietnamese dictionary.

    Letters decide first (a ă â b c d đ e ê ...), then tones (none, huyền, hỏi, ngã,
    sắc, nặng), then capitals; the same order as ICU's "vi". A column of such keys needs
    `db_collation="C"`.
    """
    ranks, tones, capitals = [], [], []
    for char in nfc(text):
        parts = unicodedata.normalize("NFD", char.lower())
        base = nfc("".join(part for part in parts if part not in _TONES))
        ranks.append(_rank(base))
        tones.append(str(next((_TONES[part] for part in parts if part in _TONES), 0)))
        capitals.append(str(int(char != char.lower())))
    return " ".join(("".join(ranks), "".join(tones), "".join(capitals)))


def _rank(base: str) -> str:
    if base in _RANKS:
        return _RANKS[base]
    if base.isspace():
        return _SPACE
    if not base.isalnum():
        return _PUNCTUATION
    plain = fold(base)[:1]
    if plain.isascii() and plain.isdigit():
        return chr(ord(_DIGIT) + int(plain))
    return _RANKS.get(plain, _OTHER)


class VnFold(Func):
    """`fold()` of a column, computed by the database."""

    function = "vn_fold"
    arity = 1
    output_field = TextField()
