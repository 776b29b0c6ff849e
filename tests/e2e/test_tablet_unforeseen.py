"""What does not go as planned: nothing is lost, and nothing is claimed."""

import pytest
from playwright.sync_api import expect

from accounts.models import Role
from inspections.actions import declare_tie, publish_version, withdraw_visit
from inspections.models import Submission, Visit
from registry.actions import withdraw_house
from tests.accounts.factories import staff
from tests.barriers import barriers
from tests.e2e import inspector
from tests.e2e.inspector import open_visit, touch
from tests.e2e.screens import TABLET, photograph
from tests.inspections.factories import (
    DraftVersionFactory,
    PublishedVersionFactory,
    TieFactory,
    VisitFactory,
)
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db(transaction=True)


# The browser remembers for a while how much room there was, and looks anew when asked for
# more than that.
TOO_MUCH = """async () => {
  const opened = indexedDB.open("safe-rooms");
  const db = await new Promise((done) => (opened.onsuccess = () => done(opened.result)));
  const work = db.transaction("kept", "readwrite");
  work.objectStore("kept").put(new Uint8Array(1e6), "too much");
  await new Promise((done) => (work.onabort = done));
  db.close();
}"""


@pytest.fixture
def version():
    return PublishedVersionFactory(checklist="safe-room")


@pytest.fixture
def visit(version):
    """Planned for today, to a house with one room."""
    visit = VisitFactory(inspector=staff(Role.INSPECTOR), version=version)
    RoomFactory(house=visit.house, label="101")
    return visit


@pytest.fixture
def quota(page, live_server):
    """Sets how many bytes the browser lets the app keep; None: as usual."""
    browser = page.context.new_cdp_session(page)

    def set_quota(size):
        limit = {} if size is None else {"quotaSize": size}
        origin = {"origin": live_server.url}
        browser.send("Storage.overrideQuotaForOrigin", origin | limit)

    return set_quota


def ask_for(page, number):
    page.get_by_role("link", name="Thăm nhà ngoài danh sách").click()
    page.get_by_label("Mã số đăng ký, tên nhà hoặc đường").fill(number)
    page.get_by_role("button", name="Tìm nhà").click()


def answer_the_house(page, visit_id):
    inspector.go(page, visit_id, "section", "B")
    touch(page, "FIR-08", "Đạt")


def test_house_that_is_not_in_the_list_is_visited(tablet, version):
    room = RoomFactory(label="101")
    page = tablet(staff(Role.INSPECTOR, room.house.commune))
    number = room.house.number.lower()
    page.get_by_text("Chưa có lượt thăm").wait_for()

    ask_for(page, f"{number[:4]}-{number[4:]}")
    page.get_by_label("Chủ nhà đồng ý").check()
    page.get_by_role("button", name="Bắt đầu lượt thăm").click()
    page.get_by_role("link", name="Phòng 101").click()
    touch(page, "SEC-01", "Đạt", room)
    page.reload()
    inspector.unlock(page)
    page.locator("article.item").first.wait_for()
    page.get_by_role("link", name=str(room.house)).click()
    page.get_by_role("link", name="Lượt thăm").last.click()
    expect(page.locator("article.visit")).to_contain_text("Ngoài lịch")
    photograph(page, "tablet/unplanned", [360, TABLET])
    page.get_by_role("link", name=str(room.house)).click()
    page.get_by_role("link", name="Kết quả và kết thúc").click()
    inspector.finish(page)

    submission = Submission.objects.get()
    assert submission.flags == ["unplanned"]
    assert submission.visit.house == room.house
    assert submission.visit.version == version
    assert list(submission.document["rooms"][0]["answers"]) == ["SEC-01"]


def test_house_that_was_only_looked_up_leaves_nothing(tablet, version):
    room = RoomFactory()
    page = tablet(staff(Role.INSPECTOR, room.house.commune))

    ask_for(page, room.house.number)
    page.get_by_label("Chủ nhà đồng ý").wait_for()
    assert barriers(page) == []
    page.get_by_role("link", name="Lượt thăm").last.click()

    page.get_by_text("Chưa có lượt thăm").wait_for()
    assert Visit.objects.count() == 0


