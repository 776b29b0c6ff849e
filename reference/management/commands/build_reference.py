import json
import re
import sqlite3
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

# Where the source differs from the act itself or from the measured boundary.
NAMES = {
    "38": "Tỉnh Thanh Hoá",
    "56": "Tỉnh Khánh Hoà",
    "75": "Thành phố Đồng Nai",  # Resolution 30/2026/QH16, since 30 April 2026
    "00175": "Phường Yên Hoà",
    "09856": "Xã Dương Hoà",
    "09988": "Xã Hoà Lạc",
    "10096": "Xã Hoà Phú",
    "10180": "Xã Dân Hoà",
    "10402": "Xã Ứng Hoà",
    "10417": "Xã Hoà Xá",
}
CENTRES = {"00493": (21.1241, 105.7715), "08995": (21.2106, 105.6904)}


class Command(BaseCommand):
    help = (
        "For maintainers: write fixtures/units.tsv and former_communes.tsv from "
        "the data folder of the package vietnamadminunits. See "
        "docs/how-to/renew-communes.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, help="vietnamadminunits/data")
        parser.add_argument("--to", type=Path, default=settings.BASE_DIR / "fixtures")

    def handle(self, *args, source, to, **options):
        database = sqlite3.connect(source / "dataset.db")
        mergers = json.loads((source / "converter_2025.json").read_text())
        provinces = database.execute(
            "SELECT DISTINCT provinceCode, '', province, provinceLat, provinceLon"
            " FROM admin_units ORDER BY 1"
        )
        communes = database.execute(
            "SELECT wardCode, provinceCode, ward, wardLat, wardLon"
            " FROM admin_units ORDER BY 1"
        )
        _write(
            to / "units.tsv",
            "code province name latitude longitude",
            map(_corrected, [*provinces, *communes]),
        )
        _write(
            to / "former_communes.tsv",
            "code name district province successors",
            _former(database, mergers),
        )


def _former(database, mergers):
    successors = _successors(database, mergers)
    # Five island districts had no communes; the district itself is the former unit.
    rows = database.execute(
        "SELECT provinceKey || '_' || districtKey || '_' || coalesce(wardKey, ''),"
        " coalesce(wardCode, districtCode), coalesce(ward, district),"
        " CASE WHEN ward IS NULL THEN '' ELSE district END, province"
        " FROM admin_units_legacy ORDER BY 2"
    )
    for key, *row in rows:
        yield [*map(_spelled, row), " ".join(sorted(successors[key]))]


def _successors(database, mergers):
    codes = {
        (province, commune): code
        for province, commune, code in database.execute(
            "SELECT provinceKey, wardKey, wardCode FROM admin_units"
        )
    }
    successors = defaultdict(set)
    for province, communes in mergers["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, former in communes.items():
            for key in former:
                successors[key].add(codes[province, commune])
    for province, former in mergers["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in former.items():
            successors[key] |= {codes[province, part["newWardKey"]] for part in parts}
    return successors


def _write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(header.split()) + "\n")
        for row in rows:
            file.write("\t".join(map(str, row)) + "\n")


def _spelled(name):
    """'Thị Xã Mường Lay' is written 'Thị xã Mường Lay'."""
    return re.sub(
        r"^(Thành|Thị) (Phố|Xã|Trấn)", lambda kind: kind[0].capitalize(), name
    )


def _corrected(row):
    code, province, name, *centre = row
    return [code, province, NAMES.get(code, name), *CENTRES.get(code, centre)]
