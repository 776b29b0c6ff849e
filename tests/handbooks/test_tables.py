"""Events and printed copies, downloaded as tables."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from core.tables import MEDIA_TYPE
from handbooks import actions
from handbooks.models import Quiz
from tests.accounts.factories import UserFactory, staff
from tests.handbooks.factories import editor, make_ready, publish, rewrite, volume_with
from tests.handbooks.stock_factories import (
    EventFactory,
    PrintRunFactory,
    ReceivedFactory,
    StorePlaceFactory,
    ready_file,
)
from tests.handbooks.test_questions import keep
from tests.reference.factories import CommuneFactory, PilotCommuneFactory
from tests.spreadsheets import rows_of

pytestmark = pytest.mark.django_db

SUNDAY = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
EVENTS, RUNS = "/office/events/table.xlsx", "/office/print-runs/table.xlsx"
STRANGERS = {
    "a landlord": (UserFactory, {EVENTS, RUNS}),
    "an inspector": (lambda: staff(Role.INSPECTOR), {EVENTS, RUNS}),
    "a reviewer": (lambda: staff(Role.REVIEWER), {EVENTS, RUNS}),
    "an administrator": (lambda: staff(Role.ADMINISTRATOR), {EVENTS, RUNS}),
    "a coordinator": (lambda: staff(Role.COORDINATOR), {RUNS}),
    "an editor": (editor, {RUNS}),
}


@pytest.fixture
def nga(client):
    """Coordinates Quang Minh."""
    person = staff(Role.COORDINATOR, PilotCommuneFactory())
    client.force_login(person)
    return person


@pytest.fixture
def mai(client):
    person = staff(Role.PRINT_OFFICER)
    client.force_login(person)
    return person


def read(response):
    """The lines of the table, by their heads."""
    heads, *rows = rows_of(response.content)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def hand_out(event, received, copies):
    return actions.hand_out(
        event=event,
        run=received.run,
        from_place=received.to_place,
        copies=copies,
        by=received.by,
    )


def play(event, edition, sheets):
    return Quiz.objects.create(
        edition=edition,
        event=event,
        kind="choice",
        seed=1,
        played=sheets,
        made_by=event.made_by,
    )


@pytest.mark.parametrize("stranger", STRANGERS)
def test_tables_are_not_there_for_others(client, stranger):
    make, closed = STRANGERS[stranger]
    client.force_login(make())

    answers = {client.get(address).status_code for address in closed}
    answers |= {client.post(address).status_code for address in closed}

    assert answers == {404}


@pytest.mark.parametrize("table", [EVENTS, RUNS])
def test_who_is_not_signed_in_is_sent_to_the_door(client, table):
    answer = client.get(table)

    assert answer["Location"] == f"/account/login/?next={table}"


def test_staff_of_another_commune_get_none_of_its_events(client):
    event, received = EventFactory(), ReceivedFactory()
    hand_out(event, received, 10)
    client.force_login(staff(Role.COORDINATOR, CommuneFactory(pilot=True)))

    answer = client.get(EVENTS)

    assert read(answer) == []
    assert received.run.edition.title not in str(rows_of(answer.content))


def test_table_has_all_events_of_her_communes_and_no_others(client, nga):
    EventFactory.create_batch(51, made_by=nga)
    EventFactory(title="Nơi khác", commune=CommuneFactory(pilot=True))

    titles = [row["Buổi truyền thông"] for row in read(client.get(EVENTS))]

    assert titles == ["Ngày hội nhà trọ an toàn"] * 51


@time_machine.travel(SUNDAY, tick=False)
def test_event_is_told_with_what_was_counted_given_asked_and_played(client, nga):
    event = EventFactory(women=231, men=1160, not_said=9, partners="=IOM, Công đoàn")
    file = ready_file()
    hand_out(event, ReceivedFactory(run__source=file), 100)
    hand_out(event, ReceivedFactory(run__source=file), 20)
    keep(event=event)
    keep("Ai trả tiền nước?", event=event)
    for sheets in (30, 12):
        play(event, file.edition, sheets)

    answer = client.get(EVENTS)

    assert answer["Content-Disposition"] == (
        'attachment; filename="events-2026-11-22.xlsx"'
    )
    assert answer["Content-Type"] == MEDIA_TYPE
    assert "no-store" in answer["Cache-Control"]
    assert read(answer) == [
        {
            "Ngày": dt.date(2026, 11, 15),
            "Buổi truyền thông": "Ngày hội nhà trọ an toàn",
            "Xã, phường": "Xã Quang Minh",
            "Nơi": "Nhà văn hoá thôn Gia Tân",
            "Đơn vị cùng làm": "=IOM, Công đoàn",
            "Nữ": 231,
            "Nam": 1160,
            "Không nói": 9,
            "Số người": 1400,
            "Số bản đã phát": 120,
            "Đã phát: Nhà trọ thử (Tiếng Việt)": 120,
            "Số câu hỏi của mọi người": 2,
            "Phiếu câu đố đã nộp": 42,
        }
    ]


def test_books_that_came_back_are_not_told_as_given(client, nga):
    event, received = EventFactory(), ReceivedFactory()
    hand_out(event, received, 10)
    actions.bring_back(
        event=event, run=received.run, to_place=received.to_place, copies=10, by=nga
    )

    (row,) = read(client.get(EVENTS))

    assert row["Số bản đã phát"] == 0
    assert "Đã phát: Nhà trọ thử (Tiếng Việt)" not in row


def test_event_that_nobody_counted_has_empty_cells(client, nga):
    EventFactory()

    (row,) = read(client.get(f"/en{EVENTS}"))

    assert [row[head] for head in ("Women", "Men", "Did not say", "People")] == [
        None
    ] * 4
    assert [row[head] for head in ("Copies given", "Questions asked")] == [0, 0]


@pytest.mark.parametrize("rows", [1, 3])
def test_table_of_events_takes_as_many_queries_however_long(
    client, nga, rows, django_assert_num_queries
):
    file = ready_file()
    for _ in range(rows):
        event = EventFactory(women=1, men=2, not_said=0)
        hand_out(event, ReceivedFactory(run__source=file), 10)
        keep(event=event)
        play(event, file.edition, 5)

    with django_assert_num_queries(8):
        answer = client.get(EVENTS)

    assert len(read(answer)) == rows


@time_machine.travel(SUNDAY, tick=False)
def test_run_is_told_with_where_its_copies_lie(client, mai):
    run = PrintRunFactory(number="K7M29QXC", event=EventFactory(), copies=1000)
    office, hall = (StorePlaceFactory(name=name) for name in ("-Kho", "Văn phòng"))
    actions.receive(run=run, place=office, copies=900, by=mai)
    actions.move(run=run, from_place=office, to_place=hall, copies=40, by=mai)

    answer = client.get(RUNS)

    (row,) = read(answer)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == (
        'attachment; filename="print-runs-2026-11-22.xlsx"'
    )
    assert row == {
        "Đợt in": "K7M2-9QXC",
        "Ngày đặt in": dt.date(2026, 11, 22),
        "Cẩm nang": "Nhà trọ thử",
        "Ngôn ngữ": "Tiếng Việt",
        "Dạng in": "sách A5",
        "Lần xuất bản": 1,
        "Bìa của": None,
        "Cho ai": "Ngày hội nhà trọ an toàn, 15/11/2026",
        "Trạng thái": "Về một phần",
        "Đã đặt in": 1000,
        "Đã về": 900,
        "Trong kho": 900,
        "Còn ở: -Kho": 860,
        "Còn ở: Văn phòng": 40,
        "Nội dung": "Còn đúng",
        "Lý do": None,
    }


def test_table_says_which_runs_need_a_reprint(client, mai):
    volume = volume_with("Lối thoát khi cháy")
    old = PrintRunFactory(source=make_ready(publish(volume)))
    gone = PrintRunFactory(source=old.source)
    actions.cancel_run(run=gone, by=mai, because="Sai khổ")
    rewrite(volume, "muc-1", "Khác.\n")
    publish(volume)

    told = {row["Batch"]: row for row in read(client.get(f"/en{RUNS}"))}

    shown = told[old.shown_number]
    assert (shown["State"], shown["Its text"]) == ("Ordered", "Reprint needed")
    assert shown["Why"].startswith("Edition 2 of ")
    shown = told[gone.shown_number]
    assert (shown["State"], shown["Its text"], shown["Why"]) == (
        "Cancelled",
        None,
        None,
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_table_of_runs_takes_as_many_queries_however_long(
    client, mai, rows, django_assert_num_queries
):
    file = ready_file()
    for _ in range(rows):
        ReceivedFactory(run__source=file, run__event=EventFactory())

    with django_assert_num_queries(10):
        answer = client.get(RUNS)

    assert len(read(answer)) == rows


@pytest.mark.parametrize(
    ("list_name", "table"),
    [("events", EVENTS), ("print-runs", RUNS), ("stock", RUNS)],
)
def test_lists_lead_to_their_tables(client, mai, list_name, table):
    event, received = EventFactory(), ReceivedFactory()
    hand_out(event, received, 1)

    page = client.get(reverse(f"handbooks:{list_name}")).content.decode()

    assert f'href="{table}"' in page
