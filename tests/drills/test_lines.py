"""Lines that are cut, and what others on the way say in the registry's name."""

import pytest

from tests.drills import holding
from tests.drills.line import (
    BAD_GATEWAY,
    GATEWAY_TIMEOUT,
    LOGIN,
    PORTAL,
    TOO_LARGE,
)

LARGE = [800, 600, 7]  # a photo of about 150 kB
CUTS = 50
LEARNT_AFTER = 12  # refusals: what was under way of two visits
PROXY_TAKES = 20_000  # bytes of a body; the tablet's parts are larger at first


@pytest.fixture
def finished(tablet, plan, line):
    """A tablet on which visits were finished without a network, and what it computed."""

    def make(count=1, **how):
        visits = plan(count=count)
        pad = tablet(visits[0].inspector)
        pad.prepare(visits)
        line.goes_down()
        for visit in visits:
            pad.do(visit, **how)
            pad.finish()
        return pad, pad.packed()

    return make


@pytest.mark.drill(4)
def test_line_cut_fifty_times(finished, line, media, chance):
    pad, packed = finished(count=2, house=5, size=LARGE)
    line.dies_after = lambda: chance.uniform(500, 40_000) if line.cuts < CUTS else None
    line.comes_back()

    pad.waits_for_receipts(2)

    holding.check(packed, media, pad.receipts())
    assert line.cuts >= CUTS


@pytest.mark.drill(5)
def test_same_outbox_from_two_tabs_and_two_tablets(finished, line, media, tmp_path):
    pad, packed = finished(count=3, house=2, room=1, size=LARGE)
    pad.close()
    twin = pad.copy(tmp_path / "twin")
    try:
        pages = [pad.open(), pad.another_tab(), twin.open(), twin.another_tab()]
        line.comes_back()
        for page in pages:
            pad.press_send(page)
        pad.waits_for_receipts(3)
        twin.waits_for_receipts(3)
        receipts = pad.receipts(), twin.receipts()
    finally:
        twin.close()

    holding.check(packed, media, receipts[0])
    assert receipts[0] == receipts[1]


@pytest.mark.drill(15)
def test_captive_portal_that_answers_everything(finished, line, media):
    pad, packed = finished(count=2, house=1)
    for says in [PORTAL, LOGIN]:
        line.answer = lambda request, says=says: says
        line.comes_back()
        asked = len(line.requests)
        pad.presses_send_until(lambda asked=asked: len(line.requests) > asked)
        pad.is_done_sending()
        assert pad.receipts() == {}
        assert set(pad.packed()) == set(packed)

    line.answer = lambda request: None
    pad.waits_for_receipts(2)
    holding.check(packed, media, pad.receipts())


@pytest.mark.drill(16)
def test_proxy_that_refuses(finished, line, media):
    pad, packed = finished(count=2, house=2, size=LARGE)
    for says in [TOO_LARGE, BAD_GATEWAY, GATEWAY_TIMEOUT]:
        line.answer = lambda request, says=says: says
        line.comes_back()
        asked = len(line.requests)
        pad.presses_send_until(lambda asked=asked: len(line.requests) > asked)
        pad.is_done_sending()
        assert pad.receipts() == {}
        assert set(pad.packed()) == set(packed)

    line.answer = lambda request: TOO_LARGE if request.length > PROXY_TAKES else None
    asked = len(line.requests)
    pad.waits_for_receipts(2)
    holding.check(packed, media, pad.receipts())
    refused = [r for r in line.requests[asked:] if r.length > PROXY_TAKES]
    assert len(refused) <= LEARNT_AFTER
