"""What is finished and has not left: seen, sent, carried on as a file, or thrown away."""

import time

import pytest

from accounts.models import Role
from inspections.models import Submission
from tests.accounts.factories import staff
from tests.barriers import barriers
from tests.e2e import inspector
from tests.e2e.desk import sign_in
from tests.e2e.inspector import open_visit, touch, unlock
from tests.e2e.screens import TABLET, photograph
from tests.inspections.factories import PublishedVersionFactory, VisitFactory
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db(transaction=True)

PASSPHRASE = "bốn từ không ai đoán"


@pytest.fixture
def visit():
    version = PublishedVersionFactory(checklist="safe-room")
    visit = VisitFactory(inspector=staff(Role.INSPECTOR), version=version)
    RoomFactory(house=visit.house, label="101")
    return visit


def finish_offline(page, visit, picture=None):
    open_visit(page, visit)
    inspector.go(page, visit.pk, "section", "B")
    place = touch(page, "FIR-08", "Đạt")
    if picture:
        place.locator("input[type=file]").set_input_files(picture)
        place.locator("figure img").wait_for()
        assert "trên máy này" in place.locator("figcaption").inner_text()
    inspector.go(page, visit.pk, "finish")
    inspector.sign(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Kết thúc và gửi").click()
    page.locator(".notice", has_text="Chưa có mạng").wait_for()


def looks_well(page, name):
    assert barriers(page) == []
    page.emulate_media(color_scheme="light")
    photograph(page, f"tablet/{name}", [360, TABLET])
    page.set_viewport_size({"width": TABLET, "height": 1280})


def open_outbox(page):
    page.locator("#waiting").click()
    page.get_by_role("heading", name="Chờ gửi", exact=True).wait_for()


def test_what_waits_is_seen_everywhere_and_leaves_by_itself(tablet, visit, picture):
    page = tablet(visit.inspector)
    finish_offline(page, visit, picture)

    waiting = page.locator("#waiting", has_text="1 chờ gửi · ")
    waiting.wait_for()
    open_outbox(page)
    page.locator("article.card", has_text=str(visit.house)).wait_for()
    looks_well(page, "outbox")
    page.get_by_role("link", name="Xem lại").click()
    figure = page.locator("figure", has_text="đang trên đường gửi")
    figure.locator("img").wait_for()
    looks_well(page, "outbox-visit")
    page.goto(page.url.split("#")[0] + "#/day-end")
    page.get_by_text("Còn 1 lượt chờ gửi").wait_for()
    looks_well(page, "day-end")

    page.context.set_offline(False)
    page.get_by_text("Còn 0 lượt chờ gửi").wait_for()
    page.locator("#waiting", has_text="0 chờ gửi").wait_for()
    looks_well(page, "day-end-0")
    assert Submission.objects.get().photos.count() == 1


def sync_in_background(page, origin):
    """What the browser does when the network is back and no page is open."""
    browser = page.context.new_cdp_session(page)
    found = []
    browser.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(event["registrations"]),
    )
    browser.send("ServiceWorker.enable")
    while not found:
        page.evaluate("0")
    event = {"origin": origin, "tag": "outbox", "lastChance": False}
    event["registrationId"] = found[0]["registrationId"]
    browser.send("ServiceWorker.dispatchSyncEvent", event)


def test_what_waits_leaves_with_no_page_open(tablet, visit, live_server):
    page = tablet(visit.inspector)
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    finish_offline(page, visit)
    page.goto("about:blank")
    page.context.set_offline(False)

    sync_in_background(page, live_server.url)

    deadline = time.monotonic() + 30
    while not Submission.objects.exists() and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    assert Submission.objects.get().sent_by == visit.inspector


def test_visit_is_thrown_away_only_by_its_name_and_leaves_a_trace(tablet, visit):
    page = tablet(visit.inspector)
    finish_offline(page, visit)
    open_outbox(page)
    page.get_by_role("link", name="Xem lại").click()
    page.get_by_role("link", name="Bỏ lượt thăm này").click()

    page.get_by_label("Muốn bỏ thì gõ tên").fill("không phải")
    page.get_by_role("button", name="Bỏ hẳn").click()
    page.get_by_role("alert").filter(has_text=str(visit.house)).wait_for()
    looks_well(page, "discard")
    page.locator("#waiting", has_text="1 chờ gửi").wait_for()
    page.get_by_label("Muốn bỏ thì gõ tên").fill(str(visit.house).upper())
    page.get_by_role("button", name="Bỏ hẳn").click()

    page.locator("#waiting", has_text="0 chờ gửi").wait_for()
    page.get_by_text("Đã bỏ", exact=True).click()
    page.locator("details", has_text=f"{visit.house}, đã bỏ lúc").wait_for()
    page.context.set_offline(False)
    page.reload()
    unlock(page)
    page.locator(".outbox-empty").wait_for()
    assert Submission.objects.count() == 0


def save_file(page, path):
    open_outbox(page)
    page.get_by_role("link", name="Lưu tất cả thành một tệp").click()
    page.get_by_label("Cụm từ bí mật").fill("ngắn")
    page.get_by_role("button", name="Làm tệp").click()
    page.get_by_role("alert").filter(has_text="ít nhất 10").wait_for()
    page.get_by_label("Cụm từ bí mật").fill(PASSPHRASE)
    page.get_by_role("button", name="Làm tệp").click()
    save = page.get_by_role("link", name="Lưu tệp")
    save.wait_for()
    looks_well(page, "rescue")
    with page.expect_download() as download:
        save.click()
    download.value.save_as(path)


def read_file(page, file, passphrase):
    page.get_by_label("Tệp", exact=True).set_input_files(file)
    page.get_by_label("Cụm từ bí mật").fill(passphrase)
    page.get_by_role("button", name="Đọc tệp").click()


def test_file_of_one_tablet_leaves_from_another_once(
    tablet, visit, picture, browser, live_server, client, tmp_path
):
    page = tablet(visit.inspector)
    finish_offline(page, visit, picture)
    file, damaged = tmp_path / "outbox.rescue.txt", tmp_path / "damaged"
    save_file(page, file)
    content = file.read_bytes()
    assert str(visit.house).encode() not in content
    damaged.write_bytes(content[:-1000])

    colleague = staff(Role.INSPECTOR, visit.house.commune)
    other = browser.new_context(locale="vi-VN").new_page()
    sign_in(other, live_server, client, colleague)
    other.goto(live_server.url + "/tablet/")
    unlock(other)
    open_outbox(other)
    other.get_by_role("link", name="Nhận một tệp").click()
    read_file(other, file, "cụm từ khác")
    other.get_by_role("alert").filter(has_text="không đúng với tệp này").wait_for()
    looks_well(other, "rescue-in")
    read_file(other, damaged, PASSPHRASE)
    other.get_by_text(f"1 ({visit.house})").wait_for()
    assert Submission.objects.count() == 0
    read_file(other, file, PASSPHRASE)
    other.get_by_text("Đã nhận 1 lượt thăm.").wait_for()
    other.locator("#waiting", has_text="0 chờ gửi").wait_for()
    other.context.close()

    submission = Submission.objects.get()
    assert submission.sent_by == visit.inspector
    page.context.set_offline(False)
    page.locator("#waiting", has_text="0 chờ gửi").wait_for()
    assert Submission.objects.get() == submission
