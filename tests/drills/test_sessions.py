"""Sessions that died meanwhile, and colleagues who share a tablet."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.models import Session

from inspections.models import Submission
from tests.drills import holding
from tests.drills.line import BAD_GATEWAY
from tests.e2e import inspector

PASSWORD = "bốn từ không ai đoán"


@pytest.fixture
def day(plan, tablet, line):
    """Two visits, one finished and one begun, on a tablet without a network."""

    def make():
        finished, begun = visits = plan(count=2)
        by = finished.inspector
        by.password = Argon2PasswordHasher().encode(PASSWORD, "Salz" * 4)
        by.save()
        pad = tablet(by)
        pad.prepare(visits)
        line.goes_down()
        pad.do(finished, house=2)
        packed = pad.finish()
        pad.begin(begun)
        pad.go("visit", begun.pk, "section", "B")
        pad.answers(photos=1)
        return pad, finished, begun, packed

    return make


def sign_in_by_form(pad):
    """She asks for the day, and is led there."""
    page = pad.page
    pad.home()
    page.get_by_role("link", name="Chuẩn bị").click()
    page.get_by_role("link", name="Đăng nhập").click()
    page.fill("[name=login]", pad.user.phone)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    inspector.unlock(page, pad.user.full_name)


def finish_the_other(pad, visit):
    pad.do(visit, room=1)
    return pad.finish()


@pytest.mark.drill(8)
def test_session_expired(day, line, media):
    pad, finished, begun, packed = day()
    Session.objects.all().delete()
    line.comes_back()
    pad.waits_for_receipts(1)
    assert set(pad.receipts()) == {str(finished.pk)}

    sign_in_by_form(pad)
    packed = finish_the_other(pad, begun) | packed
    pad.waits_for_receipts(2)

    holding.check(packed, media, pad.receipts())


@pytest.mark.drill(8)
def test_registry_with_another_secret(day, line, media, registry):
    pad, _, begun, packed = day()

    with registry.replaced({"SECRET_KEY": "another" * 10}):
        line.comes_back()
        pad.presses_send_until(lambda: pad.problems() == {401})
        packed = finish_the_other(pad, begun) | packed
        assert pad.receipts() == {}
        sign_in_by_form(pad)
        pad.waits_for_receipts(2)

        holding.check(packed, media, pad.receipts())


@pytest.mark.drill(13)
def test_another_inspector_signs_in_before_the_queue_has_left(
    tablet, plan, line, media
):
    (visit,), (hers,) = plan(), plan()
    author, colleague = visit.inspector, hers.inspector
    pad = tablet(author)
    pad.prepare([visit])
    line.answer = lambda asked: BAD_GATEWAY if "/uploads/" in asked.path else None
    pad.do(visit, house=2)
    packed = pad.finish()

    page = pad.page
    inspector.lock(page)
    pad.user = colleague
    pad.sign_in(colleague)
    inspector.unlock(page, colleague.full_name)
    page.locator(f"a[href='#/visit/{hers.pk}']").wait_for()
    assert visit.house.street_address not in page.inner_text("body")
    pad.do(hers, house=1)
    packed = pad.finish() | packed
    assert pad.receipts() == {}
    line.answer = lambda asked: None
    pad.waits_for_receipts(2)

    holding.check(packed, media, pad.receipts())
    names = {
        each.visit_id: each.sent_by
        for each in Submission.objects.filter(visit__in=[visit, hers])
    }
    assert names == {visit.pk: author, hers.pk: colleague}
