import contextlib
import copy
import datetime as dt
import hashlib
import io
import json
import uuid
from pathlib import Path

import factory

from accounts.models import Role
from core import clock
from core.errors import Refused
from inspections import actions
from inspections import pack as packs
from inspections.models import (
    ChecklistVersion,
    EvidencePhoto,
    Finding,
    Repair,
    Submission,
    Tie,
    Upload,
    Visit,
)
from tests.accounts.factories import UserFactory, staff
from tests.registry.factories import HouseFactory

ITEM = {
    "section": "B",
    "scope": "house",
    "answer": "pass_fail",
    "ask_tenant": False,
    "document": False,
    "date": None,
    "unit": None,
    "applies": None,
    "critical": False,
    "severity": "T",
    "scored": True,
    "confidential": False,
    "public_task": False,
    "photo": "on_fail",
    "citations": [],
    "recommendation": False,
}


def words(text):
    return {"vi": text, "en": text}


def item(code, **fields):
    """An item of the small checklist: a house's pass/fail of medium severity."""
    texts = {"label": f"{code}?", "help": "Nhìn kỹ", "repair": "Sửa lại"}
    return (
        ITEM | {"code": code} | {name: words(t) for name, t in texts.items()} | fields
    )


SMALL = {
    "checklist": "small",
    "version": 1,
    "deadlines_hours": {"K": 24, "N": 168, "T": 720, "L": 1440},
    "weights": {"K": 10, "N": 4, "T": 2, "L": 1},
    "pass_percent": {"overall": 80, "security": 80, "women": 80},
    "security_section": "F",
    "women_section": "G",
    "conditional_days": 60,
    "certificate_months": 24,
    "sections": [
        {"code": "B", "name": words("Thoát nạn")},
        {"code": "F", "name": words("An ninh")},
        {"code": "G", "name": words("Phụ nữ")},
    ],
    "facts": [
        {
            "code": "floors",
            "scope": "house",
            "type": "integer",
            "label": words("Số tầng"),
            "minimum": 1,
            "maximum": 30,
        },
        {
            "code": "sleepers",
            "scope": "room",
            "type": "integer",
            "label": words("Số người ngủ"),
            "minimum": 0,
            "maximum": 50,
        },
    ],
    "items": [
        item("FIR-01", critical=True, severity="K", photo="always"),
        item("FIR-08"),
        item("SEC-01", section="F", scope="room", critical=True, severity="N"),
        item(
            "SPC-01",
            scope="room",
            answer="number",
            severity="N",
            unit=words("m²"),
            minimum=1,
            maximum=200,
            decimals=2,
            per="sleepers",
            bands=[{"below": 4, "result": "fail"}, {"result": "pass"}],
        ),
        item("WOM-09", section="G", confidential=True, severity=None, scored=False),
    ],
}


class DraftVersionFactory(factory.django.DjangoModelFactory):
    """The small checklist, not yet published."""

    class Meta:
        model = ChecklistVersion

    checklist = "small"
    number = factory.Sequence(lambda n: n + 1)
    document = factory.LazyAttribute(
        lambda version: copy.deepcopy(SMALL) | {"version": version.number}
    )


class PublishedVersionFactory(DraftVersionFactory):
    state = ChecklistVersion.State.PUBLISHED
    checklist = factory.Sequence(lambda n: f"small-{n}")
    sha256 = factory.LazyAttribute(
        lambda v: ChecklistVersion(document=v.document).hash()
    )
    published_at = factory.LazyFunction(clock.now)


def next_version(version, state="retired"):
    """A version after that one: it no longer asks FIR-08, and asks ELE-01 besides; the room's
    size is asked by choice.
    """
    kept = [i for i in SMALL["items"] if i["code"] not in ("FIR-08", "SPC-01")]
    size = item(
        "SPC-01",
        scope="room",
        answer="choice",
        options=[{"value": "small", "label": words("Chật"), "result": "fail"}],
    )
    return PublishedVersionFactory(
        checklist=version.checklist,
        number=version.number + 1,
        document=SMALL
        | {
            "version": version.number + 1,
            "items": [*kept, size, item("ELE-01", critical=True, severity="K")],
        },
        state=state,
        retired_at=clock.now(),
    )


class VisitFactory(factory.django.DjangoModelFactory):
    """Planned for today, by an inspector of the house's commune."""

    class Meta:
        model = Visit

    house = factory.SubFactory(HouseFactory)
    inspector = factory.LazyAttribute(
        lambda visit: staff(Role.INSPECTOR, visit.house.commune)
    )
    version = factory.SubFactory(PublishedVersionFactory)
    planned_for = factory.LazyFunction(clock.today)
    planned_by = factory.SubFactory(UserFactory)
    # An hour ago, so that there was time to make the visit.
    created_at = factory.LazyFunction(lambda: clock.now() - dt.timedelta(hours=1))


class TieFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tie

    house = factory.SubFactory(HouseFactory)
    kind = Tie.Kind.KIN


