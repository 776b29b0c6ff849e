"""A reviewer at her desk: the queue, a visit, the decisions, a certificate, its history."""

import copy
import hashlib

import pytest
from django.urls import reverse

from accounts.models import Role
from certificates.models import Certificate, Decision
from core import jobs
from tests.accounts.factories import staff
from tests.barriers import barriers
from tests.certificates.factories import (
    DangerFactory,
    RoomResultFactory,
    RoomVisitFactory,
)
from tests.e2e.screens import OFFICE, photograph
from tests.inspections.checklist_v1 import CHECKLIST, good_visit
from tests.inspections.factories import (
    EvidenceFactory,
    PublishedVersionFactory,
    VisitFactory,
    document,
    receive,
    receive_twin,
)
from tests.registry.factories import HouseFactory, RoomFactory, jpeg

pytestmark = pytest.mark.django_db(transaction=True)
PHOTO = "0" * 64
SEEN_AGAIN = {
    "FIR-08": {
        "result": "fail",
        "photos": [PHOTO],
        "note": "Sơ đồ bị rách, không đọc được.",
    },
    "WSH-05": {"result": "unseen", "note": "Hôm nay mất nước."},
}


@pytest.fixture
def by(live_server, page, client):
    user = staff(Role.REVIEWER)
    client.force_login(user)
    page.context.add_cookies(
        [
            {
                "name": "sessionid",
                "value": client.cookies["sessionid"].value,
                "url": live_server.url,
            }
        ]
    )
    return user


@pytest.fixture
def submission():
    """Three rooms of one house, one of them not yet; the house was seen before."""
    version = PublishedVersionFactory(document=CHECKLIST)
    house = HouseFactory(street="Đường Hoa Ban", address="số 5, ngõ 12")
    rooms = [RoomFactory(house=house, label=label) for label in ("101", "102", "103")]
    before = VisitFactory(house=house, version=version)
    said = _said(before, rooms)
    RoomVisitFactory(visit=before, document=said, room=rooms[0])
    now = copy.deepcopy(said)
    now["house_part"]["answers"] |= SEEN_AGAIN
    submission = RoomVisitFactory(
        visit=before, revision=2, document=now, room=rooms[0], flags=["clock_skew"]
    )
    for room, outcome in zip(rooms, ["certify", "conditional", "refuse"], strict=True):
        RoomResultFactory(
            room=room, submission=submission, outcome=outcome, blocking=_why(outcome)
        )
    EvidenceFactory(
        submission=submission,
        sha256=PHOTO,
        small__data=jpeg(320, 240, "sienna"),
        large__data=jpeg(1600, 1200, "sienna"),
    )
    return submission


def _said(visit, rooms):
    good = good_visit()
    (room,) = good["rooms"]
    return document(
        visit,
        house_part=good["house"],
        notes="Chủ nhà vui vẻ, cho xem hết các phòng.",
    ) | {"rooms": [room | {"id": one.code} for one in rooms]}


def _why(outcome):
    return {
        "certify": [],
        "conditional": [{"item": "overall", "room": None, "why": "score"}],
        "refuse": [{"item": "ELE-01", "room": None, "why": "fail"}],
    }[outcome]


def looked_at(page, name):
    page.emulate_media(color_scheme="light")
    assert photograph(page, f"office/{name}", [OFFICE]) == [OFFICE]
    assert barriers(page) == []


def test_from_the_queue_to_the_certificate(live_server, page, by, submission):
    page.goto(live_server.url + reverse("certificates:reviews"))
    looked_at(page, "reviews")

    page.click("tbody a")
    looked_at(page, "review")
    room = submission.room_results.get(outcome="certify").room
    page.check(f"[name=room-{room.code}-outcome][value=certify]")
    page.click("aside form .button >> nth=0")
    page.wait_for_selector(".notice-success")
    looked_at(page, "review-decided")

    certificate = Certificate.objects.get()
    page.click(f"text={certificate.number}")
    looked_at(page, "certificate")

    DangerFactory(house=certificate.room.house, item="FIR-01", submission=submission)
    page.reload()
    looked_at(page, "certificate-suspended")

    page.click("aside >> text=Thu hồi")
    looked_at(page, "certificate-revocation")

    page.goto(live_server.url + reverse("certificates:certificates"))
    looked_at(page, "certificates")

    page.goto(
        live_server.url
        + reverse("certificates:history", args=[certificate.room.house.number])
    )
    looked_at(page, "history")

    page.goto(live_server.url + reverse("certificates:review", args=[submission.pk]))
    looked_at(page, "review-danger")


