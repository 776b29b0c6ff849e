"""Several inspectors share a tablet: each one's work is hers, and survives a forgotten PIN."""

import json

import pytest

from accounts.models import Role, TabletKey
from core import clock
from inspections.models import Submission
from tests.accounts.factories import staff
from tests.e2e import inspector
from tests.e2e.desk import sign_in
from tests.e2e.inspector import PIN, lock, look, open_visit, touch, unlock
from tests.e2e.kept import DUMP, kept_text
from tests.inspections.factories import PublishedVersionFactory, VisitFactory
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "Cửa thoát nạn bị chặn bằng xe máy"
PASSWORD = "bốn từ không ai đoán"


@pytest.fixture
def visit():
    version = PublishedVersionFactory(checklist="safe-room")
    visit = VisitFactory(
        inspector=staff(Role.INSPECTOR),
        version=version,
        house__landmark="Cạnh quán phở Bà Lụa",
    )
    RoomFactory(house=visit.house, label="101")
    return visit


def write_a_note(page, visit, picture):
    open_visit(page, visit)
    inspector.go(page, visit.pk, "section", "B")
    place = touch(page, "FIR-08", "Chưa đạt")
    place.locator("summary", has_text="Ghi chú").click()
    page.locator("#house-FIR-08-note").fill(NOTE)
    photo = page.locator("#house-FIR-01")
    photo.locator("input[type=file]").set_input_files(picture)
    photo.locator("figure img").wait_for()
    inspector.saved(page)


def type_pin(page, pin, gate):
    """Typed; then the gate shows `gate`, or nothing any more."""
    page.keyboard.type(pin)
    shown = f"[data-gate={gate}]" if gate else ":not([data-gate])"
    page.locator(f"body{shown}").wait_for()


def test_colleague_on_the_same_tablet_reads_nothing_of_hers(tablet, visit, picture):
    page = tablet(visit.inspector)
    write_a_note(page, visit, picture)
    lock(page)
    text = kept_text(page)

    assert visit.inspector.full_name in text  # the list of people says who
    for secret in [
        NOTE,
        visit.house.address,
        visit.house.landmark,
        visit.house.landlord.full_name,
        "FIR-08",
        "JFIF",
        PIN,
    ]:
        assert secret not in text, secret

    colleague = staff(Role.INSPECTOR, visit.house.commune)

    page = tablet(colleague)
    page.get_by_text("Chưa có lượt thăm").wait_for()
    assert str(visit.house) not in page.content()
    page.goto(page.url.split("#")[0] + f"#/visit/{visit.pk}/section/B")
    page.get_by_text("Chưa có lượt thăm").wait_for()
    assert NOTE not in page.content()

    lock(page)
    page.get_by_role("button", name="Người khác").click()
    page.locator("body[data-gate=people]").wait_for()
    look(page, "people")
    unlock(page, visit.inspector.full_name)
    inspector.go(page, visit.pk, "section", "B")
    assert page.locator("#house-FIR-08-note").input_value() == NOTE
    assert page.locator("#house-FIR-01 figure").count() == 1


def test_five_wrong_pins_have_to_wait(tablet, visit):
    page = tablet(visit.inspector)
    page.clock.install()
    page.reload()
    page.locator("body[data-gate=pin]").wait_for()
    look(page, "pin")
    for left in "43210":
        page.keyboard.type("135791")
        words = f"Còn {left} lần thử" if left != "0" else "Chờ "
        page.get_by_role("alert").filter(has_text=words).wait_for()
    look(page, "pin-wait")

    page.reload()
    page.get_by_role("alert").filter(has_text="Chờ ").wait_for()
    page.keyboard.type(PIN)
    assert page.locator("body[data-gate=pin]").count() == 1

    page.clock.set_fixed_time("2035-01-01")  # putting the clock forward helps nobody
    page.reload()
    page.get_by_role("alert").filter(has_text="Chờ ").wait_for()
    page.clock.resume()
    page.clock.run_for(61_000)
    page.locator(".pin:not(.pin-refused)").wait_for()
    unlock(page)
    page.locator("article.visit").wait_for()


