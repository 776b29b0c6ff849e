"""What pages and API show of a room: plain facts, chosen for the world.

Nothing here knows the landlord, a finding or a tenant. All that is shown passes through
`card` and `facts_of`, so that there is one place to look at.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.shown import area, dong
from core.templatetags.shown import day as shown_day
from lookup.search import COMES_HOME_AT_ANY_HOUR, METRES_PER_DEGREE
from registry import rules
from registry.models import House


def photo_address(pk, sha256, size):
    return reverse("lookup:photo", args=[pk, sha256[:12], size])


def cost_of(certificate, people, prices):
    """What `people` pay a month for the room of a certificate from `search.rooms`."""
    room = certificate.room
    terms = rules.RoomTerms(
        rent=room.rent,
        electricity=room.electricity,
        electricity_price=room.electricity_price,
        water=room.water,
        water_price=room.water_price,
        fees=tuple(rules.FeeTerms(**fee) for fee in certificate.fees),
    )
    return rules.monthly_cost(
        terms,
        people=people,
        tariffs=prices.of(room.house.commune.parent_id),
        day=clock.today(),
    )


def card(certificate, *, people, prices, place=None):
    """One found room, as `components/_room_card.html` wants it."""
    room, house = certificate.room, certificate.room.house
    return {
        "url": reverse("lookup:room", args=[room.code]),
        "title": title(room),
        "commune": str(house.commune),
        "photo_url": certificate.photo
        and photo_address(certificate.photo, certificate.photo_sha, "small"),
        "photo_alt": "",
        "cost": cost_of(certificate, people, prices).total,
        "people": people,
        "rent": room.rent,
        "distance": metres(certificate) if place else None,
        "place": place.words if place else "",
        "state": "conditional" if certificate.conditional else "valid",
        "until": certificate.valid_until,
        "women": certificate.women_mark,
        "hours": gate_words(house),
        "available": free_words(room),
    }


def metres(certificate):
    return round(certificate.nearness * METRES_PER_DEGREE)


def title(room):
    house = room.house
    name = house.name or ", ".join(
        filter(None, [house.address, house.street or house.hamlet])
    )
    return _("Room %(room)s, %(house)s") % {"room": room.label, "house": name}


def address(house):
    parts = [house.address, house.street, house.hamlet, str(house.commune)]
    return ", ".join(filter(None, parts))


def comes_home_at_any_hour(house):
    return house.gate in COMES_HOME_AT_ANY_HOUR


def gate_words(house):
    """Can I come home at half past ten? In one sentence."""
    if house.gate == House.Gate.ALWAYS_OPEN:
        return _("The gate is open at all hours.")
    hours = {
        "closes": f"{house.gate_closes:%H:%M}",
        "opens": f"{house.gate_opens:%H:%M}",
    }
    sentences = {
        House.Gate.OWN_KEY: _(
            "You come home at any hour: the gate closes at %(closes)s and you have a key."
        ),
        House.Gate.ON_REQUEST: _(
            "The gate closes from %(closes)s to %(opens)s; somebody opens when asked."
        ),
        House.Gate.LOCKED: _("The gate is locked from %(closes)s to %(opens)s."),
    }
    return sentences[house.gate] % hours


def free_words(room):
    if room.free_from is None:
        return _("Full at the moment")
    if room.free_from <= clock.today():
        return _("Free now")
    return _("Free from %(day)s") % {"day": shown_day(room.free_from)}


def facts_of(room):
    """The facts of a room and its house, each with its pictogram."""
    house = room.house
    people = _("up to %(n)s people") % {"n": room.max_people}
    deposit = dong(room.deposit) if room.deposit else _("none")
    water = house.get_water_display()
    cameras = _("in common areas") if house.has_cameras else _("no cameras")
    loft = _(", with a loft") if room.has_loft else ""
    return [
        {"icon": "bed", "label": _("Room"), "value": f"{area(room.area)}{loft}"},
        {"icon": "people", "label": _("For"), "value": people},
        {"icon": "toilet", "label": _("Toilet"), "value": room.get_toilet_display()},
        {"icon": "money", "label": _("Deposit"), "value": deposit},
        {
            "icon": "motorbike",
            "label": _("Parking"),
            "value": house.get_parking_display(),
        },
        {"icon": "tap", "label": _("Water"), "value": water},
        {"icon": "camera", "label": _("Cameras"), "value": cameras},
        {
            "icon": "house",
            "label": _("House"),
            "value": f"{house.get_kind_display()}; "
            + _("floor %(floor)s of %(floors)s")
            % {"floor": room.floor, "floors": house.floors},
        },
    ]
