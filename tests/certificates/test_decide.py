import copy
import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Role
from certificates import keys
from certificates.actions import (
    decide,
    decide_as_the_rules_say,
    send_back,
    suspend,
)
from certificates.models import Certificate, Decision
from certificates.permissions import can_decide, can_see_review
from core import clock, codes
from core.errors import Refused
from core.models import Event
from inspections.models import EvidencePhoto, Return
from reference.models import LegalReference
from tests.accounts.factories import staff
from tests.certificates.factories import (
    CertificateFactory,
    DangerFactory,
    ReceivedVisitFactory,
    RoomResultFactory,
    RoomVisitFactory,
    reviewer,
)
from tests.inspections.factories import SMALL, PublishedVersionFactory, TieFactory
from tests.registry.factories import HouseFactory, OtherCommuneFactory, RoomFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _morning(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 21, 2, tzinfo=dt.UTC), tick=False)


def decide_on(result, outcome="certify", reasons="", by=None):
    return decide(
        submission=result.submission,
        room=result.room,
        outcome=outcome,
        reasons=reasons,
        by=by or reviewer(result.room.house),
    )


def refusal(result, outcome="certify", **change):
    with pytest.raises(Refused) as refused:
        decide_on(result, outcome, **change)
    assert not Decision.objects.filter(submission=result.submission).exists()
    return refused.value.code


def test_decision_issues_a_certificate_by_what_was_seen():
    result = RoomResultFactory(submission__visited_at=clock.now() - 2 * DAY)
    by = reviewer(result.room.house)

    decision = decide_on(result, by=by)

    certificate = Certificate.objects.with_status().get()
    assert decision.inspected_by == result.submission.visit.inspector
    assert (certificate.decision, certificate.issued_by) == (decision, by)
    assert certificate.status == "valid"
    # The small checklist gives 24 months.
    assert certificate.period == DateRange(TODAY, TODAY.replace(year=2028) - 2 * DAY)
    assert certificate.number == "08974-2026-000001"
    assert codes.is_valid(certificate.code)
    assert certificate.conditional is False


def test_signed_form_says_what_the_certificate_says():
    decide_on(RoomResultFactory())

    certificate = Certificate.objects.get()
    claims = keys.verify(certificate.signed, on=clock.today())
    assert claims.code == certificate.code
    assert (claims.house, claims.room) == (
        certificate.room.house.number,
        certificate.room.label,
    )
    assert (claims.valid_from, claims.valid_until) == (
        certificate.valid_from,
        certificate.valid_until,
    )


def test_decision_leaves_its_line_under_the_house():
    result = RoomResultFactory()
    by = reviewer(result.room.house)

    decide_on(result, by=by)

    lines = Event.objects.under(result.room.house)
    certificate = Certificate.objects.get()
    assert [(line.kind, line.by, line.data) for line in lines] == [
        (
            "certificate.issued",
            by,
            {
                "number": certificate.number,
                "room": result.room.label,
                "until": certificate.valid_until.isoformat(),
                "conditional": False,
                "replaces": None,
            },
        ),
        (
            "room.decided",
            by,
            {"room": result.room.label, "outcome": "certify", "rules": "certify"},
        ),
    ]


def test_conditional_certificate_lasts_sixty_days_from_the_visit():
    result = RoomResultFactory(
        outcome="conditional", submission__visited_at=clock.now() - 2 * DAY
    )

    decide_on(result, "conditional")

    certificate = Certificate.objects.with_status().get()
    assert certificate.status == "conditional"
    assert certificate.valid_until == TODAY + 58 * DAY


def test_refusal_issues_nothing():
    result = RoomResultFactory(outcome="refuse")

    decide_on(result, "refuse", "Cửa thoát còn khoá.")

    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("conditional", "certify"),
        ("refuse", "certify"),
        ("refuse", "conditional"),
        ("not_complete", "certify"),
        ("not_complete", "conditional"),
    ],
)
def test_reviewer_cannot_be_more_lenient_than_the_rules(said, outcome):
    result = RoomResultFactory(outcome=said)

    assert refusal(result, outcome, reasons="Chủ nhà tốt bụng.") == "too_lenient"


@pytest.mark.parametrize("outcome", ["conditional", "refuse"])
def test_being_stricter_needs_reasons(outcome):
    result = RoomResultFactory()

    with pytest.raises(ValidationError) as refused:
        decide_on(result, outcome, "  ")

    assert list(refused.value.message_dict) == ["reasons"]
    assert decide_on(result, outcome, "Ảnh mờ.").reasons == "Ảnh mờ."


