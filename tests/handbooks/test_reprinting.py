"""Whether printed copies still say what holds."""

import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from core import clock
from handbooks import actions
from handbooks.models import PrintRun
from handbooks.reprinting import standings
from tests.handbooks.factories import editor, make_ready, publish, rewrite, volume_with
from tests.handbooks.stock_factories import PrintRunFactory
from tests.reference.factories import LegalReferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def volume():
    return volume_with("Lối thoát", "Khoá cửa")


def printed(volume):
    return PrintRunFactory(source=make_ready(publish(volume)))


def standing(run):
    return standings(PrintRun.objects.with_edition().filter(pk=run.pk))[run.pk]


def test_copies_of_the_edition_in_force_hold(volume):
    assert standing(printed(volume)).state == "holds"


def test_newer_edition_asks_for_a_reprint(volume):
    run = printed(volume)
    rewrite(volume, "muc-1", "Khác.\n")
    newer = publish(volume)

    found = standing(run)

    assert found.state == "reprint"
    assert found.why == f"Ấn bản 2 ngày {newer.published_on:%d/%m/%Y} nói khác."


def test_newer_edition_with_the_same_words_asks_for_none(volume):
    run = printed(volume)
    publish(volume)

    assert standing(run).state == "holds"


def test_withdrawn_copies_are_not_handed_out(volume):
    run = printed(volume)
    actions.withdraw(edition=run.edition, by=editor(), because="Sai số điện thoại")

    found = standing(run)

    assert (found.state, found.why) == (
        "discard",
        "Ấn bản này đã bị rút: Sai số điện thoại",
    )


def cite_what_ends(volume):
    soon = clock.today() + dt.timedelta(days=30)
    period = DateRange(dt.date(2024, 1, 1), soon)
    law = LegalReferenceFactory(key="law-a", in_force=period)
    rewrite(volume, "muc-1", "::: law law-a\nChủ nhà báo trước.\n:::\n")
    return law, soon


def test_law_that_ends_asks_for_a_reprint_before_its_day(volume):
    law, soon = cite_what_ends(volume)

    found = standing(printed(volume))

    assert found.state == "reprint"
    assert found.why == f"Luật trong sách thay đổi từ {soon:%d/%m/%Y}: {law.citation}"


def test_standings_take_as_many_queries_however_many_runs(
    volume, django_assert_num_queries
):
    cite_what_ends(volume)
    run = printed(volume)
    for _ in range(2):
        PrintRunFactory(source=run.source)
    runs = list(PrintRun.objects.with_edition())

    with django_assert_num_queries(8):
        assert len(standings(runs)) == 3
