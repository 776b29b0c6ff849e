import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from core import clock
from handbooks.alarms import alarms
from tests.handbooks.factories import editor, publish, rewrite, volume_with
from tests.inspections.factories import SMALL, PublishedVersionFactory, item
from tests.reference.factories import LegalReferenceFactory

pytestmark = pytest.mark.django_db

BODY = "::: law {key}\nChủ nhà báo trước.\n:::\n"
LONG_AGO = dt.date(2024, 1, 1)


def in_days(days):
    return clock.today() + dt.timedelta(days=days)


def cited(key="law-a"):
    """A law without an end, which a published text cites."""
    law = LegalReferenceFactory(key=key, in_force=DateRange(LONG_AGO, None))
    volume = volume_with("Báo trước")
    rewrite(volume, "muc-1", BODY.format(key=key))
    publish(volume)
    return law


def ends(law, day):
    law.in_force = DateRange(LONG_AGO, day)
    law.save()


@pytest.mark.parametrize(
    ("days", "lit"), [(91, []), (90, ["law-a"]), (0, ["law-a"]), (-400, ["law-a"])]
)
def test_law_that_ends_within_90_days_lights_up(days, lit):
    ends(cited(), in_days(days))

    assert [alarm.key for alarm in alarms(clock.today()).all] == lit


def test_alarm_names_each_text_and_where_it_stands():
    ends(cited(), in_days(30))

    [alarm] = alarms(clock.today()).all

    [place] = alarm.places
    assert alarm.day == in_days(30)
    assert (place.slug, place.in_text, place.in_edition) == ("muc-1", True, True)


def test_replaced_law_names_what_replaces_it():
    law = cited()
    newer = LegalReferenceFactory(
        key="law-b", in_force=DateRange(in_days(10), None), replaces=law
    )

    [alarm] = alarms(clock.today()).all

    assert (alarm.day, alarm.successors) == (in_days(10), [newer])


def test_changed_text_waits_only_to_be_published():
    law = cited()
    LegalReferenceFactory(key="law-c", in_force=DateRange(LONG_AGO, None))
    ends(law, in_days(30))
    volume = law_volume()
    rewrite(volume, "muc-1", BODY.format(key="law-c"))

    [alarm] = alarms(clock.today()).all
    publish(volume)

    assert [(p.in_text, p.in_edition) for p in alarm.places] == [(False, True)]
    assert alarms(clock.today()).all == []


def law_volume():
    return volume_with()


def test_nearest_day_comes_first(client):
    volume = volume_with("Một", "Hai")
    for slug, key, days in (("muc-1", "law-a", 60), ("muc-2", "law-b", 10)):
        law = LegalReferenceFactory(key=key, in_force=DateRange(LONG_AGO, None))
        rewrite(volume, slug, BODY.format(key=key))
        ends(law, in_days(days))
    client.force_login(editor())

    page = client.get(reverse("handbooks:alarms"))

    assert [alarm.key for alarm in page.context["alarms"]] == ["law-b", "law-a"]


def test_checklist_item_that_rests_on_it_is_named(client):
    """Also where no text of a handbook cites it."""
    law = LegalReferenceFactory(key="law-a", in_force=DateRange(LONG_AGO, in_days(30)))
    PublishedVersionFactory(
        document=SMALL
        | {"number": 1, "items": [item("FIR-01", citations=[law.key]), item("FIR-02")]}
    )
    client.force_login(editor())

    page = client.get(reverse("handbooks:alarms"))

    [alarm] = page.context["alarms"]
    assert [cited.name[:6] for cited in alarm.others] == ["FIR-01"]
    assert alarm.others[0].address in page.content.decode()


def test_uncited_law_is_no_alarm():
    LegalReferenceFactory(key="law-a", in_force=DateRange(LONG_AGO, in_days(5)))

    assert alarms(clock.today()).all == []
