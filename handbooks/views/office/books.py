"""All handbooks in all languages, and one of them: what is to do."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.errors import Refused
from handbooks import actions
from handbooks.alarms import alarms
from handbooks.forms import LanguageForm, NewSectionForm, VolumeForm
from handbooks.models import Section, Volume
from handbooks.standing import shelves
from handbooks.views.office.base import (
    address,
    editors_only,
    section_to_edit,
    tabs,
    volume_to_edit,
)


@editors_only
def office(request):
    known = alarms(clock.today())
    context = {
        "shelves": shelves(Volume.objects.shelf(), known),
        "alarms": known.all,
        "today": clock.today(),
        "tabs": tabs("office"),
    }
    return render(request, "handbooks/office/shelf.html", context)


@editors_only
def book(request, book, language):
    volume = volume_to_edit(book, language)
    [shelf] = shelves([volume])
    context = {
        "volume": volume,
        "shelf": shelf,
        "volumes": Volume.objects.shelf().filter(handbook=volume.handbook),
        "withdrawn": volume.handbook.sections.withdrawn().titled(language),
        "language_form": LanguageForm(),
    }
    return render(request, "handbooks/office/book.html", context)


@editors_only
def new_section(request, book, language):
    volume = volume_to_edit(book, language)
    form = NewSectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        section = actions.add_section(
            handbook=volume.handbook,
            language=volume.language,
            by=request.user,
            **form.cleaned_data,
        )
        return redirect(address("edit", volume, section.slug))
    context = {"volume": volume, "form": form}
    return render(request, "handbooks/office/new_section.html", context)


@editors_only
def order(request, book, language):
    """Every section with its place as a number; who moves one types where it goes."""
    volume = volume_to_edit(book, language)
    [shelf] = shelves([volume])
    if request.method == "POST":
        try:
            actions.order_sections(
                handbook=volume.handbook,
                slugs=_in_typed_order(request.POST, shelf.sections),
                by=request.user,
            )
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("The order is kept."))
            return redirect(address("office-book", volume))
    context = {"volume": volume, "shelf": shelf}
    return render(request, "handbooks/office/order.html", context)


def _in_typed_order(typed, standings):
    """Who gets the place of another stands before her if she comes from below."""

    def place(now, slug):
        number = typed.get(f"place-{slug}", "")
        wanted = int(number) if number.isascii() and number[:4].isdigit() else now
        side = (wanted > now) - (wanted < now)
        return (min(wanted, 9999), side, now)

    slugs = [one.section.slug for one in standings]
    places = {slug: place(now, slug) for now, slug in enumerate(slugs, start=1)}
    return sorted(slugs, key=places.__getitem__)


@editors_only
def withdrawal(request, book, language, slug):
    volume, section = section_to_edit(book, language, slug)
    if request.method == "POST":
        try:
            if section.withdrawn_at:
                actions.bring_back_section(section=section, by=request.user)
            else:
                actions.withdraw_section(section=section, by=request.user)
        except Refused as refused:
            messages.error(request, refused.message)
        return redirect(address("office-book", volume))
    titled = Section.objects.titled(language).get(pk=section.pk)
    context = {
        "volume": volume,
        "section": section,
        "title": titled.title or section.slug,
    }
    return render(request, "handbooks/office/withdrawal.html", context)


@editors_only
@require_POST
def languages(request, book, language):
    """Add a language to a handbook."""
    volume = volume_to_edit(book, language)
    form = LanguageForm(request.POST)
    if form.is_valid():
        try:
            added = actions.add_language(
                handbook=volume.handbook, by=request.user, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return redirect(address("office-book", added))
    context = {"volume": volume, "form": form}
    return render(request, "handbooks/office/language.html", context)


@editors_only
def words(request, book, language):
    """Title, subtitle and imprint."""
    volume = volume_to_edit(book, language)
    form = VolumeForm(request.POST or None, instance=volume)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_volume(volume=volume, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kept. It will stand in the next edition."))
            return redirect(address("office-book", volume))
    context = {"volume": volume, "form": form}
    return render(request, "handbooks/office/words.html", context)
