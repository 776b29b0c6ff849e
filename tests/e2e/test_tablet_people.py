"""Several inspectors share a tablet: each one's work is hers, and survives a forgotten PIN."""

import base64
import json
import uuid

import pytest

from accounts.models import Role, TabletKey
from core import clock
from inspections.models import Submission
from tests.accounts.factories import staff
from tests.barriers import barriers
from tests.e2e import inspector
from tests.e2e.desk import sign_in
from tests.e2e.inspector import PIN, open_visit, touch, unlock
from tests.e2e.screens import TABLET, photograph
from tests.inspections.factories import (
    PublishedVersionFactory,
    VisitFactory,
    document,
    pack,
)
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "Cửa thoát nạn bị chặn bằng xe máy"
PASSWORD = "bốn từ không ai đoán"
# Everything that the browser keeps, as text; bytes one character each.
DUMP = """async () => {
  const ask = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const db = await ask(indexedDB.open("safe-rooms"));
  const bytes = (value) => {
    if (ArrayBuffer.isView(value)) value = value.buffer;
    if (value instanceof ArrayBuffer) return new TextDecoder("latin1").decode(value);
    return value;
  };
  const told = {};
  for (const name of db.objectStoreNames) {
    const store = db.transaction(name).objectStore(name);
    told[name] = [await ask(store.getAllKeys()), await ask(store.getAll())];
  }
  db.close();
  return JSON.stringify([told, { ...localStorage }], (_, value) => bytes(value));
}"""


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


def kept_text(page):
    """What lies in IndexedDB, with its checklists (which are public) left out."""
    stores, local = json.loads(page.evaluate(DUMP))
    names, values = stores["kept"]
    stores["kept"] = [
        [name, value]
        for name, value in zip(names, values, strict=True)
        if not name.startswith("checklist/")
    ]
    return json.dumps([stores, local], ensure_ascii=False)


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


def lock(page):
    page.get_by_role("button", name="Khóa").click()
    page.locator("body[data-gate]").wait_for()


def type_pin(page, pin, gate):
    """Typed; then the gate shows `gate`, or nothing any more."""
    page.keyboard.type(pin)
    shown = f"[data-gate={gate}]" if gate else ":not([data-gate])"
    page.locator(f"body{shown}").wait_for()


def look(page, name):
    page.emulate_media(color_scheme="light")
    photograph(page, f"tablet/{name}", [360, TABLET])
    assert barriers(page) == []


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
    page.get_by_text("ảnh.").wait_for()
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


def test_cleared_browser_tells_what_is_gone(tablet, visit):
    page = tablet(visit.inspector)
    open_visit(page, visit)
    inspector.go(page, visit.pk, "finish")
    url = page.url.split("#")[0]
    page.goto(url.replace("/tablet/", "/healthz"))
    page.evaluate(
        "new Promise((done) => {"
        " indexedDB.deleteDatabase('safe-rooms').onsuccess = done; })"
    )

    page.goto(url)

    page.locator("body[data-gate=lost]").wait_for()
    assert "Mất 1 lượt thăm" in page.locator(".notice-error").inner_text()
    look(page, "lost")
    page.get_by_role("button", name="Tôi đã đọc").click()
    page.locator("body[data-gate=choose]").wait_for()
    page.reload()
    page.locator("body[data-gate=choose]").wait_for()


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


# What the app of before there were PINs left behind.
VERSION_ONE = """([draft, photo, pack, day]) => new Promise((done) => {
  const request = indexedDB.open("safe-rooms", 1);
  request.onupgradeneeded = () => {
    for (const name of ["kept", "drafts", "photos", "packs"]) request.result.createObjectStore(name);
  };
  request.onsuccess = () => {
    const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer;
    const db = request.result;
    const tx = db.transaction(["kept", "drafts", "photos", "packs"], "readwrite");
    tx.objectStore("kept").put(day, "day");
    for (const each of [draft, pack.draft]) tx.objectStore("drafts").put(each, each.id);
    tx.objectStore("photos").put({ ...photo, bytes: bytes(photo.bytes) }, `${draft.id}/${photo.sha256}`);
    tx.objectStore("packs").put({ ...pack, bytes: bytes(pack.bytes), draft: null }, pack.visit);
    tx.oncomplete = () => {
      db.close();
      done();
    };
  };
})"""


def in_base64(content):
    return base64.b64encode(content).decode()


def draft_of(planned, user, **more):
    return {
        "id": planned["id"],
        "revision": 1,
        "inspector": {"id": user.pk, "name": user.full_name},
        "visit": planned,
        "checklist": planned["checklist"],
        "version": planned["version"],
        "consent": True,
        "started_at": "2026-11-21T01:00:00.000Z",
        "house_part": {"facts": {}, "answers": {}},
        "rooms": {},
        "notes": "",
        "signatures": [],
        "state": "open",
    } | more


def test_work_of_the_version_before_is_taken_over(tablet, visit, client, picture):
    finished = VisitFactory(inspector=visit.inspector, version=visit.version)
    client.force_login(visit.inspector)
    day = client.get("/api/v1/tablet/day/").json()
    planned = {each["id"]: each for each in day["visits"]}
    bytes_of = picture.read_bytes()
    sha256 = inspector.sha256(bytes_of)
    answer = {"result": "fail", "note": NOTE, "photos": [sha256]}
    part = {"facts": {}, "answers": {"FIR-01": answer}}
    draft = draft_of(planned[str(visit.pk)], visit.inspector, house_part=part)
    photo = {"id": str(uuid.uuid4()), "sha256": sha256, "item": "FIR-01", "room": None}
    photo |= {"bytes": in_base64(bytes_of), "taken_at": draft["started_at"]}
    body = pack(document(finished))
    waiting = {
        "visit": str(finished.pk),
        "revision": 1,
        "inspector": draft["inspector"],
        "house": planned[str(finished.pk)]["house"],
        "bytes": in_base64(body),
        "size": len(body),
        "sha256": inspector.sha256(body),
        "photos": 0,
        "made_at": "2026-11-21T02:00:00.000Z",
        "tries": 0,
        "receipt": None,
        "problem": None,
        "draft": draft_of(
            planned[str(finished.pk)],
            visit.inspector,
            state="packed",
            finished_at="2026-11-21T02:00:00.000Z",
        ),
    }

    page = tablet(visit.inspector, "/healthz")
    page.evaluate(VERSION_ONE, [draft, photo, waiting, day])
    page = tablet(visit.inspector)

    page.locator(".outbox-empty").wait_for()
    assert Submission.objects.get().visit == finished
    assert NOTE not in kept_text(page)
    inspector.go(page, visit.pk, "section", "B")
    assert page.locator("#house-FIR-01-note").input_value() == NOTE
    page.locator("#house-FIR-01 figure img").wait_for()


def test_window_of_an_older_app_is_told_to_reload(tablet, visit):
    page = tablet(visit.inspector)
    page.evaluate("void indexedDB.open('safe-rooms', 99)")

    page.get_by_text("Tải lại cửa sổ này").wait_for()


def test_browser_that_keeps_nothing_begins_no_visit(page, live_server):
    page.add_init_script(
        "IDBFactory.prototype.open = () => {"
        " throw new DOMException('private', 'SecurityError'); }"
    )
    page.goto(live_server.url + "/tablet/")

    page.get_by_text("SecurityError").wait_for()
    assert "Đừng bắt đầu" in page.locator(".notice-error").inner_text()