class SubmissionFactory(factory.django.DjangoModelFactory):
    """A row only: what receiving would derive is not there."""

    class Meta:
        model = Submission

    visit = factory.SubFactory(
        VisitFactory, received_at=factory.LazyFunction(clock.now)
    )
    document = factory.LazyAttribute(lambda s: document(s.visit, revision=s.revision))
    revision = 1
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    size = 100
    receipt = factory.Sequence(lambda n: f"T{n:09}")
    started_at = factory.LazyFunction(clock.now)
    finished_at = factory.LazyFunction(clock.now)
    visited_at = factory.LazyFunction(clock.now)
    sent_by = factory.SelfAttribute("visit.inspector")


class UploadFactory(factory.django.DjangoModelFactory):
    """The first bytes of a visit that nobody has heard of."""

    class Meta:
        model = Upload
        skip_postgeneration_save = True

    visit = factory.LazyFunction(uuid.uuid4)
    author = factory.LazyFunction(lambda: staff(Role.INSPECTOR))
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    size = 1000

    @factory.post_generation
    def received(upload, create, count, **kwargs):
        if count:
            upload.parts.write(0, bytes(count))


class FindingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Finding

    submission = factory.SubFactory(SubmissionFactory)
    visit = factory.SelfAttribute("submission.visit")
    house = factory.SelfAttribute("visit.house")
    item = "FIR-08"
    severity = Finding.Severity.MEDIUM
    critical = False
    due_at = factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=30))
    due = factory.LazyAttribute(
        lambda f: [{"what": "correct", "at": clock.iso(f.due_at)}]
    )


class CriticalFindingFactory(FindingFactory):
    item = "FIR-01"
    severity = Finding.Severity.URGENT
    critical = True


class RepairFactory(factory.django.DjangoModelFactory):
    """A repair reported in words, by the landlord of the house."""

    class Meta:
        model = Repair

    finding = factory.SubFactory(FindingFactory)
    note = "Đã lắp khoá mới"
    by = factory.SelfAttribute("finding.house.landlord.user")


class ShownRepairFactory(RepairFactory):
    """With small files behind it; not what re-encoding would make."""

    small = factory.django.FileField(data=b"small", filename="small.webp")
    large = factory.django.FileField(data=b"large", filename="large.jpg")


class EvidenceFactory(factory.django.DjangoModelFactory):
    """A developed picture of a failing item of the house."""

    class Meta:
        model = EvidencePhoto

    submission = factory.SubFactory(SubmissionFactory)
    key = factory.LazyFunction(uuid.uuid4)
    item = "FIR-08"
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    offset = factory.Sequence(lambda n: n)
    size = 5
    small = factory.django.FileField(data=b"small", filename="small.webp")
    large = factory.django.FileField(data=b"large", filename="large.jpg")
    processed_at = factory.LazyFunction(clock.now)


# --- packs, as a tablet makes them -------------------------------------------------------

PASSING_HOUSE = {
    "facts": {"floors": 1},
    "answers": {"FIR-01": {"result": "pass"}, "FIR-08": {"result": "pass"}},
}
PASSING_ROOM = {
    "facts": {"sleepers": 2},
    "answers": {"SEC-01": {"result": "pass"}, "SPC-01": {"number": 12}},
}


def document(visit, *, rooms=None, **changes):
    """A complete visit in which everything passes."""
    rooms = visit.house.rooms.all() if rooms is None else rooms
    now = clock.now()
    return {
        "pack": 1,
        "visit": str(visit.pk),
        "revision": 1,
        "house": visit.house.number,
        "checklist": visit.version.checklist,
        "version": visit.version.number,
        "follow_up_of": visit.follow_up_of_id and str(visit.follow_up_of_id),
        "planned_for": visit.planned_for.isoformat(),
        "started_at": clock.iso(now - dt.timedelta(hours=1)),
        "finished_at": clock.iso(now),
        "house_part": copy.deepcopy(PASSING_HOUSE),
        "rooms": [{"id": room.code} | copy.deepcopy(PASSING_ROOM) for room in rooms],
        "notes": "",
        "signatures": [],
        "photos": [],
    } | changes


def pack(document, photos=()):
    """The bytes that a tablet sends."""
    text = json.dumps(document, ensure_ascii=False).encode()
    return len(text).to_bytes(4, "big") + text + b"".join(photos)


def receive(visit, *, photos=(), **changes):
    """A visit as the registry took it in; `photos` are (item, bytes), of the house."""
    manifest = [
        {
            "id": str(uuid.uuid4()),
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "item": item,
            "room": None,
            "taken_at": clock.iso(clock.now()),
        }
        for item, content in photos
    ]
    sent = document(visit) | {"photos": manifest} | changes
    body = pack(sent, [content for _, content in photos])
    return actions.receive_pack(
        visit_id=visit.pk,
        pack=packs.open_pack(io.BytesIO(body), len(body)),
        device_time=clock.now(),
        by=visit.inspector,
    ).submission


def receive_twin(visit, **changes):
    """Another record of a visit that is here already: kept, without effect."""
    with contextlib.suppress(Refused):
        receive(visit, **changes)
    return visit.submissions.filter(accepted=False).latest("pk")


FIXTURE = Path(__file__).parents[2] / "fixtures" / "checklist_v1.json"
