import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures"
CHECKLIST = json.loads((FIXTURES / "checklist_v1.json").read_text("utf-8"))
LAW = {
    reference["key"]: reference
    for reference in json.loads((FIXTURES / "legal_references.json").read_text("utf-8"))
}
WRITTEN_ON = "2026-11-21"
ITEMS = {item["code"]: item for item in CHECKLIST["items"]}


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

# Words that Vietnamese has borrowed and everybody in a rented room says.
BORROWED = {"gas", "aptomat", "camera", "karaoke"}
SYMBOLS = {"m", "m²"}
SYLLABLE = re.compile(
    "(ngh|ng|nh|ch|tr|th|ph|kh|gh|gi|qu|[bcdđghklmnprstvx])?"
    "[aăâeêioôơuưy]{1,3}(ng|nh|ch|[cmnpt])?"
)
OLD_TONE_PLACE = re.compile(r"(?<!q)(?:[óòỏõọ][ae]|[úùủũụ]y)\b")


def texts(node, path=""):
    """Every {"vi", "en"} pair of the document, with the way to it."""
    if isinstance(node, dict) and set(node) == {"vi", "en"}:
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, f"{path}.{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            name = value.get("code", number) if isinstance(value, dict) else number
            yield from texts(value, f"{path}.{name}")


PAIRS = dict(texts(CHECKLIST))
SENTENCES = {
    f"{code}.{kind}.{language}": item[kind][language]
    for code, item in ITEMS.items()
    for kind in ("label", "help", "repair")
    for language in ("vi", "en")
}


def without_tone(word):
    """The letters of a Vietnamese word: its vowel marks stay, its tone goes."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    bare = (mark for mark in unicodedata.normalize("NFD", word) if mark not in tones)
    return unicodedata.normalize("NFC", "".join(bare))


def codes_where(test):
    return sorted(code for code, item in ITEMS.items() if test(item))


def limit(code):
    return [(band.get("below"), band["result"]) for band in ITEMS[code]["bands"]]


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


def test_every_text_is_clean_in_both_languages():
    unclean = [
        path
        for path, pair in PAIRS.items()
        for text in pair.values()
        if not text or text != unicodedata.normalize("NFC", " ".join(text.split()))
    ]

    assert unclean == []


def test_labels_helps_and_repairs_are_one_sentence():
    more_or_less = [
        path
        for path, text in SENTENCES.items()
        if not text[0].isupper()
        or text[-1] not in ".?"
        or len(re.findall(r"[.?!](?= |$)", text)) != 1
    ]

    assert more_or_less == []


def test_vietnamese_texts_hold_vietnamese_words_only():
    words = {
        word
        for pair in PAIRS.values()
        for word in re.findall(r"[^\W\d_]+", pair["vi"].lower())
    }

    foreign = {word for word in words if not SYLLABLE.fullmatch(without_tone(word))}

    assert foreign == BORROWED | SYMBOLS


def test_vietnamese_texts_place_the_tone_in_one_way():
    old = [
        path
        for path, pair in PAIRS.items()
        if OLD_TONE_PLACE.search(pair["vi"].lower())
    ]

    assert old == []


def test_english_texts_hold_no_vietnamese_letters():
    mixed = [
        path
        for path, pair in PAIRS.items()
        if not pair["en"].replace("²", "").isascii()
    ]

    assert mixed == []


def test_repairs_speak_to_the_landlord_politely():
    rude = codes_where(
        lambda item: (
            "ông/bà" not in item["repair"]["vi"].lower() and not item["confidential"]
        )
    )

    assert rude == []
