"""A tablet on which there is no room left."""

import pytest

from inspections.models import Submission
from tests.drills import holding
from tests.e2e import inspector

LARGE = [1400, 1050, 5]  # a photo of about 200 kB
RESERVE = 16_000_000  # store.js
USED = "navigator.storage.estimate().then(({ usage }) => usage)"


@pytest.fixture
def filled(tablet, plan, line):
    """A tablet, switched off, on which a visit with large photos waits; and what it holds."""

    def make(count):
        visits = plan(count=count)
        pad = tablet(visits[0].inspector)
        pad.prepare(visits)
        line.goes_down()
        pad.do(visits[0], house=3, size=LARGE)
        packed = pad.finish()
        used = pad.page.evaluate(USED)
        pad.close()
        return pad, visits, packed, used

    return make


@pytest.mark.drill(9)
def test_full_tablet_goes_on_without_photos(filled, line, media, tmp_path):
    pad, (before, visit), packed, used = filled(2)

    pad.open(room=used)
    pad.page.locator(".notice-error", has_text="Máy đã đầy").wait_for()
    pad.begin(visit)
    pad.go("visit", visit.pk, "section", "B")
    pad.answers()
    item = pad.page.locator("#house-FIR-01")
    item.locator("input[type=file]").set_input_files(inspector.camera_picture(tmp_path))
    item.get_by_role("alert").filter(has_text="CHƯA giữ được ảnh").wait_for()
    assert item.locator("figure").count() == 0
    pad.page.evaluate("hands.saved()")
    pad.do(visit)
    packed |= pad.finish()
    assert pad.receipts() == {}
    line.comes_back()
    pad.waits_for_receipts(2)

    holding.check(packed, media, pad.receipts())
    assert len(packed[str(before.pk)][1]) == 3
    document = Submission.objects.get(visit=visit).document
    assert document["photos"] == []
    note = document["house_part"]["answers"]["FIR-01"]["note"]
    assert note == "Không còn chỗ trên máy để giữ ảnh."


@pytest.mark.drill(9)
def test_tablet_without_a_single_byte_left_can_send(filled, line, media):
    pad, _, packed, used = filled(1)

    pad.open(room=used - RESERVE - 200_000)  # others have filled the disk since
    line.comes_back()
    pad.waits_for_receipts(1)

    holding.check(packed, media, pad.receipts())
