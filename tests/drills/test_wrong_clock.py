"""A tablet whose clock is wrong by days."""

import datetime as dt
import urllib.request
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Role
from core import clock
from inspections.models import Finding, Submission
from tests.accounts.factories import staff
from tests.drills import holding
from tests.e2e.desk import sign_in

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
WORKER = "/tablet/sw.js"
SHIFTED = """(() => {
  const ms = %d;
  const Right = Date;
  globalThis.putRight = () => (globalThis.Date = Right);
  globalThis.Date = class Date extends Right {
    constructor(...given) {
      given.length ? super(...given) : super(Right.now() + ms);
    }
    static now() {
      return Right.now() + ms;
    }
  };
})();
"""


def set_wrong(pad, line, amount):
    """The tablet's clock from now on, in its pages and in its worker."""
    script = SHIFTED % (amount / dt.timedelta(milliseconds=1))

    def answer(request):
        if request.path != WORKER:
            return None
        with urllib.request.urlopen(f"http://127.0.0.1:{line.target}{WORKER}") as got:
            body = script.encode() + got.read()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Length: {len(body)}"
        return (
            f"{head}\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n".encode()
            + body
        )

    line.answer = answer
    pad.scripts.append(script)


@pytest.mark.drill(10)
@pytest.mark.parametrize("days", [3, -3], ids=["ahead", "behind"])
def test_clock_three_days_wrong(
    tablet, plan, line, media, registry, page, client, days
):
    (visit,) = plan()
    wrong = dt.timedelta(days=days)
    pad = tablet(visit.inspector)
    set_wrong(pad, line, wrong)
    pad.prepare([visit])
    pad.page.locator(".notice", has_text="Chỉnh lại đồng hồ của máy").wait_for()
    line.goes_down()
    before = clock.now()
    pad.do(visit, house=1)
    pad.go("visit", visit.pk, "section", "B")
    pad.page.locator("#house-FIR-08 label.answer", has_text="Chưa đạt").click()
    pad.page.evaluate("hands.saved()")
    pad.go("visit", visit.pk, "finish")
    packed = pad.finish()
    after = clock.now()
    line.comes_back()
    pad.waits_for_receipts(1)

    holding.check(packed, media, pad.receipts())
    submission = Submission.objects.get(visit=visit)
    second = dt.timedelta(seconds=2)
    assert before + wrong - second < submission.finished_at < after + wrong + second
    assert before - second < submission.visited_at < after + second
    assert abs(
        dt.timedelta(milliseconds=submission.clock_skew_ms) - wrong
    ) < dt.timedelta(minutes=1)
    assert "clock_skew" in submission.flags
    finding = Finding.objects.get(house=visit.house)
    hours = visit.version.document["deadlines_hours"][finding.severity]
    due = submission.visited_at + dt.timedelta(hours=hours)
    assert abs(finding.due_at - due) < second
    sign_in(page, registry.web, client, staff(Role.REVIEWER))
    page.goto(f"{registry.web.url}/office/visits/{visit.pk}/")
    how = "nhanh 3 ngày" if days > 0 else "chậm 3 ngày"
    page.locator(".notice", has_text=f"đồng hồ của máy {how}").wait_for()
    told = (
        page.locator("dt", has_text="Theo đồng hồ máy").locator("xpath=..").inner_text()
    )
    assert f"{submission.finished_at.astimezone(HANOI):%d/%m/%Y}" in told


@pytest.mark.drill(10)
def test_clock_is_put_right_before_the_visit_leaves(tablet, plan, line, media):
    (visit,) = plan()
    wrong = dt.timedelta(days=-3)
    pad = tablet(visit.inspector)
    pad.scripts.append(SHIFTED % (wrong / dt.timedelta(milliseconds=1)))
    pad.prepare([visit])
    line.goes_down()
    before = clock.now()
    pad.do(visit, house=1)
    packed = pad.finish()
    after = clock.now()
    # Not while it sends: what is under way already told the time as it was.
    pad.page.evaluate("navigator.locks.request('outbox', () => putRight())")
    line.comes_back()
    pad.waits_for_receipts(1)

    holding.check(packed, media, pad.receipts())
    submission = Submission.objects.get(visit=visit)
    second = dt.timedelta(seconds=2)
    assert before + wrong - second < submission.finished_at < after + wrong + second
    assert before - second < submission.visited_at < after + second
    assert {"clock_skew", "clock_set"} <= set(submission.flags)
