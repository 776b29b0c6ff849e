import copy

import pytest

from certificates import rules
from tests.inspections.factories import PASSING_HOUSE, PASSING_ROOM, SMALL, item

CHECKLIST = SMALL | {
    "items": [
        *SMALL["items"],
        item("WOM-01", section="G", scope="room"),
        item("WOM-06", section="G", public_task=True, scored=False),
    ]
}


def visit(**answers):
    """Everything passes but what is said."""
    seen = {
        "visited_at": "2026-11-21T02:00:00Z",
        "house": copy.deepcopy(PASSING_HOUSE),
        "rooms": [{"id": "R"} | copy.deepcopy(PASSING_ROOM)],
    }
    seen["rooms"][0]["answers"]["WOM-01"] = {"result": "pass"}
    for code, answer in answers.items():
        code = code.replace("_", "-")
        for place in (seen["house"], seen["rooms"][0]):
            if code in place["answers"] or place is seen["rooms"][0]:
                place["answers"][code] = answer
    return seen


def count(**answers):
    tally = rules.tally(CHECKLIST, visit(**answers), "R")
    return tally.applying, tally.seen, tally.met, len(tally.unseen), tally.by_photo


def test_everything_was_seen_and_met():
    assert count() == (5, 5, 5, 0, 0)


@pytest.mark.parametrize(
    ("answers", "counts"),
    [
        ({"SEC_01": {"result": "unseen"}}, (5, 4, 4, 1, 0)),
        ({"SEC_01": {"result": "fail"}}, (5, 5, 4, 0, 0)),
        ({"SPC_01": {"number": 7}}, (5, 5, 4, 0, 0)),
        ({"WOM_01": {"result": "na"}}, (4, 4, 4, 0, 0)),
        ({"FIR_08": {"result": "repaired"}}, (5, 5, 5, 0, 1)),
        ({"WOM_09": {"result": "fail"}}, (5, 5, 5, 0, 0)),
    ],
)
def test_what_is_counted(answers, counts):
    assert count(**answers) == counts


def test_what_a_tenant_said_in_private_is_in_no_line():
    said = visit(WOM_09={"result": "fail"})

    both = [
        *rules.lines(CHECKLIST, said, None),
        *rules.lines(CHECKLIST, said, "R"),
    ]

    assert "WOM-09" not in {line.item["code"] for line in both}


@pytest.mark.parametrize(
    ("answer", "marked"),
    [
        ({"result": "pass"}, True),
        ({"result": "repaired"}, True),
        ({"result": "fail"}, False),
        ({"result": "unseen"}, False),
        ({"result": "na"}, False),
    ],
)
def test_womens_mark_needs_every_item_seen_and_met(answer, marked):
    assert rules.tally(CHECKLIST, visit(WOM_01=answer), "R").women_mark == marked


def test_lines_of_house_and_room_in_the_checklists_order():
    house = rules.lines(CHECKLIST, visit(), None)
    room = rules.lines(CHECKLIST, visit(), "R")

    assert [(line.item["code"], line.result) for line in house] == [
        ("FIR-01", "pass"),
        ("FIR-08", "pass"),
        ("WOM-06", "missing"),
    ]
    assert [(line.item["code"], line.result) for line in room] == [
        ("SEC-01", "pass"),
        ("SPC-01", "pass"),
        ("WOM-01", "pass"),
    ]


def test_fact_that_makes_no_sense_is_not_known():
    odd = visit()
    odd["rooms"][0]["facts"]["sleepers"] = 4000

    lines = {line.item["code"]: line for line in rules.lines(CHECKLIST, odd, "R")}

    # Divided by nothing known, the area counts for one.
    assert lines["SPC-01"].result == "pass"
