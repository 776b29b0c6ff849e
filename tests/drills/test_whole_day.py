"""A whole working day in alleys without a signal."""

import pytest

from inspections.models import EvidencePhoto, Submission
from tests.drills import holding

# Rooms of each of the eight houses. One photo in each room, five of each house.
DAY = [8, 7, 8, 7, 8, 7, 8, 7]
# Wider than what is kept: the app makes each smaller.
FROM_THE_CAMERA = [1800, 240, 24]


@pytest.mark.drill(1)
def test_whole_day_without_a_network(tablet, plan, line, media):
    (first, *_) = visits = plan(rooms=DAY[0])
    for rooms in DAY[1:]:
        visits += plan(rooms=rooms, version=first.version, user=first.inspector)
    pad = tablet(first.inspector)
    pad.prepare(visits)
    pad.close()

    line.goes_down()
    asked = len(line.requests)
    pad.open()
    packed = {}
    for visit in visits:
        pad.do(visit, house=5, room=1, size=FROM_THE_CAMERA)
        packed |= pad.finish()
    assert len(line.requests) == asked
    assert pad.receipts() == {}
    line.comes_back()
    pad.waits_for_receipts(len(DAY))

    holding.check(packed, media, pad.receipts())
    assert len(packed) == len(DAY)
    day = Submission.objects.filter(visit__in=visits)
    assert sum(len(each.document["rooms"]) for each in day) == 60
    assert EvidencePhoto.objects.filter(submission__in=day).count() == 100
    pad.home()
    pad.page.get_by_text("Còn 0 lượt").first.wait_for()
