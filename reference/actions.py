"""Loading the facts that come with the program. Safe to repeat, at every start.

Units and former names are as the files say. What an administrator has entered since is
kept: the pilot mark, a legal reference confirmed later than the file's, every tariff.
"""

import csv
import datetime as dt
import json
from collections import defaultdict
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from core.text import fold, nfc, sort_key
from reference import rules
from reference.models import (
    AdministrativeUnit,
    FormerUnit,
    Gate,
    LegalReference,
    Succession,
    Tariff,
    TariffTier,
    Workplace,
)

IN_FORCE_SINCE = dt.date(2025, 7, 1)


@transaction.atomic
def load(*, folder: Path) -> dict[str, int]:
    """Bring the tables up to the files of the folder; the number of rows read, by file."""
    units = _rows(folder / "units.tsv")
    former = _rows(folder / "former_communes.tsv")
    references = json.loads((folder / "legal_references.json").read_text())
    tariffs = json.loads((folder / "tariffs.json").read_text())
    workplaces = json.loads((folder / "workplaces.json").read_text())
    pilot = (folder / "pilot_communes.txt").read_text().split()
    _load_units(units, former, pilot=pilot)
    _load_former(former)
    _load_references(references)
    _load_tariffs(tariffs)
    _load_workplaces(workplaces)
    _count_anew()
    return {
        "units": len(units),
        "former_communes": len(former),
        "legal_references": len(references),
        "tariffs": len(tariffs),
        "workplaces": len(workplaces),
    }


def _count_anew() -> None:
    """The planner knows at once how much there is; else the first searches are slow."""
    with connection.cursor() as cursor:
        for model in (AdministrativeUnit, FormerUnit, Succession):
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')


def _rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(map(nfc, file), delimiter="\t"))


def _load_units(rows, former, *, pilot):
    provinces = {row["code"]: row["name"] for row in rows if not row["province"]}
    areas = defaultdict(set)
    for row in former:
        for successor in row["successors"].split():
            areas[successor] |= {row["district"], row["province"]}
    units = [
        _unit(row, {provinces.get(row["province"], "")} | areas[row["code"]])
        for row in rows
    ]
    for unit in units:
        unit.pilot = unit.code in pilot
    _upsert(units, keep={"pilot"})


def _unit(row, areas):
    short = rules.split_name(row["name"])[1]
    return AdministrativeUnit(
        code=row["code"],
        level=2 if row["province"] else 1,
        kind=rules.kind_of(row["name"]),
        parent_id=row["province"] or None,
        name=row["name"],
        name_en=rules.english_name(row["name"]),
        short_name=short,
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        in_force=DateRange(IN_FORCE_SINCE, None),
        short_text=fold(short),
        name_text=rules.search_words(row["name"]),
        search_text=rules.search_words(row["name"], *sorted(areas)),
        sort_key=sort_key(short),
    )


def _load_former(rows):
    _upsert([_former(row) for row in rows])
    wanted = {
        (row["code"], successor): extent
        for row in rows
        for successor, extent in _shares(row["successors"].split())
    }
    known = {
        (former, successor): extent
        for former, successor, extent in Succession.objects.values_list(
            "former", "successor", "extent"
        )
    }
    if known == wanted:
        return
    Succession.objects.all().delete()
    Succession.objects.bulk_create(
        Succession(former_id=former, successor_id=successor, extent=extent)
        for (former, successor), extent in wanted.items()
    )


def _former(row):
    names = [row["name"], row["district"], row["province"]]
    return FormerUnit(
        code=row["code"],
        kind=rules.kind_of(row["name"]),
        name=row["name"],
        district=row["district"],
        province=row["province"],
        name_text=rules.search_words(row["name"]),
        search_text=rules.search_words(*names),
    )


def _shares(successors):
    extent = "whole" if len(successors) == 1 else "part"
    return [(successor, extent) for successor in successors]


def _load_references(rows):
    later = {
        key
        for key, day in LegalReference.objects.values_list("key", "confirmed_on")
        if any(row["key"] == key and row["confirmed_on"] < f"{day}" for row in rows)
    }
    _upsert([_reference(row) for row in rows if row["key"] not in later])


def _reference(row):
    return LegalReference(
        key=row["key"],
        act=row["act"],
        number=row["number"],
        year=row["year"],
        article=row.get("article", ""),
        clause=row.get("clause", ""),
        annex=row.get("annex", ""),
        amended_by=row.get("amended_by", ""),
        title=row["title"],
        summary=row["summary"],
        in_force=_period(row["in_force"]),
        confirmed_on=dt.date.fromisoformat(row["confirmed_on"]),
        confidence=row["confidence"],
        source=row["source"],
        replaces_id=row.get("replaces"),
    )


def _load_tariffs(rows):
    for row in rows:
        in_force = _period(row["in_force"])
        known = Tariff.objects.filter(key=row["key"])
        if known.exists():
            # A newer file may know when it ended; everything else is kept.
            if in_force.upper:
                known.filter(in_force__upper_inf=True).update(in_force=in_force)
            continue
        same = Tariff.objects.filter(kind=row["kind"], place=row.get("place"))
        if not same.filter(in_force__overlap=in_force).exists():
            _add_tariff(row, in_force)


def _add_tariff(row, in_force):
    tariff = Tariff(
        key=row["key"],
        kind=row["kind"],
        place_id=row.get("place"),
        in_force=in_force,
        reference_id=row["reference"],
        vat_percent=row["vat_percent"],
        vat_until=row.get("vat_until"),
        environment_fee_percent=row.get("environment_fee_percent", 0),
        people_per_household=row.get("people_per_household"),
        flat_tier=row.get("flat_tier"),
        tenant_reference_id=row.get("tenant_reference"),
    )
    tariff.full_clean()
    tariff.save()
    TariffTier.objects.bulk_create(
        TariffTier(tariff=tariff, number=number, above=above, up_to=up_to, price=price)
        for number, (above, up_to, price) in enumerate(row["tiers"], start=1)
    )


def _load_workplaces(rows):
    _upsert([_workplace(row) for row in rows])
    # A gate that somebody has measured since keeps its place.
    Gate.objects.bulk_create(
        (
            Gate(workplace_id=row["key"], **gate)
            for row in rows
            for gate in row["gates"]
        ),
        ignore_conflicts=True,
    )


def _workplace(row):
    names = [row["name"], row["name_en"], *row["other_names"]]
    return Workplace(
        key=row["key"],
        name=row["name"],
        name_en=row["name_en"],
        commune_id=row["commune"],
        search_text=f" {fold(' '.join(names))} ",
        sort_key=sort_key(row["name"]),
    )


def _period(days):
    first, end = (dt.date.fromisoformat(day) if day else None for day in days)
    return DateRange(first, end)


def _upsert(things, *, keep=frozenset()):
    """Write what is new or other than in the database; usually nothing."""
    model = type(things[0])
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in keep
    ]
    known = {row[0]: row[1:] for row in model.objects.values_list("pk", *names)}
    changed = [
        thing
        for thing in things
        if known.get(thing.pk) != tuple(getattr(thing, name) for name in names)
    ]
    model.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=[model._meta.pk.name],
        update_fields=[name.removesuffix("_id") for name in names],
    )
