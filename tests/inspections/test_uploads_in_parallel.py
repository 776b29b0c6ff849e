"""Parts over real connections, many at a time; and from processes that are killed."""

import fcntl
import http.client
import json
import multiprocessing
import os
import random
import signal
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from core import clock
from core.models import Event
from inspections.models import EvidencePhoto, Submission, Upload
from inspections.pack import Parts
from tests.inspections.factories import VisitFactory, document
from tests.inspections.test_api_pack import photo, with_photos
from tests.inspections.test_api_uploads import PART, Sending, noise, stored
from tests.inspections.test_pack_in_parallel import receipts
from tests.registry.factories import RoomFactory

AT_ONCE = 16
CONTENT = random.Random(3).randbytes(40 * PART)
VISIT, SHA256 = uuid.UUID(int=3), "3" * 64


class Line:
    """Sends as `Sending` does, over a connection of its own each time."""

    def __init__(self, live_server, sending):
        self.place = urlsplit(live_server.url)
        self.sending = sending

    def ask(self, method, body=None, **headers):
        connection = http.client.HTTPConnection(self.place.hostname, self.place.port)
        proof = {"Authorization": self.sending.proof}
        connection.request(method, self.sending.address, body, proof | headers)
        answer = connection.getresponse()
        told = answer.status, answer.read()
        connection.close()
        return told

    def patch(self, part):
        at, size = part
        headers = {
            "Content-Type": "application/offset+octet-stream",
            "Tus-Resumable": "1.0.0",
            "Upload-Offset": str(at),
            "Upload-Length": str(len(self.sending.sealed)),
        }
        return self.ask("PATCH", self.sending.sealed[at : at + size], **headers)

    def post(self, _=None):
        return self.ask("POST", **{"X-Device-Time": clock.iso(clock.now())})


@pytest.fixture
def line(live_server):
    visit = VisitFactory(house=RoomFactory().house)
    plain = with_photos(
        document(visit), photo(content=noise()), photo("FIR-08", content=noise())
    )
    return Line(live_server, Sending(None, visit, plain))


def all_at_once(act, values):
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(act, values))


@pytest.mark.django_db(transaction=True)
def test_two_tabs_send_the_same_parts_at_once(line, media):
    parts = line.sending.parts * 2
    random.Random(7).shuffle(parts)

    answers = all_at_once(line.patch, parts)
    last = line.post()

    assert [status for status, _ in answers] == [204] * len(parts)
    assert last[0] == 201
    assert Upload.objects.count() == 1
    (file,) = stored(media)
    assert file.read_bytes() == line.sending.plain


@pytest.mark.django_db(transaction=True)
def test_sixteen_ends_at_once_are_one_visit(line, media):
    for part in line.sending.parts:
        line.patch(part)

    answers = all_at_once(line.post, range(AT_ONCE))

    assert sorted(status for status, _ in answers) == [200] * (AT_ONCE - 1) + [201]
    assert len(receipts(answers)) == 1
    assert Submission.objects.count() == 1
    assert EvidencePhoto.objects.count() == 2
    assert Event.objects.filter(kind="visit.received").count() == 1
    assert len(stored(media)) == 1


@pytest.mark.django_db(transaction=True)
def test_parts_that_come_while_it_ends_make_no_second_visit(line, media):
    parts = line.sending.parts
    for part in parts:
        line.patch(part)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        sent = [threads.submit(line.patch, part) for part in parts * 2]
        ended = [threads.submit(line.post) for _ in range(4)]
        assert {each.result()[0] for each in sent} == {204}
        assert {each.result()[0] for each in ended} <= {200, 201}

    assert Submission.objects.count() == 1
    line.post()
    assert Upload.objects.incomplete().count() == 0
    assert len([path for path in stored(media) if path.parent.name != "uploads"]) == 1


