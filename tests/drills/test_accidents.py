"""Servers that die, databases that go away, a battery that is empty."""

import pytest

from inspections.models import Submission
from tests.drills import holding
from tests.drills.registry import status_of

LARGE = [800, 600, 7]  # a photo of about 150 kB
KILLS = 10


@pytest.mark.drill(2)
def test_server_killed_ten_times_in_the_middle_of_photos(
    registry, tablet, plan, line, media, chance
):
    (visit,) = plan()
    pad = tablet(visit.inspector)
    pad.prepare([visit])
    pad.do(visit, house=6, size=LARGE)
    line.goes_down()
    pad.finish()
    packed = pad.packed()
    line.is_slow(kbit_up=8000, kbit_down=8000, round_trip=0.02)
    line.comes_back()

    for _ in range(KILLS):
        middle = line.passed(chance.randint(10_000, 90_000))
        pad.presses_send_until(middle.is_set)
        registry.web.kill()
        assert not Submission.objects.filter(visit=visit).exists()
        registry.web.start()

    pad.waits_for_receipts(1)
    holding.check(packed, media, pad.receipts())


@pytest.mark.drill(3)
def test_database_stopped_then_crashed(registry, tablet, plan, line, media):
    visits = plan(count=3)
    pad = tablet(visits[0].inspector)
    pad.prepare(visits)
    line.goes_down()
    for visit in visits:
        pad.do(visit, house=1, size=LARGE)
        pad.finish()
    packed = pad.packed()
    before = registry.web.pid
    registry.database.halt()

    line.comes_back()
    asked = len(line.requests)
    pad.presses_send_until(lambda: len(line.requests) > asked)
    assert status_of(f"{line.url}/healthz") == 503
    pad.presses_send_until(lambda: pad.problems() == {503})
    assert pad.receipts() == {}
    registry.database.revive()
    line.is_slow(kbit_up=4000, kbit_down=4000, round_trip=0.02)
    pad.presses_send_until(line.passed(150_000).is_set)
    registry.database.crash()
    registry.database.revive()

    pad.waits_for_receipts(len(visits))
    holding.check(packed, media, pad.receipts())
    assert registry.web.pid == before
    assert registry.web.is_alive


@pytest.mark.drill(6)
def test_tab_killed_in_the_middle_of_a_visit(tablet, plan, media):
    (visit,) = plan()
    pad = tablet(visit.inspector)
    pad.prepare([visit])
    pad.begin(visit)
    pad.go("visit", visit.pk, "section", "B")
    pad.answers(photos=3)
    note = pad.page.locator("#house-FIR-08-note")
    pad.page.locator("#house-FIR-08 summary", has_text="Ghi chú").click()
    note.press_sequentially("Dây điện hở ở cầu thang tầng hai")
    pad.page.evaluate("hands.saved()")
    note.press_sequentially("!")
    pad.kill()

    pad.open()
    pad.go("visit", visit.pk, "section", "B")
    answers = pad.page.locator("article.item input:checked")
    assert answers.count() == pad.page.locator("article.item").count()
    pad.page.locator("#house-FIR-01 figure img").first.wait_for()
    assert pad.page.locator("figure img").count() == 3
    kept = pad.page.locator("#house-FIR-08-note").input_value()
    assert kept.removesuffix("!") == "Dây điện hở ở cầu thang tầng hai"
    pad.go("visit", visit.pk, "finish")
    packed = pad.finish()
    pad.waits_for_receipts(1)
    holding.check(packed, media, pad.receipts())
    (submission,) = Submission.objects.filter(visit=visit)
    assert submission.document["house_part"]["answers"]["FIR-08"]["note"] == kept
