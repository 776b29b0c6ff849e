"""What a broken or hostile tablet sends, whole or sealed and in parts: it gets an answer,
costs little, and nobody else's visit suffers.
"""

import datetime as dt
import gzip
import hashlib
import io

import pytest
from PIL import Image

from core import clock, jobs
from inspections.models import EvidencePhoto, RoomResult, Submission
from inspections.pack import MEDIA_TYPE
from tests.inspections.factories import VisitFactory, document, pack
from tests.inspections.test_api_pack import framed, jpeg, photo, with_photos
from tests.inspections.test_api_uploads import Sending
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    return VisitFactory(house=RoomFactory().house)


@pytest.fixture(params=["whole", "in parts"])
def send(request, client):
    def whole(visit, body, device_time=None, **headers):
        client.force_login(visit.inspector)
        moment = {"X-Device-Time": clock.iso(device_time or clock.now())}
        return client.put(
            f"/api/v1/visits/{visit.pk}/pack",
            body,
            content_type=MEDIA_TYPE,
            headers=moment | headers,
        )

    def in_parts(visit, body, device_time=None):
        sending = Sending(client, visit, body)
        for at, size in sending.parts:
            answer = sending.patch(at, size)
            if answer.status_code != 204:
                return answer
        return sending.post(device_time)

    return whole if request.param == "whole" else in_parts


@pytest.mark.parametrize(
    "text",
    [
        b'{"photos": [], "n": [' + b"[]," * 650_000 + b"1]}",
        b'{"photos": [], ' + b",".join(b'"%d":0' % n for n in range(210_000)) + b"}",
        b'{"photos": [], "n": ' + b"[" * 900_000 + b"]" * 900_000 + b"}",
        b'{"photos": [], "n": ' + b"9" * 1_900_000 + b"}",
        b'{"photos": [], "n": "\\u0000"}',
        b'{"photos": [], "n": "\\ud800"}',
        b'{"photos": [], "n": NaN}',
    ],
    ids=["values", "keys", "depth", "digits", "nul", "surrogate", "nan"],
)
def test_document_that_would_cost_much_is_refused(visit, send, text):
    answer = send(visit, framed(text))

    assert answer.status_code in {400, 413}
    assert answer.json()["code"] in {"malformed", "too_large"}
    assert not Submission.objects.exists()


def test_zipped_body_is_not_unpacked(client, visit):
    client.force_login(visit.inspector)

    answer = client.put(
        f"/api/v1/visits/{visit.pk}/pack",
        gzip.compress(bytes(50_000_000)),
        content_type=MEDIA_TYPE,
        headers={"Content-Encoding": "gzip"},
    )

    assert answer.status_code in {400, 413}


def moving(kind):
    file = io.BytesIO()
    frames = [Image.new("RGB", (640, 480), colour) for colour in ("red", "blue")]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])
    return file.getvalue()


def with_segments(count):
    plain = jpeg()
    return plain[:2] + b"\xff\xe1\x00\x0cExif\0\0abcd" * count + plain[2:]


def with_long_exif():
    exif, file = Image.Exif(), io.BytesIO()
    exif[0x010E] = "ngõ 12 " * 8_000
    Image.new("RGB", (640, 480)).save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        with_segments(10_000),
        with_long_exif(),
        moving("PNG"),
        moving("WEBP"),
        jpeg() + b"<script>alert(1)</script>",
    ],
    ids=["segments", "exif", "moving png", "moving webp", "polyglot"],
)
def test_odd_photo_is_kept_and_shown_without_its_oddity(visit, send, content):
    answer = send(visit, with_photos(document(visit), photo(content=content)))
    jobs.run_waiting("inspections.develop_photos")

    row = EvidencePhoto.objects.get()
    with row.large.open() as large:
        shown = large.read()
    assert answer.status_code == 201
    assert (row.problem, row.width, row.height) == ("", 640, 480)
    assert b"Exif" not in shown
    assert b"script" not in shown


@pytest.mark.parametrize(
    "begin",
    [
        b"\0\0\0\x18ftypheic",
        b"GIF89a",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
    ],
    ids=["heic", "gif", "pdf", "svg"],
)
def test_what_is_no_photo_is_refused_by_its_content(visit, send, begin):
    content = begin + bytes(2000)

    answer = send(visit, with_photos(document(visit), photo(content=content)))

    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_photo")


def test_large_picture_in_few_bytes_stops_nothing(visit, send):
    file = io.BytesIO()
    Image.new("1", (19_000, 19_000)).save(file, "PNG")
    sent = with_photos(document(visit), photo(content=file.getvalue()), photo("FIR-08"))

    answer = send(visit, sent)
    jobs.run_waiting("inspections.develop_photos")

    problems = EvidencePhoto.objects.order_by("offset").values_list("problem", "width")
    assert answer.status_code == 201
    assert [bool(problem) for problem, _ in problems] == [True, False]


@pytest.mark.parametrize(
    ("off", "zone", "flags"),
    [
        (dt.timedelta(days=1), 0, ["clock_skew"]),
        (dt.timedelta(days=-3 * 365), -9, ["clock_skew"]),
        (dt.timedelta(minutes=4), 14, []),
    ],
    ids=["a day ahead", "three years behind", "four minutes"],
)
def test_wrong_clock_is_measured_and_the_server_decides(visit, send, off, zone, flags):
    now = clock.now()
    told = (now + off).astimezone(dt.timezone(dt.timedelta(hours=zone)))
    sent = document(
        visit,
        started_at=clock.iso(told - dt.timedelta(minutes=50)),
        finished_at=clock.iso(told - dt.timedelta(minutes=20)),
    )

    answer = send(visit, pack(sent), device_time=told)

    submission = Submission.objects.get()
    assert answer.json()["flags"] == flags
    assert submission.finished_at.isoformat(timespec="seconds") == (
        told - dt.timedelta(minutes=20)
    ).astimezone(dt.UTC).isoformat(timespec="seconds")
    assert abs(submission.visited_at - (now - dt.timedelta(minutes=20))) < dt.timedelta(
        seconds=30
    )


def test_two_tablets_in_one_room_are_both_kept(visit, send):
    other = VisitFactory.build(
        house=visit.house,
        inspector=VisitFactory(
            house=RoomFactory(house__commune=visit.house.commune).house
        ).inspector,
        version=visit.version,
        planned_by=None,
    )

    answers = [send(each, pack(document(each))) for each in (visit, other)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert RoomResult.objects.filter(room=visit.house.rooms.get()).count() == 2


def test_same_photo_in_two_visits_is_kept_in_both(visit, send):
    content = jpeg()
    other = VisitFactory(house=RoomFactory().house)

    answers = [
        send(each, with_photos(document(each), photo(content=content)))
        for each in (visit, other)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    sha256 = hashlib.sha256(content).hexdigest()
    assert EvidencePhoto.objects.filter(sha256=sha256).count() == 2
