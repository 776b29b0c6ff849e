"""A reviewer at her desk: the queue, a visit, the decisions, a certificate, its history."""

import copy

import pytest
from django.urls import reverse

from accounts.models import Role
from certificates.models import Certificate, Decision
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


def test_sending_back(live_server, page, by, submission):
    page.goto(live_server.url + reverse("certificates:send_back", args=[submission.pk]))
    looked_at(page, "review-send-back")

    page.fill("textarea", "Chụp lại sơ đồ thoát nạn.")
    page.click("form .button")
    page.wait_for_selector(".notice-success")
    looked_at(page, "reviews-none")
