"""Sessions that end, colleagues who share a tablet, two tablets on one room."""

import pytest
from django.contrib.sessions.models import Session

from accounts.models import Role
from inspections.models import Submission
from tests.accounts.factories import staff
from tests.drills import holding
from tests.drills.line import BAD_GATEWAY
from tests.e2e import inspector


@pytest.fixture
def finished(tablet, plan, line):
    """A tablet on which a visit was finished without a network; the visit; its hashes."""

    def make():
        (visit,) = plan()
        pad = tablet(visit.inspector)
        pad.prepare([visit])
        line.goes_down()
        pad.do(visit, house=2, room=1)
        return pad, visit, pad.finish()

    return make


@pytest.mark.drill(8)
def test_session_that_ended_without_a_network(finished, line, media):
    pad, visit, packed = finished()
    Session.objects.all().delete()

    line.comes_back()
    pad.waits_for_receipts(1)
    holding.check(packed, media, pad.receipts())

    pad.page.reload()
    inspector.unlock(pad.page, visit.inspector.full_name)
    pad.page.get_by_role("link", name="Đăng nhập").first.wait_for()
    pad.sign_in(visit.inspector)
    pad.page.reload()
    inspector.unlock(pad.page, visit.inspector.full_name)
    pad.page.get_by_text("Còn 0 lượt phải gửi").first.wait_for()


@pytest.mark.drill(13)
def test_colleague_signs_in_before_the_queue_has_left(finished, line, media):
    pad, visit, packed = finished()
    colleague = staff(Role.INSPECTOR, visit.house.commune)
    line.answer = lambda request: BAD_GATEWAY if "/visits/" in request.path else None
    line.comes_back()

    pad.user = colleague
    pad.context.clear_cookies()
    pad.sign_in(colleague)
    pad.page.goto(line.url + "/tablet/")
    inspector.unlock(pad.page, colleague.full_name)
    assert pad.page.locator(f"a[href='#/visit/{visit.pk}']").count() == 0
    assert str(visit.house) not in pad.page.locator("main").inner_text()
    assert pad.receipts() == {}
    line.answer = lambda request: None
    pad.waits_for_receipts(1)

    holding.check(packed, media, pad.receipts())
    submission = Submission.objects.get(visit=visit)
    assert submission.sent_by == submission.visit.inspector == visit.inspector


@pytest.mark.drill(11)
def test_two_tablets_on_one_room(tablet, plan, line, media):
    (visit,) = plan()
    pads = [tablet(visit.inspector) for _ in range(2)]
    for pad in pads:
        pad.prepare([visit])
    line.goes_down()
    packed = []
    for pad, which in zip(pads, ["pass", "fail"], strict=True):
        pad.do(visit, house=1, room=2, which=which)
        packed.append(pad.finish()[str(visit.pk)])

    line.comes_back()
    pads[0].waits_for_receipts(1)
    pads[1].presses_send_until(lambda: pads[1].problems() == {409})
    assert pads[1].receipts() == {}

    holding.same_session_again()
    first, second = Submission.objects.filter(visit=visit).order_by("received_at")
    assert (first.accepted, second.accepted) == (True, False)
    for submission, (pack, photos) in zip([first, second], packed, strict=True):
        assert submission.sha256 == pack == holding.sha256_of_file(submission, media)
        assert holding.photos_in_file(submission) == photos
    (answers, others) = (s.document["rooms"][0]["answers"] for s in (first, second))
    assert answers["SEC-01"]["result"] == "pass"
    assert others["SEC-01"]["result"] == "fail"
