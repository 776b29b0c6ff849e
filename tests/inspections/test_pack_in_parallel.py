"""Real requests over real connections, many at a time."""

import hashlib
import http.client
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from django.test import Client

from core import clock
from core.models import Event
from inspections.models import EvidencePhoto, Finding, Submission, Verification, Visit
from inspections.pack import MEDIA_TYPE, keeping
from tests.inspections.factories import (
    PublishedVersionFactory,
    VisitFactory,
    document,
    pack,
)
from tests.inspections.test_api_pack import failing, photo, with_photos
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 16


class Tablet:
    """A signed-in browser's cookies, and one connection for every request."""

    def __init__(self, live_server, user):
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)
        client.get("/account/login/")
        cookies = client.cookies
        self.place = urlsplit(live_server.url)
        self.headers = {
            "Content-Type": MEDIA_TYPE,
            "Cookie": "; ".join(f"{c.key}={c.value}" for c in cookies.values()),
            "X-CSRFToken": "t" * 32,
        }
        self.headers["Cookie"] += f"; csrftoken={'t' * 32}"

    def put(self, visit, body, **headers):
        connection = http.client.HTTPConnection(self.place.hostname, self.place.port)
        now = {"X-Device-Time": clock.iso(clock.now())}
        path = f"/api/v1/visits/{visit.pk}/pack"
        connection.request("PUT", path, body, self.headers | now | headers)
        answer = connection.getresponse()
        told = answer.status, answer.read()
        connection.close()
        return told


@pytest.fixture
def visit():
    return VisitFactory(house=RoomFactory().house)


def all_at_once(tablet, visit, bodies):
    with ThreadPoolExecutor(len(bodies)) as threads:
        return list(threads.map(lambda body: tablet.put(visit, body), bodies))


def receipts(answers):
    return {answer.split(b'"receipt":')[1].split(b",")[0] for _, answer in answers}


def test_sixteen_times_the_same_pack_is_one_visit(live_server, visit, media):
    sent = failing(visit)
    body = with_photos(sent, photo(), photo("FIR-08"))

    answers = all_at_once(Tablet(live_server, visit.inspector), visit, [body] * AT_ONCE)

    assert sorted(status for status, _ in answers) == [200] * (AT_ONCE - 1) + [201]
    assert len(receipts(answers)) == 1
    assert Submission.objects.get().sha256 == hashlib.sha256(body).hexdigest()
    assert EvidencePhoto.objects.count() == 2
    assert Finding.objects.count() == 1
    assert Event.objects.filter(kind="visit.received").count() == 1
    assert len([path for path in (media / "packs").rglob("*") if path.is_file()]) == 1


def test_sixteen_times_an_unplanned_visit_is_one_visit(live_server):
    planned = VisitFactory(house=RoomFactory().house)
    begun = VisitFactory.build(
        house=planned.house,
        inspector=planned.inspector,
        version=PublishedVersionFactory(),
        planned_by=None,
    )
    bodies = [pack(document(begun))] * AT_ONCE

    answers = all_at_once(Tablet(live_server, begun.inspector), begun, bodies)

    assert sorted(status for status, _ in answers) == [200] * (AT_ONCE - 1) + [201]
    assert Visit.objects.filter(pk=begun.pk).count() == 1


def test_sixteen_different_packs_of_one_visit_keep_the_first(live_server, visit):
    bodies = [pack(document(visit, notes=str(n))) for n in range(AT_ONCE)]

    answers = all_at_once(Tablet(live_server, visit.inspector), visit, bodies)

    assert sorted(status for status, _ in answers) == [201] + [409] * (AT_ONCE - 1)
    assert Submission.objects.accepted().count() == 1
    assert Submission.objects.filter(accepted=False).count() == AT_ONCE - 1


def test_visits_of_one_house_at_once_open_a_finding_once(live_server):
    house = RoomFactory().house
    first = VisitFactory(house=house, received_at=clock.now())
    others = [
        VisitFactory(
            house=house,
            inspector=first.inspector,
            version=first.version,
            received_at=clock.now(),
        )
        for _ in range(7)
    ]
    tablet = Tablet(live_server, first.inspector)
    visits = [first, *others]
    packs = [pack(failing(visit)) for visit in visits]

    with ThreadPoolExecutor(len(visits)) as threads:
        answers = list(threads.map(tablet.put, visits, packs))

    assert [status for status, _ in answers] == [201] * len(visits)
    assert Finding.objects.count() == 1
    assert not Verification.objects.exists()


def test_every_flipped_bit_of_a_photo_is_noticed(live_server, visit, media):
    body = with_photos(document(visit), photo())
    begin = int.from_bytes(body[:4], "big") + 4
    tablet = Tablet(live_server, visit.inspector)
    places = range(begin, len(body), (len(body) - begin) // 24)

    for place in places:
        flipped = bytearray(body)
        flipped[place] ^= 0x10
        status, answer = tablet.put(visit, bytes(flipped))
        assert status == 422
        assert b"photo_mismatch" in answer or b"not_a_photo" in answer

    assert not Submission.objects.exists()
    assert list((media / keeping.UNFINISHED).iterdir()) == []


def test_pack_without_the_token_is_refused(live_server, visit):
    tablet = Tablet(live_server, visit.inspector)

    status, answer = tablet.put(visit, pack(document(visit)), **{"X-CSRFToken": ""})

    assert (status, b"permission_denied" in answer) == (403, True)


def test_pack_cut_off_is_refused_and_forgotten(live_server, visit, media):
    tablet = Tablet(live_server, visit.inspector)
    body = with_photos(document(visit), photo())
    connection = http.client.HTTPConnection(tablet.place.hostname, tablet.place.port)
    connection.putrequest("PUT", f"/api/v1/visits/{visit.pk}/pack")
    for name, value in (tablet.headers | {"Content-Length": str(len(body))}).items():
        connection.putheader(name, value)
    connection.endheaders(body[: len(body) // 2])
    connection.sock.shutdown(1)

    answer = connection.getresponse()
    connection.close()

    assert answer.status == 400
    assert not Submission.objects.exists()
    assert list((media / keeping.UNFINISHED).iterdir()) == []
