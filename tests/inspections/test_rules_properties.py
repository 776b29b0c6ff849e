"""What holds for every visit, and that both languages say the same."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspections import rules
from tests.inspections import random_visits
from tests.inspections.vectors import document

ROOT = Path(__file__).parents[2]
SMALL = document("small")
WHOLE = json.loads((ROOT / "fixtures" / "checklist_v1.json").read_text("utf-8"))
# With the true 80 % mild findings alone hardly ever make a conditional certificate.
STRICT = WHOLE | {"pass_percent": {"overall": 97, "security": 80, "women": 80}}
NODE = shutil.which("node")
RANK = {"certify": 3, "conditional": 2, "refuse": 1, "not_complete": 0}

chances = st.randoms(use_true_random=False)
checklists = st.sampled_from([SMALL, WHOLE, STRICT])
quick = settings(max_examples=60, deadline=None)


def outcomes(checklist, visit):
    rooms = rules.evaluate(checklist, visit)["rooms"]
    return {code: RANK[room["outcome"]] for code, room in rooms.items()}


def percents(checklist, visit):
    rooms = rules.evaluate(checklist, visit)["rooms"]
    return {
        (code, name): value["percent"]
        for code, room in rooms.items()
        for name, value in room["scores"].items()
    }


def pick_an_item(chance, checklist, visit):
    """An item that the visit has passed or can pass, and the answers it stands in."""
    place = chance.choice([visit["house"], *visit["rooms"]])
    in_house = place is visit["house"]
    items = [i for i in checklist["items"] if (i["scope"] != "room") is in_house]
    return chance.choice(items), place["answers"]


@quick
@given(chances, checklists)
def test_a_failure_more_never_improves_anything(chance, checklist):
    visit = random_visits.visit(chance, checklist, complete=True)
    item, answers = pick_an_item(chance, checklist, visit)
    answers[item["code"]] = random_visits.passing(item)
    ranks, scores = outcomes(checklist, visit), percents(checklist, visit)

    answers[item["code"]] = random_visits.failing(chance, item)

    worse = outcomes(checklist, visit)
    assert all(worse[room] <= rank for room, rank in ranks.items())
    lower = percents(checklist, visit)
    assert all(lower[key] <= percent for key, percent in scores.items())


@quick
@given(chances, checklists)
def test_what_was_not_seen_is_never_better_than_what_passed(chance, checklist):
    visit = random_visits.visit(chance, checklist, complete=True)
    item, answers = pick_an_item(chance, checklist, visit)
    answers[item["code"]] = random_visits.passing(item)
    ranks = outcomes(checklist, visit)

    answers[item["code"]] = {"result": "unseen"}

    assert all(rank <= ranks[room] for room, rank in outcomes(checklist, visit).items())


@quick
@given(chances, checklists)
def test_an_open_finding_more_never_improves(chance, checklist):
    visit = random_visits.visit(chance, checklist)
    fewer = visit | {"open_findings": []}

    ranks = outcomes(checklist, fewer)

    assert all(rank <= ranks[room] for room, rank in outcomes(checklist, visit).items())


@quick
@given(chances, checklists)
def test_the_order_of_answers_and_rooms_does_not_matter(chance, checklist):
    visit = random_visits.visit(chance, checklist)

    turned = visit | {
        "house": {key: backwards(value) for key, value in visit["house"].items()},
        "rooms": [
            room
            | {"facts": backwards(room["facts"]), "answers": backwards(room["answers"])}
            for room in reversed(visit["rooms"])
        ],
    }

    found, expected = (
        rules.evaluate(checklist, turned),
        rules.evaluate(checklist, visit),
    )
    assert found["rooms"] == expected["rooms"]
    assert found["house"] == expected["house"]
    assert sorted(found["findings"], key=str) == sorted(expected["findings"], key=str)


def backwards(given):
    return dict(reversed(given.items()))


@quick
@given(chances, checklists)
def test_a_room_with_anything_grave_is_never_certified(chance, checklist):
    visit = random_visits.visit(chance, checklist, rubbish=0.02)

    found = rules.evaluate(checklist, visit)

    for finding in found["findings"]:
        if finding["public_task"] or not (
            finding["critical"] or finding["severity"] in "KN"
        ):
            continue
        touched = found["rooms"] if finding["room"] is None else [finding["room"]]
        for room in touched:
            assert found["rooms"][room]["outcome"] in ("refuse", "not_complete")


@quick
@given(chances, checklists)
def test_a_visit_merged_with_itself_is_the_same(chance, checklist):
    visit = random_visits.visit(chance, checklist)

    assert rules.merge(visit, visit) == visit


@quick
@given(chances, checklists)
def test_a_possible_visit_has_no_problems_and_an_impossible_one_is_judged(
    chance, checklist
):
    good = random_visits.visit(chance, checklist, complete=True)
    bad = random_visits.visit(chance, checklist, rubbish=0.5)

    codes = {problem["code"] for problem in rules.problems_of_visit(checklist, good)}
    found = rules.evaluate(checklist, bad)

    assert codes <= {"date_in_future", "date_too_far"}
    assert set(found["rooms"]) == {room["id"] for room in bad["rooms"]}


@pytest.mark.skipif(NODE is None, reason="no node")
@pytest.mark.parametrize(
    "checklist", [SMALL, WHOLE, STRICT], ids=["small", "whole", "strict"]
)
def test_the_tablet_says_the_same_for_visits_by_chance(checklist):
    chance = random.Random(20261121)
    visits = [a_pair(chance, checklist) for _ in range(100)]
    anything = [random_visits.anything(chance, checklist) for _ in range(200)]
    batch = {"checklist": checklist, "visits": visits, "anything": anything}

    answers = in_node(batch)

    # What Python makes of the text that went to Node: 1e400 is infinite in both.
    batch = json.loads(json.dumps(batch))
    for pair, answer in zip(batch["visits"], answers["visits"], strict=True):
        assert answer == in_python(checklist, **pair)
    expected = [
        rules.problems_of_visit(checklist, visit) for visit in batch["anything"]
    ]
    assert answers["anything"] == expected


def a_pair(chance, checklist):
    before = random_visits.visit(chance, checklist)
    codes = [item["code"] for item in checklist["items"]]
    return {
        "visit": random_visits.visit(
            chance, checklist, rubbish=chance.choice([0, 0, 0.1])
        ),
        "before": before,
        "repaired": [
            {"item": chance.choice(codes), "room": chance.choice([None, "P0", "P1"])}
            for _ in range(chance.choice([0, 5]))
        ],
    }


def in_python(checklist, visit, before, repaired):
    return {
        "evaluate": rules.evaluate(checklist, visit),
        "missing": rules.missing(checklist, visit),
        "photos_missing": rules.photos_missing(checklist, visit),
        "problems": rules.problems_of_visit(checklist, visit),
        "merged": rules.evaluate(checklist, rules.merge(before, visit, repaired)),
    }


def in_node(batch):
    # JSON has no word for infinity; 1e400 is read as infinite by both.
    text = json.dumps(batch).replace("Infinity", "1e400")
    done = subprocess.run(
        [NODE, ROOT / "tests" / "js" / "batch.mjs"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)
