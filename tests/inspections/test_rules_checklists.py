"""What `problems` says of a checklist that is not right: every rule of the format."""

import math

import pytest

from inspections import rules
from tests.inspections.vectors import changed, document

SMALL = document("small")
PLACES = {item["code"]: place for place, item in enumerate(SMALL["items"])}
FACTS = {fact["code"]: place for place, fact in enumerate(SMALL["facts"])}


def problems(change=None, unset=()):
    return rules.problems(changed({"set": change or {}, "unset": unset}, "small"))


def of_item(code, /, **change):
    """The problems of the small checklist with one item changed; `...` takes a key out."""
    path = f"items/{PLACES[code]}/"
    gone = [path + key for key, value in change.items() if value is ...]
    return problems({path + k: v for k, v in change.items() if v is not ...}, gone)


def of_fact(code, /, **change):
    path = f"facts/{FACTS[code]}/"
    gone = [path + key for key, value in change.items() if value is ...]
    return problems({path + k: v for k, v in change.items() if v is not ...}, gone)


def at(code, words):
    """How a problem of shape names an item."""
    key, _, rest = words.partition(":")
    return [f"items[{PLACES[code]}] {code}.{key}:{rest}"]


def compared(fact, op, value):
    return {"fact": fact, "op": op, "value": value}


TEXT = {"vi": "chữ", "en": "words"}
A_TEXT = "must be a text in vi and en, neither empty"


@pytest.mark.parametrize("name", ["small", "points"])
def test_a_right_checklist_has_no_problems(name):
    assert rules.problems(document(name)) == []


def test_a_checklist_is_an_object():
    assert rules.problems([]) == ["checklist: must be an object"]


def test_every_key_of_the_checklist_is_needed():
    assert rules.problems({}) == [
        f"checklist.{key}: is missing"
        for key in (
            *("checklist", "version", "deadlines_hours", "weights", "pass_percent"),
            *("security_section", "women_section", "conditional_days"),
            *("certificate_months", "sections", "facts", "items"),
        )
    ]


HOURS = {"K": 24, "N": 168, "T": 720, "L": 1440}
WEIGHTS = {"K": 10, "N": 4, "T": 2, "L": 1}
PERCENT = {"overall": 80, "security": 80, "women": 80}
BY_SEVERITY = "for K, N, T and L"


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("checklist", "Safe Room", "in lower case with hyphens"),
        ("checklist", "-safe", "in lower case with hyphens"),
        ("checklist", 5, "in lower case with hyphens"),
        ("checklist", "safe\n", "in lower case with hyphens"),
        ("version", 0, "a whole number from 1 to 9999"),
        ("version", 10000, "a whole number from 1 to 9999"),
        ("version", True, "a whole number from 1 to 9999"),
        ("version", 1.0, "a whole number from 1 to 9999"),
        ("version", "1", "a whole number from 1 to 9999"),
        ("deadlines_hours", HOURS | {"K": 0}, f"whole hours {BY_SEVERITY}"),
        ("deadlines_hours", HOURS | {"L": 9001}, f"whole hours {BY_SEVERITY}"),
        ("deadlines_hours", HOURS | {"X": 1}, f"whole hours {BY_SEVERITY}"),
        ("deadlines_hours", {"K": 24, "N": 168}, f"whole hours {BY_SEVERITY}"),
        ("weights", WEIGHTS | {"L": 0}, f"whole points {BY_SEVERITY}"),
        ("weights", None, f"whole points {BY_SEVERITY}"),
        (
            "pass_percent",
            PERCENT | {"women": 101},
            "whole per cent for overall, security and women",
        ),
        (
            "pass_percent",
            PERCENT | {"women": -1},
            "whole per cent for overall, security and women",
        ),
        ("security_section", "f", "one or two capitals"),
        ("women_section", "GGG", "one or two capitals"),
        ("conditional_days", 0, "a whole number from 1 to 9999"),
        ("certificate_months", 1000, "a whole number from 1 to 999"),
        ("sections", [], "sections with code and name"),
        ("sections", [{"code": "A"}], "sections with code and name"),
        ("facts", {}, "a list"),
        ("items", None, "a list"),
    ],
)
def test_the_head_is_refused(key, value, words):
    assert problems({key: value}) == [f"checklist.{key}: must be {words}"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", 9999),
        ("deadlines_hours", {"K": 1, "N": 1, "T": 1, "L": 9000}),
        ("weights", {"K": 9000, "N": 1, "T": 1, "L": 1}),
        ("pass_percent", {"overall": 0, "security": 100, "women": 80}),
        ("security_section", "G"),
    ],
)
def test_the_head_is_accepted(key, value):
    assert problems({key: value}) == []


