"""Checklist v1 and a house where all is well, for the tests of its document."""

import json
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"
CHECKLIST = json.loads((FIXTURES / "checklist_v1.json").read_text("utf-8"))
ITEMS = {item["code"]: item for item in CHECKLIST["items"]}

HOUSE_FACTS = {
    "floors": 2,
    "rooms": 12,
    "well": True,
    "cameras": True,
    "children": True,
    "vehicles": True,
}
ROOM_FACTS = {"sleepers": 2, "heater": True, "gas": True}
GOOD_NUMBERS = {
    "STR-04": 1.1,
    "FIR-06": 2,
    "WSH-03": 8,
    "SPC-01": 8,
    "SPC-02": 2.1,
    "SPC-04": 5,
}
GOOD_DATES = {"valid_until": "2027-11-21", "done_on": "2026-06-01"}


def good_answer(item):
    answer = {"photos": ["0" * 64]} if item["photo"] == "always" else {}
    if item["date"]:
        answer["date"] = GOOD_DATES[item["date"]]
    if item["answer"] == "number":
        return {**answer, "number": GOOD_NUMBERS[item["code"]]}
    if item["answer"] == "choice":
        return {**answer, "choice": item["options"][0]["value"]}
    return {**answer, "result": "pass"}


def good_visit():
    """A house of two floors with a well, cameras, vehicles and children, all well."""
    answers = {code: good_answer(item) for code, item in ITEMS.items()}
    room = {code for code, item in ITEMS.items() if item["scope"] == "room"}
    return {
        "visited_at": "2026-11-21T02:00:00Z",
        "house": {
            "facts": HOUSE_FACTS,
            "answers": {c: a for c, a in answers.items() if c not in room},
        },
        "rooms": [
            {
                "id": "P101",
                "facts": ROOM_FACTS,
                "answers": {c: a for c, a in answers.items() if c in room},
            }
        ],
    }
