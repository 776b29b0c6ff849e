"""Room numbers written as a run: "101-112", "P1-P8", "201, 203, 205-208"."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import nfc

MAX_RUN = 60
LONGEST = 20  # Room.label
_DASHES = str.maketrans("–—−", "---")
_RANGE = re.compile(
    r"^(?P<prefix>.*?)(?P<first>[0-9]+) ?- ?(?P<again>.*?)(?P<last>[0-9]+)$"
)


def parse_run(text: str) -> list[str]:
    """The labels that a run stands for, in its order. ValidationError if it is none."""
    parts = re.split(r"[,;\n]", nfc(text).translate(_DASHES))
    labels = [label for part in parts if part.strip() for label in _labels(part)]
    if not labels:
        raise ValidationError(
            _("Write the room numbers, for example 101-112."), "run_empty"
        )
    if len(labels) > MAX_RUN:
        raise _too_many(len(labels))
    for label in labels:
        if labels.count(label) > 1:
            raise ValidationError(
                _("Write %(label)s only once."), "run_twice", {"label": label}
            )
    return labels


def _labels(part: str) -> list[str]:
    part = " ".join(part.split())
    if "-" not in part:
        return [_fitting(part)]
    match = _RANGE.match(part)
    if not match or match["again"] not in {"", match["prefix"]}:
        raise ValidationError(
            _("Write “%(part)s” from a number to a number, for example 101-112."),
            "run_not_a_range",
            {"part": part},
        )
    return _counted(match["prefix"], match["first"], match["last"], part)


def _counted(prefix: str, first: str, last: str, part: str) -> list[str]:
    start, end = int(first), int(last)
    if end < start:
        raise ValidationError(
            _("Begin “%(part)s” with the smaller number."),
            "run_backwards",
            {"part": part},
        )
    if end - start >= MAX_RUN:
        raise _too_many(end - start + 1)
    # "01-12" keeps its zeros.
    width = len(first) if first.startswith("0") else 0
    return [_fitting(f"{prefix}{n:0{width}d}") for n in range(start, end + 1)]


def _fitting(label: str) -> str:
    if len(label) > LONGEST:
        raise ValidationError(
            _("Shorten “%(label)s”: a room number has at most %(most)d characters."),
            "run_too_long",
            {"label": label[:40], "most": LONGEST},
        )
    return label


def _too_many(count: int) -> ValidationError:
    return ValidationError(
        _("Add at most %(most)d rooms at once; these are %(count)d."),
        "run_too_many",
        {"most": MAX_RUN, "count": count},
    )


def label_key(label: str) -> list[tuple[int, int, str]]:
    """For sorting as people count: P2 before P10."""
    return [
        (0, int(piece), "") if piece.isdigit() else (1, 0, piece)
        for piece in re.findall(r"[0-9]+|[^0-9]+", label.casefold())
    ]


def floor_of(label: str, floors: int) -> int:
    """The floor that a room number tells: 203 is on the second, if there is one."""
    match = re.search(r"([1-9][0-9]?)[0-9]{2}(?![0-9])", label)
    floor = int(match[1]) if match else 1
    return floor if floor <= floors else 1
