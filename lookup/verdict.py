"""What a certificate is worth, said to somebody who stands at the door with a phone."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from core import codes
from core.templatetags.shown import day


@dataclass(frozen=True)
class Verdict:
    state: str  # a key of core/states.py
    title: str
    text: str


def verdict_of(certificate, code) -> Verdict:
    if certificate is None:
        return _nothing_found(code)
    return _SENTENCES[str(certificate.status)](certificate)


def _nothing_found(code):
    if not codes.is_valid(code):
        return Verdict(
            "unknown",
            _("Look at the code again"),
            _(
                "At least one character is not right. The code has 8 letters and digits;"
                " there is no 0, O, 1, I or L in it."
            ),
        )
    return Verdict(
        "unknown",
        _("There is no such certificate"),
        _(
            "The registry has issued no certificate with this code. If it hangs at a door,"
            " it is not ours: do not pay because of it, and tell the Women's Union."
        ),
    )


def not_genuine(code):
    """Why a signed form proves nothing; `code` as in certificates.rules.signed."""
    if code == "malformed":
        return _("Scan the square again: the text is not whole.")
    if code in {"expired", "not_yet_valid", "revoked_key"}:
        return _(
            "Type the code of 8 letters and digits instead: this signature no longer counts"
            " by itself."
        )
    return _(
        "This was not signed by the registry: do not pay because of it, and tell the"
        " Women's Union."
    )


def _valid(certificate):
    return Verdict(
        "valid",
        _("The certificate is real and valid until %(day)s")
        % {"day": day(certificate.valid_until)},
        _("Compare the house number and the room number below with the door."),
    )


def _conditional(certificate):
    return Verdict(
        "conditional",
        _("The certificate is real, with conditions, until %(day)s")
        % {"day": day(certificate.valid_until)},
        _(
            "Nothing dangerous was found. Some things are still to be put right within"
            " this time. Compare the house number and the room number below with the"
            " door."
        ),
    )


def _suspended(certificate):
    since = timezone.localdate(certificate.suspended_since)
    return Verdict(
        "suspended",
        _("The certificate is suspended since %(day)s") % {"day": day(since)},
        _(
            "Something important has to be put right first. Ask the landlord what it is,"
            " or look for another room for now."
        ),
    )


def _expired(certificate):
    return Verdict(
        "expired",
        _("The certificate ended on %(day)s") % {"day": day(certificate.valid_until)},
        _("The room was in order once. Nobody has checked it since then."),
    )


def _not_yet_valid(certificate):
    return Verdict(
        "unknown",
        _("The certificate begins on %(day)s") % {"day": day(certificate.valid_from)},
        _("Until then it does not count."),
    )


def _revoked(certificate):
    on = timezone.localdate(certificate.revoked_at)
    return Verdict(
        "revoked",
        _("The certificate was revoked on %(day)s") % {"day": day(on)},
        _("It no longer counts, even if it still hangs at the door."),
    )


def _superseded(certificate):
    return Verdict(
        "superseded",
        _("There is a newer certificate for this room"),
        _("Ask the landlord for the newer one and check its code."),
    )


def _withdrawn(certificate):
    return Verdict(
        "revoked",
        _("The room is no longer in the registry"),
        _("The certificate no longer counts, even if it still hangs at the door."),
    )


_SENTENCES = {
    "valid": _valid,
    "conditional": _conditional,
    "suspended": _suspended,
    "expired": _expired,
    "not_yet_valid": _not_yet_valid,
    "revoked": _revoked,
    "superseded": _superseded,
    "withdrawn": _withdrawn,
}
