"""The two printed forms of a certificate, from its frozen words."""

from pathlib import Path

from django.template.loader import render_to_string

from certificates.models import Certificate, Print
from core import codes, pdf

DRAWINGS = Path(__file__).parent / "drawings"


def made(certificate: Certificate, form: str) -> bytes:
    """The PDF of one of Print.Format."""
    words = certificate.words
    context = {
        "words": words,
        "vi": words["vi"],
        "en": words["en"],
        "sections": _pairs(words, "sections"),
        "not_checked": _pairs(words, "not_checked"),
        "long": len(words["vi"]["room"] + words["vi"]["place"]) > 60,
        "shown_code": codes.shown(certificate.code),
    }
    pictures = {
        "frame": (DRAWINGS / f"frame_{form}.svg").read_bytes(),
        "emblem": (DRAWINGS / "emblem.svg").read_bytes(),
        "qr": pdf.qr(words["url"]),
    }
    if form == Print.Format.SHEET:
        pictures["signed"] = pdf.qr(certificate.signed)
    html = render_to_string(f"certificates/print_{form}.html", context)
    return pdf.render(html, pictures=pictures)


def _pairs(words: dict, name: str) -> list[dict]:
    """A list of the words, each entry with both its languages."""
    both = zip(words["vi"][name], words["en"][name], strict=True)
    return [{"vi": vi, "en": en} for vi, en in both]
