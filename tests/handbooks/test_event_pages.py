"""The office's pages of events."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from core.models import Event as AuditLine
from handbooks.models import Event, Movement, Stock
from tests.accounts.factories import UserFactory, staff
from tests.handbooks.stock_factories import (
    EventFactory,
    PrintRunFactory,
    ReceivedFactory,
    ready_file,
)
from tests.reference.factories import CommuneFactory, PilotCommuneFactory
from tests.spreadsheets import rows_of

pytestmark = pytest.mark.django_db

SUNDAY = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
STRANGERS = {
    "a landlord": UserFactory,
    "a reviewer": lambda: staff(Role.REVIEWER),
    "an administrator": lambda: staff(Role.ADMINISTRATOR),
    "a coordinator elsewhere": lambda: staff(Role.COORDINATOR, CommuneFactory()),
}
OF_AN_EVENT = ["event", "edit-event", "handing-out", "return-of-copies"]


def address(name, *arguments):
    return reverse(f"handbooks:{name}", args=arguments)


@pytest.fixture
def commune():
    return PilotCommuneFactory()


@pytest.fixture
def nga(client, commune):
    """Coordinates one commune."""
    person = staff(Role.COORDINATOR, commune)
    client.force_login(person)
    return person


def facts(commune, **changes):
    return {
        "held_on": "2026-11-15",
        "title": "Ngày hội nhà trọ",
        "commune": commune.pk,
        "place": "Nhà văn hoá",
        "partners": "IOM, Công đoàn",
        "women": "",
        "men": "",
        "not_said": "",
        "note": "",
        **changes,
    }


@pytest.mark.parametrize("stranger", STRANGERS)
def test_pages_are_not_there_for_others(client, stranger):
    event = EventFactory()
    client.force_login(STRANGERS[stranger]())
    pages = [address(name, event.pk) for name in OF_AN_EVENT]

    answers = {client.post(page, facts(event.commune)).status_code for page in pages}
    answers |= {client.get(page).status_code for page in pages[:2]}

    assert answers == {404}
    assert Event.objects.get().partners == ""


def test_lists_are_not_there_for_who_holds_no_events(client):
    client.force_login(staff(Role.REVIEWER))

    lists = [address("events"), address("new-event")]

    assert {client.get(page).status_code for page in lists} == {404}


def test_coordinator_sees_and_chooses_her_own_communes(client, nga, commune):
    mine, _other = EventFactory(), EventFactory(commune=CommuneFactory(pilot=True))

    shown = client.get(address("events")).context["page"]
    form = client.get(address("new-event")).context["form"]
    elsewhere = client.post(address("new-event"), facts(_other.commune))

    assert list(shown) == [mine]
    assert list(form.fields["commune"].queryset) == [commune]
    assert list(elsewhere.context["form"].errors) == ["commune"]


def test_event_is_written_down_and_counted_afterwards(client, nga, commune):
    client.post(address("new-event"), facts(commune))
    event = Event.objects.get()
    before = event.people
    counted = facts(commune, women="231", men="160", not_said="9")

    client.post(address("edit-event", event.pk), counted)

    event.refresh_from_db()
    assert (before, event.people, event.made_by) == (None, 400, nga)
    assert AuditLine.objects.under(event).first().data == {
        "fields": ["men", "not_said", "women"]
    }


@time_machine.travel(SUNDAY, tick=False)
@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"place": " "}, "place"),
        ({"women": "3"}, "__all__"),
        ({"women": "-1", "men": "0", "not_said": "0"}, "women"),
        (
            {"held_on": "2026-11-23", "women": "3", "men": "0", "not_said": "0"},
            "women",
        ),
        ({"held_on": "hôm qua"}, "held_on"),
    ],
)
def test_event_is_refused_beside_its_field(client, nga, commune, changes, wrong):
    answer = client.post(address("new-event"), facts(commune, **changes))

    assert wrong in answer.context["form"].errors
    assert not Event.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_events_takes_as_many_queries_however_long(
    client, nga, rows, django_assert_num_queries
):
    for _ in range(rows):
        EventFactory(women=1, men=2, not_said=0)

    with django_assert_num_queries(6):
        page = client.get(address("events"))

    assert len(page.context["page"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_an_event_takes_as_many_queries_however_much_was_given(
    client, nga, rows, django_assert_num_queries
):
    event, file = EventFactory(), ready_file()
    PrintRunFactory(source=file, event=event)
    for _ in range(rows):
        give(event, ReceivedFactory(run__source=file), 10)

    with django_assert_num_queries(14):
        page = client.get(address("event", event.pk))

    assert len(page.context["given"]) == rows


def give(event, received, copies):
    return Movement.objects.create(
        run=received.run,
        kind=Movement.Kind.GIVEN,
        from_place=received.to_place,
        event=event,
        copies=copies,
        by=received.by,
    )


def test_copies_are_handed_out_of_the_stock_and_brought_back(client, nga):
    event, received = EventFactory(), ReceivedFactory()
    stock = Stock.objects.get()

    client.post(
        address("handing-out", event.pk), {"out-stock": stock.pk, "out-copies": 120}
    )
    client.post(
        address("return-of-copies", event.pk),
        {
            "back-run": received.run_id,
            "back-to_place": received.to_place_id,
            "back-copies": 20,
        },
    )

    stock.refresh_from_db()
    page = client.get(address("event", event.pk)).context
    listed = client.get(address("events")).context["page"]
    assert stock.copies == 300
    assert page["given"] == [(received.run, 100)]
    assert [row.given for row in listed] == [100]


def test_what_is_not_there_cannot_be_handed_out_or_brought_back(client, nga):
    event, received = EventFactory(), ReceivedFactory()
    give(event, received, 10)
    stock = Stock.objects.get()

    out = client.post(
        address("handing-out", event.pk), {"out-stock": stock.pk, "out-copies": 391}
    )
    back = client.post(
        address("return-of-copies", event.pk),
        {
            "back-run": received.run_id,
            "back-to_place": received.to_place_id,
            "back-copies": 11,
        },
    )

    assert out.context["hand_out"].errors == {
        "__all__": [f"Kho này chỉ còn 390 bản: {received.to_place}."]
    }
    assert back.context["bring_back"].errors == {
        "__all__": ["Ở đó chỉ phát 10 bản của đợt in này."]
    }
    assert Movement.objects.count() == 2


def titles(answer):
    return [event.title for event in answer.context["page"]]


@pytest.fixture
def season(nga, commune):
    """An event in each of three months, the newest first."""
    for month in (9, 10, 11):
        EventFactory(title=f"{month}", commune=commune, held_on=dt.date(2026, month, 1))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["11", "10", "9"]),
        ("since=2026-10-01", ["11", "10"]),
        ("since=1/10/2026", ["11", "10"]),
        ("until=2026-10-01", ["10", "9"]),
        ("since=2026-10-01&until=2026-10-31", ["10"]),
        ("since=2027-01-01", []),
    ],
)
def test_events_of_a_season(client, season, asked, shown):
    listed = client.get(f"{address('events')}?{asked}")
    table = client.get(f"{address('events-table')}?{asked}")

    assert titles(listed) == shown
    assert [row[1] for row in rows_of(table.content)[1:]] == shown


@pytest.mark.parametrize(
    "asked",
    [{"since": "hôm qua"}, {"since": "2026-11-02", "until": "2026-11-01"}],
)
def test_season_that_cannot_be_is_said_beside_its_day(client, season, asked):
    answer = client.get(address("events-table"), asked)

    assert answer["Location"].startswith(f"{address('events')}?since=")
    listed = client.get(answer["Location"])
    assert len(listed.context["form"].errors) == 1
    assert titles(listed) == ["11", "10", "9"]


def test_next_page_is_of_the_same_season(client, nga, commune):
    day = dt.date(2026, 10, 1)
    EventFactory.create_batch(51, commune=commune, held_on=day)

    answer = client.get(address("events"), {"since": "2026-10-01"})

    assert answer.context["next_url"] == "?since=2026-10-01&page=2"
