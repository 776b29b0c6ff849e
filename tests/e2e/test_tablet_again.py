"""Visits that go on from an earlier one: a re-visit, and one that a reviewer sent back."""

import pytest
from playwright.sync_api import expect

from accounts.models import Role
from core import clock
from inspections.actions import develop_photos, plan_visit, return_submission
from inspections.models import Finding, Submission
from tests.accounts.factories import staff
from tests.barriers import barriers
from tests.e2e import inspector
from tests.e2e.inspector import open_visit, touch
from tests.e2e.screens import TABLET, photograph
from tests.inspections.factories import (
    PASSING_HOUSE,
    PASSING_ROOM,
    PublishedVersionFactory,
    VisitFactory,
    receive,
)
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visit():
    """Planned for today, to a house with two rooms, with a signature of nobody yet."""
    version = PublishedVersionFactory(checklist="safe-room")
    visit = VisitFactory(inspector=staff(Role.INSPECTOR), version=version)
    for label in ("101", "102"):
        RoomFactory(house=visit.house, label=label)
    return visit


@pytest.fixture
def follow_up(visit, tmp_path):
    """After a visit that found the escape way locked, and no latch in room 102."""
    good, bad = visit.house.rooms.order_by("label")
    locked = {"result": "fail", "note": "Khoá ngoài, chủ nhà giữ chìa"}
    content = inspector.camera_picture(tmp_path).read_bytes()
    first = receive(
        visit,
        photos=[("FIR-01", content)],
        house_part=PASSING_HOUSE
        | {
            "answers": PASSING_HOUSE["answers"]
            | {"FIR-01": locked | {"photos": [inspector.sha256(content)]}}
        },
        rooms=[
            {"id": good.code} | PASSING_ROOM,
            {"id": bad.code}
            | PASSING_ROOM
            | {"answers": PASSING_ROOM["answers"] | {"SEC-01": {"result": "fail"}}},
        ],
    )
    develop_photos(submission_id=first.pk)
    return plan_visit(
        house=visit.house,
        inspector=visit.inspector,
        planned_for=clock.today(),
        follow_up_of=first.visit,
        by=staff(Role.COORDINATOR),
    )


def test_re_visit_asks_what_is_open_and_closes_it(tablet, follow_up, picture):
    good, bad = follow_up.house.rooms.order_by("label")
    page = tablet(follow_up.inspector)
    card = page.locator("article.visit")
    assert "Tái kiểm tra" in card.inner_text()
    assert "1 phòng" in card.inner_text()

    open_visit(page, follow_up)
    steps = page.locator(".step").all_inner_texts()
    assert [step.split("\n")[0] for step in steps] == ["Thoát nạn", "Phòng 102"]
    assert barriers(page) == []
    photograph(page, "tablet/again", [360, TABLET])

    page.get_by_role("link", name="Thoát nạn").click()
    page.locator("article.item").first.wait_for()
    assert page.locator("article.item").count() == 1
    said = page.locator("#house-FIR-01 .notice").inner_text()
    assert f"Chưa khắc phục từ ngày {clock.today():%d/%m/%Y}" in said
    assert "Khoá ngoài, chủ nhà giữ chìa" in said
    old = page.get_by_alt_text("Ảnh lần thăm trước")
    page.wait_for_function("image => image.naturalWidth > 0", arg=old.element_handle())
    photograph(page, "tablet/again-section", [360, TABLET])

    inspector.go(page, follow_up.pk, "finish")
    page.locator(".notice-warning", has_text="Còn thiếu: 2").wait_for()
    page.get_by_role("link", name="FIR-01?").click()
    place = touch(page, "FIR-01", "Đạt")
    place.locator("input[type=file]").set_input_files(picture)
    place.locator("figure img").wait_for()
    inspector.go(page, follow_up.pk, "room", bad.code)
    touch(page, "SEC-01", "Đạt", bad)

    page.get_by_role("link", name="Kết quả và kết thúc").click()
    page.get_by_text("Không thiếu mục nào.").wait_for()
    assert "Hôm nay không thăm" in page.locator(".card-before").inner_text()
    assert page.locator(".card .chip-ok").all_inner_texts() == ["Có thể cấp giấy"] * 2
    assert barriers(page) == []
    page.emulate_media(color_scheme="light")
    photograph(page, "tablet/again-finish", [360, TABLET])
    page.set_viewport_size({"width": TABLET, "height": 1280})
    inspector.finish(page)

    assert list(Finding.objects.open()) == []
    assert {found.closed_how for found in Finding.objects.all()} == {"fixed"}
    submission = Submission.objects.get(visit=follow_up)
    results = submission.room_results.order_by("room__label")
    assert [(r.room, r.outcome) for r in results] == [
        (good, "certify"),
        (bad, "certify"),
    ]
    assert [room["id"] for room in submission.document["rooms"]] == [bad.code]


