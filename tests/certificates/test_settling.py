"""Two records of one visit: nothing is decided until somebody has made one of them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Role
from certificates import actions
from certificates.models import Certificate, waiting_results
from core import clock, jobs
from core.errors import Refused
from core.models import Event
from inspections.actions import settle_differences
from inspections.models import EvidencePhoto, Finding, Settlement, Submission
from tests.accounts.factories import staff
from tests.certificates.factories import DecisionFactory, reviewer
from tests.inspections.factories import (
    PASSING_HOUSE,
    PASSING_ROOM,
    TieFactory,
    VisitFactory,
    receive,
    receive_twin,
)
from tests.registry.factories import HouseFactory, RoomFactory, jpeg

pytestmark = pytest.mark.django_db
FIRE = "house.answers.FIR-08"


@pytest.fixture
def visit():
    house = HouseFactory()
    RoomFactory(house=house, label="101")
    return VisitFactory(house=house)


def house_says(**answers):
    return PASSING_HOUSE | {"answers": PASSING_HOUSE["answers"] | answers}


FAILS = house_says(**{"FIR-08": {"result": "fail", "note": "rách"}})
IN_DANGER = house_says(**{"FIR-01": {"result": "fail"}})


def settle(first, second, choices, by=None, because="Đã hỏi người kiểm tra"):
    return actions.settle(
        submission=first,
        other=second,
        choices=choices,
        because=because,
        by=by or reviewer(first.visit.house),
    )


def decide(submission, outcome="certify", by=None):
    room = submission.visit.house.rooms.get()
    return actions.decide(
        submission=submission, room=room, outcome=outcome, by=by or reviewer(room.house)
    )


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.code


# --- what is not settled is not decided --------------------------------------------------


@pytest.mark.parametrize("outcome", ["certify", "refuse"])
def test_nothing_is_decided_while_two_records_are_not_settled(visit, outcome):
    first = receive(visit)
    receive_twin(visit, notes="khác")

    assert refusal(decide, first, outcome) == "unsettled"
    assert not Certificate.objects.exists()


def test_database_itself_decides_nothing_unsettled(visit):
    first = receive(visit)
    receive_twin(visit, notes="khác")

    with pytest.raises(IntegrityError, match="not settled"), transaction.atomic():
        DecisionFactory(submission=first, room=visit.house.rooms.get())


def test_visit_that_follows_is_not_decided_either(visit):
    receive(visit)
    twin = receive_twin(visit, notes="khác")
    follows = receive(VisitFactory(house=visit.house, follow_up_of=visit))

    assert refusal(decide, follows) == "unsettled"
    with pytest.raises(IntegrityError, match="not settled"), transaction.atomic():
        DecisionFactory(submission=follows, room=visit.house.rooms.get())

    settle(visit.submissions.accepted().get(), twin, {"notes": "first"})
    assert refusal(decide, follows) == "rests_on_older"


def test_settled_visit_is_decided_on_its_new_revision(visit):
    first = receive(visit)
    twin = receive_twin(visit, notes="khác")

    settled = settle(first, twin, {"notes": "second"})

    assert settled.document["notes"] == "khác"
    assert refusal(decide, first) == "newer_revision"
    assert [result.submission for result in waiting_results()] == [settled]
    assert decide(settled).certificate.code


def test_decided_visit_waits_again_after_another_record_was_settled(visit):
    first = receive(visit)
    old = decide(first).certificate
    twin = receive_twin(visit, house_part=IN_DANGER)

    settled = settle(first, twin, {"house.answers.FIR-01": "second"})

    assert [result.submission for result in waiting_results()] == [settled]
    assert Certificate.objects.with_status().get(pk=old.pk).status == "suspended"


# --- the new revision --------------------------------------------------------------------


def test_choice_makes_a_new_revision_and_leaves_both_as_they_are(visit):
    first = receive(visit)
    twin = receive_twin(visit, house_part=FAILS, notes="khác")
    before = list(Submission.objects.order_by("pk").values())
    by = reviewer(visit.house)

    settled = settle(first, twin, {FIRE: "second", "notes": "first"}, by=by)

    assert list(Submission.objects.exclude(pk=settled.pk).order_by("pk").values()) == (
        before
    )
    assert (settled.revision, settled.accepted, settled.sent_by) == (2, True, by)
    assert settled.document == first.document | {
        "revision": 2,
        "house_part": FAILS,
    }
    settlement = Settlement.objects.get()
    assert (settlement.submission, settlement.first, settlement.second) == (
        settled,
        first,
        twin,
    )
    assert settlement.choices == {FIRE: "second", "notes": "first"}
    assert (settlement.by, settlement.because) == (by, "Đã hỏi người kiểm tra")


def test_choice_leaves_an_audit_line(visit):
    first = receive(visit)
    twin = receive_twin(visit, house_part=FAILS)

    settle(first, twin, {FIRE: "second"})

    event = Event.objects.under(visit.house).first()
    assert event.kind == "visit.settled"
    assert event.data["choices"] == {FIRE: "second"}
    assert event.data["because"] == "Đã hỏi người kiểm tra"
    assert (event.data["first"], event.data["second"]) == (first.sha256, twin.sha256)
    assert [opened["item"] for opened in event.data["opened"]] == ["FIR-08"]


def test_findings_follow_from_what_was_chosen(visit):
    first = receive(visit, house_part=FAILS)
    twin = receive_twin(visit, house_part=IN_DANGER)

    settled = settle(first, twin, {FIRE: "second", "house.answers.FIR-01": "second"})

    findings = {f.item: f for f in Finding.objects.all()}
    assert findings["FIR-08"].closed_how == Finding.Closed.CORRECTED
    assert findings["FIR-01"].closed_at is None
    assert settled.room_results.get().outcome == "refuse"


def test_deadlines_that_were_told_do_not_move(visit):
    first = receive(visit, house_part=FAILS)
    due = Finding.objects.get().due_at
    twin = receive_twin(visit, house_part=FAILS, notes="khác")

    settled = settle(first, twin, {"notes": "second"})

    assert Finding.objects.get().due_at == due
    assert settled.visited_at == first.visited_at


def test_what_was_repaired_meanwhile_is_not_found_again(visit):
    first = receive(visit, house_part=FAILS)
    Finding.objects.update(
        closed_at=clock.now(), closed_by=reviewer(visit.house), closed_how="fixed"
    )
    twin = receive_twin(visit, house_part=FAILS, notes="khác")

    settled = settle(first, twin, {"notes": "second"})

    assert not Finding.objects.open().exists()
    assert settled.room_results.get().outcome == "certify"


def test_what_the_first_record_waived_and_the_second_finds_is_open(visit):
    settle_twice = receive(visit, house_part=house_says(**{"FIR-08": {"result": "na"}}))
    twin = receive_twin(visit, house_part=FAILS)

    settle(settle_twice, twin, {FIRE: "second"})

    assert Finding.objects.open().get().item == "FIR-08"


def test_rooms_that_two_tablets_shared_come_together(visit):
    other = RoomFactory(house=visit.house, label="102")
    rooms = [{"id": r.code} | PASSING_ROOM for r in visit.house.rooms.order_by("label")]
    first = receive(visit, rooms=rooms[:1])
    twin = receive_twin(visit, rooms=rooms[1:])

    settled = settle(first, twin, {rooms[0]["id"]: "first", rooms[1]["id"]: "second"})

    assert {result.room for result in settled.room_results.all()} == {
        other,
        visit.house.rooms.get(label="101"),
    }


def test_three_records_are_settled_one_after_the_other(visit):
    first = receive(visit)
    twins = [receive_twin(visit, notes=notes) for notes in ("hai", "ba")]

    second = settle(first, twins[0], {"notes": "second"})
    assert refusal(decide, second) == "unsettled"
    assert refusal(settle, first, twins[1], {"notes": "first"}) == "newer_revision"
    third = settle(second, twins[1], {"notes": "both"})

    assert (third.revision, third.document["notes"]) == (3, "hai\n\nba")
    assert decide(third).outcome == "certify"


def test_a_further_twin_of_what_was_settled_is_kept_again(visit):
    settled = settle(
        receive(visit), receive_twin(visit, notes="hai"), {"notes": "second"}
    )

    receive_twin(visit, notes="ba")

    assert refusal(decide, settled) == "unsettled"


def test_settled_visit_can_be_sent_back_and_comes_as_the_next_revision(visit):
    settled = settle(
        receive(visit), receive_twin(visit, notes="hai"), {"notes": "second"}
    )
    actions.send_back(submission=settled, note="Chụp lại", by=reviewer(visit.house))

    assert receive(visit, revision=3).accepted


def test_what_is_said_in_private_is_not_chosen_and_asks_for_help(visit):
    first = receive(visit, house_part=house_says(**{"WOM-09": {"result": "pass"}}))
    twin = receive_twin(
        visit, house_part=house_says(**{"WOM-09": {"result": "fail"}}), notes="khác"
    )

    settled = settle(first, twin, {"notes": "first"})

    assert settled.document["house_part"]["answers"]["WOM-09"]["result"] == "fail"
    assert "WOM-09" not in str(Settlement.objects.get().choices)
    assert "WOM-09" not in str(Event.objects.get(kind="visit.settled").data)


# --- photos ------------------------------------------------------------------------------


def shown(content):
    return "FIR-08", content


def test_photos_of_both_are_waited_for_before_a_yes(visit):
    first = receive(visit, photos=[shown(jpeg(64, 48, "red"))])
    twin = receive_twin(visit, photos=[shown(jpeg(64, 48, "blue"))])
    settled = settle(first, twin, {})

    assert EvidencePhoto.objects.brought_by(settled).count() == 2
    assert refusal(decide, settled) == "photos_waiting"
    jobs.run_waiting("inspections.develop_photos")
    assert decide(settled).certificate


def test_landlord_sees_the_photo_of_what_was_chosen_from_the_second_record(visit):
    first = receive(visit)
    twin = receive_twin(visit, photos=[shown(jpeg())], house_part=FAILS)
    jobs.run_waiting("inspections.develop_photos")
    assert EvidencePhoto.objects.shown().get().submission == twin

    settle(first, twin, {FIRE: "second"})

    finding = Finding.objects.get()
    photos = EvidencePhoto.objects.of_findings([finding])
    assert photos[finding.pk] == list(twin.photos.all())


# --- who, and when not -------------------------------------------------------------------


def test_who_inspected_cannot_choose(visit):
    first = receive(visit)
    twin = receive_twin(visit, notes="khác")
    choice = {"notes": "first"}
    visit.inspector.memberships.create(role=Role.REVIEWER, everywhere=True)

    assert refusal(settle, first, twin, choice, by=visit.inspector) == "inspected"
    with pytest.raises(Refused, match="không được chọn"):
        settle_differences(
            submission=first,
            other=twin,
            choices=choice,
            because="x",
            by=visit.inspector,
        )


def test_who_has_a_tie_to_the_house_cannot_choose(visit):
    first = receive(visit)
    twin = receive_twin(visit, notes="khác")
    by = reviewer(visit.house)
    TieFactory(house=visit.house, inspector=by)

    assert refusal(settle, first, twin, {"notes": "first"}, by=by) == "tie"


def test_the_same_two_are_settled_once(visit):
    first = receive(visit)
    twin = receive_twin(visit, notes="khác")
    settle(first, twin, {"notes": "first"})

    assert refusal(settle, first, twin, {"notes": "first"}) == "settled"


def test_visit_that_was_sent_back_waits_for_the_inspector(visit):
    first = receive(visit)
    twin = receive_twin(visit, notes="khác")
    actions.send_back(submission=first, note="Bản nào đúng?", by=reviewer(visit.house))

    assert refusal(settle, first, twin, {"notes": "first"}) == "returned"

    second = receive(visit, revision=2)
    assert refusal(decide, second) == "unsettled"
    assert settle(second, twin, {"notes": "first"}).revision == 3


@pytest.mark.parametrize(
    "choices", [{}, {"notes": "neither"}, {"notes": "first", "FIR-01": "second"}]
)
def test_every_difference_is_chosen_and_nothing_else(visit, choices):
    first = receive(visit)
    twin = receive_twin(visit, notes="khác")

    with pytest.raises(ValidationError):
        settle(first, twin, choices)
    assert not Settlement.objects.exists()


def test_reason_is_asked_for(visit):
    first = receive(visit)
    twin = receive_twin(visit, notes="khác")

    with pytest.raises(ValidationError), transaction.atomic():
        settle(first, twin, {"notes": "first"}, because=" ")

    assert visit.submissions.accepted().get() == first


# --- the database ------------------------------------------------------------------------


def made(visit, **changes):
    first = receive(visit)
    twin = receive_twin(visit, notes="khác")
    third = receive_twin(visit, notes="nữa")
    settled = settle(first, twin, {"notes": "first"})
    return Settlement(
        **{
            "submission": settled,
            "first": settled,
            "second": third,
            "because": "x",
            "by": staff(Role.REVIEWER),
        }
        | changes
    )


def test_database_refuses_the_inspector_as_who_chose(visit):
    settlement = made(visit, by=visit.inspector)

    with pytest.raises(IntegrityError, match="else than the inspector"):
        settlement.save()


def test_database_refuses_records_of_other_visits(visit):
    settlement = made(visit, second=receive_of_another_visit())

    with pytest.raises(IntegrityError, match="else than the inspector"):
        settlement.save()


def receive_of_another_visit():
    visit = VisitFactory()
    receive(visit)
    return receive_twin(visit, notes="khác")


def test_settlement_never_changes(visit):
    made(visit)

    with pytest.raises(IntegrityError, match="append-only"):
        Settlement.objects.update(at=clock.now() - dt.timedelta(days=1))
