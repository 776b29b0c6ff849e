"""Which items of the checklist in force rest on a law."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inspections.models import ChecklistVersion
from reference.citing import Cited


def items_citing(keys: Collection[str]) -> list[Cited]:
    """One query."""
    language = (get_language() or "vi")[:2]
    found = []
    for version in ChecklistVersion.objects.published():
        where = _("Checklist, version %(number)d") % {"number": version.number}
        for item in version.document["items"]:
            address = f"{reverse('inspections:checklist')}#{item['section']}"
            name = f"{item['code']} · {item['label'][language]}"
            found += [
                Cited(law, name, where, address)
                for law in item["citations"]
                if law in keys
            ]
    return found
