"""How facts are shown: money, areas, distances, days, states, pictograms.

Built into every template (settings.TEMPLATES). A fact that is missing is shown as nothing.
"""

import datetime as dt
import functools
import math
from decimal import ROUND_HALF_UP, Decimal

import phonenumbers
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext, ngettext

from core import clock, icons, inline_style
from core.states import STATES

register = template.Library()

METRES_A_MINUTE = 80  # an unhurried walk of 4.8 km/h


@register.filter
def dong(amount):
    """1200000 -> 1.200.000 đ"""
    if amount in (None, ""):
        return ""
    return f"{round(amount):,}".replace(",", ".") + " đ"


@register.filter
def count(number):
    """1984 -> 1.984 (1,984 in English)"""
    if number in (None, ""):
        return ""
    text = f"{number:,}"
    return text if get_language() == "en" else text.replace(",", ".")


@register.filter
def area(square_metres):
    """12.5 -> 12,5 m² (12.5 m² in English)"""
    if square_metres in (None, ""):
        return ""
    return f"{_number(square_metres, '0.1')} m²"


@register.filter
def distance(metres):
    """850 -> 850 m, 1240 -> 1,2 km. Rounded to what a person can tell apart."""
    if metres in (None, ""):
        return ""
    tens = math.floor(metres / 10 + 0.5) * 10
    if tens < 1000:
        return f"{tens if metres >= 10 else math.ceil(metres)} m"
    return f"{_number(metres / 1000, '0.1' if metres < 10_000 else '1')} km"


@register.filter
def minutes_walk(metres):
    """850 -> 11 phút đi bộ"""
    if metres in (None, ""):
        return ""
    minutes = max(1, math.ceil(metres / METRES_A_MINUTE))
    return gettext("%(minutes)d min walk") % {"minutes": minutes}


@register.filter
def people(number):
    """2 -> 2 người"""
    return ngettext("%(number)d person", "%(number)d people", number) % {
        "number": number
    }


def _number(value, step):
    """Rounded half up to `step`, without trailing zeros, with the language's mark."""
    rounded = Decimal(str(value)).quantize(Decimal(step), ROUND_HALF_UP)
    if rounded == rounded.to_integral_value():
        rounded = rounded.to_integral_value()
    text = f"{rounded:f}"
    return text if get_language() == "en" else text.replace(".", ",")


@register.filter
def day(moment):
    """A date, or the day of a moment in Viet Nam: 21/11/2026"""
    if not moment:
        return ""
    return f"{_local(moment):%d/%m/%Y}"


@register.filter
def moment(moment):
    """A moment in Viet Nam: 21/11/2026 14:05"""
    if not moment:
        return ""
    return f"{_local(moment):%d/%m/%Y %H:%M}"


@register.filter
def days_left(moment):
    """How long until a day or moment in Viet Nam: còn 3 ngày, hôm nay, quá hạn 2 ngày"""
    if not moment:
        return ""
    local = _local(moment)
    there = local.date() if isinstance(local, dt.datetime) else local
    days = (there - clock.today()).days
    if days < 0:
        words = ngettext("%(days)d day overdue", "%(days)d days overdue", -days)
    elif days == 0:
        return gettext("today")
    else:
        words = ngettext("%(days)d day left", "%(days)d days left", days)
    return words % {"days": abs(days)}


def _local(moment):
    if isinstance(moment, dt.datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment, timezone.get_default_timezone())
    return moment


@register.filter
def phone(number):
    """+84912345678 -> 0912 345 678. A hotline such as 114 stays as it is."""
    if not number:
        return ""
    if not str(number).startswith("+"):
        return str(number)
    try:
        parsed = phonenumbers.parse(str(number))
    except phonenumbers.NumberParseException:
        return str(number)
    home = parsed.country_code == 84
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        parsed, form.NATIONAL if home else form.INTERNATIONAL
    )


@register.simple_tag
def icon(name, label="", size=""):
    """A pictogram inside the page. Without `label` a screen reader passes over it.

    `size` is "" (as tall as the text), "big" or "huge".
    """
    return _icon(name, str(label), size)


@register.simple_tag
def icon_symbol(name):
    """A pictogram to be used by name, `<use href="#icon-...">`, by a script's page."""
    return format_html(
        '<symbol id="icon-{}" viewBox="0 0 24 24">{}</symbol>',
        name,
        mark_safe(icons.drawing(name)),  # noqa: S308 our own file
    )


# A page of rooms shows the same few pictograms a hundred times.
@functools.lru_cache(maxsize=1024)
def _icon(name, label, size):
    naming = (
        format_html(' role="img" aria-label="{}"', label)
        if label
        else mark_safe(' aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24"{}>{}</svg>',
        f" icon-{size}" if size else "",
        naming,
        mark_safe(icons.drawing(name)),  # noqa: S308 our own file
    )


@register.simple_tag
def state(key, word="", until=None):
    """A state as pictogram, word and colour. `word` replaces the usual one."""
    return _chip(key, str(word), until, get_language())


@functools.lru_cache(maxsize=1024)
def _chip(key, word, until, language):
    look = STATES[key]
    words = word or look.word
    if until:
        words = gettext("%(state)s until %(day)s") % {"state": words, "day": day(until)}
    return format_html(
        '<span class="chip chip-{}">{}{}</span>', look.colour, icon(look.icon), words
    )


@register.simple_tag
def look(key):
    """The icon, colour and word of a state, for a component that lays them out itself."""
    return STATES[key]


@register.simple_tag
def address(path):
    """A fixed address of ours in the reader's language: /office/ -> /en/office/"""
    return _in_language(path, get_language())


@register.simple_tag(takes_context=True)
def same_page_in(context, language):
    """This page's address in another language, filters included."""
    request = context.get("request")
    return _in_language(request.get_full_path() if request else "/", language)


def _in_language(path, language):
    # The inner lstrip: `/en//elsewhere.example/` must not become an address elsewhere.
    bare = path.removeprefix("/en") if path.startswith("/en/") else path
    bare = f"/{bare.lstrip('/')}"
    return f"/en{bare}" if language == "en" else bare


@register.simple_tag(name="inline_style")
def inline_style_tag(name):
    """A known style inside the page; the Content-Security-Policy lists its hash."""
    return format_html(
        "<style>{}</style>",
        mark_safe(inline_style.text(name)),  # noqa: S308 our own file
    )
