from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.errors import Refused
from handbooks import actions
from handbooks.forms import CoverForm
from handbooks.models import Cover, Language
from handbooks.views.office.base import editors_only, in_order, tabs


@editors_only
def covers(request):
    """Which communes have a cover of their own; and, posted, one more or a newer one."""
    form = CoverForm(request.POST or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_cover(by=request.user, **form.words())
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The cover is kept."))
            return redirect("handbooks:covers")
    languages = list(Language.objects.all())
    rows = Cover.objects.in_force_on(clock.today()).select_related("commune", "logo")
    context = {
        "covers": [
            (cover, in_order(cover.contacts, languages))
            for cover in rows.order_by("commune__name")
        ],
        "form": form,
        "tabs": tabs("covers"),
    }
    return render(request, "handbooks/office/covers.html", context)


def _initial(request):
    """The cover that `?commune=` names, to be changed."""
    found = Cover.objects.in_force_on(clock.today())
    cover = found.filter(commune=request.GET.get("commune", "")[:5]).first()
    if cover is None:
        return {}
    words = {f"words_{code}": text for code, text in cover.contacts.items()}
    return {"commune": cover.commune_id, "logo": cover.logo_id, **words}


@editors_only
@require_POST
def cover_end(request, pk):
    cover = get_object_or_404(Cover, pk=pk)
    try:
        actions.end_cover(cover=cover, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The cover has ended."))
    return redirect("handbooks:covers")
