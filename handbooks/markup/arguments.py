"""What stands behind a block's name, checked."""

import re
from collections.abc import Mapping

from handbooks.markup.problems import Problem, problem

PATTERNS = {
    "law": "::: law law-68-2020-art-27",
    "picture": "::: picture exit",
    "prices": "::: prices electricity",
    "example": "::: example electricity kwh=60 people=2",
    "item": "::: item STR-01",
}
KINDS = {"electricity", "water"}
# What a worked example may ask; beyond it nobody lives.
NUMBERS = {
    "kwh": (1, 2000),
    "m3": (1, 200),
    "people": (1, 20),
    "charged": (100, 100_000),
}
NEEDED = {"electricity": {"kwh", "people"}, "water": {"m3", "people"}}
MOST_LAWS = 6
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ITEM = re.compile(r"[A-Z]{2,4}-[0-9]{2}")


def problem_of(name: str, arguments: str, line: int) -> Problem | None:
    if _fits(name, arguments.split()):
        return problem_of_numbers(arguments, line) if name == "example" else None
    pattern = PATTERNS.get(name, f"::: {name}")
    return problem(line, "wrong_argument", pattern=pattern)


def _fits(name: str, words: list[str]) -> bool:
    match name:
        case "law":
            return 0 < len(words) <= MOST_LAWS and all(map(_KEY.fullmatch, words))
        case "picture":
            return len(words) == 1 and bool(_KEY.fullmatch(words[0]))
        case "item":
            return len(words) == 1 and bool(_ITEM.fullmatch(words[0]))
        case "prices":
            return len(words) == 1 and words[0] in KINDS
        case "example":
            return _fits_example(words)
    return not words


def _fits_example(words: list[str]) -> bool:
    if not words or words[0] not in KINDS:
        return False
    names = [word.partition("=")[0] for word in words[1:]]
    may = NEEDED[words[0]] | ({"charged"} if words[0] == "electricity" else set())
    return len(set(names)) == len(names) and NEEDED[words[0]] <= set(names) <= may


def problem_of_numbers(arguments: str, line: int) -> Problem | None:
    for word in arguments.split()[1:]:
        name, _, value = word.partition("=")
        least, most = NUMBERS[name]
        if not (re.fullmatch("[0-9]{1,6}", value) and least <= int(value) <= most):
            return problem(line, "wrong_number", name=name, least=least, most=most)
    return None


def numbers(arguments: str) -> Mapping[str, int]:
    pairs = (word.partition("=") for word in arguments.split()[1:])
    return {name: int(value) for name, _, value in pairs}
