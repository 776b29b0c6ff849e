"""What a tablet keeps outlives its versions; what a browser has thrown away is told."""

import base64
import uuid

import pytest

from accounts.models import Role
from inspections.models import Submission
from tests.accounts.factories import staff
from tests.e2e import inspector
from tests.e2e.inspector import look, open_visit, touch
from tests.e2e.kept import kept_text
from tests.inspections.factories import (
    PublishedVersionFactory,
    VisitFactory,
    document,
    pack,
)
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "Cửa thoát nạn bị chặn bằng xe máy"
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

# As a slow disk does: a write that is not done keeps the next one waiting.
BUSY_DISK = """() => {
  const request = indexedDB.open("safe-rooms");
  request.onsuccess = () => {
    const tx = request.result.transaction(["drafts", "bodies"], "readwrite");
    const again = () => {
      tx.objectStore("drafts").get("nothing").onsuccess = () => window.free || again();
    };
    again();
    window.isBusy = true;
  };
}"""


@pytest.fixture
def visit():
    version = PublishedVersionFactory(checklist="safe-room")
    visit = VisitFactory(inspector=staff(Role.INSPECTOR), version=version)
    RoomFactory(house=visit.house, label="101")
    return visit


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


def test_what_is_still_being_written_is_not_said_to_be_saved(tablet, visit):
    page = tablet(visit.inspector)
    open_visit(page, visit)
    inspector.go(page, visit.pk, "section", "B")
    touch(page, "FIR-08", "Chưa đạt")
    page.evaluate(BUSY_DISK)
    page.wait_for_function("window.isBusy")

    page.locator("#house-FIR-08 label.answer").first.click()

    page.locator("#saved").wait_for(state="hidden")
    page.evaluate("window.free = true")
    page.locator("#saved", has_text="Đã lưu trên máy").wait_for()


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
