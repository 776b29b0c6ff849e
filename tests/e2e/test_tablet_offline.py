"""The app without a network, and when a new version of it comes."""

import dataclasses
import datetime as dt
import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from accounts.models import Role
from core import clock
from inspections.views import tablet as views
from registry.actions import withdraw_house
from tests.accounts.factories import staff
from tests.barriers import barriers
from tests.drills.line import Line
from tests.e2e import inspector
from tests.e2e.inspector import open_visit, touch, unlock
from tests.e2e.screens import TABLET, photograph
from tests.inspections.factories import (
    EvidenceFactory,
    FindingFactory,
    PublishedVersionFactory,
    VisitFactory,
)
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = "navigator.serviceWorker.ready.then(() => caches.keys())"


@pytest.fixture
def visit():
    """Planned for today, to a house with one room."""
    visit = VisitFactory(inspector=staff(Role.INSPECTOR))
    RoomFactory(house=visit.house, label="101")
    return visit


@pytest.fixture
def line(live_server):
    """Really cut, not emulated: the emulation does not reach every request of a worker."""
    line = Line(live_server.thread.port)
    yield line
    line.close()


@pytest.fixture
def site(line):
    return line.url


@pytest.fixture
def deploy(monkeypatch):
    """Another version of the app on the server; `broken`: one file is not what it says."""
    made = views._made

    def change(version, *, broken=False):
        def newer(language):
            app = made(language)
            page = app.page.replace(app.version.encode(), version.encode())
            kept = app.files | ({"/healthz": b"?"} if broken else {})
            return dataclasses.replace(app, version=version, page=page, files=kept)

        monkeypatch.setattr(views, "_made", newer)

    return change


def look_for_update(page):
    page.evaluate(
        "navigator.serviceWorker.getRegistration().then(found => found.update())"
        ".catch(() => {})"
    )


def version(page):
    return page.evaluate("document.documentElement.dataset.version")


def test_app_opens_and_works_without_a_network(tablet, visit, line):
    page = tablet(visit.inspector)
    page.locator("article.visit").wait_for()
    page.evaluate(KEPT)

    line.goes_down()
    asked = len(line.requests)
    page.reload()
    unlock(page)
    open_visit(page, visit)
    page.get_by_role("link", name="Thoát nạn").click()
    touch(page, "FIR-08", "Đạt")
    page.reload()
    unlock(page)
    page.locator("#house-FIR-08 input[value=pass]:checked").wait_for(state="attached")
    answer = page.evaluate("fetch('/healthz').then(got => got.status, () => 'cut')")

    assert (len(line.requests), answer) == (asked, "cut")


def test_new_version_waits_while_a_visit_is_open(tablet, visit, deploy):
    page = tablet(visit.inspector)
    first = version(page)
    open_visit(page, visit)
    page.evaluate(KEPT)
    home = page.context.new_page()
    home.goto(page.url.split("#")[0])
    unlock(home)
    take = home.get_by_role("button", name="Có bản mới")

    deploy("000000000new")
    look_for_update(home)
    take.click()
    home.get_by_text("Có lượt thăm đang mở ở cửa sổ khác").wait_for()
    assert barriers(home) == []
    photograph(home, "tablet/new-version", [360, TABLET])
    inspector.go(page, visit.pk, "section", "B")
    assert version(page) == first

    page.goto(page.url.split("#")[0] + "#/")
    page.locator("body[data-shown='#/']").wait_for()
    take.click()
    home.locator("html[data-version='000000000new']").wait_for(state="attached")
    unlock(home)
    home.locator("article.visit").wait_for()
    assert version(page) == first
    kept = [f"tablet-vi-{first}", "tablet-vi-000000000new"]
    assert sorted(page.evaluate(KEPT)) == sorted(kept)


def test_half_a_new_version_leaves_the_old_one_whole(tablet, visit, deploy, line):
    page = tablet(visit.inspector)
    page.locator("article.visit").wait_for()
    first = version(page)
    page.evaluate(KEPT)

    deploy("00000000half", broken=True)
    look_for_update(page)
    line.goes_down()
    page.reload()
    unlock(page)
    page.locator("article.visit").wait_for()

    assert version(page) == first
    assert page.get_by_role("button", name="Có bản mới").count() == 0


@pytest.fixture
def findings():
    """Two open findings in a house to visit, each with a photo of who found it."""
    version = PublishedVersionFactory(checklist="safe-room")
    found = [FindingFactory(submission__visit__version=version, item="FIR-08")]
    submission = found[0].submission
    found.append(FindingFactory(submission=submission, item="FIR-01"))
    for finding in found:
        jpeg = ContentFile(picture_bytes(), name="small.jpg")
        EvidenceFactory(submission=submission, item=finding.item, small=jpeg)
    visit = VisitFactory(house=found[0].house, version=version)
    RoomFactory(house=visit.house, label="101")
    return visit


