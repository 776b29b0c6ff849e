"""What is known of a visit when its pack arrives, asked in one statement."""

import datetime as dt
import json
import uuid
from typing import NamedTuple

from accounts.models import User
from core import statements
from inspections.models.checklists import ChecklistVersion
from inspections.models.findings import Finding
from inspections.models.submissions import Submission
from inspections.models.visits import Tie, Visit
from reference.models import AdministrativeUnit
from registry.models import House, Room

_VISIT = [field.attname for field in Visit._meta.concrete_fields]
_HOUSE = ["id", "number", "commune_id", "withdrawn_at"]
_VERSION = ["id", "checklist", "number", "state", "sha256"]
_ROOM = ["id", "code", "withdrawn_at"]
_KNOWN = f"""
SELECT
    EXISTS (SELECT FROM {Tie._meta.db_table} t
        WHERE t.house_id = h.id AND t.inspector_id = %(by)s),
    v.received_at IS NULL AND v.withdrawn_at IS NULL
        AND NOT EXISTS (SELECT FROM {Submission._meta.db_table} s
            WHERE s.visit_id = v.id)
        AND NOT EXISTS (SELECT FROM {Finding._meta.db_table} f
            WHERE f.house_id = h.id AND f.closed_at IS NULL),
    (SELECT json_agg(json_build_array(r.id, r.code, r.withdrawn_at))
        FROM {Room._meta.db_table} r WHERE r.house_id = h.id)::text,
    {", ".join(f"h.{name}" for name in _HOUSE)},
    {", ".join(f"c.{name}" for name in _VERSION)},
    {", ".join(f"v.{name}" for name in _VISIT)}
FROM {Visit._meta.db_table} v
JOIN {House._meta.db_table} h ON h.id = v.house_id
JOIN {ChecklistVersion._meta.db_table} c ON c.id = v.version_id
WHERE v.id = %(visit)s
"""  # noqa: S608  (no value is put into it)


class Known(NamedTuple):
    visit: Visit  # with its house and version
    rooms: dict[str, Room]
    tied: bool
    untouched: bool  # nothing received of it, nothing open at its house


def ask(visit_id: uuid.UUID, by: User) -> Known | None:
    row = statements.ask(_KNOWN, {"visit": visit_id, "by": by.pk})
    if row is None:
        return None
    tied, untouched, rooms, *rest = row
    house = House.from_db("default", _HOUSE, rest[: len(_HOUSE)])
    house.commune = AdministrativeUnit.from_db("default", ["code"], [house.commune_id])
    rest = rest[len(_HOUSE) :]
    visit = Visit.from_db("default", _VISIT, rest[len(_VERSION) :])
    visit.house = house
    visit.version = ChecklistVersion.from_db("default", _VERSION, rest[: len(_VERSION)])
    return Known(visit, _rooms(rooms), tied, untouched)


def _rooms(told: str | None) -> dict[str, Room]:
    found = {}
    for pk, code, withdrawn in json.loads(told or "[]"):
        moment = withdrawn and dt.datetime.fromisoformat(withdrawn)
        found[code] = Room.from_db("default", _ROOM, [pk, code, moment])
    return found
