"""One section in one language: write, see it, keep it.

Whatever arrives is kept as a draft first, then looked at: a text that is refused, or that
somebody else has overtaken, is still there.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.errors import Refused
from handbooks import actions, previews
from handbooks.differences import lines_between
from handbooks.forms import CommentForm, DraftForm, SectionForm, TextForm
from handbooks.models import Draft
from handbooks.views.office.base import address, editors_only, section_to_edit
from handbooks.views.office.desk import Desk


@editors_only
def edit(request, book, language, slug):
    desk = Desk(*section_to_edit(book, language, slug), request.user)
    if request.method != "POST":
        previews.warm_up()
        return _page(request, desk, TextForm(initial=desk.initial))
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, form)
    try:
        _keep(desk, form.cleaned_data)
    except Refused:
        return _overtaken(request, desk, form.cleaned_data)
    if "preview" in request.POST:
        return _page(request, desk, _again(request, desk), seen=True)
    return _save(request, desk)


def _save(request, desk):
    form = TextForm(request.POST)
    if form.is_valid():
        try:
            desk.save(**form.cleaned_data)
        except Refused as refused:
            if refused.code == "conflict":
                return _overtaken(request, desk, form.cleaned_data)
            form.add_error(None, refused.message)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. Readers see it in the next edition."))
            return redirect(address("edit", desk.volume, desk.section.slug))
    form.data = desk.with_new_time(request.POST)
    return _page(request, desk, form)


def _again(request, desk):
    """What she sent, with the time of the draft that it has become."""
    return TextForm(initial={**request.POST.dict(), **desk.marks})


def _page(request, desk, form, *, seen=False):
    data = form.data if form.is_bound else form.initial
    body = data.get("body") or ""
    preview = previews.on_the_web(desk.volume, desk.section, body)
    context = {
        "desk": desk,
        "volume": desk.volume,
        "section": desk.section,
        "form": form,
        "preview": preview,
        "paper": previews.as_data(_paper(desk, data)) if seen else "",
        "comment_form": CommentForm(),
        "section_form": SectionForm(
            initial={"pictogram": desk.section.pictogram, "items": desk.section.items}
        ),
    }
    return render(request, "handbooks/office/edit.html", context)


def _overtaken(request, desk, mine):
    """Two texts of one section: both are shown, and she makes one of them."""
    desk = Desk(desk.volume, desk.section, request.user)  # as it is by now
    theirs, marks = desk.overtaken_by(mine)
    initial = {**mine, **marks}
    context = {
        "volume": desk.volume,
        "section": desk.section,
        "theirs": theirs,
        "is_mine": isinstance(theirs, Draft),
        "lines": lines_between(theirs.body, mine["body"]),
        "form": TextForm(initial=initial),
    }
    page = "handbooks/office/conflict.html"
    return render(request, page, context, status=409)


def _keep(desk, words):
    return desk.keep(
        **{name: words[name] for name in ("title", "summary", "body", "base", "kept")}
    )


@editors_only
@require_POST
def draft(request, book, language, slug):
    """What a pause of the typing hand sends; the answer says what is wrong with it."""
    desk = Desk(*section_to_edit(book, language, slug), request.user)
    form = DraftForm(request.POST)
    if not form.is_valid():
        problems = [error for errors in form.errors.values() for error in errors]
        return JsonResponse({"code": "invalid", "words": problems}, status=400)
    try:
        kept = _keep(desk, form.cleaned_data)
    except Refused as refused:
        answer = {"code": refused.code, "words": [refused.message]}
        return JsonResponse(answer, status=refused.status)
    return JsonResponse({"kept": kept.saved_at.isoformat()})


@editors_only
@require_POST
def preview(request, book, language, slug):
    """How the text looks on the web, and what is wrong, line by line; nothing is kept."""
    previews.warm_up()  # the page may have been opened in another process
    volume, section = section_to_edit(book, language, slug)
    seen = previews.on_the_web(volume, section, request.POST.get("body", ""))
    count = len(seen.problems)
    answer = {
        "html": seen.html,
        "count": ngettext("%(count)d line to mend", "%(count)d lines to mend", count)
        % {"count": count}
        if count
        else "",
        "problems": [
            {"line": found.line, "words": str(found)} for found in seen.problems
        ],
    }
    return JsonResponse(answer)


@editors_only
@require_POST
def paper(request, book, language, slug):
    """A picture of its pages."""
    desk = Desk(*section_to_edit(book, language, slug), request.user)
    return HttpResponse(_paper(desk, request.POST), content_type="image/png")


def _paper(desk, words):
    return previews.on_paper(
        desk.volume,
        desk.section,
        **{
            name: (words.get(name) or "").replace("\0", "")
            for name in ("title", "summary", "body")
        },
    )


@editors_only
def discard(request, book, language, slug):
    volume, section = section_to_edit(book, language, slug)
    drafts = Draft.objects.filter(section=section, language=volume.language)
    mine = get_object_or_404(drafts, person=request.user)
    if request.method == "POST":
        actions.discard_draft(draft=mine, by=request.user)
        return redirect(address("edit", volume, slug))
    context = {"volume": volume, "section": section, "draft": mine}
    return render(request, "handbooks/office/discard.html", context)


@editors_only
@require_POST
def facts(request, book, language, slug):
    """The section's pictogram and items, which are no text."""
    volume, section = section_to_edit(book, language, slug)
    form = SectionForm(request.POST)
    if form.is_valid():
        actions.change_section(section=section, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept."))
    else:
        for errors in form.errors.values():
            messages.error(request, " ".join(errors))
    return redirect(address("edit", volume, slug))


@editors_only
@require_POST
def comments(request, book, language, slug):
    volume, section = section_to_edit(book, language, slug)
    form = CommentForm(request.POST)
    if form.is_valid():
        actions.comment(
            section=section,
            language=volume.language,
            by=request.user,
            **form.cleaned_data,
        )
    else:
        messages.error(request, _("Write what you want to say, in 1,000 letters."))
    return redirect(f"{address('edit', volume, slug)}#comments")


@editors_only
@require_POST
def settlement(request, book, language, slug, pk):
    volume, section = section_to_edit(book, language, slug)
    said = get_object_or_404(section.comments.filter(language=language), pk=pk)
    try:
        actions.settle_comment(comment=said, by=request.user)
    except Refused as refused:
        messages.warning(request, refused.message)
    return redirect(f"{address('edit', volume, slug)}#comments")