def test_who_inspected_cannot_decide():
    result = RoomResultFactory()

    assert refusal(result, by=result.submission.visit.inspector) == "inspected"


def test_who_inspected_the_visit_before_cannot_decide():
    room = RoomFactory()
    before = RoomVisitFactory(room=room)
    result = RoomResultFactory(
        room=room,
        submission__visit=ReceivedVisitFactory(
            house=room.house, follow_up_of=before.visit
        ),
    )

    assert refusal(result, by=before.visit.inspector) == "inspected"


def test_who_has_a_tie_to_the_house_cannot_decide():
    result = RoomResultFactory()
    by = reviewer(result.room.house)
    TieFactory(house=result.room.house, inspector=by)

    assert refusal(result, by=by) == "tie"


def test_landlord_cannot_decide_about_her_own_house():
    result = RoomResultFactory()

    assert refusal(result, by=result.room.house.landlord.user) == "own_house"


def test_room_is_decided_once():
    result = RoomResultFactory()
    decide_on(result)

    with pytest.raises(Refused) as refused:
        decide_on(result)

    assert refused.value.code == "decided"
    assert Certificate.objects.count() == 1


def test_returned_visit_cannot_be_decided():
    result = RoomResultFactory()
    Return.objects.create(
        submission=result.submission, note="Thiếu ảnh.", by=reviewer(result.room.house)
    )

    assert refusal(result) == "returned"


def test_older_revision_cannot_be_decided():
    result = RoomResultFactory()
    RoomVisitFactory(visit=result.submission.visit, revision=2)

    assert refusal(result) == "newer_revision"


def test_pack_with_other_bytes_cannot_be_decided():
    result = RoomResultFactory(submission__accepted=False, submission__receipt="")

    assert refusal(result) == "newer_revision"


def test_older_visit_cannot_be_decided_once_a_newer_one_is_there():
    room = RoomFactory()
    older = RoomResultFactory(room=room, submission__visited_at=clock.now() - DAY)
    newer = RoomResultFactory(room=room)

    assert refusal(older) == "newer_visit"
    assert decide_on(newer)


def test_visit_that_arrives_late_does_not_extend_or_revive_a_certificate():
    """Its pack comes after the certificate, but what it saw is older."""
    room = RoomFactory()
    decide_on(RoomResultFactory(room=room))
    Certificate.objects.update(
        revoked_at=clock.now(),
        revoked_by=reviewer(room.house),
        revoked_because="Cấp nhầm.",
    )

    late = RoomResultFactory(room=room, submission__visited_at=clock.now() - DAY)

    assert refusal(late) == "newer_visit"
    assert Certificate.objects.with_status().get().status == "revoked"


@pytest.mark.parametrize("what", ["room", "house"])
def test_withdrawn_room_cannot_be_decided(what):
    result = RoomResultFactory()
    withdrawn = {"room": result.room, "house": result.room.house}[what]
    withdrawn.withdrawn_at = clock.now()
    withdrawn.withdrawn_because = "Đã bán nhà"
    withdrawn.save()

    assert refusal(result) == "withdrawn"


def test_room_that_was_not_in_the_visit_cannot_be_decided():
    result = RoomResultFactory()
    other = RoomFactory(house=result.room.house)

    with pytest.raises(Refused) as refused:
        decide(
            submission=result.submission,
            room=other,
            outcome="certify",
            by=reviewer(other.house),
        )

    assert refused.value.code == "not_seen"


def test_open_danger_stands_against_a_certificate_and_not_against_a_refusal():
    result = RoomResultFactory()
    DangerFactory(house=result.room.house)

    assert refusal(result) == "danger_open"
    assert decide_on(result, "refuse", "Cửa thoát còn khoá.")


def test_danger_in_another_room_does_not_matter():
    result = RoomResultFactory()
    house = result.room.house
    DangerFactory(house=house, room=RoomFactory(house=house))

    assert decide_on(result)


def photo(result, **fields):
    return EvidencePhoto.objects.create(
        **{
            "submission": result.submission,
            "item": "FIR-01",
            "key": "00000000-0000-4000-8000-000000000001",
            "sha256": "0" * 64,
            "offset": 0,
            "size": 10,
            "processed_at": clock.now(),
            **fields,
        }
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"processed_at": None}, "photos_waiting"),
        ({"problem": "not_a_picture"}, "evidence_incomplete"),
    ],
)
def test_evidence_must_be_complete(fields, code):
    result = RoomResultFactory()
    photo(result, **fields)

    assert refusal(result) == code
    assert decide_on(result, "refuse", "Ảnh hỏng.")


