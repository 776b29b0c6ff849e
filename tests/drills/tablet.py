"""A tablet: Chromium with a profile of its own that can be killed, copied and reopened."""

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path

from django.test import Client

from tests.conftest import CHROMIUM, LAUNCH_ARGS
from tests.drills.registry import PATIENCE
from tests.e2e import inspector

HANDS = Path(__file__).with_name("hands.js").read_text()
FEEDER = Path(__file__).with_name("feeder.js").read_text()
SIZE = {"width": 800, "height": 1280}
# What the tablet keeps, read past the app: nothing it says is taken on trust.
KEPT = """async () => {
  const request = indexedDB.open("safe-rooms");
  const db = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const asked = (name, what) => new Promise((resolve, reject) => {
    const found = db.transaction([name]).objectStore(name)[what]();
    found.onsuccess = () => resolve(found.result);
    found.onerror = () => reject(found.error);
  });
  const packs = [...(await asked("outbox", "getAll")), ...(await asked("packs", "getAll"))];
  const photos = await asked("photos", "getAllKeys");
  db.close();
  return {
    photos,
    packs: packs.map(({ visit, revision, sha256, size, receipt, problem }) =>
      ({ visit, revision, sha256, size, receipt, problem })),
  };
}"""


class Tablet:
    def __init__(self, playwright, folder: Path, line, user):
        self.playwright, self.folder, self.line = playwright, folder, line
        self.user = user
        self.scripts = [HANDS]  # run in every page before the app's own
        self.context = self.page = self.browser = None

    # --- on and off --------------------------------------------------------------------

    def open(self, path: str = "/tablet/", *, room: int | None = None):
        """Switched on, signed in, the app on the screen; `room`: see `has_room`."""
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=CHROMIUM,
            args=LAUNCH_ARGS,
            viewport=SIZE,
            locale="vi-VN",
        )
        for script in self.scripts:
            self.context.add_init_script(script)
        self.sign_in(self.user)
        self.page = self._prepared(self.context.pages[0])
        self.has_room(room)
        self._enter(self.page, path)
        return self.page

    def has_room(self, size: int | None) -> None:
        """How many bytes the browser lets the app keep; None: as many as there are."""
        limit = {} if size is None else {"quotaSize": size}
        self.browser = self.browser or self.context.new_cdp_session(self.page)
        self.browser.send(
            "Storage.overrideQuotaForOrigin", {"origin": self.line.url} | limit
        )

    def prepare(self, visits):
        """Switched on in the office; one tap, and all is here before she goes."""
        page = self.open()
        page.get_by_role("link", name="Chuẩn bị").click()
        page.get_by_text("Mọi thứ dưới đây dùng được khi không có mạng").wait_for()
        self.home()
        for visit in visits:
            page.locator(f"a[href='#/visit/{visit.pk}']").wait_for()
        return page

    def another_tab(self):
        page = self._prepared(self.context.new_page())
        self._enter(page, "/tablet/")
        return page

    def _enter(self, page, path) -> None:
        page.goto(self.line.url + path)
        inspector.unlock(page, self.user.full_name)

    def _prepared(self, page):
        page.set_default_timeout(PATIENCE * 1000)
        page.on("dialog", lambda dialog: dialog.accept())
        page.on("pageerror", lambda error: print("pageerror:", error))  # noqa: T201
        return page

    def sign_in(self, user) -> None:
        client = Client()
        client.force_login(user)
        value = client.cookies["sessionid"].value
        self.context.add_cookies(
            [{"name": "sessionid", "value": value, "url": self.line.url}]
        )

    def kill(self) -> None:
        """The battery is empty: every process of this profile ends at once."""
        for pid in _processes_of(self.folder):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE
        while _processes_of(self.folder) and time.monotonic() < deadline:
            time.sleep(0.02)
        self.close()

    def close(self) -> None:
        if self.context:
            # A browser that was killed has nothing left to say.
            with contextlib.suppress(Exception):
                self.context.close()
        self.context = self.page = self.browser = None

    def copy(self, folder: Path) -> "Tablet":
        """Another tablet that holds the same, as after a backup was put back."""
        shutil.copytree(
            self.folder, folder, ignore=shutil.ignore_patterns("Singleton*")
        )
        return Tablet(self.playwright, folder, self.line, self.user)

    # --- what an inspector does --------------------------------------------------------

    def go(self, *parts) -> None:
        self.page.evaluate("hash => hands.go(hash)", "/".join(["#", *map(str, parts)]))

    def home(self) -> None:
        self.page.evaluate("hands.go('#/')")

    def begin(self, visit) -> None:
        self.page.evaluate("id => hands.begin(id)", str(visit.pk))

    def answers(self, **how) -> None:
        """All of what is on the screen; `how`: hands.js, `answerAll`."""
        self.page.evaluate("how => hands.answerAll(how)", how)

    def do(self, visit, **how) -> None:
        """A whole visit up to the finishing page; `how`: hands.js, `visit`."""
        self.page.evaluate("([id, how]) => hands.visit(id, how)", [str(visit.pk), how])

    def finish(self) -> dict:
        """Signs and finishes; what the tablet computed. The rest is the outbox's matter."""
        inspector.sign(self.page)
        photos = self.photos()
        self.page.get_by_role("button", name="Kết thúc và gửi").click()
        self.page.wait_for_url("**/slip")
        return self.packed(photos)

    def press_send(self, page=None) -> None:
        """'Send now', on the first screen, if anything waits there."""
        page = page or self.page
        page.evaluate("hands.go('#/')")
        page.evaluate("hands.press('Gửi ngay')")

    def presses_send_until(self, is_so, *, seconds: float = PATIENCE) -> None:
        """Again and again, as somebody does who wants to go home."""
        deadline = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > deadline:
                raise AssertionError(f"nothing in {seconds} s: {self.kept()['packs']}")
            self.press_send()
            self.page.wait_for_timeout(50)

    def waits_until(self, is_so) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited in vain; {self.page.inner_text('body')}")
            self.page.wait_for_timeout(50)

    def is_done_sending(self) -> None:
        """Nobody in this browser sends now."""
        self.page.evaluate("navigator.locks.request('outbox', () => null)")

    # --- what it holds -----------------------------------------------------------------

    def kept(self) -> dict:
        return self.page.evaluate(KEPT)

    def photos(self) -> dict[str, list[str]]:
        """The SHA-256 of each photo here, by visit."""
        found: dict[str, list[str]] = {}
        for key in self.kept()["photos"]:
            visit, sha256 = key.split("/")
            found.setdefault(visit, []).append(sha256)
        return found

    def packed(self, photos=None) -> dict[str, tuple[str, list[str]]]:
        """Of each visit in the outbox: the SHA-256 of the pack and of its photos."""
        photos = photos or self.photos()
        return {
            pack["visit"]: (pack["sha256"], sorted(photos.get(pack["visit"], [])))
            for pack in self.kept()["packs"]
        }

    def receipts(self) -> dict[str, str]:
        """What the tablet holds to be received, by visit."""
        packs = self.kept()["packs"]
        return {p["visit"]: p["receipt"]["receipt"] for p in packs if p["receipt"]}

    def problems(self) -> set[int]:
        """The statuses with which what waits was refused."""
        waiting = [pack for pack in self.kept()["packs"] if not pack["receipt"]]
        return {pack["problem"]["status"] for pack in waiting if pack["problem"]}

    def waits_for_receipts(self, count: int) -> None:
        self.presses_send_until(lambda: len(self.receipts()) >= count)


def _processes_of(folder: Path) -> list[int]:
    """Those of a browser that this test has started: they bear its profile's name."""
    sign = f"--user-data-dir={folder}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if sign in (process / "cmdline").read_bytes().split(b"\0"):
                found.append(int(process.name))
    return found
