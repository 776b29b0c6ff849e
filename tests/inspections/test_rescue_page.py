"""A rescue file comes to the office."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Role
from core.models import Event
from inspections import pack as packs
from inspections.models import Submission, Upload
from inspections.pack import disk
from tests.accounts.factories import staff
from tests.inspections.factories import VisitFactory, document, pack, receive
from tests.inspections.rescues import PASSPHRASE, file_of, rescued
from tests.inspections.test_api_pack import photo, with_photos
from tests.inspections.test_api_uploads import Sending
from tests.registry.factories import CommuneFactory, HouseFactory, RoomFactory

pytestmark = pytest.mark.django_db
PAGE = "/en/office/rescue/"


@pytest.fixture
def coordinator(client):
    user = staff(Role.COORDINATOR, CommuneFactory())
    client.force_login(user)
    return user


@pytest.fixture
def visit():
    return VisitFactory(house=RoomFactory().house)


def bring(client, content, passphrase=PASSPHRASE):
    file = SimpleUploadedFile("safe-rooms-2026-11-22.rescue", content)
    return client.post(PAGE, {"file": file, "passphrase": passphrase})


def states(answer):
    return [each.state for each in answer.context["taken"]]


def test_visit_is_received_under_its_author(client, coordinator, visit):
    body = with_photos(document(visit), photo())

    answer = bring(client, file_of(rescued(visit, body)), f" {PASSPHRASE} ")

    submission = Submission.objects.get()
    assert states(answer) == ["received"]
    assert submission.sent_by == visit.inspector
    assert submission.photos.count() == 1
    html = answer.content.decode()
    assert "received now" in html
    assert f"/en/office/visits/{visit.pk}/" in html


def test_visit_is_taken_once_however_often_it_comes(client, coordinator, visit):
    content = file_of(rescued(visit, pack(document(visit))))

    answers = [bring(client, content), bring(client, content)]

    assert [states(answer) for answer in answers] == [["received"], ["known"]]
    assert "was here already" in answers[1].content.decode()
    assert Submission.objects.count() == 1


def test_tablet_that_asks_later_is_told_that_it_is_here(client, coordinator, visit):
    plain = pack(document(visit))
    sending = Sending(client, visit, plain)
    sending.patch(0, 100)
    entry = rescued(visit, plain)[0] | {
        "upload": sending.sha256,
        "proof": sending.proof,
        "size": len(sending.sealed),
    }
    bring(client, file_of((entry, sending.sealed)))
    client.logout()

    told = sending.get().json()

    assert (told["state"], told["missing"]) == ("received", [])
    assert told["receipt"]["sha256"] == Submission.objects.get().sha256
    assert not Upload.objects.incomplete().exists()


def test_other_record_of_a_visit_is_kept_for_the_reviewer(client, coordinator, visit):
    receive(visit)
    content = file_of(rescued(visit, pack(document(visit, notes="khác"))))

    answers = [bring(client, content), bring(client, content)]

    assert [states(answer) for answer in answers] == [["kept"], ["kept"]]
    assert Submission.objects.unsettled().count() == 1


def test_what_cannot_be_taken_says_why_and_the_rest_is_taken(
    client, coordinator, visit
):
    body = pack(document(visit))
    bad = VisitFactory(house=RoomFactory().house)
    broken = rescued(bad, pack(document(bad, rooms=[])))
    forged = rescued(bad, pack(document(bad)), proof="Pack 1.20261121." + "0" * 64)
    entry, sealed = rescued(bad, pack(document(bad)))
    damaged = entry, sealed[:-1] + bytes([sealed[-1] ^ 1])

    answer = bring(client, file_of(forged, damaged, rescued(visit, body), broken))

    assert states(answer)[:3] == ["refused", "lost", "received"]
    html = answer.content.decode()
    assert "Its proof does not hold" in html
    assert "cannot be read in this file" in html


def test_visit_of_somebody_else_is_refused(client, coordinator, visit):
    other = VisitFactory(house=HouseFactory())
    stolen = VisitFactory.build(
        id=other.pk, inspector=visit.inspector, house=other.house
    )
    again = rescued(stolen, pack(document(other)))

    answer = bring(client, file_of(again))

    assert states(answer) == ["refused"]
    assert not Submission.objects.exists()


def test_import_leaves_audit_lines(client, coordinator, visit):
    bring(client, file_of(rescued(visit, pack(document(visit)))))

    brought = Event.objects.get(kind="rescue.imported")
    assert brought.by == coordinator
    assert (brought.data["received"], brought.data["refused"]) == (1, 0)
    kinds = {event.kind: event.by for event in Event.objects.under(visit.house)}
    assert kinds["visit.received"] == visit.inspector
    assert kinds["visit.rescued"] == coordinator


@pytest.mark.parametrize(
    ("content", "passphrase", "words"),
    [
        (file_of, "sai", "it does not open this"),
        (lambda: b"PK" + bytes(200), PASSPHRASE, "not made by a tablet"),
        (lambda: file_of()[:-1], PASSPHRASE, "this one is damaged"),
        (lambda: b"", PASSPHRASE, "empty"),
    ],
)
def test_file_that_cannot_be_read_says_what_to_do(
    client, coordinator, content, passphrase, words
):
    answer = bring(client, content(), passphrase)

    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_file_that_is_too_large_is_refused_unread(client, coordinator, monkeypatch):
    monkeypatch.setattr(packs, "LARGEST_RESCUE", 1_000_000)

    answer = bring(client, bytes(1_200_000))

    assert answer.status_code == 413
    assert "a file may have 1 MB" in answer.content.decode()


def test_full_disk_is_said(client, coordinator, visit, monkeypatch):
    monkeypatch.setattr(disk, "RESERVE", 2**62)

    answer = bring(client, file_of(rescued(visit, pack(document(visit)))))

    assert answer.status_code == 507
    assert "storage is full" in answer.content.decode()
    assert not Submission.objects.exists()


def test_file_leaves_nothing_behind(client, coordinator, visit, media):
    bring(client, file_of(rescued(visit, pack(document(visit)))))

    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_page_wants_the_token_of_its_own_form(coordinator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)

    assert client.post(PAGE, {}).status_code == 403


@pytest.mark.parametrize("role", list(Role))
def test_page_is_for_coordinators(client, role):
    client.force_login(staff(role))

    assert client.get(PAGE).status_code == (200 if role == Role.COORDINATOR else 403)


def test_page_is_not_the_landlords(client, visit):
    client.force_login(visit.house.landlord.user)

    assert bring(client, file_of()).status_code == 403