def test_a_key_nobody_knows_is_refused():
    assert problems({"colour": "red"}) == ["checklist.colour: is not known"]
    assert of_item("FIR-01", critcal=True) == at("FIR-01", "critcal: is not known")


def test_a_part_that_is_no_object_is_named_by_its_place():
    assert problems({"items/1": "x"}) == ["items[1]: must be an object"]
    assert problems({"facts/2": None}) == ["facts[2]: must be an object"]


def test_a_part_without_a_usable_code_is_named_by_its_place():
    assert of_item("STR-03", code=5) == [
        "items[0].code: must be three capitals, a hyphen and two digits"
    ]


def test_problems_of_facts_and_items_are_told_together():
    assert problems({"facts/0/code": "Floors", "items/0/photo": "maybe"}) == [
        "facts[0] Floors.code: must be lower case letters, digits and underscores",
        "items[0] STR-03.photo: must be one of always, on_fail, never",
    ]


def test_a_graver_severity_has_no_more_time_and_no_less_weight():
    assert problems({"deadlines_hours/N": 721}) == [
        "deadlines_hours: a graver severity must not have more time"
    ]
    assert problems({"weights/N": 11}) == [
        "weights: a graver severity must not weigh less"
    ]


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("sections/0/code", "B", "sections: B is there more than once"),
        ("facts/0/code", "rooms", "facts: rooms is there more than once"),
        ("items/2/code", "FIR-01", "items: FIR-01 is there more than once"),
    ],
)
def test_a_code_is_used_once(path, value, words):
    assert problems({path: value}) == [words]


def test_the_two_sections_are_sections():
    assert problems({"security_section": "X", "women_section": "Y"}) == [
        "security_section: X is no section",
        "women_section: Y is no section",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scope": "management"}, "scope: must be one of house, room"),
        ({"type": "text"}, "type: must be one of integer, boolean, choice"),
        ({"label": "floors"}, f"label: {A_TEXT}"),
        ({"label": {"vi": "chữ"}}, f"label: {A_TEXT}"),
        ({"label": {"vi": "chữ", "en": " "}}, f"label: {A_TEXT}"),
        ({"label": {"vi": "chữ", "en": 5}}, f"label: {A_TEXT}"),
        ({"help": None}, f"help: {A_TEXT}"),
        ({"minimum": -1}, "minimum: must be a whole number from 0 to 9000"),
        ({"maximum": 9001}, "maximum: must be a whole number from 0 to 9000"),
        ({"label": ...}, "label: is missing"),
    ],
)
def test_the_shape_of_a_fact_is_refused(change, words):
    assert of_fact("floors", **change) == [f"facts[0] floors.{words}"]


IN_ORDER = "an integer needs minimum and maximum, in that order"
OPTIONS_OF_A_CHOICE = "options belong to a choice, and a choice needs them"


@pytest.mark.parametrize(
    ("code", "change", "words"),
    [
        ("rooms", {"maximum": ...}, IN_ORDER),
        ("rooms", {"minimum": ...}, IN_ORDER),
        ("rooms", {"minimum": 501}, IN_ORDER),
        ("loft", {"minimum": 1}, "only an integer has minimum and maximum"),
        (
            "rooms",
            {"options": [{"value": "a", "label": TEXT}, {"value": "b", "label": TEXT}]},
            OPTIONS_OF_A_CHOICE,
        ),
        (
            "water",
            {"options": [{"value": "a", "label": TEXT}, {"value": "a", "label": TEXT}]},
            "option a is there more than once",
        ),
    ],
)
def test_a_fact_that_makes_no_sense_is_refused(code, change, words):
    assert of_fact(code, **change) == [f"{code}: {words}"]


def test_a_choice_of_facts_needs_two_options():
    one = [{"value": "tap", "label": TEXT}]

    assert of_fact("water", options=one) == [
        "facts[3] water.options: must be two or more options with value and label"
    ]
    assert of_fact("water", options=...) == [f"water: {OPTIONS_OF_A_CHOICE}"]


def test_a_fact_may_have_help_and_equal_limits():
    assert of_fact("rooms", help=TEXT, minimum=500) == [
        "FIR-10: condition: rooms never has that value"
    ]
    assert of_fact("sleepers", minimum=30, maximum=30) == []
    assert of_fact("sleepers", minimum=0, maximum=9000) == []


