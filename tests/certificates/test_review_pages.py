import datetime as dt

import pytest

from accounts.models import Role
from certificates.models import Certificate, Decision
from core import clock
from inspections.models import Return
from tests.accounts.factories import staff
from tests.certificates.factories import (
    CertificateFactory,
    DangerFactory,
    ReceivedVisitFactory,
    RoomResultFactory,
    RoomVisitFactory,
    reviewer,
)
from tests.inspections.checklist_v1 import CHECKLIST, good_visit
from tests.inspections.factories import (
    EvidenceFactory,
    PublishedVersionFactory,
    TieFactory,
    document,
)
from tests.registry.factories import (
    HouseFactory,
    OtherCommuneFactory,
    RoomFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return staff(Role.REVIEWER)


@pytest.fixture
def desk(client, by):
    client.force_login(by)
    return client


def address(result, more=""):
    return f"/en/office/reviews/{result.submission.pk}/{more}"


def chosen(result, outcome, reasons=""):
    prefix = f"room-{result.room.code}"
    return {f"{prefix}-outcome": outcome, f"{prefix}-reasons": reasons}


def test_queue_shows_the_dangerous_first_and_then_the_oldest(desk):
    house = HouseFactory()
    oldest, newer, dangerous = (
        RoomResultFactory(room=room)
        for room in (RoomFactory(), RoomFactory(), RoomFactory(house=house))
    )
    DangerFactory(house=house)
    CertificateFactory(
        room=RoomFactory(house=house),
        decision__submission__visited_at=clock.now(),
    )

    response = desk.get("/en/office/reviews/")

    rows = response.context["page"].object_list
    assert [row.pk for row in rows] == [
        result.submission.pk for result in (dangerous, oldest, newer)
    ]
    assert [(row.dangers, row.resting) for row in rows] == [(1, 1), (0, 0), (0, 0)]
    assert "1 certificate is suspended" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_queue_asks_a_fixed_number_of_queries(desk, count, django_assert_num_queries):
    for _ in range(count):
        result = RoomResultFactory()
        DangerFactory(house=result.room.house)

    with django_assert_num_queries(10):
        response = desk.get("/en/office/reviews/")

    assert len(response.context["page"].object_list) == count


def test_queue_holds_no_decided_returned_or_old_visit(desk, by):
    decided, returned, old = RoomResultFactory.create_batch(3)
    Decision.objects.create(
        submission=decided.submission,
        room=decided.room,
        outcome="refuse",
        reasons="Chưa xong.",
        inspected_by=decided.submission.visit.inspector,
        decided_by=by,
    )
    Return.objects.create(submission=returned.submission, note="Thiếu ảnh.", by=by)
    newer = RoomResultFactory(room=old.room)

    response = desk.get("/en/office/reviews/")

    assert [row.pk for row in response.context["page"]] == [newer.submission.pk]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"near", "far"}),
        ("?commune=00454", {"far"}),
        ("?q=số+777", {"near"}),
        ("?q=NUMBER", {"near"}),
        ("?urgent=on", {"far"}),
        ("?q=nothing", set()),
        ("?commune=nonsense", {"near", "far"}),
    ],
)
def test_queue_filters(desk, query, found):
    near = RoomResultFactory(room__house__address="số 777, ngõ 1")
    far = RoomResultFactory(room__house__commune=OtherCommuneFactory())
    DangerFactory(house=far.room.house)
    names = {near.submission.pk: "near", far.submission.pk: "far"}

    query = query.replace("NUMBER", near.room.house.number.lower())
    response = desk.get(f"/en/office/reviews/{query}")

    assert {names[row.pk] for row in response.context["page"]} == found


def test_review_shows_answers_photos_and_what_the_rules_say(desk):
    room = RoomFactory(label="101")
    submission = RoomVisitFactory(room=room)
    sha256 = "a" * 64
    said = document(submission.visit)
    said["house_part"]["answers"]["FIR-08"] = {
        "result": "fail",
        "note": "Sơ đồ bị rách.",
        "photos": [sha256],
    }
    submission = RoomVisitFactory(
        visit=submission.visit, revision=2, document=said, room=room
    )
    RoomResultFactory(
        room=room,
        submission=submission,
        outcome="conditional",
        blocking=[{"item": "overall", "room": None, "why": "score"}],
    )
    photo = EvidenceFactory(submission=submission, sha256=sha256)

    response = desk.get(f"/en/office/reviews/{submission.pk}/")

    html = response.content.decode()
    house, shown = response.context["places"]
    lines = {line.code: line for part in house.parts for line in part.lines}
    assert (lines["FIR-08"].result, lines["FIR-08"].before) == ("fail", "pass")
    assert lines["FIR-08"].photos == [photo]
    assert "Sơ đồ bị rách." in html
    assert f"/evidence/{photo.pk}/small" in html
    assert "Too few points: overall" in html
    assert [line.answer for part in shown.parts for line in part.lines] == [
        "12 m²",
        "",
    ]


