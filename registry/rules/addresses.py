"""Addresses in alleys: one form for all the ways people write them.

In Ha Noi an alley (ngõ) hangs on a street, a lane (ngách) on an alley, a path (hẻm) on a
lane; the house number comes last. "Số 5, ngách 12/3, ngõ 12", "5 ngách 12/3" and
"12/3/5" are one house.
"""

import re
from dataclasses import dataclass

from core.text import fold, nfc

_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NUMBER = r"[0-9]+ ?[a-z]?(?: bis)?(?![a-z])"
_PATH = rf"{_NUMBER}(?:/{_NUMBER})*"
_LEVELS = {"ngo": 0, "kiet": 0, "ngach": 1, "hem": 2}
_PLACE = re.compile(
    rf"\b(?:(?P<word>ngo|kiet|ngach|hem|so nha|nha so|so|sn) ?(?:so )?)?(?P<path>{_PATH})"
)


@dataclass(frozen=True)
class Address:
    """`alleys` from the street inwards, without the house: ("12", "3") for ngách 12/3."""

    alleys: tuple[str, ...]
    number: str
    rest: str  # folded words that are neither: "khu a", "day 3"

    @property
    def key(self) -> str:
        """Equal for two spellings of one address: "12/3/5", "415/23 khu a"."""
        path = "/".join(filter(None, (*self.alleys, self.number)))
        return " ".join(filter(None, (path, self.rest)))


def parse_address(text: str) -> Address:
    """Read house number and alleys; words that are neither are kept aside."""
    plain = _plain(text)
    alleys: dict[int, tuple[str, ...]] = {}
    number: tuple[str, ...] = ()
    rest, end = [], 0
    for match in _PLACE.finditer(plain):
        between = plain[end : match.start()].strip()
        end = match.end()
        path = tuple(piece.replace(" ", "") for piece in match["path"].split("/"))
        if match["word"] in _LEVELS:
            alleys.setdefault(_LEVELS[match["word"]], path)
        elif match["word"] or not between:
            number = number or path
        else:  # the number belongs to the words before it: "dãy 3"
            between = f"{between} {match[0]}"
        rest.append(between)
    rest.append(plain[end:])
    return _joined(alleys, number, " ".join(" ".join(rest).split()))


def address_key(text: str) -> str:
    return parse_address(text).key


def tidy(text: str) -> str:
    """What is stored and shown: one form of Unicode, single spaces, no stray commas.

    Nothing in it may turn the direction of reading: "số 21" must not be seen as "số 12".
    """
    text = re.sub(r"\s+", " ", _TURNS.sub("", nfc(text))).strip(" ,;")
    return re.sub(r" ?, ?", ", ", text)


def _plain(text: str) -> str:
    """Folded, but the slashes stay: they part alley from lane."""
    return "/".join(fold(piece) for piece in re.split(r"\s*/\s*", text))


def _joined(
    alleys: dict[int, tuple[str, ...]], number: tuple[str, ...], rest: str
) -> Address:
    whole: tuple[str, ...] = ()
    for level in sorted(alleys):
        path = alleys[level]
        # "ngách 12/3" names its alley again; "ngách 3" after "ngõ 12" does not.
        whole = path if path[: len(whole)] == whole else whole + path
    if number[: len(whole)] == whole and len(number) > len(whole):
        number = number[len(whole) :]
    return Address((*whole, *number[:-1]), number[-1] if number else "", rest)
