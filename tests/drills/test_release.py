"""A new version of the app comes while somebody works in the old one."""

import contextlib
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from devtools.machine import PYTHON
from tests.drills import holding
from tests.e2e import inspector

CHANGED = "tablet/app.js"
WAITING = (
    "navigator.serviceWorker.getRegistration().then((found) => found?.waiting?.state)"
)


@pytest.fixture
def release(registry, tmp_path):
    """Puts the next release of the registry in the place of this one."""
    env = {
        "DJANGO_SETTINGS_MODULE": "tests.drills.next_release",
        "NEXT_RELEASE": str(tmp_path),
    }
    changed = tmp_path / "changed" / CHANGED
    changed.parent.mkdir(parents=True)
    before = Path(settings.BASE_DIR, "static", CHANGED).read_text()
    changed.write_text(f"{before}document.documentElement.dataset.newer = 1;\n")
    collect = [
        PYTHON,
        "-W",
        "ignore",
        *["manage.py", "collectstatic", "-v", "0", "--noinput"],
    ]
    subprocess.run(collect, cwd=settings.BASE_DIR, env=registry.env | env, check=True)
    with contextlib.ExitStack() as stack:
        yield lambda: stack.enter_context(registry.replaced(env))


@pytest.mark.drill(7)
def test_new_version_comes_while_a_draft_is_open(tablet, plan, line, media, release):
    (visit,) = plan(rooms=2)
    pad = tablet(visit.inspector)
    pad.prepare([visit])
    page = pad.page
    pad.begin(visit)
    pad.go("visit", visit.pk, "section", "B")
    pad.answers(photos=1)
    page.evaluate("document.body.dataset.same = 1")

    release()
    page.context.set_offline(True)  # she was in an alley, and comes out of it
    page.context.set_offline(False)
    pad.waits_until(lambda: page.evaluate(WAITING) == "installed")
    line.goes_down()

    pad.do(visit, house=1, room=1)
    assert page.evaluate("document.body.dataset.same") == "1"
    page.reload()
    inspector.unlock(page)
    assert page.locator("html[data-newer]").count() == 0
    pad.go("visit", visit.pk, "finish")
    packed = pad.finish()
    pad.home()
    page.get_by_role("button", name="Có bản mới").click()
    page.locator("html[data-newer]").wait_for(state="attached")
    inspector.unlock(page)
    assert pad.receipts() == {}
    line.comes_back()
    pad.waits_for_receipts(1)

    holding.check(packed, media, pad.receipts())
    assert len(packed[str(visit.pk)][1]) == 4