def test_private_answer_of_a_tenant_is_not_shown(desk):
    room = RoomFactory()
    first = RoomVisitFactory(room=room)
    said = document(first.visit)
    said["rooms"][0]["answers"]["WOM-09"] = {
        "result": "fail",
        "note": "Điều chỉ nói riêng.",
    }
    submission = RoomVisitFactory(
        room=room, visit=first.visit, revision=2, document=said
    )
    RoomResultFactory(room=room, submission=submission)

    html = desk.get(f"/en/office/reviews/{submission.pk}/").content.decode()

    assert "WOM-09" not in html
    assert "Điều chỉ nói riêng." not in html


@pytest.mark.parametrize("count", [1, 3])
def test_review_asks_a_fixed_number_of_queries(desk, count, django_assert_num_queries):
    house = HouseFactory()
    rooms = RoomFactory.create_batch(count, house=house)
    submission = RoomVisitFactory(room=rooms[0])
    for room in rooms:
        RoomResultFactory(room=room, submission=submission)

    with django_assert_num_queries(15):
        response = desk.get(f"/en/office/reviews/{submission.pk}/")

    assert len(response.context["forms"]) == count


def test_reviewer_decides_room_by_room(desk, by):
    house = HouseFactory()
    rooms = RoomFactory.create_batch(3, house=house)
    submission = RoomVisitFactory(room=rooms[0])
    first, second, third = (
        RoomResultFactory(room=room, submission=submission) for room in rooms
    )

    response = desk.post(
        address(first),
        chosen(first, "certify")
        | chosen(second, "refuse", "Ảnh mờ.")
        | chosen(third, ""),
    )

    assert response.status_code == 302
    assert [
        (decision.room, decision.outcome, decision.decided_by)
        for decision in Decision.objects.order_by("pk")
    ] == [(rooms[0], "certify", by), (rooms[1], "refuse", by)]
    assert Certificate.objects.get().room == rooms[0]


def test_missing_reasons_are_asked_for_beside_their_field(desk):
    result = RoomResultFactory()

    response = desk.post(address(result), chosen(result, "refuse"))

    (form,) = response.context["forms"]
    assert form.errors == {
        "reasons": ["Write why you decide more strictly than the rules."]
    }
    assert not Decision.objects.exists()


def test_refusal_is_said_beside_the_room(desk):
    result = RoomResultFactory()
    DangerFactory(house=result.room.house)

    response = desk.post(address(result), chosen(result, "certify"))

    (form,) = response.context["forms"]
    assert form.non_field_errors() == [
        "Wait for the repair: a critical finding is open on the room or the house."
    ]


def test_outcome_that_the_rules_forbid_is_not_even_offered(desk):
    result = RoomResultFactory(outcome="refuse")

    response = desk.post(address(result), chosen(result, "certify"))

    (form,) = response.context["forms"]
    assert [value for value, _words in form.fields["outcome"].choices] == ["", "refuse"]
    assert "outcome" in form.errors


def test_all_rooms_are_decided_as_the_rules_say(desk):
    house = HouseFactory()
    rooms = RoomFactory.create_batch(2, house=house)
    submission = RoomVisitFactory(room=rooms[0])
    first = RoomResultFactory(room=rooms[0], submission=submission)
    RoomResultFactory(room=rooms[1], submission=submission, outcome="refuse")

    response = desk.post(address(first), {"as_the_rules_say": "1"}, follow=True)

    assert "2 rooms are decided." in response.content.decode()
    assert [d.outcome for d in Decision.objects.order_by("pk")] == ["certify", "refuse"]


def test_what_she_chose_goes_before_what_the_rules_say(desk):
    rooms = RoomFactory.create_batch(2, house=HouseFactory())
    submission = RoomVisitFactory(room=rooms[0])
    first, _second = (
        RoomResultFactory(room=room, submission=submission) for room in rooms
    )
    refused = chosen(first, "refuse") | {"as_the_rules_say": "1"}
    reason = {f"room-{first.room.code}-reasons": "Khoá cửa hỏng."}

    without_reason = desk.post(address(first), refused)
    desk.post(address(first), refused | reason)

    assert without_reason.context["forms"][0].errors
    decided = dict(Decision.objects.values_list("room", "outcome"))
    assert decided == {rooms[0].pk: "refuse", rooms[1].pk: "certify"}


def test_saving_without_a_choice_says_so(desk):
    result = RoomResultFactory()

    response = desk.post(address(result), chosen(result, ""), follow=True)

    assert "Choose a decision for a room first." in response.content.decode()
    assert not Decision.objects.exists()


def test_who_inspected_sees_why_she_may_not_decide(client):
    result = RoomResultFactory()
    inspector = result.submission.visit.inspector
    membership = inspector.memberships.create(role=Role.REVIEWER, everywhere=True)
    client.force_login(inspector)

    page = client.get(address(result))
    posted = client.post(address(result), chosen(result, "certify"))

    assert membership.role == "reviewer"
    assert "Ask a colleague: who inspected cannot decide." in page.content.decode()
    assert posted.status_code in (200, 302)
    assert not Decision.objects.exists()


