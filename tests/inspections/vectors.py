"""The cases of tests/vectors; tests/js/rules.test.mjs reads the same files the same way.

A case changes a named document: `set` writes at a path, `unset` removes, `value` replaces.
"""

import copy
import json
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "vectors"


def document(name):
    return json.loads((FOLDER / "documents" / f"{name}.json").read_text("utf-8"))


def changed(change, name):
    if "value" in change:
        return copy.deepcopy(change["value"])
    found = document(change.get("from", name))
    for path, value in change.get("set", {}).items():
        place, key = _reach(found, path)
        place[key] = copy.deepcopy(value)
    for path in change.get("unset", []):
        place, key = _reach(found, path)
        del place[key]
    return found


def _reach(found, path):
    *steps, last = path.split("/")
    for step in steps:
        found = found[int(step) if isinstance(found, list) else step]
    return found, int(last) if isinstance(found, list) else last


def cases():
    return [
        case
        for path in sorted(FOLDER.glob("*.json"))
        if path.stem not in {"sealed", "rescue"}  # not of the rules
        for case in json.loads(path.read_text("utf-8"))
    ]


def contains(found, expected):
    """Whether all that is expected was found: objects may hold more, lists may not."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(
            key in found and contains(found[key], value)
            for key, value in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(found, list)
            and len(found) == len(expected)
            and all(map(contains, found, expected))
        )
    return type(found) is type(expected) and found == expected
