"""What the pages of print runs, stock and events share: who may be here, and her tabs."""

import functools

from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core.errors import Refused
from handbooks.permissions import can_hold_events, can_order


def only_for(may):
    """To anybody else these pages are not there."""

    def decorate(view):
        @functools.wraps(view)
        def page(request, *args, **kwargs):
            if not may(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return login_required(never_cache(page))

    return decorate


orderers_only = only_for(can_order)
holders_only = only_for(can_hold_events)


def tabs(user, current):
    places = [
        ("print-runs", _("Print runs"), can_order),
        ("stock", _("Stock"), can_order),
        ("places", _("Places of stock"), can_order),
        ("events", _("Events"), can_hold_events),
        ("quizzes", _("Quizzes"), can_hold_events),
        ("asked", _("Questions that were asked"), can_hold_events),
    ]
    return [
        {
            "title": title,
            "address": reverse(f"handbooks:{name}"),
            "current": name == current,
        }
        for name, title, may in places
        if may(user)
    ]


def done(form, act, **more):
    """What the act made of what the form says; None if it did not, and the form says why."""
    if not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data, **more)
    except Refused as refused:
        form.add_error(None, refused.message)
    except ValidationError as wrong:
        told = getattr(wrong, "message_dict", {NON_FIELD_ERRORS: wrong.messages})
        for name, words in told.items():
            form.add_error(name if name in form.fields else None, words)
    return None
