"""Two reviewers settle the same two records at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from certificates import actions
from core.errors import Refused
from inspections.models import Settlement
from tests.certificates.factories import reviewer
from tests.inspections.factories import VisitFactory, receive, receive_twin
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def test_only_one_of_them_makes_the_record(media):
    visit = VisitFactory(house=RoomFactory().house)
    first = receive(visit)
    twin = receive_twin(visit, notes="khác")

    def settle(by):
        try:
            made = actions.settle(
                submission=first,
                other=twin,
                choices={"notes": "second"},
                because="Đã hỏi",
                by=by,
            )
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return made.revision

    people = [reviewer(visit.house) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(settle, people))

    assert sorted(answers, key=str) == [2] + ["settled"] * (AT_ONCE - 1)
    assert Settlement.objects.count() == 1
    assert visit.submissions.accepted().count() == 2