@pytest.mark.django_db(transaction=True)
def test_part_that_is_cut_off_does_not_count(line):
    size = line.sending.parts[0][1]
    connection = http.client.HTTPConnection(line.place.hostname, line.place.port)
    connection.putrequest("PATCH", line.sending.address)
    headers = {
        "Authorization": line.sending.proof,
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(size),
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": "0",
        "Upload-Length": str(len(line.sending.sealed)),
    }
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders(line.sending.sealed[: size // 2])
    connection.sock.shutdown(1)

    answer = connection.getresponse()
    connection.close()

    assert answer.status == 400
    assert Upload.objects.get().received == 0


def test_part_that_waited_for_the_end_begins_anew(media, monkeypatch):
    parts, waits = Parts(VISIT, SHA256), threading.Event()
    parts.write(0, b"old")

    def lock(descriptor, how):
        if how == fcntl.LOCK_SH:
            waits.set()
        flock(descriptor, how)

    flock = fcntl.flock
    monkeypatch.setattr(fcntl, "flock", lock)
    with ThreadPoolExecutor(1) as threads:
        with parts.alone():
            late = threads.submit(parts.write, 0, b"new")
            assert waits.wait(30)
            parts.drop()
        late.result()

    assert parts.here().ranges == [(0, 3)]
    assert parts.path.read_bytes() == b"new"


# --- processes that are killed -----------------------------------------------------------


def write_for_ever(seed):
    chance = random.Random(seed)
    parts = Parts(VISIT, SHA256)
    while True:
        at = chance.randrange(0, len(CONTENT), PART)
        parts.write(at, CONTENT[at : at + PART])


def test_marks_tell_the_truth_whoever_is_killed(media):
    processes = multiprocessing.get_context("fork")

    for round_ in range(6):
        writers = [
            processes.Process(target=write_for_ever, args=[round_ * 3 + n])
            for n in range(3)
        ]
        for writer in writers:
            writer.start()
        wait_until_something_came()
        for writer in writers:
            os.kill(writer.pid, signal.SIGKILL)
            writer.join()
        parts = Parts(VISIT, SHA256)
        here = parts.here()
        content = parts.path.read_bytes()
        for begin, end in here.ranges:
            assert content[begin:end] == CONTENT[begin:end]
        assert here.total > 0
        with parts.alone():  # the dead hold nothing
            parts.drop()


def wait_until_something_came():
    deadline = time.monotonic() + 30
    while not Parts(VISIT, SHA256).here().total and time.monotonic() < deadline:
        time.sleep(0.005)


WHOLE = {"Content-Type": "application/vnd.safe-rooms.sealed-pack"}


@pytest.mark.django_db(transaction=True)
def test_whole_sixteen_times_at_once_is_one_visit(line, media):
    told = all_at_once(
        lambda _: line.ask("PUT", line.sending.sealed, **WHOLE), range(16)
    )

    assert sorted(status for status, _ in told) == [200] * 15 + [201]
    assert len(receipts(told)) == 1
    assert Submission.objects.count() == Upload.objects.count() == 1
    assert len(stored(media)) == 1


@pytest.mark.django_db(transaction=True)
def test_whole_and_in_parts_at_once_is_one_visit(line, media):
    for part in line.sending.parts:
        line.patch(part)

    def end(number):
        if number % 2:
            return line.post()
        return line.ask("PUT", line.sending.sealed, **WHOLE)

    told = all_at_once(end, range(8))

    assert sorted(status for status, _ in told) == [200] * 7 + [201]
    assert len(receipts(told)) == 1
    assert Upload.objects.get().submission == Submission.objects.get()
    assert len([path for path in stored(media) if path.parent.name != "uploads"]) == 1


@pytest.mark.django_db(transaction=True)
def test_whole_that_is_cut_off_leaves_nothing(line, media):
    connection = http.client.HTTPConnection(line.place.hostname, line.place.port)
    connection.putrequest("PUT", line.sending.address)
    size = len(line.sending.sealed)
    about = {"Authorization": line.sending.proof, "Content-Length": str(size)}
    for name, value in (WHOLE | about).items():
        connection.putheader(name, value)
    connection.endheaders(line.sending.sealed[: size // 2])
    connection.sock.shutdown(1)

    answer = connection.getresponse()
    told = json.loads(answer.read())
    connection.close()

    assert (answer.status, told["why"]) == (400, "cut_off")
    assert not Upload.objects.exists()
    assert stored(media) == []