def test_every_other_key_of_an_item_is_needed():
    bare = {"code": "AAA-01"}

    assert problems({"items": [bare]}) == [
        f"items[0] AAA-01.{key}: is missing"
        for key in (
            *("section", "scope", "answer", "label", "help", "repair", "severity"),
            *("critical", "applies", "ask_tenant", "document", "date", "unit"),
            *("scored", "confidential", "public_task", "photo", "citations"),
            "recommendation",
        )
    ]


A_CONDITION = "a condition"
TRUE_OR_FALSE = "true or false"
STEPS = "steps of what and hours, hours rising, or null"
BANDS = "two or more bands with below and result, or null"
OPTIONS = "two or more options with value, label and result, or null"
DECIMAL = "a number with at most three decimals, or null"
LAST = {"result": "pass"}
STEP = {"what": "plan", "hours": 1}
OPTION = {"value": "a", "label": TEXT, "result": "pass"}
DEEP = compared("floors", "gt", 1)
for _ in range(4):
    DEEP = {"all": [DEEP]}


@pytest.mark.parametrize(
    ("code", "key", "value", "words"),
    [
        ("FIR-01", "code", "FIRE-1", "three capitals, a hyphen and two digits"),
        ("FIR-01", "section", "", "one or two capitals"),
        ("FIR-01", "scope", "flat", "one of house, room, management"),
        ("FIR-01", "answer", "text", "one of pass_fail, number, choice"),
        ("FIR-01", "severity", "X", "one of K, N, T, L, or null"),
        ("FIR-01", "severity", ["K"], "one of K, N, T, L, or null"),
        ("FIR-01", "critical", None, "true, false or a condition"),
        ("FIR-01", "critical", {}, "true, false or a condition"),
        ("FIR-01", "applies", True, f"{A_CONDITION}, or null"),
        ("FIR-01", "applies", {"all": []}, f"{A_CONDITION}, or null"),
        ("FIR-01", "applies", {"any": {}}, f"{A_CONDITION}, or null"),
        ("FIR-01", "applies", {"none": [DEEP]}, f"{A_CONDITION}, or null"),
        (
            "FIR-01",
            "applies",
            {"all": [DEEP], "any": [DEEP]},
            f"{A_CONDITION}, or null",
        ),
        ("FIR-01", "applies", {"all": [DEEP]}, f"{A_CONDITION}, or null"),
        ("FIR-01", "applies", {"all": [5]}, f"{A_CONDITION}, or null"),
        ("FIR-01", "applies", {"fact": "floors"}, f"{A_CONDITION}, or null"),
        ("FIR-01", "applies", compared("floors", "is", 1), f"{A_CONDITION}, or null"),
        ("FIR-01", "applies", compared("Floors", "eq", 1), f"{A_CONDITION}, or null"),
        (
            "FIR-01",
            "applies",
            compared("floors", "eq", None),
            f"{A_CONDITION}, or null",
        ),
        ("FIR-01", "na", None, TRUE_OR_FALSE),
        ("FIR-01", "ask_tenant", 1, TRUE_OR_FALSE),
        ("FIR-01", "document", "yes", TRUE_OR_FALSE),
        ("FIR-01", "date", "until", "one of valid_until, done_on, or null"),
        ("FIR-01", "max_age_days", 0, "a whole number from 1 to 9000, or null"),
        ("FIR-01", "unit", "m", f"{A_TEXT[8:]}, or null"),
        ("FIR-01", "scored", None, TRUE_OR_FALSE),
        ("FIR-01", "confidential", None, TRUE_OR_FALSE),
        ("FIR-01", "public_task", None, TRUE_OR_FALSE),
        ("FIR-01", "photo", None, "one of always, on_fail, never"),
        ("FIR-01", "citations", "law", "a list of slugs"),
        ("FIR-01", "citations", ["Law 55"], "a list of slugs"),
        ("FIR-01", "recommendation", 0, TRUE_OR_FALSE),
        ("FIR-01", "correct", [], STEPS),
        ("FIR-01", "correct", [{"what": "pray", "hours": 1}], STEPS),
        ("FIR-01", "correct", [{"what": "plan", "hours": 0}], STEPS),
        ("FIR-01", "correct", [{"what": "plan", "hours": 9001}], STEPS),
        ("FIR-01", "correct", [{"what": "plan"}], STEPS),
        ("FIR-01", "correct", [STEP, STEP], STEPS),
        ("FIR-01", "correct", [{"what": "plan", "hours": 2}, STEP], STEPS),
        ("WSH-03", "minimum", -1, DECIMAL),
        ("WSH-03", "maximum", 1_000_000_001, DECIMAL),
        ("WSH-03", "maximum", 0.1234, DECIMAL),
        ("WSH-03", "maximum", math.nan, DECIMAL),
        ("WSH-03", "maximum", True, DECIMAL),
        ("WSH-03", "decimals", 4, "a whole number from 0 to 3, or null"),
        (
            "WSH-03",
            "per",
            "Floors",
            "lower case letters, digits and underscores, or null",
        ),
        ("WSH-03", "bands", [LAST], BANDS),
        ("WSH-03", "bands", [{"below": -1, "result": "fail"}, LAST], BANDS),
        ("WSH-03", "bands", [{"below": 1, "result": "na"}, LAST], BANDS),
        ("WSH-03", "bands", [{"below": 1}, LAST], BANDS),
        (
            "WSH-03",
            "bands",
            [{"below": 1, "result": "fail", "severity": 1}, LAST],
            BANDS,
        ),
        (
            "WSH-03",
            "bands",
            [{"below": 1, "result": "fail", "critical": 1}, LAST],
            BANDS,
        ),
        (
            "WSH-03",
            "bands",
            [{"below": 1, "result": "fail", "correct": 1}, LAST],
            BANDS,
        ),
        ("SEC-03", "options", [OPTION], OPTIONS),
        ("SEC-03", "options", [OPTION, OPTION | {"value": "B"}], OPTIONS),
        ("SEC-03", "options", [OPTION, {"value": "b", "label": TEXT}], OPTIONS),
        ("SEC-03", "options", [OPTION, OPTION | {"result": "unseen"}], OPTIONS),
        ("SEC-03", "options", [OPTION, OPTION | {"label": "b"}], OPTIONS),
    ],
)
def test_the_shape_of_an_item_is_refused(code, key, value, words):
    [found] = of_item(code, **{key: value})

    assert found.partition(f".{key}: ")[2] == f"must be {words}"


