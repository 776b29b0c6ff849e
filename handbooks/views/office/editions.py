"""Publishing, by two people: what changed, what forbids it, and what becomes of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.errors import Refused
from handbooks import actions
from handbooks.forms import ReasonForm
from handbooks.models import Cover, Edition, EditionFile
from handbooks.permissions import can_publish
from handbooks.publishing import outlook
from handbooks.views.files import whole
from handbooks.views.office.base import address, editors_only, volume_to_edit


@editors_only
def editions(request, book, language):
    """All editions of a volume; and, posted, the next one is prepared."""
    volume = volume_to_edit(book, language)
    if request.method == "POST":
        try:
            edition = actions.propose_edition(volume=volume, by=request.user)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            return redirect("handbooks:edition", edition.code)
    rows = volume.editions.select_related("cover__commune", "prepared_by")
    context = {
        "volume": volume,
        "outlook": outlook(volume),
        "editions": rows.defer("html", "imprint", "contents").order_by("-pk"),
        "prepared": rows.filter(state=Edition.State.PREPARED, cover=None)
        .defer("html")
        .first(),
        "returned": volume.returned.select_related("prepared_by", "returned_by")[:3],
    }
    return render(request, "handbooks/office/editions.html", context)


@editors_only
def edition(request, code):
    """One edition: to read before it is published, and what became of it since."""
    return _page(request, _edition(code), ReasonForm())


def _page(request, edition, form):
    before = _before(edition)
    changes = before.changes_to(edition) if before else []
    covers = Cover.objects.in_force_on(clock.today()).exclude(
        editions__volume=edition.volume, editions__number=edition.number
    )
    files = _files(edition)
    context = {
        "edition": edition,
        "volume": edition.volume,
        "before": before,
        "changes": changes,
        "sections": _sections(edition, before, changes),
        "files": files,
        "ready": sum(file.state == EditionFile.State.READY for file in files),
        "may_publish": can_publish(request.user, edition),
        "covers": covers.select_related("commune"),
        "form": form,
    }
    return render(request, "handbooks/office/edition.html", context)


def _sections(edition, before, changes):
    """All of them as they are read; what has changed can be compared."""
    kinds = {slug: what for what, slug, _title in changes}
    older = before.sections.values_list("slug", "revision__number") if before else []
    since = dict(older)
    shown = []
    for section in edition.sections.select_related("revision").order_by("order"):
        what, number = kinds.get(section.slug), since.get(section.slug)
        is_rewritten = what == "changed" and number != section.revision.number
        shown.append(
            {
                "section": section,
                # Made by our markup when it was prepared.
                "text": mark_safe(section.html),  # noqa: S308
                "what": what,
                "since": number if is_rewritten else None,
            }
        )
    return shown


def _files(edition):
    """Of a withdrawn one nothing is made any more."""
    if edition.state == Edition.State.WITHDRAWN:
        return edition.files.filter(state=EditionFile.State.READY)
    return edition.files.all()


def _before(edition):
    """The published one that readers have until this one is there."""
    older = Edition.objects.published().common().filter(volume=edition.volume)
    return older.filter(number__lt=edition.number).order_by("-number").first()


def _edition(code):
    editions = Edition.objects.select_related(
        "volume__handbook",
        "volume__language",
        "cover__commune",
        "prepared_by",
        "approved_by",
        "withdrawn_by",
    )
    return get_object_or_404(editions.defer("html"), code=code)


@editors_only
@require_safe
def edition_file(request, code, form):
    """One printable form of an edition, also of one that is in force no more."""
    ready = EditionFile.objects.ready().filter(edition__code=code, format=form)
    return whole(get_object_or_404(ready).file)


@editors_only
@require_POST
def publication(request, code):
    found = _edition(code)
    try:
        actions.publish_edition(edition=found, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Published. Its files are being made."))
    return redirect("handbooks:edition", code)


@editors_only
@require_POST
def returning(request, code):
    """Back to who prepared it, with a note; she herself takes it back without one."""
    found = _edition(code)
    form = ReasonForm(request.POST)
    try:
        if found.prepared_by_id == request.user.pk:
            actions.take_back(edition=found, by=request.user)
        elif form.is_valid():
            actions.return_edition(edition=found, by=request.user, **form.cleaned_data)
        else:
            return _page(request, found, form)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("handbooks:edition", code)
    messages.success(request, _("It is taken back. The texts are as they were."))
    return redirect(address("editions", found.volume))


@editors_only
@require_POST
def edition_withdrawal(request, code):
    found = _edition(code)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        actions.withdraw(edition=found, by=request.user, **form.cleaned_data)
    except (Refused, ValidationError) as refused:
        messages.error(request, " ".join(getattr(refused, "messages", [str(refused)])))
    else:
        messages.success(request, _("Withdrawn. Whoever checks a copy is told so."))
    return redirect("handbooks:edition", code)


@editors_only
@require_POST
def with_cover(request, code):
    """The same words under a commune's cover: prepared like any edition."""
    found = _edition(code)
    chosen = request.POST.get("cover", "")
    if not chosen.isascii() or not chosen.isdigit():
        raise Http404
    in_force = Cover.objects.in_force_on(clock.today())
    cover = get_object_or_404(in_force, pk=int(chosen[:9]))
    try:
        made = actions.propose_edition(
            volume=found.volume, by=request.user, cover=cover
        )
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("handbooks:edition", code)
    return redirect("handbooks:edition", made.code)