def test_photo_of_another_room_does_not_matter():
    result = RoomResultFactory()
    photo(result, problem="not_a_picture", room=RoomFactory(house=result.room.house))

    assert decide_on(result)


def test_photos_that_never_came_stand_against_a_certificate():
    result = RoomResultFactory(submission__flags=["photos_missing"])

    assert refusal(result) == "evidence_incomplete"


def test_visit_too_long_ago_gives_no_certificate():
    result = RoomResultFactory(
        outcome="conditional", submission__visited_at=clock.now() - 61 * DAY
    )

    assert refusal(result, "conditional") == "seen_too_long_ago"


def test_new_certificate_replaces_the_old_one():
    room = RoomFactory()
    old = CertificateFactory(
        room=room,
        decision__submission__visited_at=clock.now() - 300 * DAY,
        period=DateRange(TODAY - 300 * DAY, TODAY + 65 * DAY),
    )

    decide_on(RoomResultFactory(room=room))

    new = Certificate.objects.exclude(pk=old.pk).get()
    old.refresh_from_db()
    assert (old.superseded_by, old.superseded_at) == (new, new.issued_at)
    assert list(Certificate.objects.standing()) == [new]


def test_expired_certificate_is_replaced_too():
    room = RoomFactory()
    old = CertificateFactory(
        room=room,
        decision__submission__visited_at=clock.now() - 400 * DAY,
        period=DateRange(TODAY - 400 * DAY, TODAY - 35 * DAY),
    )

    decide_on(RoomResultFactory(room=room))

    assert Certificate.objects.with_status().get(pk=old.pk).status == "superseded"


def test_suspension_of_the_old_certificate_does_not_touch_the_new_one():
    room = RoomFactory()
    old = CertificateFactory(
        room=room, decision__submission__visited_at=clock.now() - 9 * DAY
    )
    suspend(certificate=old, because="Có tin báo.", by=reviewer(room.house))

    decide_on(RoomResultFactory(room=room))

    assert Certificate.objects.with_status().get(superseded_at=None).status == "valid"


def test_certificate_after_a_repeat_visit_lasts_from_the_first_one():
    room = RoomFactory()
    first = RoomVisitFactory(room=room, visited_at=clock.now() - 20 * DAY)
    repeat = ReceivedVisitFactory(
        house=room.house, follow_up_of=first.visit, version=first.visit.version
    )
    result = RoomResultFactory(room=room, submission__visit=repeat)

    decide_on(result)

    certificate = Certificate.objects.get()
    assert certificate.words["seen_on"] == ["2026-11-01", "2026-11-21"]
    assert certificate.valid_until == dt.date(2028, 10, 31)


def test_numbers_run_without_gaps_by_commune_and_year(time_machine):
    house = HouseFactory()
    first, failed, second = (
        RoomResultFactory(room=RoomFactory(house=house)) for _ in range(3)
    )
    elsewhere = RoomResultFactory(room__house__commune=OtherCommuneFactory())
    decide_on(first)
    broken = photo(failed, problem="not_a_picture")
    assert refusal(failed) == "evidence_incomplete"
    broken.delete()
    decide_on(second)
    decide_on(elsewhere)
    time_machine.move_to(dt.datetime(2026, 12, 31, 17, tzinfo=dt.UTC), tick=False)
    decide_on(failed)

    assert [c.number for c in Certificate.objects.order_by("pk")] == [
        "08974-2026-000001",
        "08974-2026-000002",
        "00454-2026-000001",
        "08974-2027-000001",
    ]


def test_words_are_frozen_with_all_that_was_seen():
    result = RoomResultFactory()

    decide_on(result)

    words = Certificate.objects.get().words
    assert words["counts"] == {
        "applying": 4,
        "seen": 4,
        "met": 4,
        "unseen": 0,
        "by_photo": 0,
    }
    assert words["en"]["seen"] == (
        "An inspector of the Women's Union saw 4 of 4 points of the room and the house "
        "on 21/11/2026; 4 are met."
    )
    assert words["vi"]["sections"] == [
        {"code": "B", "name": "Thoát nạn", "applying": 3, "seen": 3, "met": 3},
        {"code": "F", "name": "An ninh", "applying": 1, "seen": 1, "met": 1},
    ]
    assert words["vi"]["room"] == f"Phòng {result.room.label}"
    assert words["en"]["commune"] == "Quang Minh Commune, Ha Noi City"
    assert words["women_mark"] is False