def test_who_has_a_tie_sees_why_she_may_not_decide(desk, by):
    result = RoomResultFactory()
    TieFactory(house=result.room.house, inspector=by)

    page = desk.get(address(result))

    assert "you have declared a tie to this house" in page.content.decode()


def test_visit_is_sent_back_with_a_note(desk, by):
    result = RoomResultFactory()

    response = desk.post(address(result, "return/"), {"note": "Chụp lại cửa thoát."})

    returned = Return.objects.get()
    assert response["Location"] == "/en/office/reviews/"
    assert (returned.submission, returned.by) == (result.submission, by)


def test_visit_with_a_decided_room_is_not_sent_back(desk):
    result = RoomResultFactory()
    desk.post(address(result), chosen(result, "certify"))

    response = desk.post(address(result, "return/"), {"note": "Chụp lại cửa thoát."})

    assert response.context["form"].non_field_errors() == [
        "Plan a new visit instead: a room of this one is decided already."
    ]
    assert not Return.objects.exists()


REVIEWS = ["/office/reviews/", "/office/reviews/{pk}/", "/office/reviews/{pk}/return/"]


@pytest.mark.parametrize("url", REVIEWS)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("nobody", 302),
        ("landlord", 403),
        ("inspector", 403),
        ("coordinator", 403),
        ("elsewhere", 404),
        ("reviewer", 200),
    ],
)
def test_review_pages_are_the_reviewers(client, url, who, status):
    result = RoomResultFactory()
    house = result.room.house
    users = {
        "landlord": lambda: house.landlord.user,
        "inspector": lambda: result.submission.visit.inspector,
        "coordinator": lambda: staff(Role.COORDINATOR, house.commune),
        "elsewhere": lambda: staff(Role.REVIEWER, OtherCommuneFactory()),
        "reviewer": lambda: reviewer(house),
    }
    if who in users:
        client.force_login(users[who]())

    response = client.get(url.format(pk=result.submission.pk))

    # A list is there for every reviewer, with what is hers.
    if (who, url) == ("elsewhere", "/office/reviews/"):
        assert list(response.context["page"]) == []
    else:
        assert response.status_code == status


def test_queue_goes_on(desk, monkeypatch):
    monkeypatch.setattr("core.paging.ROWS", 1)
    first, second = RoomResultFactory.create_batch(2)

    page = desk.get("/en/office/reviews/?q=ngõ")
    after = desk.get("/en/office/reviews/" + page.context["next_url"])

    assert [row.pk for row in page.context["page"]] == [first.submission.pk]
    assert [row.pk for row in after.context["page"]] == [second.submission.pk]
    assert after.context["previous_url"] == "?q=ng%C3%B5&page=1"


def test_what_the_bulk_could_not_decide_is_said(desk):
    result = RoomResultFactory()
    DangerFactory(house=result.room.house)

    response = desk.post(address(result), {"as_the_rules_say": "1"}, follow=True)

    assert (
        f"{result.room.label}: Wait for the repair: a critical finding is open"
        in response.content.decode()
    )


@pytest.mark.parametrize("how", ["followed", "last"])
def test_repeat_visit_shows_what_is_other_than_before(desk, how):
    room = RoomFactory()
    before = RoomVisitFactory(room=room, visited_at=clock.now() - dt.timedelta(days=9))
    said = document(before.visit)
    said["house_part"]["answers"]["FIR-08"] = {"result": "unseen"}
    visit = ReceivedVisitFactory(
        house=room.house,
        version=before.visit.version,
        follow_up_of=before.visit if how == "followed" else None,
    )
    submission = RoomVisitFactory(visit=visit, document=said, room=room)
    RoomResultFactory(room=room, submission=submission)

    response = desk.get(f"/en/office/reviews/{submission.pk}/")

    (place,) = response.context["to_look_at"]
    assert [(line.code, line.before, line.result) for line in place.to_look_at] == [
        ("FIR-08", "pass", "unseen")
    ]


def test_answers_are_shown_with_unit_choice_and_date(desk):
    version = PublishedVersionFactory(document=CHECKLIST)
    room = RoomFactory()
    visit = ReceivedVisitFactory(house=room.house, version=version)
    good = good_visit()
    good["house"]["answers"]["FIR-08"] = {"result": "repaired"}
    said = document(visit, house_part=good["house"])
    said["rooms"] = [good["rooms"][0] | {"id": room.code}]
    submission = RoomVisitFactory(visit=visit, document=said, room=room)
    RoomResultFactory(room=room, submission=submission)

    response = desk.get(f"/en/office/reviews/{submission.pk}/")

    shown = {
        line.code: line.answer
        for place in response.context["places"]
        for part in place.parts
        for line in part.lines
    }
    assert shown["STR-04"] == "1.1 m"
    assert shown["FIR-06"] == "2 extinguishers, 21/11/2027"
    assert shown["FIR-08"] == "Repair accepted on a photo"
    assert shown["WSH-01"] == "Piped water, enough every day"
    assert shown["STR-01"] == ""
