from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from certificates import keys
from certificates.models import Certificate
from certificates.rules.signed import FORM, NotGenuine
from core import budget, clock, codes
from core.client import address as client_address
from core.images import CONTENT_TYPES
from core.public import public_page
from handbooks.models import EditionSection
from lookup import pages, search
from lookup.forms import RENTS, CodeForm, SearchForm
from lookup.permissions import can_be_seen
from lookup.places import all_places
from lookup.prices import Prices
from lookup.verdict import not_genuine, verdict_of
from reference.models import LegalReference
from registry.models import Photo

MOST_PEOPLE = 6
# Where the workers' handbook says more about them.
TO_READ = [
    "stay-or-residence",
    "registering-residence",
    "electricity-price",
    "the-deposit",
    "your-papers",
    "whom-to-call",
]
# What a tenant most often needs to know, said by the law in force on the day.
RIGHTS = [
    "law-68-2020-art-27",
    "law-118-2025-art-4",
    "decree-133-2026-art-13",
    "law-91-2015-art-328",
    "law-26-2023-art-29",
]


@public_page(seconds=60)
def rooms(request):
    """The search is the page: certified rooms at once, wishes above them."""
    places = all_places()
    form = SearchForm(
        request.GET or None,
        gates=places.choices("gates"),
        communes=places.choices("communes"),
    )
    found, cursor, wishes, place = search.asked(form, places, request.GET.get("page"))
    people = wishes.get("people", 1)
    prices = Prices({row.room.house.commune.parent_id for row in found})
    context = {
        "form": form,
        "rents": RENTS,
        "rooms": [
            pages.card(row, people=people, prices=prices, place=place) for row in found
        ],
        "next_url": _with(request, page=cursor) if cursor else "",
        "first_url": _with(request, page="") if request.GET.get("page") else "",
        "is_search": bool(wishes),
        "wishes": wishes,
    }
    return render(request, "lookup/rooms.html", context)


def _with(request, **changes):
    query = {**request.GET.dict(), **changes}
    kept = urlencode({name: value for name, value in query.items() if value})
    return f"{request.path}?{kept}" if kept else request.path


@public_page(seconds=60)
def room(request, code):
    """A certified room; without a standing certificate there is nothing to show."""
    tidy = codes.clean(code)
    if not tidy:
        return _not_shown(request)
    if tidy != code:
        return redirect("lookup:room", code=tidy)
    certificate = _standing(code)
    if certificate is None:
        return _not_shown(request)
    people = _people(request, certificate)
    prices = Prices({certificate.room.house.commune.parent_id})
    cost = pages.cost_of(certificate, people, prices)
    context = {
        "certificate": certificate,
        "room": certificate.room,
        "house": certificate.room.house,
        "title": pages.title(certificate.room),
        "address": pages.address(certificate.room.house),
        "any_hour": pages.comes_home_at_any_hour(certificate.room.house),
        "gate_words": pages.gate_words(certificate.room.house),
        "free_words": pages.free_words(certificate.room),
        "facts": pages.facts_of(certificate.room),
        "words": certificate.words.get(get_language() or "vi", {}),
        "state": "conditional" if certificate.conditional else "valid",
        "cost": cost,
        "lines": [(line, prices.law.get(line.citation_key)) for line in cost.lines],
        "people": people,
        "people_choices": range(1, min(certificate.room.max_people, MOST_PEOPLE) + 1),
        "photos": _photos(certificate),
        "contact_shown": certificate.contact_shown,
        "rights": LegalReference.objects.holding(RIGHTS, clock.today()),
        "to_read": EditionSection.objects.links(
            "workers", get_language() or "vi", *TO_READ
        ),
    }
    return render(request, "lookup/room.html", context)


def _not_shown(request):
    """The same whether there is no such room or its certificate no longer counts."""
    words = {
        "icon": "search",
        "title": _("This room has no certificate now"),
        "text": _(
            "Perhaps it ended or is suspended, or a letter of the address is wrong."
            " Search for another room, or type the code of the certificate."
        ),
    }
    return render(request, "error.html", {"words": words, "status": 404}, status=404)