def test_number_of_a_planned_house_leads_to_its_visit(tablet, visit):
    page = tablet(visit.inspector)
    page.locator("article.visit").wait_for()

    ask_for(page, visit.house.number)
    page.get_by_label("Chủ nhà đồng ý").wait_for()

    assert page.url.endswith(f"#/visit/{visit.pk}")


def test_wrong_number_says_what_to_do(tablet, version):
    page = tablet(staff(Role.INSPECTOR))

    ask_for(page, "")
    assert page.get_by_role("alert").inner_text() == (
        "Ghi mã số, tên nhà hoặc đường trước."
    )
    page.get_by_label("Mã số đăng ký, tên nhà hoặc đường").fill("2222222")
    page.keyboard.press("Enter")

    page.get_by_role("alert").filter(has_text="Xem lại mã").wait_for()
    assert barriers(page) == []
    page.emulate_media(color_scheme="light")
    photograph(page, "tablet/start", [360, TABLET])


def test_house_of_kin_is_left_to_a_colleague(tablet, version):
    room = RoomFactory()
    user = staff(Role.INSPECTOR, room.house.commune)
    TieFactory(house=room.house, inspector=user)
    page = tablet(user)

    ask_for(page, room.house.number)

    page.get_by_role("alert").filter(has_text="có liên quan").wait_for()


def test_tie_that_is_declared_meanwhile_keeps_the_work_and_says_so(tablet, visit):
    page = tablet(visit.inspector)
    open_visit(page, visit)
    answer_the_house(page, visit.pk)
    declare_tie(
        inspector=visit.inspector,
        house=visit.house,
        kind="kin",
        by=staff(Role.COORDINATOR),
    )

    inspector.go(page, visit.pk, "finish")
    inspector.sign(page)
    page.get_by_role("button", name="Kết thúc và gửi").click()
    said = page.locator(".notice-warning", has_text="(tied)")
    said.wait_for()

    assert "chưa" in said.inner_text()
    page.get_by_role("link", name="Lượt thăm").last.click()
    expect(page.locator(".outbox")).to_contain_text("(tied)")
    photograph(page, "tablet/refused", [360, TABLET])
    page.get_by_role("link", name="Xem tất cả").click()
    page.get_by_role("button", name="Thử lại").wait_for()
    expect(page.locator("article.card")).to_contain_text("(tied)")


def test_visit_that_is_withdrawn_meanwhile_says_so_and_is_kept(tablet, visit):
    page = tablet(visit.inspector)
    open_visit(page, visit)
    answer_the_house(page, visit.pk)
    withdraw_visit(visit=visit, because="Chủ nhà đi vắng", by=staff(Role.COORDINATOR))

    page = tablet(visit.inspector)
    card = page.locator("article.visit")
    card.locator(".notice", has_text="Chủ nhà đi vắng").wait_for()
    photograph(page, "tablet/withdrawn", [360, TABLET])
    card.get_by_role("link").click()
    page.locator(".notice", has_text="Chủ nhà đi vắng").wait_for()
    assert barriers(page) == []
    inspector.go(page, visit.pk, "finish")
    inspector.finish(page)

    assert Submission.objects.get().flags == ["visit_withdrawn"]


def test_unplanned_visit_to_a_house_that_is_withdrawn_says_so_and_is_kept(
    tablet, version
):
    house = RoomFactory(label="101").house
    user = staff(Role.INSPECTOR, house.commune)
    page = tablet(user)
    ask_for(page, house.number)
    page.get_by_label("Chủ nhà đồng ý").check()
    page.get_by_role("button", name="Bắt đầu lượt thăm").click()
    page.get_by_role("link", name="Kết quả và kết thúc").wait_for()
    withdraw_house(house=house, because="Đã bán", by=house.landlord.user)

    page = tablet(user)
    card = page.locator("article.visit")
    card.locator(".notice", has_text="Đã bán").wait_for()
    card.get_by_role("link").click()
    page.locator(".notice", has_text="Đã bán").wait_for()
    page.get_by_role("link", name="Kết quả và kết thúc").click()
    inspector.finish(page)

    assert Submission.objects.get().flags == ["house_withdrawn", "unplanned"]