def test_words_name_nobody():
    result = RoomResultFactory()
    by = reviewer(result.room.house)
    decide_on(result, by=by)

    words = str(Certificate.objects.get().words)

    house = result.room.house
    people = [by, result.submission.visit.inspector, house.landlord.user]
    assert not [p for p in people if p.full_name in words or p.phone in words]
    assert house.landlord.full_name not in words


def test_bulk_decides_what_the_rules_say_and_tells_what_it_could_not():
    house = HouseFactory()
    rooms = RoomFactory.create_batch(4, house=house)
    submission = RoomVisitFactory(room=rooms[0])
    for room, said in zip(
        rooms, ["certify", "conditional", "refuse", "certify"], strict=True
    ):
        RoomResultFactory(room=room, submission=submission, outcome=said)
    DangerFactory(house=house, room=rooms[3])

    made, refused = decide_as_the_rules_say(submission=submission, by=reviewer(house))

    assert [decision.outcome for decision in made] == [
        "certify",
        "conditional",
        "refuse",
    ]
    assert [(room, refusal.code) for room, refusal in refused] == [
        (rooms[3], "danger_open")
    ]


def test_reviewer_of_another_commune_may_not_see_or_decide():
    result = RoomResultFactory()
    other = staff(Role.REVIEWER, OtherCommuneFactory())
    inspector = result.submission.visit.inspector

    assert not can_see_review(other, result.submission)
    assert not can_decide(inspector, result.submission)
    assert can_decide(reviewer(result.room.house), result.submission)


def test_words_say_what_could_not_be_seen_and_what_was_seen_on_photos_only():
    room = RoomFactory()
    first = RoomVisitFactory(room=room)
    said = copy.deepcopy(first.as_visit)
    said["house"]["answers"]["FIR-08"] = {"result": "repaired"}
    said["rooms"][0]["answers"]["SEC-01"] = {"result": "unseen"}
    result = RoomResultFactory(
        room=room,
        submission__visit=first.visit,
        submission__revision=2,
        submission__merged=said,
    )

    decide_on(result)

    words = Certificate.objects.get().words
    assert words["vi"]["not_checked"] == ["SEC-01?"]
    assert (words["en"]["unseen"], words["en"]["by_photo"]) == (
        "1 point could not be seen.",
        "1 repair was accepted on a photo.",
    )
    assert words["en"]["women"] == ""


def test_words_cite_the_law_that_is_known_for_sure():
    sure, unsure = (
        LegalReference.objects.create(
            key=key,
            act="law",
            number=f"{number}/2024/QH15",
            year=2024,
            article="20",
            title={"vi": "Luật", "en": "Law"},
            summary={"vi": "Điều", "en": "Article"},
            in_force=DateRange(dt.date(2025, 7, 1), None),
            confirmed_on=TODAY,
            confidence=confidence,
            source="act",
        )
        for key, number, confidence in [("sure", 55, "V1"), ("unsure", 56, "M")]
    )
    checklist = copy.deepcopy(SMALL)
    checklist["items"][0]["citations"] = [sure.pk, unsure.pk]
    room = RoomFactory()
    version = PublishedVersionFactory(document=checklist)
    visit = ReceivedVisitFactory(house=room.house, version=version)

    decide_on(RoomResultFactory(room=room, submission__visit=visit))

    assert Certificate.objects.get().words["en"]["law"] == [
        "Law 55/2024/QH15, Article 20"
    ]


def test_code_that_is_taken_is_not_given_again(monkeypatch):
    taken = CertificateFactory().code
    free = codes.make(8)
    drawn = iter([taken, free])
    result = RoomResultFactory()
    monkeypatch.setattr("certificates.actions.issue.codes.make", lambda n: next(drawn))

    decide_on(result)

    assert Certificate.objects.latest("pk").code == free


def test_who_inspected_cannot_send_back():
    result = RoomResultFactory()

    with pytest.raises(Refused) as refused:
        send_back(
            submission=result.submission,
            note="Chụp lại.",
            by=result.submission.visit.inspector,
        )

    assert refused.value.code == "inspected"
