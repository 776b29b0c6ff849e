"""One visit on two tablets: nothing is overwritten, and a person chooses."""

import pytest

from accounts.models import Role
from inspections.models import Submission
from tests.accounts.factories import staff
from tests.drills import holding
from tests.e2e.desk import sign_in


def answer(pad, visit, *where, item, words):
    pad.go("visit", visit.pk, *where)
    place = pad.page.locator(f"article.item[id$='-{item}']")
    place.locator("label.answer", has_text=words).first.click()
    pad.page.evaluate("hands.saved()")


@pytest.mark.drill(11)
def test_two_tablets_with_one_room(
    tablet, plan, line, line_too, media, registry, page, client
):
    (visit,) = plan()
    room = visit.house.rooms.get()
    first, second = tablet(visit.inspector), tablet(visit.inspector, line_too)
    for pad in (first, second):
        pad.prepare([visit])
        pad.line.goes_down()
    first.do(visit, house=1, room=1)
    packed = first.finish()
    second.do(visit, house=1, room=1)
    answer(second, visit, "room", room.code, item="SEC-01", words="Chưa đạt")
    answer(second, visit, "section", "B", item="FIR-08", words="Chưa đạt")
    second.go("visit", visit.pk, "finish")
    other = second.finish()
    line.comes_back()
    first.waits_for_receipts(1)
    line_too.comes_back()
    second.presses_send_until(lambda: second.problems() == {409})

    holding.same_session_again()
    counts, kept = Submission.objects.filter(visit=visit).order_by("received_at")
    assert (counts.accepted, kept.accepted) == (True, False)
    for submission, [expected] in [(counts, packed.values()), (kept, other.values())]:
        assert (submission.sha256, holding.photos_in_file(submission)) == expected
    second.page.evaluate("hands.go('#/outbox')")
    second.page.get_by_text("giữ cả bản này").wait_for()

    sign_in(page, registry.web, client, staff(Role.REVIEWER))
    page.goto(f"{registry.web.url}/office/reviews/records/{kept.pk}/")
    page.get_by_role("button", name="Lấy tất cả từ bản thứ nhất").click()
    page.locator(f"[name='{room.code}.answers.SEC-01'][value=second]").check()
    page.fill("textarea", "Chủ nhà xác nhận: khoá phòng hỏng.")
    page.get_by_role("button", name="Gộp thành một bản").click()
    page.locator(".notice-success").first.wait_for()

    settled = Submission.objects.get(visit=visit, revision=2).document
    (there,) = settled["rooms"]
    assert there["answers"]["SEC-01"]["result"] == "fail"
    assert settled["house_part"]["answers"]["FIR-08"]["result"] == "pass"
    photos = {photo["sha256"] for photo in settled["photos"]}
    assert photos == {*packed[str(visit.pk)][1], *other[str(visit.pk)][1]}
