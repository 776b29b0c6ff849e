"""Tables of prices and worked bills, by the tariff of the edition's day."""

from decimal import Decimal
from fractions import Fraction

from django.utils.html import escape
from django.utils.translation import gettext as _

from handbooks.markup.arguments import numbers
from handbooks.markup.facts import Facts
from reference.rules import Line, Tariff, electricity_lines, water_lines

UNITS = {"electricity": "kWh", "water": "m³"}


def number(value: Decimal | int, language: str) -> str:
    """1984 -> 1.984, 37.5 -> 37,5; the other way round in English."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if language == "en":
        return text
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def dong(amount: int) -> str:
    """As on every other page: money is written the Vietnamese way in all languages."""
    return f"{amount:,}".replace(",", ".") + "\u00a0đ"


def prices(kind: str, tariff: Tariff, language: str) -> str:
    """One row a tier: what is used a month, the price, and what is paid with VAT and fee."""
    unit = UNITS[kind]
    percent = tariff.vat_percent + tariff.environment_fee_percent
    before, paid = _("Price before tax, a %s") % unit, _("What is paid, a %s") % unit
    head = "".join(
        f'<th scope="col">{escape(words)}</th>'
        for words in (_("%s a month") % unit, before, paid)
    )
    rows = "".join(
        f'<tr><th scope="row">{_span(tier.above, tier.up_to, language)}</th>'
        f"<td>{dong(tier.price)}</td>"
        f"<td>{dong(_with(tier.price, percent))}</td></tr>"
        for tier in tariff.tiers
    )
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f'<p class="on-top">{escape(_on_top(tariff, language))}</p>'
    )


def _span(above: int, up_to: int | None, language: str) -> str:
    if up_to is None:
        return escape(_("over %s") % number(above, language))
    return f"{number(above + 1 if above else 0, language)} – {number(up_to, language)}"


def _with(price: int, percent: Decimal) -> int:
    """Rounded half up, as the lines of a bill are."""
    return int(Fraction(price) * (100 + Fraction(percent)) / 100 + Fraction(1, 2))


def _on_top(tariff: Tariff, language: str) -> str:
    vat = number(tariff.vat_percent.normalize(), language)
    fee = number(tariff.environment_fee_percent.normalize(), language)
    if tariff.environment_fee_percent:
        words = _(
            "What is paid is with VAT %(vat)s %% and environmental fee %(fee)s %%."
        )
    else:
        words = _("What is paid is with VAT %(vat)s %%.")
    return words % {"vat": vat, "fee": fee}


def example(kind: str, arguments: str, tariff: Tariff, facts: Facts) -> str:
    """A bill, line by line; with `charged`, what the landlord asks and the difference."""
    asked = numbers(arguments)
    if kind == "electricity":
        used = asked["kwh"]
        lines = electricity_lines(
            tariff,
            Decimal(used),
            asked["people"],
            facts.day,
            declared=True,
            household=False,
        )
    else:
        used = asked["m3"]
        lines = water_lines(tariff, Decimal(used), facts.day)
    total = sum(line.amount for line in lines)
    rows = "".join(_row(line, facts.language) for line in lines)
    foot = _sum(_("In all"), total, "total")
    if "charged" in asked:
        foot += _charged(used, asked["charged"], total, UNITS[kind])
    return (
        f'<table class="bill"><tbody>{rows}</tbody><tfoot>{foot}</tfoot></table>'
        f"{_notes(lines)}"
    )


def _row(line: Line, language: str) -> str:
    times = ""
    if line.unit_price is not None:
        used = f"{number(line.quantity, language)} {line.unit}"
        times = f' <span class="times">{escape(used)} × {dong(line.unit_price)}</span>'
    return (
        f'<tr><th scope="row">{escape(line.what)}{times}</th>'
        f"<td>{dong(line.amount)}</td></tr>"
    )


def _charged(used: int, price: int, total: int, unit: str) -> str:
    words = _("If %(price)s is asked for each %(unit)s") % {
        "price": dong(price),
        "unit": unit,
    }
    charged = used * price
    rows = _sum(words, charged)
    if charged > total:
        rows += _sum(_("That is too much by"), charged - total, "excess")
    return rows


def _sum(words: str, amount: int, name: str = "") -> str:
    marked = f' class="{name}"' if name else ""
    return (
        f'<tr{marked}><th scope="row">{escape(words)}</th><td>{dong(amount)}</td></tr>'
    )


def _notes(lines: list[Line]) -> str:
    notes = dict.fromkeys(line.note for line in lines if line.note)
    return "".join(f'<p class="on-top">{escape(note)}</p>' for note in notes)


def citations_of(tariff: Tariff) -> list[str]:
    """The keys of the law that a table rests on."""
    keys = [tariff.citation, tariff.tenant_citation]
    return [key for key in keys if key]
