"""Every address of the URLconf, asked from the outside by people to whom it does not belong.

A new address is in here by itself. If it takes an argument that is not in SAMPLES, the test
fails until somebody says which object stands for it.
"""

import re
from functools import cache

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import Role
from tests.accounts.factories import UserFactory, staff
from tests.certificates.factories import CertificateFactory
from tests.inspections.factories import FindingFactory, SubmissionFactory
from tests.registry.factories import (
    OtherCommuneFactory,
    PhotoFactory,
    RoomFactory,
)

pytestmark = pytest.mark.django_db

# Open to everybody, on purpose: nothing in them belongs to anybody.
OPEN = re.compile(
    r"""^/(
        | rooms/ | c/ | checklist/ | healthz | styleguide/.*
        | handbooks/.* | rooms/[^/]+/ | c/[^/]+/ | photos/.*
        | account/(login|signup|inactive|logout|password)/?.* | join/.*
        | tablet/(sw\.js|app\.webmanifest|words\.js)?
        | api/v1/(lookup|certificate-keys|communes|workplaces|legal-references|tariffs|checklists|schema|docs)/?.*
    )$""",
    re.VERBOSE,
)
# They only lead somebody to where she belongs.
SIGNPOSTS = {"/home/", "/landlord/", "/landlord/start/", "/landlord/person/"}


@cache
def patterns():
    """All addresses as text with `<name>` for arguments, without the English doubles."""
    return sorted(set(_walk(get_resolver().url_patterns, "/")))


def _walk(entries, prefix):
    for entry in entries:
        part = prefix + _as_text(str(entry.pattern))
        if isinstance(entry, URLPattern):
            yield part.replace("//", "/")
        elif isinstance(entry, URLResolver) and entry.app_name != "admin":
            yield from _walk(entry.url_patterns, part)


def _as_text(pattern):
    pattern = re.sub(r"\(\?P<(\w+)>.*?\)(?=[/$\-.]|$)", r"<\1>", pattern)
    pattern = re.sub(r"<\w+:(\w+)>", r"<\1>", pattern)
    return pattern.replace("^", "").replace("$", "").replace("\\", "").rstrip("?")


@pytest.fixture
def samples():
    """Somebody's house with everything that can hang on it, by the name of the argument."""
    room = RoomFactory()
    certificate = CertificateFactory(room=room)
    submission = SubmissionFactory(visit__house=room.house)
    finding = FindingFactory(house=room.house, visit=submission.visit)
    photo = PhotoFactory(house=room.house, room=room)
    kept = SubmissionFactory(visit=submission.visit, accepted=False, receipt="")
    return {
        "certificate": certificate,
        "finding": finding,
        "house": room.house,
        "kept": kept,
        "photo": photo,
        "room": room,
        "submission": submission,
        "visit": submission.visit,
    }


def fill(pattern, samples):
    """The address of the sample objects."""

    def value(match):
        name = match[1]
        for beginning, argument, found in _meanings(samples):
            if name == argument and re.search(beginning, pattern):
                return str(found)
        pytest.fail(f"{pattern}: say in _meanings what stands for <{name}>")

    return re.sub(r"<(\w+)>", value, pattern)


