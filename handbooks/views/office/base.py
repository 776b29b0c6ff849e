"""What the editors' pages share: who may be here, and what she opens."""

import functools

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from handbooks.models import Section, Volume
from handbooks.permissions import can_edit


def editors_only(view):
    """To anybody else these pages are not there."""

    @functools.wraps(view)
    def page(request, *args, **kwargs):
        if not can_edit(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(never_cache(page))


def volume_to_edit(book, language):
    volumes = Volume.objects.select_related("handbook", "language")
    return get_object_or_404(volumes, handbook=book, language=language)


def section_to_edit(book, language, slug):
    """The volume and one of its sections, also of those that are withdrawn."""
    volume = volume_to_edit(book, language)
    sections = Section.objects.filter(handbook=volume.handbook)
    return volume, get_object_or_404(sections, slug=slug)


def in_order(words, languages):
    """What is written per language, in the order of the shelf: (language, words)."""
    return [(one, words[one.code]) for one in languages if words.get(one.code)]


def address(name, volume, *more):
    return reverse(
        f"handbooks:{name}", args=[volume.handbook_id, volume.language_id, *more]
    )


def tabs(current):
    """The pages of this desk that belong to no single book."""
    places = [
        ("office", _("Handbooks")),
        ("alarms", _("Law that changes")),
        ("pictures", _("Pictures")),
        ("covers", _("Covers of communes")),
    ]
    return [
        {
            "title": title,
            "address": reverse(f"handbooks:{name}"),
            "current": name == current,
        }
        for name, title in places
    ]