def picture_bytes():
    file = io.BytesIO()
    Image.effect_noise((320, 240), 40).convert("RGB").save(file, "JPEG")
    return file.getvalue()


def prepare(page):
    page.get_by_role("link", name="Chuẩn bị cho hôm nay").click()
    page.locator(".preparing .notice").wait_for()
    return page.locator("main").inner_text()


# Three minutes are over at once.
IMPATIENT = "(soon => void (AbortSignal.timeout = () => soon(100)))(AbortSignal.timeout.bind(AbortSignal))"


def test_network_that_does_not_answer_is_given_up(tablet, visit):
    page = tablet(visit.inspector)
    page.evaluate(IMPATIENT)
    page.route("**/api/v1/tablet/day/", lambda route: None)

    said = prepare(page)

    assert "Bị đứt giữa chừng" in said
    assert "gửi" not in said  # nothing is being sent
    assert page.get_by_role("button", name="Thử lại").is_visible()


def test_prepared_day_works_without_a_network(tablet, findings, line):
    visit = findings
    RoomFactory(house__street="Đường Hoà Bình", house__commune=visit.house.commune)
    page = tablet(visit.inspector)
    page.locator("article.visit").wait_for()
    page.route("**/evidence/**", lambda route: route.abort(), times=1)

    broken = prepare(page)
    page.get_by_role("button", name="Thử lại").click()
    page.locator(".preparing", has_text="Xong").wait_for()
    ready = page.locator("main").inner_text()
    assert barriers(page) == []
    page.emulate_media(color_scheme="light")
    photograph(page, "tablet/prepared", [360, TABLET])

    assert "Bị đứt giữa chừng" in broken
    assert "2/2 ảnh" not in broken
    assert [words in ready for words in ("1 lượt thăm", "1 phòng", "2/2 ảnh")] == [
        True
    ] * 3
    assert "tra cứu: 2 nhà" in ready
    assert "Ứng dụng: mở được khi không có mạng" in ready

    page.get_by_role("link", name="Lượt thăm").last.click()
    line.goes_down()
    asked = len(line.requests)
    page.reload()
    unlock(page)
    open_visit(page, visit)
    inspector.go(page, visit.pk, "section", "B")
    shown = page.locator("#house-FIR-08 .notice img").element_handle()
    page.wait_for_function("image => image.naturalWidth > 0", arg=shown)

    page.goto(page.url.split("#")[0] + "#/new")
    page.get_by_label("Mã số đăng ký, tên nhà hoặc đường").fill("hoa binh")
    page.get_by_role("button", name="Đường Hoà Bình").wait_for()
    assert barriers(page) == []
    page.emulate_media(color_scheme="light")
    photograph(page, "tablet/look-up", [360, TABLET])
    page.get_by_role("button", name="Đường Hoà Bình").click()
    page.get_by_label("Chủ nhà đồng ý").check()
    page.get_by_role("button", name="Bắt đầu lượt thăm").click()
    page.get_by_role("link", name="Kết quả và kết thúc").wait_for()
    assert len(line.requests) == asked


def test_withdrawn_house_says_so_on_every_screen_and_keeps_the_work(tablet, visit):
    page = tablet(visit.inspector)
    open_visit(page, visit)
    inspector.go(page, visit.pk, "section", "B")
    touch(page, "FIR-08", "Đạt")
    withdraw_house(house=visit.house, because="Đã bán", by=visit.house.landlord.user)

    page.goto(page.url.split("#")[0] + "#/")
    prepare(page)
    for screen in ((), ("section", "B"), ("facts",), ("finish",)):
        inspector.go(page, visit.pk, *screen)
        page.locator(".notice", has_text="rút khỏi sổ đăng ký (Đã bán)").wait_for()
    inspector.go(page, visit.pk, "section", "B")
    assert page.locator("#house-FIR-08 input[value=pass]").is_checked()


def test_wrong_clock_is_said(tablet, visit):
    page = tablet(visit.inspector, "/healthz")
    page.clock.install(time=clock.now() + dt.timedelta(days=3))

    page = tablet(visit.inspector)

    page.locator(".notice", has_text="Chỉnh lại đồng hồ").wait_for()
    told = page.locator(".notice", has_text="Chỉnh lại đồng hồ").inner_text()
    assert f"{clock.today():%d/%m/%Y}" in told
