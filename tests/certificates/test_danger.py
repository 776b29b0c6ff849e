"""From a locked escape way to a certificate that rests, and back, by the acts of people."""

import copy
import io

import pytest

from certificates.actions import decide
from certificates.models import Certificate
from inspections import actions
from inspections import pack as packs
from inspections.models import Finding
from tests.certificates.factories import reviewer
from tests.inspections.factories import (
    PASSING_HOUSE,
    PublishedVersionFactory,
    VisitFactory,
    document,
    pack,
)
from tests.registry.factories import HouseFactory, RoomFactory

pytestmark = pytest.mark.django_db


def statuses():
    rows = Certificate.objects.with_status().order_by("room__label")
    return [row.status for row in rows]


def send(visit, **answers):
    """What the inspector's tablet sends, with other answers about the house."""
    house = copy.deepcopy(PASSING_HOUSE)
    house["answers"] |= {code.replace("_", "-"): said for code, said in answers.items()}
    content = pack(document(visit, house_part=house))
    return actions.receive_pack(
        visit_id=visit.pk,
        pack=packs.open_pack(io.BytesIO(content), len(content)),
        device_time=None,
        by=visit.inspector,
    ).submission


def test_failed_escape_way_suspends_the_house_until_it_is_verified():
    house = HouseFactory()
    rooms = [RoomFactory(house=house, label=label) for label in ("101", "102")]
    version = PublishedVersionFactory(checklist="safe-room")
    by = reviewer(house)
    first = send(VisitFactory(house=house, version=version))
    for room in rooms:
        decide(submission=first, room=room, outcome="certify", by=by)
    assert statuses() == ["valid", "valid"]

    danger = send(VisitFactory(house=house, version=version), FIR_01={"result": "fail"})
    assert statuses() == ["suspended", "suspended"]
    assert Finding.objects.open().get().item == "FIR-01"

    send(
        VisitFactory(house=house, version=version, follow_up_of=danger.visit),
        FIR_01={"result": "pass"},
    )
    assert not Finding.objects.open().exists()
    assert statuses() == ["valid", "valid"]
