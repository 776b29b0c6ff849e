"""The checklist for everybody to read: before a visit, after it, on paper."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.public import public_page
from handbooks.models import EditionSection
from inspections.models import ChecklistVersion, Finding
from reference.models import LegalReference


@public_page(seconds=3600)
def checklist(request):
    version = ChecklistVersion.objects.published().filter(checklist="safe-room").first()
    if version is None:
        raise Http404
    document = version.document
    context = {
        "version": version,
        "count": len(document["items"]),
        "percent": document["pass_percent"],
        "deadlines": [
            (severity, _time(document["deadlines_hours"][severity]))
            for severity in Finding.Severity.values
        ],
        "sections": _sections(document),
        "critical": _("must be met"),
    }
    return render(request, "inspections/checklist.html", context)


def _sections(document):
    language = (get_language() or "vi")[:2]
    law = LegalReference.objects.sure().in_bulk()
    explained = EditionSection.objects.about_items("landlords", language)
    return [
        {
            "code": section["code"],
            "name": section["name"][language],
            "items": [
                _item(item, law, language) | {"explained": explained.get(item["code"])}
                for item in document["items"]
                if item["section"] == section["code"]
            ],
        }
        for section in document["sections"]
    ]


def _time(hours):
    if hours % 24 or hours <= 48:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _item(item, law, language):
    return {
        "code": item["code"],
        "label": item["label"][language],
        "help": item["help"][language],
        "repair": item["repair"][language],
        "severities": _severities(item),
        "critical": item["critical"],
        "sometimes_critical": isinstance(item["critical"], dict),
        "ask_tenant": item["ask_tenant"],
        "confidential": item["confidential"],
        "public_task": item["public_task"],
        "recommendation": item["recommendation"],
        "law": [law[key] for key in item["citations"] if key in law],
    }


def _severities(item):
    """All that the item can have, the gravest first."""
    kinds = [item, *(item.get("bands") or []), *(item.get("options") or [])]
    found = {kind.get("severity") for kind in kinds}
    return [severity for severity in Finding.Severity.values if severity in found]
