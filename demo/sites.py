"""Where invented houses stand: around the gates and the middles of the communes."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from demo import words
from reference.models import AdministrativeUnit, Gate

METRES_PER_DEGREE = 111_195


@dataclass(frozen=True)
class Anchor:
    """A place around which there are houses: a gate of a zone, or a commune's middle."""

    commune: AdministrativeUnit
    latitude: float
    longitude: float
    nearest: int  # metres
    furthest: int


def anchors(communes: list[AdministrativeUnit]) -> list[Anchor]:
    """Where there is work there are more houses: four at gates to two elsewhere."""
    gates = Gate.objects.filter(workplace__commune__in=communes).select_related(
        "workplace__commune"
    )
    near = [
        Anchor(gate.workplace.commune, gate.latitude, gate.longitude, 500, 1500)
        for gate in gates.order_by("pk")
    ]
    centres = [
        Anchor(unit, unit.latitude, unit.longitude, 100, 900) for unit in communes
    ]
    pairs = zip(centres[::2] + centres[1::2], centres[1::2] + centres[::2], strict=True)
    return [anchor for pair in pairs for anchor in (*near, *pair)]


def addresses(random: Random) -> Iterator[tuple[str, str, str]]:
    """House number and alley, hamlet, landmark; no two alike."""
    used = set()
    while True:
        alley, lane = random.randint(2, 60), random.randint(1, 30)
        house = random.randint(1, 48)
        address = random.choice(
            [
                f"số {house}, ngõ {alley}",
                f"số {house}, ngách {alley}/{lane}, ngõ {alley}",
                f"số {house}, ngõ {alley}",
                f"số {house}",
            ]
        )
        hamlet = random.choice(words.HAMLETS)
        if (address, hamlet) not in used:
            used.add((address, hamlet))
            yield address, hamlet, random.choice(words.LANDMARKS)


def near(anchor: Anchor, random: Random) -> tuple[Decimal, Decimal]:
    metres = random.uniform(anchor.nearest, anchor.furthest)
    angle = random.uniform(0, math.tau)
    north = metres * math.cos(angle) / METRES_PER_DEGREE
    east = metres * math.sin(angle) / METRES_PER_DEGREE
    east /= math.cos(math.radians(anchor.latitude))
    places = (anchor.latitude + north, anchor.longitude + east)
    return tuple(Decimal(f"{place:.6f}") for place in places)
