"""Visits as a tablet sends them: real answers to checklist v1, photos of 150 kB."""

import copy
import datetime as dt
import hashlib
import io
import itertools
import json
import random
import uuid
from typing import NamedTuple

from PIL import Image

from core import clock
from inspections import pack as packs
from tests.inspections import checklist_v1

ROOMS = 2
PHOTO_BYTES = 150_000
DIFFERENT_PHOTOS = 64
# A broken lock and a blocked escape way: what one visit in three finds.
FAILING = {"house": "FIR-08", "room": "SEC-01"}


class Photo(NamedTuple):
    content: bytes
    sha256: str


class Visit(NamedTuple):
    """One visit, the same for every system that is measured."""

    id: str
    client: int  # whose tablet sends it
    head: bytes  # length and document
    document: bytes
    photos: list[Photo]
    # As the tablet leaves it, before the clock starts.
    sealed: bytes = b""
    upload: str = ""  # SHA-256 of the sealed bytes
    proof: str = ""

    @property
    def parts(self) -> list[bytes]:
        return [self.head, *(photo.content for photo in self.photos)]

    @property
    def size(self) -> int:
        return sum(map(len, self.parts))


def photos() -> list[Photo]:
    """Photos whose bytes look like those of a camera; each has bytes of its own."""
    noise = random.Random(7).randbytes(320 * 240 * 3)
    image = Image.frombytes("RGB", (320, 240), noise).resize((1600, 1200))
    for quality in range(20, 96, 3):
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality)
        if file.tell() >= PHOTO_BYTES:
            break
    base = file.getvalue()[: PHOTO_BYTES - 20]
    contents = [
        base[:2] + b"\xff\xfe\x00\x12" + uuid.uuid4().bytes + base[2:]
        for _ in range(DIFFERENT_PHOTOS)
    ]
    return [Photo(each, hashlib.sha256(each).hexdigest()) for each in contents]


def told(number: int, clients: int) -> list[dict]:
    """As many visits as if they were planned, for systems that know of no plan."""
    day = clock.today().isoformat()
    rooms = [f"R00000{n}" for n in range(ROOMS)]
    return [
        {
            "id": str(uuid.uuid4()),
            "client": n % clients,
            "house": "H000001",
            "rooms": rooms,
            "day": day,
        }
        for n in range(number)
    ]


def visit(planned: dict, pictures: list[Photo], number: int) -> Visit:
    """`planned`: id, client, house (its number), rooms (their codes), day."""
    document = _document(planned, number) | {"photos": _manifest(pictures)}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    head = len(text).to_bytes(4, "big") + text
    return Visit(planned["id"], planned["client"], head, text, pictures)


def sealed(visit: Visit, point: bytes, key: bytes, inspector: int, day: dt.date):
    """As it leaves the tablet: for the registry's `point`, proved by a ticket's `key`."""
    content = packs.seal(b"".join(visit.parts), point)
    upload = hashlib.sha256(content).hexdigest()
    proof = packs.prove(key, inspector, day, uuid.UUID(visit.id), upload)
    return visit._replace(sealed=content, upload=upload, proof=proof)


def _manifest(pictures: list[Photo]) -> list[dict]:
    return [
        {
            "id": str(uuid.uuid4()),
            "sha256": picture.sha256,
            "size": len(picture.content),
            "item": "FIR-01",
            "room": None,
            "taken_at": clock.iso(clock.now()),
        }
        for picture in pictures
    ]


def _document(planned: dict, number: int) -> dict:
    now = clock.now()
    good = checklist_v1.good_visit()
    house, room = good["house"], good["rooms"][0]
    rooms = [copy.deepcopy(room) | {"id": code} for code in planned["rooms"]]
    for answer in itertools.chain(*(p["answers"].values() for p in (house, *rooms))):
        answer.pop("photos", None)
    if number % 3 == 0:
        house["answers"][FAILING["house"]] = {"result": "fail", "note": "Xe máy chắn"}
        rooms[0]["answers"][FAILING["room"]] = {"result": "fail"}
    return {
        "pack": 1,
        "visit": planned["id"],
        "revision": 1,
        "house": planned["house"],
        "checklist": checklist_v1.CHECKLIST["checklist"],
        "version": checklist_v1.CHECKLIST["version"],
        "follow_up_of": None,
        "planned_for": planned["day"],
        "started_at": clock.iso(now - dt.timedelta(minutes=50)),
        "finished_at": clock.iso(now),
        "house_part": {"facts": house["facts"], "answers": house["answers"]},
        "rooms": [each | {"people": {"women": 2, "men": 0}} for each in rooms],
        "notes": "Chủ nhà hẹn dọn lối thoát trong tuần.",
        "signatures": [
            {"role": role, "strokes": [[[x * 40, x * x % 900] for x in range(60)]]}
            for role in ("inspector", "landlord")
        ],
    }
