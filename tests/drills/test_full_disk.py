"""A registry without room: for photos, and for its own log."""

import contextlib
import os
import subprocess
from pathlib import Path

import pytest

from inspections.models import Submission
from tests.drills import holding
from tests.drills.line import Line
from tests.drills.registry import Web, status_of

SMALL = "100m"
LARGE = [800, 600, 7]  # a photo of about 150 kB


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own; full after `fill()`."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "none", folder]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("!!! NOT PROVED: a small file system can only be mounted by root")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> Path:
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(1_000_000)):
            pass
    return ballast


@pytest.fixture
def cramped(registry, small_disk, settings):
    """The same registry, but its files lie on the small disk and its log is full."""
    (small_disk / "static").symlink_to(settings.STATIC_ROOT)
    web = Web(registry.env | {"VAR_DIR": str(small_disk)}, Path("/dev/full"))
    settings.MEDIA_ROOT = small_disk / "media"
    web.start()
    yield web
    web.close()


@pytest.mark.drill(14)
def test_disk_and_log_full_on_the_server(registry, cramped, small_disk, plan, tablet):
    visits = plan(count=2)
    line = Line(cramped.port)
    pad = tablet(visits[0].inspector, line)
    pad.prepare(visits)
    line.goes_down()
    packed = {}
    for visit in visits:
        pad.do(visit, house=3, size=LARGE)
        packed |= pad.finish()
    ballast = fill(small_disk)
    before = cramped.pid

    line.comes_back()
    pad.presses_send_until(lambda: pad.problems() == {507})
    assert not Submission.objects.filter(visit__in=visits).exists()
    assert pad.receipts() == {}
    registry.database.halt()  # each request is now an error for the log
    assert {status_of(f"{line.url}/healthz") for _ in range(20)} == {503}
    registry.database.revive()
    assert status_of(f"{line.url}/healthz") == 200
    assert (cramped.pid, cramped.is_alive) == (before, True)

    ballast.unlink()
    pad.waits_for_receipts(2)
    holding.check(packed, small_disk / "media", pad.receipts())
    pad.close()
    line.close()