def test_visit_stays_in_the_checklist_that_it_began_with(tablet, visit, version):
    page = tablet(visit.inspector)
    open_visit(page, visit)
    answer_the_house(page, visit.pk)
    draft = DraftVersionFactory(checklist="safe-room", number=version.number + 1)
    publish_version(version=draft, by=staff(Role.ADMINISTRATOR))

    page = tablet(visit.inspector)
    page.get_by_role("link", name=str(visit.house)).click()
    page.get_by_role("link", name="Thoát nạn").click()
    assert page.locator("#house-FIR-08 input[value=pass]").is_checked()
    inspector.go(page, visit.pk, "finish")
    inspector.finish(page)

    submission = Submission.objects.get()
    assert (submission.visit.version, submission.flags) == (version, [])


def test_full_tablet_says_loudly_what_is_not_saved(tablet, visit, quota, picture):
    quota(400_000)
    page = tablet(visit.inspector)
    open_visit(page, visit)
    inspector.go(page, visit.pk, "section", "B")
    touch(page, "FIR-08", "Đạt")
    quota(1)
    page.evaluate(TOO_MUCH)

    place = page.locator("#house-FIR-01")
    place.locator("input[type=file]").set_input_files(picture)
    place.get_by_role("alert").filter(has_text="CHƯA giữ được ảnh").wait_for()
    assert place.locator("figure").count() == 0
    place.locator("label.answer", has_text="Chưa đạt").click()
    alarm = page.locator(".alarm")
    alarm.wait_for()
    assert alarm.inner_text().startswith("CHƯA lưu được: máy đã đầy.")
    assert page.locator("#saved").inner_text() == ""
    assert barriers(page) == []
    page.emulate_media(color_scheme="light")
    photograph(page, "tablet/full", [360, TABLET])

    inspector.go(page, visit.pk, "finish")
    inspector.sign(page)
    page.get_by_role("button", name="Kết thúc và gửi").click()
    page.get_by_role("alert").filter(has_text="CHƯA kết thúc").wait_for()
    assert Submission.objects.count() == 0

    page.get_by_role("button", name="Khoá").click()
    page.locator("body[data-gate=pin]").wait_for()
    inspector.unlock(page)
    inspector.go(page, visit.pk, "section", "B")
    page.locator("#house-FIR-01 input[value=fail]:checked").wait_for(state="attached")
    assert alarm.is_visible()
    quota(None)
    alarm.get_by_role("button", name="Thử lại").click()
    page.locator("#saved", has_text="Đã lưu trên máy").wait_for()
    assert alarm.count() == 0
    page.reload()
    inspector.unlock(page)
    page.locator("#house-FIR-01 input[value=fail]:checked").wait_for(state="attached")

    inspector.go(page, visit.pk, "finish")
    inspector.finish(page)
    assert Submission.objects.count() == 1


def test_work_leaves_under_the_name_of_who_did_it_whoever_is_there(tablet, visit):
    page = tablet(visit.inspector)
    open_visit(page, visit)
    answer_the_house(page, visit.pk)
    inspector.go(page, visit.pk, "finish")
    inspector.sign(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Kết thúc và gửi").click()
    page.locator(".notice", has_text="Chưa có mạng").wait_for()
    page.goto("about:blank")  # before she goes, the tablet is given to a colleague
    page.context.set_offline(False)

    colleague = staff(Role.INSPECTOR, visit.house.commune)
    page = tablet(colleague)
    page.locator(".outbox-empty").wait_for()

    assert page.locator("article.visit").count() == 0
    assert Submission.objects.get().sent_by == visit.inspector