def test_screen_is_locked_and_comes_back_as_it_was(tablet, visit):
    page = tablet(visit.inspector)
    open_visit(page, visit)
    inspector.go(page, visit.pk, "finish")
    page.locator("#notes").fill("Chủ nhà hẹn")
    page.clock.install()
    page.clock.run_for(11 * 60_000)
    page.locator("body[data-gate=pin]").wait_for()
    assert page.locator("#notes").count() == 0
    assert str(visit.house) not in page.content()

    unlock(page)

    assert page.locator("#notes").input_value() == "Chủ nhà hẹn"
    page.locator("#notes").press_sequentially(" thứ hai")
    inspector.saved(page)
    page.reload()
    unlock(page)
    assert page.locator("#notes").input_value().endswith("thứ hai")


def test_forgotten_pin_loses_nothing(tablet, visit, picture, page):
    page = tablet(visit.inspector)
    write_a_note(page, visit, picture)
    assert TabletKey.objects.get().user == visit.inspector
    lock(page)

    page.get_by_role("link", name="Quên mã PIN").click()
    page.locator("body[data-gate=forgot]").wait_for()
    look(page, "pin-forgotten")
    page.get_by_role("link", name="Đăng nhập").click()
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("body[data-gate=choose]").wait_for()
    look(page, "pin-choose")
    type_pin(page, "975310", "repeat")
    type_pin(page, "975310", None)

    inspector.go(page, visit.pk, "section", "B")
    assert page.locator("#house-FIR-08-note").input_value() == NOTE
    inspector.go(page, visit.pk, "finish")
    inspector.finish(page)
    assert Submission.objects.get().photos.count() == 1


def test_pin_is_changed_and_a_person_without_work_is_removed(tablet, visit):
    page = tablet(visit.inspector)
    page.get_by_role("link", name="Máy này").click()
    page.get_by_text("không cho biết còn bao nhiêu chỗ").wait_for()
    look(page, "this-tablet")
    page.get_by_role("link", name="Đổi mã PIN").click()
    page.get_by_role("heading", name="Đổi mã PIN").wait_for()
    type_pin(page, PIN, "choose")
    page.keyboard.type("111111")
    page.get_by_role("alert").filter(has_text="dễ đoán").wait_for()
    type_pin(page, "112233", "repeat")
    type_pin(page, "112234", "choose")
    type_pin(page, "112233", "repeat")
    type_pin(page, "112233", None)

    open_visit(page, visit)
    lock(page)
    page.get_by_role("button", name="Gỡ khỏi máy này").click()
    page.locator(".notice", has_text="còn việc trên máy này (1)").wait_for()
    type_pin(page, "112233", None)
    inspector.go(page, visit.pk, "finish")
    inspector.finish(page)
    lock(page)
    page.get_by_role("button", name="Gỡ khỏi máy này").click()
    page.locator("body[data-gate=choose]").wait_for()  # signed in, and new again
    stores, _ = json.loads(page.evaluate(DUMP))
    assert [stores[name][1] for name in ("drafts", "bodies", "photos")] == [[], [], []]


def test_session_of_another_person_brings_no_day(tablet, visit, live_server, client):
    page = tablet(visit.inspector)
    open_visit(page, visit)
    colleague = staff(Role.INSPECTOR, visit.house.commune)
    sign_in(page, live_server, client, colleague)

    page.reload()
    unlock(page)
    page.goto(page.url.split("#")[0] + "#/")

    page.locator(".notice", has_text=f"tên {colleague.full_name}").wait_for()
    page.get_by_role("link", name=str(visit.house)).wait_for()
    look(page, "other-person")

    visit.inspector.memberships.update(ended_at=clock.now(), ended_by=visit.inspector)
    sign_in(page, live_server, client, visit.inspector)
    page.reload()
    unlock(page)
    page.locator(".notice", has_text="không còn").wait_for()
    page.get_by_role("link", name=str(visit.house)).wait_for()
