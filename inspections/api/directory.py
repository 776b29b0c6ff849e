"""The houses that an inspector may visit with no plan and no network."""

import hashlib
import json

from inspections.api.day import (
    facts_told,
    findings_of,
    house_told,
    room_told,
    rooms_in_use,
)
from inspections.permissions import houses_to_inspect


def directory_of(inspector):
    """The houses' content and its ETag."""
    houses = (
        houses_to_inspect(inspector)
        .select_related("commune", "landlord")
        .prefetch_related(rooms_in_use())
        .order_by("number")
    )
    findings = findings_of([house.pk for house in houses])
    content = {
        "registry": "safe-rooms",
        "houses": [
            {
                "house": house_told(house),
                "facts": facts_told(house),
                "rooms": [room_told(room) for room in house.rooms.all()],
                "open_findings": findings[house.pk],
            }
            for house in houses
        ],
    }
    etag = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return content, f'"{etag[:32]}"'
