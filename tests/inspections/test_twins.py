"""Two documents of one visit, compared and made one. No database."""

import copy

from inspections import pack as packs

PASS, FAIL = {"result": "pass"}, {"result": "fail"}
RED, BLUE = "a" * 64, "b" * 64


def room(code, **changes):
    return {"id": code, "facts": {"sleepers": 2}, "answers": {"SEC-01": PASS}} | changes


def record(*rooms, facts=None, answers=None, **changes):
    return {
        "revision": 1,
        "house_part": {"facts": facts or {}, "answers": answers or {}},
        "rooms": list(rooms),
        "notes": "",
        "signatures": [],
        "photos": [],
    } | changes


def paths(first, second):
    return [found.path for found in packs.differences(first, second)]


def test_records_that_say_the_same_do_not_differ():
    one = record(room("A"), answers={"FIR-01": PASS}, notes="x")

    assert paths(one, copy.deepcopy(one)) == []


def test_photos_and_signatures_need_no_choice():
    one = record(answers={"FIR-01": PASS | {"photos": [RED]}}, signatures=[1])
    other = record(answers={"FIR-01": PASS | {"photos": [BLUE]}})

    (found,) = packs.differences(one, other)

    assert (found.path, found.choices) == ("house.answers.FIR-01", ())
    assert packs.combine(one, other, {})["house_part"]["answers"] == {
        "FIR-01": PASS | {"photos": [RED, BLUE]}
    }


def test_differences_are_told_place_by_place():
    one = record(
        room("A", people={"women": 1}),
        room("B"),
        facts={"floors": 1},
        answers={"FIR-01": PASS, "FIR-08": PASS},
        notes="trước",
    )
    other = record(
        room("C"),
        room("A", facts={"sleepers": 3}, answers={"SEC-01": FAIL}),
        facts={"floors": 2},
        answers={"FIR-01": PASS | {"note": "kẹt"}},
        notes="sau",
    )

    found = packs.differences(one, other)

    assert [(each.path, each.kind, each.room) for each in found] == [
        ("house.facts.floors", "facts", None),
        ("house.answers.FIR-01", "answers", None),
        ("house.answers.FIR-08", "answers", None),
        ("A.facts.sleepers", "facts", "A"),
        ("A.answers.SEC-01", "answers", "A"),
        ("A.people", "people", "A"),
        ("B", "room", "B"),
        ("C", "room", "C"),
        ("notes", "notes", None),
    ]
    assert (found[2].first, found[2].second) == (PASS, None)
    assert found[-1].choices == ("first", "second", "both")
    assert found[0].choices == ("first", "second")


def test_notes_too_long_together_are_chosen_one_by_one():
    (found,) = packs.differences(record(notes="x" * 3000), record(notes="y" * 3000))

    assert found.choices == ("first", "second")


def test_one_record_is_made_of_both():
    one = record(
        room("A", people={"women": 1}),
        room("B"),
        facts={"floors": 1},
        answers={"FIR-01": PASS, "FIR-08": PASS},
        notes="trước",
        signatures=[1],
    )
    other = record(
        room("A", answers={"SEC-01": FAIL}),
        room("C"),
        facts={"floors": 2},
        answers={"FIR-01": FAIL},
        notes="sau",
    )

    made = packs.combine(
        one,
        other,
        {
            "house.facts.floors": "second",
            "house.answers.FIR-01": "second",
            "house.answers.FIR-08": "second",
            "A.answers.SEC-01": "first",
            "A.people": "second",
            "B": "first",
            "C": "first",
            "notes": "both",
        },
    )

    assert made == record(
        room("A"),
        room("B"),
        facts={"floors": 2},
        answers={"FIR-01": FAIL},
        notes="trước\n\nsau",
    )
    assert one["signatures"] == [1]


def test_room_that_only_one_record_has_is_taken_whole():
    made = packs.combine(record(), record(room("C")), {"C": "second"})

    assert made["rooms"] == [room("C")]


def test_photos_of_both_stay_with_the_answer_and_in_the_manifest():
    def photo(key, place):
        return {"id": key, "room": place}

    one = record(
        room("A"), answers={"FIR-01": PASS | {"photos": [RED]}}, photos=[photo(1, None)]
    )
    other = record(
        answers={"FIR-01": FAIL | {"photos": [BLUE, RED]}},
        photos=[photo(2, None), photo(1, None), photo(3, "A")],
    )

    made = packs.combine(one, other, {"house.answers.FIR-01": "second", "A": "second"})

    assert made["house_part"]["answers"]["FIR-01"]["photos"] == [BLUE, RED]
    assert made["photos"] == [photo(1, None), photo(2, None)]


def test_no_answer_carries_more_photos_than_a_pack_may():
    many = [f"{n:064}" for n in range(12)]
    one = record(answers={"FIR-01": PASS | {"photos": many}})
    other = record(answers={"FIR-01": PASS | {"photos": [RED]}})

    made = packs.combine(other, one, {})

    assert made["house_part"]["answers"]["FIR-01"]["photos"] == [RED, *many[:11]]
