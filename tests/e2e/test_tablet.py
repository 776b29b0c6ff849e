"""The inspector's app in the browser: a whole visit, up to the receipt."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from accounts.models import Role
from core import codes
from inspections.models import ChecklistVersion, Submission
from tests.accounts.factories import staff
from tests.barriers import barriers
from tests.e2e import inspector
from tests.e2e.inspector import open_visit, touch
from tests.e2e.screens import TABLET, photograph
from tests.inspections.factories import VisitFactory
from tests.reference.shipped import load_reference
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visit():
    """A visit planned for today, to a house with two rooms."""
    visit = VisitFactory(inspector=staff(Role.INSPECTOR))
    for label in ("101", "102"):
        RoomFactory(house=visit.house, label=label)
    return visit


def test_tablet_shows_the_visits_of_the_day(tablet, visit):
    page = tablet(visit.inspector)

    page.get_by_role("link", name=str(visit.house)).wait_for()
    assert "2 phòng" in page.locator("article.visit").inner_text()
    assert barriers(page) == []
    assert photograph(page, "tablet/home") == [360, 800, 1280]


def test_whole_visit_up_to_the_receipt(tablet, visit, picture):
    page = tablet(visit.inspector)
    one, _ = visit.house.rooms.order_by("label")
    open_visit(page, visit)
    photograph(page, "tablet/overview", [TABLET])
    assert barriers(page) == []

    page.get_by_role("link", name="Thoát nạn").click()
    touch(page, "FIR-01", "Chưa đạt")
    place = page.locator("#house-FIR-01")
    place.locator("input[type=file]").set_input_files(picture)
    place.locator("figure img").wait_for()
    touch(page, "FIR-08", "Đạt")
    page.emulate_media(color_scheme="light")
    photograph(page, "tablet/section", [360, TABLET])
    assert barriers(page) == []

    page.goto(page.url.split("#")[0] + f"#/visit/{visit.id}/room/{one.code}")
    page.get_by_label("Số người ngủ").fill("2")
    page.get_by_label("Số người ngủ").press("Tab")
    touch(page, "SEC-01", "Đạt", one)
    page.get_by_label("m²").fill("12.5")
    page.get_by_label("m²").press("Tab")
    page.locator("#saved", has_text="Đã lưu").wait_for()
    page.emulate_media(color_scheme="light")
    photograph(page, "tablet/room", [TABLET])
    assert barriers(page) == []

    page.get_by_role("link", name="Tiếp: phòng 102").click()
    page.get_by_role("link", name="Kết quả và kết thúc").click()
    inspector.sign(page)
    page.emulate_media(color_scheme="light")
    photograph(page, "tablet/finish", [TABLET])
    assert barriers(page) == []
    page.get_by_role("button", name="Kết thúc và gửi").click()
    page.locator(".received").wait_for(timeout=20_000)
    page.emulate_media(color_scheme="light")
    photograph(page, "tablet/slip", [TABLET])
    assert barriers(page) == []

    submission = Submission.objects.get()
    assert codes.shown(submission.receipt) in page.locator(".received").inner_text()
    assert submission.visit == visit
    assert submission.document["house_part"]["answers"]["FIR-08"] == {"result": "pass"}
    assert submission.document["rooms"][0]["answers"]["SPC-01"] == {"number": 12.5}
    assert submission.photos.count() == 1


def test_reload_in_the_middle_loses_nothing(tablet, visit):
    page = tablet(visit.inspector)
    open_visit(page, visit)
    page.get_by_role("link", name="Thoát nạn").click()
    touch(page, "FIR-08", "Chưa đạt")
    note = page.locator("#house-FIR-08 summary", has_text="Ghi chú")
    note.click()
    page.locator("#house-FIR-08-note").fill("Sơ đồ bị mờ, chủ nhà hứa in lại")
    page.locator("#saved", has_text="Đã lưu").wait_for()

    page.reload()
    inspector.unlock(page)

    place = page.locator("#house-FIR-08")
    place.wait_for()
    assert place.locator("input[value=fail]").is_checked()
    assert page.locator("#house-FIR-08-note").input_value() == (
        "Sơ đồ bị mờ, chủ nhà hứa in lại"
    )


def test_visit_does_not_begin_without_consent(tablet, visit):
    page = tablet(visit.inspector)
    page.get_by_role("link", name=str(visit.house)).click()

    assert not page.get_by_label("Chủ nhà đồng ý").is_checked()
    page.get_by_role("button", name="Bắt đầu lượt thăm").click()

    expect(page.get_by_role("alert")).to_contain_text("Hỏi trước")


def test_tablet_says_whose_it_is(tablet, page, live_server):
    page.goto(live_server.url + "/tablet/")
    page.locator(".notice", has_text="Đăng nhập một lần").wait_for()
    asks = page.get_by_role("link", name="Đăng nhập")
    assert asks.get_attribute("href") == "/account/login/?next=%2Ftablet%2F%23%2Fjoin"

    tablet(staff(Role.REVIEWER))
    page.locator(".notice", has_text="không phải của người kiểm tra").wait_for()
    assert barriers(page) == []
    photograph(page, "tablet/no-inspector", [360, TABLET])


@pytest.fixture
def checklist_v1():
    """The checklist that the pilot asks, with the law that it cites."""
    load_reference()
    call_command("load_checklist", verbosity=0)
    return ChecklistVersion.objects.get(state="published")


def test_all_68_items_of_the_pilots_checklist(tablet, checklist_v1, tmp_path):
    visit = VisitFactory(inspector=staff(Role.INSPECTOR), version=checklist_v1)
    room = RoomFactory(house=visit.house, label="101")
    page = tablet(visit.inspector)

    inspector.visit_everything(
        page, visit.id, [room.code], inspector.camera_picture(tmp_path)
    )
    page.emulate_media(color_scheme="light")
    photograph(page, "tablet/finish-v1", [360, TABLET])
    assert page.locator(".notice-success", has_text="Không thiếu").count() == 1
    inspector.sign(page)
    page.get_by_role("button", name="Kết thúc và gửi").click()
    page.locator(".received").wait_for(timeout=30_000)

    result = Submission.objects.get().room_results.get()
    assert (result.outcome, result.blocking) == ("certify", [])
    assert (result.overall, result.security, result.women) == (100, 100, 100)
