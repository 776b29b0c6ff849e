"""What each house will be: drawn beforehand from the seed, all houses at once."""

import datetime as dt
import math
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from demo import sites, words
from reference.models import AdministrativeUnit
from registry.models import House, Room

COLLECTIVE_SLEEPS = 6


@dataclass(frozen=True)
class Scale:
    houses: int = 60
    landlords: int = 40
    rooms: int = 500


@dataclass(frozen=True)
class Run:
    """Rooms that are alike: "101-108" and what is said of each."""

    labels: str
    fields: dict[str, Any]


@dataclass
class Plan:
    number: int
    landlord: int
    commune: AdministrativeUnit
    address: dict[str, Any]
    described: dict[str, Any]
    runs: list[Run]
    fees: list[dict[str, Any]]
    random: Random = field(repr=False)

    @property
    def is_mini(self) -> bool:
        return self.described["kind"] == House.Kind.MINI_APARTMENT


def plan(
    scale: Scale, stories: list[str], communes: list[AdministrativeUnit], seed: int
) -> list[Plan]:
    """One plan for each story."""
    random = Random(seed)
    places = sites.anchors(communes)
    sizes = _sizes(scale, stories, random)
    owners = _owners(scale, stories, random)
    addresses = sites.addresses(random)
    return [
        _house(
            number,
            owner=owners[number],
            rooms=sizes[number],
            anchor=places[number % len(places)],
            address=next(addresses),
            open_at_night=story not in LOCKED_AT_NIGHT,
            random=Random(f"{seed}/{number}"),
        )
        for number, story in enumerate(stories)
    ]


# Stories whose house asks its tenants to call somebody at the gate.
LOCKED_AT_NIGHT = {"refused", "never_visited"}
# The first house of each of these belongs to the landlord whose account is printed.
SHOWN = ("good", "conditional", "danger", "claimed", "draft")


def _owners(scale: Scale, stories: list[str], random: Random) -> list[int]:
    shown = {stories.index(story) for story in SHOWN if story in stories}
    others = list(range(1, scale.landlords))
    others += random.choices(others, k=max(0, scale.houses - len(others)))
    return [0 if number in shown else others.pop(0) for number in range(len(stories))]


# Houses that are larger or smaller than the others; those with many acts are small.
LARGE = {"good", "in_review", "returned", "never_visited", "put_off"}
SMALL = {"renewed", "danger", "danger_over", "danger_in_room", "draft"}
ROOMLESS = {"begun"}
FEWEST = 2


def _sizes(scale: Scale, stories: list[str], random: Random) -> list[int]:
    """So many rooms in each house that together they are as many as asked for."""
    weights = [
        random.uniform(0.7, 1.3) * (3 if story in LARGE else 1 if story in SMALL else 2)
        for story in stories
    ]
    share = scale.rooms / sum(weights)
    sizes = [
        0 if story in ROOMLESS else max(FEWEST, round(weight * share))
        for story, weight in zip(stories, weights, strict=True)
    ]
    while (over := sum(sizes) - scale.rooms) != 0:
        house = random.randrange(len(sizes))
        if sizes[house] > FEWEST or (sizes[house] and over < 0):
            sizes[house] -= 1 if over > 0 else -1
    return sizes


def _house(
    number: int,
    *,
    owner: int,
    rooms: int,
    anchor: sites.Anchor,
    address: tuple[str, str, str],
    open_at_night: bool,
    random: Random,
) -> Plan:
    kind = _kind(rooms, random)
    described = _described(kind, rooms, open_at_night, random)
    latitude, longitude = sites.near(anchor, random)
    names = words.HOUSES
    name = names[number % len(names)]
    if number >= len(names):
        name += f" {number // len(names) + 1}"
    return Plan(
        number=number,
        landlord=owner,
        commune=anchor.commune,
        address={
            "name": f"Nhà trọ {name} (thử)",
            "address": address[0],
            "hamlet": address[1],
            "landmark": address[2],
            "latitude": latitude,
            "longitude": longitude,
        },
        described=described,
        runs=_runs(kind, rooms, described["floors"], random),
        fees=_fees(random),
        random=random,
    )