def test_decision_without_a_mouse(live_server, page, by, submission):
    page.goto(live_server.url + reverse("certificates:review", args=[submission.pk]))

    page.focus("a[href='#decide']")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # the room's answers
    page.keyboard.press("Tab")  # its radio buttons, at "later"
    page.keyboard.press("ArrowDown")
    page.focus("aside .button >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice-success")

    assert [d.outcome for d in Decision.objects.all()] == ["certify"]


def without_photos(answers):
    return {
        code: {name: said for name, said in answer.items() if name != "photos"}
        for code, answer in answers.items()
    }


@pytest.fixture
def twin():
    """The first visit of a house, once more from another tablet; rooms were shared."""
    house = HouseFactory(street="Đường Hoa Ban", address="số 5, ngõ 12")
    rooms = [RoomFactory(house=house, label=label) for label in ("101", "102")]
    visit = VisitFactory(
        house=house, version=PublishedVersionFactory(document=CHECKLIST)
    )
    good = good_visit()
    answers = without_photos(good["rooms"][0]["answers"])
    good["rooms"][0]["answers"] = answers
    unlocked = answers | {"SEC-01": {"result": "fail"}}
    first = [good["rooms"][0] | {"id": rooms[0].code, "people": {"women": 2, "men": 0}}]
    second = [
        first[0] | {"people": {"women": 3, "men": 0}},
        good["rooms"][0] | {"id": rooms[1].code, "answers": unlocked},
    ]
    pictures = [jpeg(640, 480, colour) for colour in ("sienna", "teal")]
    names = [hashlib.sha256(picture).hexdigest() for picture in pictures]
    says = [
        {"result": "pass", "photos": [names[0]]},
        {"result": "fail", "note": "Sơ đồ bị rách.", "photos": [names[1]]},
    ]
    parts = [copy.deepcopy(good["house"]) for _ in says]
    for part, answer in zip(parts, says, strict=True):
        part["answers"] = without_photos(part["answers"]) | {"FIR-08": answer}
    parts[1]["facts"]["floors"] = 3
    notes = "Chủ nhà vui vẻ.", "Chủ nhà đi vắng."
    sent = zip(parts, (first, second), pictures, notes, strict=True)
    for take, (part, seen, picture, note) in zip(
        (receive, receive_twin), sent, strict=True
    ):
        take(
            visit,
            house_part=part,
            rooms=seen,
            photos=[("FIR-08", picture)],
            notes=note,
            signatures=[
                {"role": "inspector", "strokes": [[[9, 9], [99, 40], [150, 9]]]}
            ],
        )
    jobs.run_waiting("inspections.develop_photos")
    return visit.submissions.get(accepted=False)


def test_two_records_of_a_visit_become_one(live_server, page, by, twin):
    page.goto(live_server.url + reverse("certificates:reviews"))
    looked_at(page, "records-waiting")
    page.click("tbody a")
    looked_at(page, "records-review")
    page.click("text=So sánh hai bản ghi")
    page.wait_for_selector(".difference")
    looked_at(page, "records")

    page.click("text=Gộp thành một bản")
    page.wait_for_selector("[role=alert]")
    page.click("text=Lấy tất cả từ bản thứ hai")
    page.wait_for_selector("[value=second]:checked")
    page.check("[name='house.facts.floors'][value=first]")
    page.check("[name=notes][value=both]")
    page.fill("textarea", "Đã gọi cho người kiểm tra: bản sau đầy đủ hơn.")
    looked_at(page, "records-chosen")
    page.click("text=Gộp thành một bản")
    page.wait_for_selector(".notice-success")
    looked_at(page, "records-made-one")
    page.click("text=Đã chọn những gì, và vì sao")
    page.wait_for_selector(".difference[disabled]")
    looked_at(page, "records-settled")
    page.goto(live_server.url + reverse("inspections:visit", args=[twin.visit_id]))
    looked_at(page, "records-visit")

    settled = twin.visit.submissions.get(revision=2)
    assert settled.document["house_part"]["facts"]["floors"] == 2
    assert settled.document["notes"] == "Chủ nhà vui vẻ.\n\nChủ nhà đi vắng."
    assert settled.room_results.count() == 2


def test_sending_back(live_server, page, by, submission):
    page.goto(live_server.url + reverse("certificates:send_back", args=[submission.pk]))
    looked_at(page, "review-send-back")

    page.fill("textarea", "Chụp lại sơ đồ thoát nạn.")
    page.click("form .button")
    page.wait_for_selector(".notice-success")
    looked_at(page, "reviews-none")
