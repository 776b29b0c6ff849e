import json
from collections import Counter

import pytest

from inspections import rules

from .checklist_v1 import CHECKLIST, FIXTURES, ITEMS, good_visit

LAW = {
    reference["key"]: reference
    for reference in json.loads((FIXTURES / "legal_references.json").read_text("utf-8"))
}
WRITTEN_ON = "2026-11-21"


def codes(text):
    return sorted(text.split())


ALWAYS_CRITICAL = codes("""
    STR-01 FIR-01 FIR-02 FIR-03 FIR-04 FIR-05 FIR-06 ELE-01 ELE-02 ELE-03 ELE-05 ELE-06
    WSH-01 WSH-04 SPC-01 SPC-04 SEC-01 SEC-03 SEC-06 WOM-01 WOM-02 WOM-03 WOM-05 WOM-07
    WOM-08 TEN-01 TEN-08 EMG-01
""")
CRITICAL_ON_A_CONDITION = ["CHI-01", "STR-04"]
SEVERITIES = {
    "K": """STR-01 FIR-01 FIR-02 FIR-03 ELE-01 ELE-03 ELE-05 ELE-06 SEC-01 SEC-06
        WOM-02 WOM-03 TEN-08""",
    "N": """STR-02 STR-03 STR-04 FIR-04 FIR-05 FIR-06 FIR-09 ELE-02 ELE-07 WSH-01 WSH-04
        SPC-01 SPC-04 SEC-02 SEC-03 WOM-01 WOM-04 WOM-05 WOM-07 WOM-08 WOM-10 TEN-01
        RES-01 CHI-01 EMG-01""",
    "T": """STR-05 FIR-07 FIR-08 FIR-10 ELE-04 WSH-02 WSH-03 WSH-05 WSH-06 WSH-08 SPC-02
        SPC-03 SPC-05 SPC-06 SEC-04 WOM-06 TEN-02 TEN-03 TEN-04 TEN-05 TEN-06 TEN-07
        ENV-01""",
    "L": "WSH-07 SEC-05 RES-02 CHI-02 ACC-01 ENV-02",
}
NO_PHOTO = codes("""
    FIR-10 SEC-06 WOM-07 WOM-09 WOM-10 TEN-01 TEN-02 TEN-03 TEN-04 TEN-05 TEN-06 TEN-07
    TEN-08 RES-01 CHI-02
""")


def codes_where(test):
    return sorted(code for code, item in ITEMS.items() if test(item))


def limit(code):
    return [(band.get("below"), band["result"]) for band in ITEMS[code]["bands"]]


def test_the_rules_find_nothing_wrong_with_the_document():
    assert rules.problems(CHECKLIST) == []


def test_a_house_where_all_is_well_is_certified():
    visit = good_visit()

    result = rules.evaluate(CHECKLIST, visit)

    assert rules.problems_of_visit(CHECKLIST, visit) == []
    assert result["rooms"]["P101"]["outcome"] == "certify"
    assert result["findings"] == []
    assert result["confidential_path"] is False


def outcome_with(item):
    return "refuse" if item["severity"] in "KN" else "certify"


@pytest.mark.parametrize(
    "code",
    [c for c, item in ITEMS.items() if item["answer"] == "pass_fail"],
)
def test_one_failing_item_stops_the_certificate_by_its_severity(code):
    visit = good_visit()
    place = visit["rooms"][0] if ITEMS[code]["scope"] == "room" else visit["house"]
    place["answers"][code] = {"result": "fail"}

    result = rules.evaluate(CHECKLIST, visit)

    assert result["rooms"]["P101"]["outcome"] == outcome_with(ITEMS[code])


def test_the_sections_have_their_68_items_in_order():
    counted = Counter(item["section"] for item in CHECKLIST["items"])

    assert len(ITEMS) == len(CHECKLIST["items"]) == 68
    assert "".join(f"{code}{number} " for code, number in counted.items()) == (
        "A5 B10 C7 D8 E6 F6 G10 H8 I2 J2 K1 L2 M1 "
    )
    assert [section["code"] for section in CHECKLIST["sections"]] == list(counted)


def test_the_scopes_are_20_room_33_house_and_15_management():
    assert Counter(item["scope"] for item in CHECKLIST["items"]) == {
        "room": 20,
        "house": 33,
        "management": 15,
    }


def test_the_critical_items_are_the_ones_agreed():
    always = codes_where(lambda item: item["critical"] is True)
    sometimes = codes_where(lambda item: isinstance(item["critical"], dict))

    assert always == ALWAYS_CRITICAL
    assert sometimes == CRITICAL_ON_A_CONDITION


@pytest.mark.parametrize("severity", "KNTL")
def test_a_severity_has_the_items_agreed(severity):
    found = codes_where(lambda item: item["severity"] == severity)

    assert found == codes(SEVERITIES[severity])


