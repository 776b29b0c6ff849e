"""What a text was before, what changed, and how to have it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import Refused
from handbooks import actions
from handbooks.differences import lines_between, words_between
from handbooks.models import Edition, EditionSection
from handbooks.views.office.base import address, editors_only, section_to_edit


@editors_only
def history(request, book, language, slug):
    volume, section = section_to_edit(book, language, slug)
    texts = section.revisions.in_language(language).order_by("-number")
    current = Edition.objects.current().filter(volume=volume)
    published = EditionSection.objects.filter(edition__in=current, section=section)
    context = {
        "volume": volume,
        "section": section,
        "texts": texts.select_related("made_by", "follows").defer("body"),
        "published": published.values_list("revision", flat=True).first(),
        "settled": section.comments.filter(language=language)
        .exclude(settled_at=None)
        .select_related("by", "settled_by", "revision")
        .order_by("-settled_at")[:50],
    }
    return render(request, "handbooks/office/history.html", context)


@editors_only
def difference(request, book, language, slug, number):
    """One text, and what it says otherwise than the one before, or than `?since=`."""
    volume, section = section_to_edit(book, language, slug)
    texts = section.revisions.in_language(language).select_related("made_by")
    text = get_object_or_404(texts, number=number)
    since = _number(request.GET.get("since"), number - 1)
    before = texts.filter(number=since).first()
    context = {
        "volume": volume,
        "section": section,
        "text": text,
        "before": before,
        "newest": texts.order_by("-number").first(),
        "title": words_between(before.title if before else "", text.title),
        "summary": words_between(before.summary if before else "", text.summary),
        "lines": lines_between(before.body if before else "", text.body),
        "others": texts.exclude(number=number).defer("body").order_by("-number"),
    }
    return render(request, "handbooks/office/difference.html", context)


def _number(typed, default):
    if typed and typed.isascii() and typed.isdigit() and len(typed) < 6:
        return int(typed)
    return default


@editors_only
@require_POST
def restoration(request, book, language, slug, number):
    """Have an earlier text again, as the newest one."""
    volume, section = section_to_edit(book, language, slug)
    texts = section.revisions.in_language(language)
    text = get_object_or_404(texts, number=number)
    base = texts.filter(number=_number(request.POST.get("newest"), 0)).first()
    try:
        actions.restore_revision(revision=text, base=base, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Saved. Readers see it in the next edition."))
    return redirect(address("history", volume, slug))
