"""Where somebody can look: the gates of the industrial zones and the pilot's communes."""

from dataclasses import dataclass

from django.utils.translation import get_language

from reference.models import AdministrativeUnit, Gate


@dataclass(frozen=True)
class Place:
    key: str
    words: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Places:
    gates: dict[str, Place]
    communes: dict[str, Place]

    def choices(self, kind: str) -> list[tuple[str, str]]:
        return [(place.key, place.words) for place in getattr(self, kind).values()]


def all_places() -> Places:
    """One query for both lists, in the language of the page."""
    name = "name" if (get_language() or "vi") == "vi" else "name_en"
    communes = AdministrativeUnit.objects.pilot().values_list(
        "code", name, "code", "latitude", "longitude"
    )
    gates = Gate.objects.values_list(
        "key", f"workplace__{name}", name, "latitude", "longitude"
    )
    rows = communes.order_by().union(gates.order_by(), all=True).order_by(name)
    found = Places(gates={}, communes={})
    for key, words, more, latitude, longitude in rows:
        if key.isdigit():
            found.communes[key] = Place(key, words, latitude, longitude)
        else:
            words = f"{words} – {more}" if more else words
            found.gates[key] = Place(key, words, latitude, longitude)
    return found