def test_only_the_confidential_question_has_no_severity():
    assert codes_where(lambda item: item["severity"] is None) == ["WOM-09"]


def test_what_is_not_scored_is_confidential_or_the_communes():
    assert codes_where(lambda item: item["confidential"]) == ["WOM-09"]
    assert codes_where(lambda item: item["public_task"]) == ["WOM-06"]
    assert codes_where(lambda item: not item["scored"]) == ["WOM-06", "WOM-09"]


def test_items_apply_only_where_there_is_something_to_look_at():
    conditions = {
        code: item["applies"] for code, item in ITEMS.items() if item["applies"]
    }

    assert conditions == {
        "FIR-02": {"fact": "floors", "op": "gt", "value": 1},
        "FIR-04": {"fact": "vehicles", "op": "eq", "value": True},
        "FIR-10": {"fact": "rooms", "op": "ge", "value": 10},
        "ELE-03": {"fact": "heater", "op": "eq", "value": True},
        "ELE-05": {"fact": "gas", "op": "eq", "value": True},
        "WSH-02": {"fact": "well", "op": "eq", "value": True},
        "SEC-04": {"fact": "vehicles", "op": "eq", "value": True},
        "WOM-04": {"fact": "cameras", "op": "eq", "value": True},
        "CHI-01": {"fact": "children", "op": "eq", "value": True},
    }


def test_some_repairs_have_a_step_now_and_a_step_later():
    steps = {
        code: [(step["what"], step["hours"]) for step in item["correct"]]
        for code, item in ITEMS.items()
        if "correct" in item
    }

    assert steps == {
        "FIR-02": [("make_safe", 24), ("build", 30 * 24)],
        "SPC-01": [("plan", 7 * 24), ("build", 60 * 24)],
        "WOM-01": [("assign", 7 * 24), ("build", 60 * 24)],
        "WOM-06": [("report", 30 * 24)],
    }


def test_numbers_are_judged_by_their_limits():
    assert limit("STR-04") == [(1.1, "fail"), (None, "pass")]
    assert limit("FIR-06") == [(1, "fail"), (None, "pass")]
    assert limit("WSH-03") == [(9, "pass"), (16, "fail"), (None, "fail")]
    assert limit("SPC-01") == [(3, "fail"), (4, "fail"), (None, "pass")]
    assert limit("SPC-02") == [(2.1, "fail"), (None, "pass")]
    assert limit("SPC-04") == [(0.1, "fail"), (5, "fail"), (None, "pass")]


def test_more_than_15_people_to_a_toilet_is_more_serious():
    assert ITEMS["WSH-03"]["severity"] == "T"
    assert ITEMS["WSH-03"]["bands"][1].get("severity", "T") == "T"
    assert ITEMS["WSH-03"]["bands"][2]["severity"] == "N"


@pytest.mark.parametrize("code", ["SPC-01", "SPC-04"])
def test_the_worst_rooms_fail_critically_and_the_poor_ones_do_not(code):
    worst, poor, _ = ITEMS[code]["bands"]

    assert worst["critical"] is True
    assert poor["critical"] is False


def test_only_being_locked_in_at_night_fails_critically():
    options = {option["value"]: option for option in ITEMS["SEC-03"]["options"]}
    critical = [value for value, option in options.items() if option.get("critical")]

    assert critical == ["locked_in"]
    assert options["must_ask"]["critical"] is False


def test_an_open_well_fails_critically_where_children_live():
    options = {option["value"]: option for option in ITEMS["CHI-01"]["options"]}

    assert options["open_water"]["critical"] is True
    assert options["reach"]["critical"] is False


def test_photos_are_never_taken_of_documents_and_private_answers():
    assert codes_where(lambda item: item["photo"] == "never") == NO_PHOTO


def test_critical_items_always_have_a_photo_unless_it_would_show_private_things():
    critical = {*ALWAYS_CRITICAL, *CRITICAL_ON_A_CONDITION}

    assert codes_where(lambda item: item["photo"] == "always") == sorted(
        critical - set(NO_PHOTO)
    )


def test_every_item_says_where_it_comes_from():
    unfounded = codes_where(
        lambda item: (
            not (item["citations"] or item["recommendation"] or item["confidential"])
        )
    )

    assert unfounded == []


def test_only_law_that_was_read_and_is_in_force_is_cited():
    cited = {key for item in ITEMS.values() for key in item["citations"]}
    ended = {
        key
        for key in cited & LAW.keys()
        if LAW[key]["in_force"][1] and LAW[key]["in_force"][1] <= WRITTEN_ON
    }

    assert cited - LAW.keys() == set()
    assert {LAW[key]["confidence"] for key in cited} == {"V1", "V2"}
    assert ended == set()