def _meanings(samples):
    certificate, house, room = (
        samples["certificate"],
        samples["house"],
        samples["room"],
    )
    visit, submission = samples["visit"], samples["submission"]
    return [
        (r"certificates/<", "number", certificate.number),
        (r"certificates/<code>", "code", certificate.code),
        (r"/c/<", "code", certificate.code),
        (r"rooms/<", "code", room.code),
        (r"print-runs/", "number", "K7M2-9QXT"),
        (r"handbooks/editions/", "form", "a5"),
        (r"", "number", house.number),
        (r"findings/|repairs/", "pk", samples["finding"].pk),
        (r"photos/", "pk", samples["photo"].pk),
        (r"office/handbooks/editions/", "code", "WORKERS-VI-1"),
        (r"office/handbooks/", "language", "vi"),
        (r"office/handbooks/", "name", "khu-tro"),
        (r"office/handbooks/", "number", 1),
        (r"office/handbooks/", "pk", 1),
        (r"handbooks/", "book", "workers"),
        (r"handbooks/", "slug", "way-out"),
        (r"handbooks/check/", "code", "WORKERS-VI-1"),
        (r"handbooks/pictures/", "pk", 1),
        (r"handbooks/pictures/", "sha256", "0" * 12),
        (r"uploads/", "sha256", "0" * 64),
        (r"photos/", "sha256", samples["photo"].sha256[:12]),
        (r"photos/", "key", samples["photo"].sha256[:12]),
        (r"", "size", "small"),
        (r"tablet/", "tablet", "00000000-0000-4000-8000-000000000000"),
        (r"visits/", "id", visit.pk),
        (r"visits/", "pk", visit.pk),
        (r"reviews/records/", "pk", samples["kept"].pk),
        (r"reviews/", "pk", submission.pk),
        (r"evidence/", "pk", "00000000-0000-4000-8000-000000000000"),
        (r"", "what", "suspension"),
        (r"people/", "pk", visit.inspector_id),
        (r"join/", "token", "none"),
        (r"password/", "uidb36", "1"),
        (r"password/", "key", "none"),
        (r"office/checklists/", "pk", visit.version.pk),
        (r"office/checklists/", "act", "retire"),
        (r"checklists/", "checklist", visit.version.checklist),
        (r"checklists/", "number", visit.version.number),
        (r"", "version", visit.version.number),
        (r"communes/", "code", house.commune_id),
        (r"", "code", room.code),
        (r"", "format", "json"),
        (r"", "key", "none"),
        (r"", "pk", samples["finding"].pk),
        (r"", "id", visit.pk),
    ]


STRANGERS = {
    "nobody": lambda: None,
    "another landlord": lambda: RoomFactory().house.landlord.user,
    "somebody new": UserFactory,
    "an inspector of another commune": lambda: staff(
        Role.INSPECTOR, OtherCommuneFactory()
    ),
    "a reviewer of another commune": lambda: staff(
        Role.REVIEWER, OtherCommuneFactory()
    ),
    "an analyst": lambda: staff(Role.ANALYST),
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_no_address_gives_a_stranger_what_is_not_hers(samples, stranger):
    user = STRANGERS[stranger]()
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)

    answers = {}
    for pattern in patterns():
        address = fill(pattern, samples)
        if not OPEN.match(address) and "<" in pattern:
            answer = client.get(address)
            answers[address] = answer.status_code
            if "/uploads/" in address and answer.status_code == 200:
                # An upload begins with its first part: none is ever "not found".
                assert answer.json()["state"] == "unknown"
                del answers[address]

    opened = {a: status for a, status in answers.items() if status < 300}
    broken = {a: status for a, status in answers.items() if status >= 500}
    assert len(answers) > 20
    assert (opened, broken) == ({}, {})


@pytest.mark.parametrize("stranger", STRANGERS)
def test_no_address_breaks_when_somebody_posts_nothing(samples, stranger):
    user = STRANGERS[stranger]()
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)

    for pattern in patterns():
        address = fill(pattern, samples)
        if "api/v1" in address or address.startswith("/account/"):
            continue
        status = client.post(address).status_code
        assert status < 500, address
        if not OPEN.match(address) and "<" in pattern:
            assert status in {302, 403, 404, 405}, (address, status)


def test_addresses_are_closed_to_who_has_not_signed_in(client):
    for pattern in patterns():
        if "<" in pattern or OPEN.match(pattern) or pattern in SIGNPOSTS:
            continue
        response = client.get(pattern)
        assert response.status_code in {301, 302, 401, 403, 404, 405}, pattern


@pytest.mark.parametrize("role", [None, *Role])
def test_every_page_keeps_the_strict_policy(role):
    client = Client(raise_request_exception=False)
    if role:
        client.force_login(staff(role))

    for pattern in patterns():
        if "<" in pattern:
            continue
        response = client.get(pattern)
        headers = response.headers
        assert response.status_code < 500, pattern
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy, pattern
        assert "default-src 'none'" in policy, pattern
        assert headers["X-Content-Type-Options"] == "nosniff", pattern
        assert headers["X-Frame-Options"] == "DENY", pattern
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", pattern
