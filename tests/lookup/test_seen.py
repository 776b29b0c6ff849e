import pytest

from certificates.actions import decide
from core import clock
from tests.certificates.factories import RoomResultFactory, reviewer

pytestmark = pytest.mark.django_db


def test_room_page_says_what_was_seen_and_promises_no_more(client):
    result = RoomResultFactory(room__free_from=clock.today())
    decision = decide(
        submission=result.submission,
        room=result.room,
        outcome="certify",
        by=reviewer(result.room.house),
    )
    words = decision.certificate.words["vi"]

    html = client.get(f"/rooms/{result.room.code}/").content.decode()

    said = [words[name] for name in ("seen", "nothing_unseen", "promise")]
    assert [text in html for text in said] == [True, True, True]
    assert [section["name"] in html for section in words["sections"]] == [True, True]
