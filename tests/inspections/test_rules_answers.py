"""The functions by themselves; what a whole visit means is in tests/vectors."""

import math

import pytest

from inspections import rules
from tests.inspections.vectors import document

SMALL = document("small")
ITEMS = {item["code"]: item for item in SMALL["items"]}
AT = "2026-11-21T02:00:00Z"


def verdict(result, *, critical=False, severity=None, correct=None):
    return {
        "result": result,
        "severity": severity,
        "critical": critical,
        "correct": correct,
    }


@pytest.mark.parametrize(
    ("code", "answer", "facts", "expected"),
    [
        ("FIR-01", {"result": "pass"}, {}, verdict("pass", critical=True)),
        (
            "FIR-01",
            {"result": "fail"},
            {},
            verdict("fail", critical=True, severity="K"),
        ),
        ("FIR-01", {"result": "unseen"}, {}, verdict("unseen", critical=True)),
        ("FIR-01", {"result": "repaired"}, {}, verdict("pass", critical=True)),
        ("FIR-01", None, {}, verdict("missing", critical=True)),
        ("FIR-01", "pass", {}, verdict("missing", critical=True)),
        ("FIR-01", {"result": "na"}, {}, verdict("missing", critical=True)),
        ("WOM-05", {"result": "na"}, {}, verdict("na", critical=True)),
        ("SPC-05", {"result": "pass"}, {}, verdict("pass")),
        ("SPC-05", {"result": "na"}, {}, verdict("na")),
        ("SPC-05", {"result": "unseen"}, {}, verdict("unseen")),
        ("SPC-05", {"result": "repaired"}, {}, verdict("pass")),
        ("SPC-05", None, {}, verdict("missing")),
        ("SPC-01", None, {}, verdict("missing", critical=True)),
        ("SPC-01", {"result": "unseen"}, {}, verdict("unseen", critical=True)),
        ("SPC-01", {"number": 4}, {}, verdict("pass")),
        ("SEC-03", {"result": "unseen"}, {}, verdict("unseen", critical=True)),
        ("SEC-03", {"choice": "no_gate"}, {}, verdict("na")),
        ("FIR-06", {"number": 1}, {}, verdict("missing", critical=True)),
        ("ELE-03", {"result": "fail"}, {"heater": False}, verdict("na")),
        ("ELE-03", {"result": "repaired"}, {"heater": False}, verdict("na")),
        (
            "FIR-02",
            {"result": "fail"},
            {"floors": 2},
            verdict(
                "fail",
                critical=True,
                severity="K",
                correct=[
                    {"what": "make_safe", "hours": 24},
                    {"what": "build", "hours": 720},
                ],
            ),
        ),
        (
            "SEC-03",
            {"choice": "closes"},
            {},
            verdict(
                "fail",
                critical=True,
                severity="N",
                correct=[{"what": "make_safe", "hours": 24}],
            ),
        ),
    ],
)
def test_result_of(code, answer, facts, expected):
    assert rules.result_of(ITEMS[code], answer, facts, AT) == expected


def test_a_failing_choice_may_say_that_it_is_not_critical():
    mild = {"value": "mild", "result": "fail", "critical": False}
    item = ITEMS["SEC-03"] | {"critical": True, "options": [mild]}

    found = rules.result_of(item, {"choice": "mild"}, {}, AT)

    assert found == verdict("fail", severity="N")


@pytest.mark.parametrize(
    ("op", "holds"),
    [
        ("gt", [False, False, True]),
        ("ge", [False, True, True]),
        ("eq", [False, True, False]),
        ("ne", [True, False, True]),
        ("lt", [True, False, False]),
        ("le", [True, True, False]),
    ],
)
def test_applies_compares(op, holds):
    item = {"applies": {"fact": "floors", "op": op, "value": 2}}

    assert [rules.applies(item, {"floors": floors}) for floors in (1, 2, 3)] == holds