def _kind(rooms: int, random: Random) -> str:
    kinds = House.Kind
    if rooms <= 4:
        return random.choice([kinds.FAMILY_HOME, kinds.ROW])
    if rooms <= 8:
        return random.choice([kinds.ROW, kinds.ROW, kinds.FLOORS, kinds.COLLECTIVE])
    return random.choice([kinds.ROW, kinds.FLOORS, kinds.FLOORS, kinds.MINI_APARTMENT])


FLOORS = {
    House.Kind.ROW: (1, 1),
    House.Kind.FAMILY_HOME: (2, 2),
    House.Kind.COLLECTIVE: (1, 2),
    House.Kind.FLOORS: (2, 4),
    House.Kind.MINI_APARTMENT: (3, 6),
}


def _described(
    kind: str, rooms: int, open_at_night: bool, random: Random
) -> dict[str, Any]:
    gates = House.Gate
    wanted = (
        [gates.OWN_KEY, gates.OWN_KEY, gates.ALWAYS_OPEN]
        if open_at_night
        else [gates.ON_REQUEST, gates.LOCKED]
    )
    gate = random.choice(wanted)
    closes = gate != gates.ALWAYS_OPEN
    return {
        "kind": kind,
        "floors": min(random.randint(*FLOORS[kind]), rooms or 1),
        "gate": gate,
        "gate_closes": dt.time(random.choice([22, 23])) if closes else None,
        "gate_opens": dt.time(5) if closes else None,
        "parking": random.choice([*House.Parking, House.Parking.LOCKED]),
        "water": random.choice([House.Water.PIPED, *House.Water]),
        "has_cameras": random.random() < 0.4,
        "has_children": random.random() < 0.5,
    }


def _runs(kind: str, rooms: int, floors: int, random: Random) -> list[Run]:
    runs, left = [], rooms
    for floor in range(1, floors + 1 if rooms else 0):
        count = math.ceil(left / (floors - floor + 1))
        left -= count
        labels = f"{floor}01-{floor}{count:02}"
        runs.append(Run(labels, _room(kind, random) | {"floor": floor}))
    return runs


def _room(kind: str, random: Random) -> dict[str, Any]:
    mini, shared = kind == House.Kind.MINI_APARTMENT, kind == House.Kind.COLLECTIVE
    area = random.randint(36, 64) if shared else random.randint(18, 32)
    area = Decimal(random.randint(40, 64) if mini else area) / 2
    rent = int(area) * random.choice((70_000, 80_000, 90_000, 100_000))
    people = COLLECTIVE_SLEEPS if shared else 2 + (area > 12) + (area > 20)
    rent = round(rent + (900_000 if mini else 100_000), -5)
    toilet = mini or (not shared and random.random() < 0.55)
    return {
        "area": area,
        "max_people": min(people, int(area // 4)),
        "rent": rent,
        "deposit": random.choice((0, rent // 2, rent)),
        "toilet": Room.Toilet.OWN if toilet else Room.Toilet.SHARED,
        "has_loft": not mini and random.random() < 0.3,
        **_electricity(random),
        **_water(random),
    }


def _electricity(random: Random) -> dict[str, Any]:
    how = random.choice(
        [
            *(("state_price", None),) * 4,
            *(("per_kwh", price) for price in (2800, 3000, 3500, 3800)),
            ("per_room", 150_000),
            ("per_person", 70_000),
        ]
    )
    return {"electricity": how[0], "electricity_price": how[1]}


def _water(random: Random) -> dict[str, Any]:
    how = random.choice(
        [
            *(("state_price", None),) * 2,
            *(("per_person", price) for price in (50_000, 70_000, 80_000)),
            ("per_m3", 15_000),
            ("per_room", 100_000),
            ("included", None),
        ]
    )
    return {"water": how[0], "water_price": how[1]}


def _fees(random: Random) -> list[dict[str, Any]]:
    chosen = random.sample(words.FEES, k=random.randint(0, 3))
    return [
        {"name": name, "amount": random.choice(amounts), "per": per}
        for name, amounts, per in chosen
    ]
