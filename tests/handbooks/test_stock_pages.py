"""The office's pages of print runs and stock."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from accounts.models import Role
from handbooks import actions
from handbooks.models import Movement, PrintRun
from tests.accounts.factories import UserFactory, staff
from tests.handbooks.factories import editor, publish, rewrite
from tests.handbooks.stock_factories import (
    EventFactory,
    PrintRunFactory,
    ReceivedFactory,
    StorePlaceFactory,
    ready_file,
)

pytestmark = pytest.mark.django_db

LISTS = ["print-runs", "new-run", "stock", "places"]
OF_A_RUN = ["receipt", "movement", "write-off", "run-cancellation"]
STRANGERS = {
    "a landlord": UserFactory,
    "an editor": editor,
    "a coordinator": lambda: staff(Role.COORDINATOR),
    "an administrator": lambda: staff(Role.ADMINISTRATOR),
}


def address(name, *arguments):
    return reverse(f"handbooks:{name}", args=arguments)


@pytest.fixture
def mai(client):
    person = staff(Role.PRINT_OFFICER)
    client.force_login(person)
    return person


@pytest.fixture
def received():
    return ReceivedFactory(run__number="K7M29QXC")


@pytest.mark.parametrize("stranger", STRANGERS)
def test_pages_are_not_there_for_who_does_not_print(client, received, stranger):
    client.force_login(STRANGERS[stranger]())
    number = received.run.shown_number
    shown = [
        *map(address, LISTS),
        address("print-run", number),
        address("run-file", number),
    ]
    posted = [address(name, number) for name in OF_A_RUN]
    posted += [*shown[:4], address("place-closing", received.to_place_id)]

    answers = {client.get(page).status_code for page in shown}
    answers |= {client.post(page).status_code for page in posted}

    assert answers == {404}
    assert PrintRun.objects.count() == Movement.objects.count() == 1


def test_who_is_not_signed_in_is_sent_to_the_door(client, received):
    answer = client.get(address("print-runs"))

    assert answer["Location"].startswith("/account/login/")


def test_copies_are_ordered(client, mai):
    file, event = ready_file(), EventFactory()

    page = client.get(f"{address('new-run')}?event={event.pk}")
    answer = client.post(
        address("new-run"),
        {"source": file.pk, "copies": 400, "event": event.pk, "note": "Giấy dày"},
    )

    run = PrintRun.objects.get()
    assert page.context["form"]["event"].value() == str(event.pk)
    assert "Nhà trọ thử (Tiếng Việt), ấn bản 1: sách A5" in page.content.decode()
    assert answer["Location"] == address("print-run", run.shown_number)
    assert (run.source, run.copies, run.event, run.ordered_by) == (
        file,
        400,
        event,
        mai,
    )


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"copies": 0}, "copies"),
        ({"copies": ""}, "copies"),
        ({"copies": 9**9}, "copies"),
        ({"source": 0}, "source"),
        ({"commune": "both"}, "__all__"),
    ],
)
def test_order_is_refused_beside_its_field(client, mai, changes, wrong):
    event = EventFactory()
    if changes.get("commune"):
        changes = {"commune": event.commune_id, "event": event.pk}

    answer = client.post(
        address("new-run"), {"source": ready_file().pk, "copies": 4, **changes}
    )

    assert list(answer.context["form"].errors) == [wrong]
    assert not PrintRun.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_runs_takes_as_many_queries_however_long(
    client, mai, rows, django_assert_num_queries
):
    file = ready_file()
    for _ in range(rows):
        ReceivedFactory(run__source=file, run__event=EventFactory())

    with django_assert_num_queries(10):
        page = client.get(address("print-runs"))

    assert len(page.context["runs"]) == rows


@pytest.mark.parametrize("language", ["vi", "en"])
def test_copies_are_shown_with_their_thousands_parted(client, mai, language):
    run = ReceivedFactory(run__copies=1000).run
    pages = [
        address("print-runs"),
        address("stock"),
        address("places"),
        address("print-run", run.shown_number),
    ]
    prefix, shown = {"vi": ("", "1.000"), "en": ("/en", "1,000")}[language]

    answers = [client.get(prefix + page).content.decode() for page in pages]

    assert [(shown in page, ">1000<" in page) for page in answers] == [
        (True, False)
    ] * len(pages)


@pytest.mark.parametrize("rows", [1, 3])
def test_stock_takes_as_many_queries_however_much_lies_there(
    client, mai, rows, django_assert_num_queries
):
    file = ready_file()
    for _ in range(rows):
        ReceivedFactory(run__source=file)

    with django_assert_num_queries(9):
        page = client.get(address("stock"))

    assert len(page.context["places"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_a_run_takes_as_many_queries_however_it_went(
    client, mai, received, rows, django_assert_num_queries
):
    run, here = received.run, received.to_place
    for _ in range(rows):
        there = StorePlaceFactory()
        actions.move(run=run, from_place=here, to_place=there, copies=9, by=mai)

    with django_assert_num_queries(14):
        page = client.get(address("print-run", run.shown_number))

    assert len(page.context["movements"]) == rows + 1


def test_copies_come_and_move_and_are_written_off(client, mai):
    run, office, hall = PrintRunFactory(), StorePlaceFactory(), StorePlaceFactory()
    number = run.shown_number

    client.post(
        address("receipt", number), {"receipt-copies": 390, "receipt-place": office.pk}
    )
    client.post(
        address("movement", number),
        {"move-copies": 40, "move-from_place": office.pk, "move-to_place": hall.pk},
    )
    client.post(
        address("write-off", number),
        {"off-copies": 5, "off-from_place": hall.pk, "off-note": "Ướt mưa"},
    )
    page = client.get(address("print-run", number)).context

    assert page["run"].state == "partly"
    assert page["run"].missing == 10
    assert {row.place: row.copies for row in page["stock"]} == {office: 350, hall: 35}
    assert [step.kind for step in page["movements"]] == [
        "written_off",
        "moved",
        "received",
    ]


def test_what_is_not_there_is_refused_on_the_page(client, mai, received):
    number, there = received.run.shown_number, StorePlaceFactory()

    too_many = client.post(
        address("movement", number),
        {
            "move-copies": 401,
            "move-from_place": received.to_place_id,
            "move-to_place": there.pk,
        },
    )
    no_reason = client.post(
        address("write-off", number),
        {"off-copies": 5, "off-from_place": received.to_place_id, "off-note": " "},
    )

    said = f"Kho này chỉ còn 400 bản: {received.to_place}."
    assert too_many.context["move"].errors == {"__all__": [said]}
    assert list(no_reason.context["write_off"].errors) == ["note"]
    assert Movement.objects.count() == 1


def test_order_is_cancelled_with_a_reason(client, mai):
    run = PrintRunFactory()
    cancel = address("run-cancellation", run.shown_number)

    empty = client.post(cancel, {"cancel-because": ""})
    client.post(cancel, {"cancel-because": "Sai khổ"})

    run.refresh_from_db()
    page = client.get(address("print-run", run.shown_number))
    assert list(empty.context["cancellation"].errors) == ["because"]
    assert (run.cancelled_by, run.cancelled_because) == (mai, "Sai khổ")
    assert "Sai khổ" in page.content.decode()


def test_file_for_the_printer_is_there_when_it_is_made(client, mai):
    run = PrintRunFactory()
    file = address("run-file", run.shown_number)

    before = client.get(file).status_code
    run.printed.save("lo.pdf", ContentFile(b"%PDF-1.7 lo"), save=False)
    PrintRun.objects.filter(pk=run.pk).update(
        printed=run.printed.name, sha256="a" * 64, bytes=11, made_at=run.ordered_at
    )
    after = client.get(file)

    assert (before, after.status_code) == (404, 200)
    assert after["Content-Type"] == "application/pdf"
    assert b"".join(after.streaming_content).startswith(b"%PDF")


def test_list_says_that_a_reprint_is_needed(client, mai, received):
    volume = received.run.edition.volume
    rewrite(volume, "muc-1", "Khác.\n")
    publish(volume)

    for page in ("print-runs", "stock"):
        assert "Cần in lại" in client.get(address(page)).content.decode()


@pytest.mark.parametrize("number", ["K7M2-9QXD", "khong-co", "0", "%00"])
def test_unknown_batch_is_no_page(client, mai, number):
    assert client.get(f"/office/print-runs/{number}/").status_code == 404