def test_applies_with_all_and_any():
    two = {"fact": "floors", "op": "eq", "value": 2}
    well = {"fact": "water", "op": "eq", "value": "well"}
    facts = {"floors": 2, "water": "tap"}

    assert rules.applies({"applies": None}, facts) is True
    assert rules.applies({"applies": {"any": [two, well]}}, facts) is True
    assert rules.applies({"applies": {"all": [two, well]}}, facts) is False
    assert rules.applies({"applies": {"all": [two, {"any": [well]}]}}, facts) is False


def test_applies_asks_when_the_fact_is_not_known():
    two = {"fact": "floors", "op": "gt", "value": 1}

    assert rules.applies({"applies": two}, {}) is True
    assert rules.applies({"applies": two}, {"floors": None}) is True


@pytest.mark.parametrize(
    ("severity", "at"),
    [
        ("K", "2026-11-22T02:00:00Z"),
        ("N", "2026-11-28T02:00:00Z"),
        ("T", "2026-12-21T02:00:00Z"),
        ("L", "2027-01-20T02:00:00Z"),
    ],
)
def test_deadlines_by_severity(severity, at):
    assert rules.deadlines(SMALL, severity, None, AT) == [{"what": "correct", "at": at}]


def test_deadlines_of_its_own():
    steps = [{"what": "assign", "hours": 1}, {"what": "build", "hours": 1440}]

    assert rules.deadlines(SMALL, "K", steps, AT) == [
        {"what": "assign", "at": "2026-11-21T03:00:00Z"},
        {"what": "build", "at": "2027-01-20T02:00:00Z"},
    ]


def test_score_of_results_by_code():
    results = {"FIR-01": "pass", "WSH-03": "fail", "SEC-05": "unseen", "ENV-02": "na"}

    assert rules.score(SMALL, results) == {"earned": 10, "possible": 15, "percent": 66}
    assert rules.score(SMALL, results, "B") == {
        "earned": 10,
        "possible": 10,
        "percent": 100,
    }
    assert rules.score(SMALL, {}) == {"earned": 0, "possible": 0, "percent": 100}


# These cannot be written in a JSON file that both languages read.
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (math.nan, "bad_number"),
        (math.inf, "out_of_range"),
        (-math.inf, "out_of_range"),
        (10**400, "out_of_range"),
    ],
)
def test_problems_of_a_number_beyond_json(number, code):
    visit = document("clean")
    visit["house"]["answers"]["WSH-03"] = {"number": number}

    assert rules.problems_of_visit(SMALL, visit) == [
        {"path": "house.answers.WSH-03.number", "code": code}
    ]


@pytest.mark.parametrize(("length", "codes"), [(2000, []), (2001, ["bad_note"])])
def test_problems_of_a_long_note(length, codes):
    visit = document("clean")
    visit["house"]["answers"]["TEN-05"]["note"] = "ữ" * length

    found = rules.problems_of_visit(SMALL, visit)

    assert [problem["code"] for problem in found] == codes


@pytest.mark.parametrize(("count", "codes"), [(12, []), (13, ["bad_photos"])])
def test_problems_of_many_photos(count, codes):
    visit = document("clean")
    visit["house"]["answers"]["TEN-05"]["photos"] = ["0123456789abcdef" * 4] * count

    found = rules.problems_of_visit(SMALL, visit)

    assert [problem["code"] for problem in found] == codes


def test_problems_of_a_hash_with_something_behind_it():
    visit = document("clean")
    visit["house"]["answers"]["TEN-05"]["photos"] = ["0123456789abcdef" * 4 + "\n"]

    assert rules.problems_of_visit(SMALL, visit) == [
        {"path": "house.answers.TEN-05.photos", "code": "bad_photos"}
    ]


def test_merge_leaves_both_visits_as_they_were():
    before, now = document("clean"), document("clean")

    rules.merge(before, now, [{"item": "FIR-01", "room": None}])

    assert before == now == document("clean")


def test_merge_keeps_what_the_rules_do_not_read():
    before = document("clean") | {"note": "before", "old": 1}
    now = document("clean") | {"note": "now"}
    before["rooms"][0]["name"], now["rooms"][1]["name"] = "101", "102"

    found = rules.merge(before, now)

    assert found["note"] == "now"
    assert "old" not in found
    assert [room.get("name") for room in found["rooms"]] == ["101", "102"]