def _standing(code):
    """The room's standing certificate with its photos, in one query; or None."""
    photos = Photo.objects.filter(
        Q(room=OuterRef("room")) | Q(room=None), house=OuterRef("room__house")
    ).order_by("room", "position", "pk")
    found = search.rooms({}, None).annotate(
        contact_shown=F("room__house__landlord__contact_shown"),
        photos=ArraySubquery(
            photos.values(
                plain=JSONObject(pk="pk", sha256="sha256", caption="caption")
            )[:12]
        ),
    )
    return found.only(*search.PUBLIC, "words").filter(room__code=code).first()


def _photos(certificate):
    return [
        {
            "small": pages.photo_address(photo["pk"], photo["sha256"], "small"),
            "large": pages.photo_address(photo["pk"], photo["sha256"], "large"),
            "caption": photo["caption"],
        }
        for photo in certificate.photos
    ]


def _people(request, certificate):
    typed = request.GET.get("people", "")
    most = max(1, certificate.room.max_people)
    return min(max(int(typed), 1), most) if typed.isdecimal() and len(typed) < 4 else 1


@csrf_exempt  # it changes nothing of anybody's, and public pages set no cookie
@require_POST
def contact(request, code):
    """The landlord's number, if he agreed that workers may see it; a few times an hour."""
    found = get_object_or_404(
        Certificate.objects.standing().select_related("room__house__landlord"),
        room__code=code,
    )
    landlord = found.room.house.landlord
    if not landlord.contact_shown:
        raise Http404
    context = {
        "room": found.room,
        "title": pages.title(found.room),
        "phone": landlord.phone if _may_ask(client_address(request)) else None,
    }
    response = render(
        request, "lookup/contact.html", context, status=200 if context["phone"] else 429
    )
    response["Cache-Control"] = "no-store"
    return response


def _may_ask(address):
    """Budgets against harvesting: for one address, its neighbourhood, everybody."""
    whose = [
        (address, 12, 3600),
        (budget.network(address), 60, 3600),
        ("all", 2000, 3600),
    ]
    return all(
        budget.spend("contact", name, limit=limit, seconds=seconds)
        for name, limit, seconds in whose
    )


@public_page(seconds=60)
def check(request):
    """Type a code; the answer has an address of its own."""
    form = CodeForm(request.GET or None)
    if form.is_bound and form.is_valid():
        try:
            typed = _code_in(form.cleaned_data["code"])
        except NotGenuine as refused:
            form.add_error("code", not_genuine(refused.code))
        else:
            if typed:
                return redirect("lookup:certificate", code=typed)
            form.add_error(
                "code", _("Write the code that is printed under the square.")
            )
    return render(request, "lookup/check.html", {"form": form})


def _code_in(typed):
    """The code that was typed, or that of the signed form which was pasted."""
    if typed.strip().upper().startswith(f"{FORM}."):
        return keys.verify(typed, on=clock.today()).code
    return codes.clean(typed)[:12]


@public_page(seconds=30)
def certificate(request, code):
    """What a certificate is worth now, in one sentence; one query."""
    tidy = codes.clean(code)[:12]
    if tidy != code:
        return redirect("lookup:certificate", code=tidy or "0")
    found = None
    if codes.is_valid(code):
        found = Certificate.objects.for_public().filter(code=code).first()
    verdict = verdict_of(found, code)
    context = {"verdict": verdict, "certificate": found, "code": codes.shown(code)}
    if found:
        context["room"] = found.room
        context["house"] = found.room.house
        context["address"] = pages.address(found.room.house)
        context["in_force"] = verdict.state in {"valid", "conditional"}
    response = render(request, "lookup/certificate.html", context)
    response.status_code = 200 if found else 404
    return response


def photo(request, pk, sha256, size):
    """A picture of a certified room or of its house. Its address names its content."""
    picture = get_object_or_404(Photo, pk=pk, sha256__startswith=sha256)
    if size not in CONTENT_TYPES or not can_be_seen(picture):
        raise Http404
    with getattr(picture, size).open() as file:
        response = HttpResponse(file.read(), content_type=CONTENT_TYPES[size])
    response["Cache-Control"] = f"public, max-age={60 * 60 * 24}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