NUMBER_NEEDS = "a number needs minimum, maximum, decimals and bands"
NOT_A_NUMBER = "only a number has unit, minimum, maximum, decimals, per and bands"
LASTS = "every band but the last must have below, and the last must not"
AGE = "max_age_days belongs to done_on, and done_on needs it"
GRAVE = "only what fails has severity, critical and correct"
APART = "a confidential item or a public task must not be"
LOW, HIGH = {"below": 1, "result": "fail"}, {"below": 2, "result": "fail"}


@pytest.mark.parametrize(
    ("code", "change", "words"),
    [
        ("FIR-01", {"section": "Z"}, ["section Z is no section"]),
        ("WSH-03", {"minimum": None}, [NUMBER_NEEDS]),
        ("WSH-03", {"maximum": ...}, [NUMBER_NEEDS]),
        ("WSH-03", {"decimals": None}, [NUMBER_NEEDS]),
        ("WSH-03", {"bands": None, "severity": "T"}, [NUMBER_NEEDS]),
        ("WSH-03", {"minimum": 200}, ["minimum must be less than maximum"]),
        ("FIR-01", {"unit": TEXT}, [NOT_A_NUMBER]),
        ("FIR-01", {"minimum": 1}, [NOT_A_NUMBER]),
        ("FIR-01", {"per": "floors"}, [NOT_A_NUMBER]),
        ("FIR-01", {"decimals": 0}, [NOT_A_NUMBER]),
        (
            "FIR-01",
            {"options": [OPTION, OPTION | {"value": "b"}]},
            [OPTIONS_OF_A_CHOICE],
        ),
        ("SEC-03", {"options": None}, [OPTIONS_OF_A_CHOICE]),
        ("SEC-03", {"options": [OPTION, OPTION]}, ["option a is there more than once"]),
        ("FIR-06", {"max_age_days": 366}, [AGE]),
        ("WSH-02", {"max_age_days": None}, [AGE]),
        (
            "WSH-03",
            {"bands": [HIGH, LOW, LAST], "severity": "T"},
            ["below must rise from band to band"],
        ),
        (
            "WSH-03",
            {"bands": [LOW, LOW, LAST], "severity": "T"},
            ["below must rise from band to band"],
        ),
        ("WSH-03", {"bands": [LOW, HIGH], "severity": "T"}, [LASTS]),
        ("WSH-03", {"bands": [LAST, LAST]}, [LASTS, "severity is needed"]),
        (
            "WSH-03",
            {
                "bands": [LOW | {"result": "pass", "severity": "T"}, LAST],
                "severity": "T",
            },
            [GRAVE],
        ),
        (
            "WSH-03",
            {"bands": [LOW, LAST | {"critical": False}], "severity": "T"},
            [GRAVE],
        ),
        (
            "WSH-03",
            {"bands": [LOW, LAST | {"correct": [STEP]}], "severity": "T"},
            [GRAVE],
        ),
        (
            "SEC-03",
            {
                "options": [
                    OPTION,
                    OPTION | {"value": "b", "result": "na", "severity": "T"},
                ]
            },
            [GRAVE],
        ),
        ("FIR-01", {"severity": None}, ["severity is needed"]),
        ("WSH-03", {"bands": [LOW, LAST]}, ["severity is needed"]),
        (
            "WSH-03",
            {"bands": [LOW | {"severity": "T"}, HIGH, LAST]},
            ["severity is needed"],
        ),
        ("WSH-03", {"date": "valid_until"}, ["severity is needed"]),
        ("SEC-03", {"severity": None}, ["severity is needed"]),
        (
            "WOM-09",
            {"public_task": True},
            ["confidential and public_task exclude each other"],
        ),
        ("WOM-09", {"scored": True}, [f"{APART} scored"]),
        ("WOM-06", {"scored": True}, [f"{APART} scored"]),
        ("WOM-06", {"critical": True}, [f"{APART} critical"]),
        (
            "WOM-09",
            {"critical": compared("children", "eq", True)},
            [f"{APART} critical"],
        ),
        ("SEC-03", {"public_task": True, "scored": False}, [f"{APART} critical"]),
        ("SPC-01", {"public_task": True, "scored": False}, [f"{APART} critical"]),
        (
            "FIR-06",
            {"per": "sleepers"},
            ["per: sleepers is no integer fact of this scope"],
        ),
        (
            "FIR-06",
            {"per": "children"},
            ["per: children is no integer fact of this scope"],
        ),
        ("FIR-06", {"per": "nobody"}, ["per: nobody is no integer fact of this scope"]),
        (
            "FIR-01",
            {"applies": compared("loft", "eq", True)},
            ["condition: loft is no fact of this scope"],
        ),
        (
            "FIR-01",
            {"critical": {"any": [compared("nobody", "eq", True)]}},
            ["condition: nobody is no fact of this scope"],
        ),
        (
            "FIR-10",
            {"applies": {"all": [compared("loft", "eq", True)]}},
            ["condition: loft is no fact of this scope"],
        ),
        (
            "FIR-01",
            {"applies": compared("children", "gt", True)},
            ["condition: children is compared only with eq and ne"],
        ),
        (
            "FIR-01",
            {"applies": compared("water", "le", "tap")},
            ["condition: water is compared only with eq and ne"],
        ),
        (
            "FIR-01",
            {"applies": compared("water", "eq", "rain")},
            ["condition: water never has that value"],
        ),
        (
            "FIR-01",
            {"applies": compared("children", "eq", 1)},
            ["condition: children never has that value"],
        ),
        (
            "FIR-01",
            {"applies": compared("floors", "eq", 21)},
            ["condition: floors never has that value"],
        ),
        (
            "FIR-01",
            {"applies": compared("floors", "eq", True)},
            ["condition: floors never has that value"],
        ),
    ],
)
def test_an_item_that_makes_no_sense_is_refused(code, change, words):
    assert of_item(code, **change) == [f"{code}: {word}" for word in words]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("FIR-01", {"na": True, "citations": ["law-55-2024-art-20", "x"]}),
        ("FIR-01", {"correct": None, "minimum": None, "options": None}),
        ("FIR-01", {"correct": [STEP, {"what": "build", "hours": 9000}]}),
        ("FIR-01", {"applies": DEEP}),
        ("FIR-01", {"applies": compared("children", "ne", False)}),
        ("FIR-01", {"applies": compared("water", "ne", "tap")}),
        ("SEC-01", {"applies": compared("floors", "le", 3)}),
        ("WSH-03", {"maximum": 1_000_000_000, "decimals": 3, "unit": None}),
        ("WSH-03", {"minimum": 0.125}),
        ("WSH-03", {"severity": "L"}),
        ("SPC-01", {"per": "floors"}),
        ("WOM-09", {"severity": "K"}),
        ("WOM-09", {"date": "valid_until"}),
        ("FIR-01", {"date": "done_on", "max_age_days": 1}),
    ],
)
def test_an_item_is_accepted(code, change):
    assert of_item(code, **change) == []


def test_all_problems_of_all_items_are_told():
    assert problems({"items/1/section": "Z", "items/2/section": "Y"}) == [
        "FIR-01: section Z is no section",
        "FIR-02: section Y is no section",
    ]


def test_all_problems_of_the_whole_are_told():
    assert problems({"weights/N": 11, "women_section": "Y", "facts/0/minimum": 21}) == [
        "weights: a graver severity must not weigh less",
        "women_section: Y is no section",
        "floors: an integer needs minimum and maximum, in that order",
    ]