def first_revision(page, visit, picture):
    """A visit with one photo, sent from this tablet, then returned by a reviewer."""
    open_visit(page, visit)
    page.get_by_role("link", name="Thoát nạn").click()
    place = touch(page, "FIR-01", "Đạt")
    place.locator("input[type=file]").set_input_files(picture)
    place.locator("figure img").wait_for()
    touch(page, "FIR-08", "Chưa đạt")
    inspector.go(page, visit.pk, "finish")
    inspector.finish(page)
    submission = Submission.objects.get()
    develop_photos(submission_id=submission.pk)
    return_submission(
        submission=submission,
        note="Xem lại sơ đồ thoát nạn ở tầng 1",
        by=staff(Role.REVIEWER),
    )


def second_revision(page, visit, *, shown=True):
    page.get_by_role("link", name=str(visit.house)).click()
    page.get_by_text("Xem lại sơ đồ").wait_for()
    page.emulate_media(color_scheme="light")
    photograph(page, "tablet/returned", [360, TABLET])
    page.get_by_role("link", name="Thoát nạn").click()
    photo = page.locator("#house-FIR-01 figure " + ("img" if shown else ".photo-sent"))
    photo.wait_for()
    assert page.locator("#house-FIR-01 input[value=pass]").is_checked()
    assert page.locator("#house-FIR-08 input[value=fail]").is_checked()
    if shown:
        image = photo.element_handle()
        page.wait_for_function("image => image.naturalWidth > 0", arg=image)
    assert barriers(page) == []
    page.set_viewport_size({"width": TABLET, "height": 1280})
    touch(page, "FIR-08", "Đạt")
    inspector.go(page, visit.pk, "finish")
    inspector.finish(page)


def revisions():
    return [
        (s.revision, s.accepted, s.photos.count(), s.flags)
        for s in Submission.objects.order_by("revision")
    ]


def test_returned_visit_is_put_right_on_the_same_tablet(tablet, visit, picture):
    page = tablet(visit.inspector)
    first_revision(page, visit, picture)
    receipt = page.locator(".received").inner_text()

    page.get_by_role("link", name="Lượt thăm").first.click()
    expect(page.locator("article.visit")).to_contain_text("Sổ đăng ký đã nhận")
    page.get_by_role("link", name="Chuẩn bị cho hôm nay").click()
    page.locator(".preparing", has_text="Xong").wait_for()
    page.get_by_role("link", name="Lượt thăm").last.click()
    page.locator("article.visit .notice", has_text="Xem lại sơ đồ").wait_for()
    assert "Đã gửi lại" not in page.locator("article.visit").inner_text()
    second_revision(page, visit)

    assert page.locator(".received").inner_text() != receipt
    assert revisions() == [(1, True, 1, []), (2, True, 0, [])]
    answers = Submission.objects.latest().document["house_part"]["answers"]
    assert answers["FIR-08"] == {"result": "pass"}
    assert len(answers["FIR-01"]["photos"]) == 1


def test_returned_visit_is_put_right_on_another_tablet(tablet, visit, picture):
    page = tablet(visit.inspector)
    first_revision(page, visit, picture)
    page.goto("about:blank")
    page = tablet(visit.inspector, "/healthz")
    page.evaluate(
        "new Promise((done) => {"
        " indexedDB.deleteDatabase('safe-rooms').onsuccess = done; })"
    )

    page = tablet(visit.inspector)
    second_revision(page, visit)

    assert revisions() == [(1, True, 1, []), (2, True, 0, [])]


def test_photo_that_the_registry_cannot_show_yet_is_not_asked_for_again(
    tablet, visit, picture
):
    page = tablet(visit.inspector)
    first_revision(page, visit, picture)
    Submission.objects.get().photos.update(large="", small="")

    page = tablet(visit.inspector)
    second_revision(page, visit, shown=False)

    assert revisions() == [(1, True, 1, []), (2, True, 0, [])]
