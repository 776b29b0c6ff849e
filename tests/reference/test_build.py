import json
import sqlite3

import pytest
from django.core.management import call_command

NEW = [
    # province, its code and centre, commune, its code and centre
    ("hanoi", "01", "Thành phố Hà Nội", 21.0, 105.7, "xaa", "00493", "Xã A", 1.0, 2.0),
    ("hanoi", "01", "Thành phố Hà Nội", 21.0, 105.7, "xab", "00175", "Xã B", 3.0, 4.0),
]
OLD = [
    ("hanoi", "Thành Phố Hà Nội", "huyenx", "Huyện X", "318", "xac", "00001", "Xã C"),
    ("hanoi", "Thành Phố Hà Nội", "huyenx", "Huyện X", "318", "xad", "00002", "Xã D"),
    ("hanoi", "Thành Phố Hà Nội", "huyeny", "Huyện Y", "319", None, None, None),
]
MERGERS = {
    "DICT_PROVINCE_WARD_NO_DIVIDED": {
        "hanoi": {"xaa": ["hanoi_huyenx_xac"], "xab": ["hanoi_huyeny_"]}
    },
    "DICT_PROVINCE_WARD_DIVIDED": {
        "hanoi": {"hanoi_huyenx_xad": [{"newWardKey": "xab"}, {"newWardKey": "xaa"}]}
    },
}


@pytest.fixture
def package(tmp_path):
    database = sqlite3.connect(tmp_path / "dataset.db")
    database.execute(
        "CREATE TABLE admin_units (provinceKey, provinceCode, province, provinceLat,"
        " provinceLon, wardKey, wardCode, ward, wardLat, wardLon)"
    )
    database.execute(
        "CREATE TABLE admin_units_legacy (provinceKey, province, districtKey, district,"
        " districtCode, wardKey, wardCode, ward)"
    )
    database.executemany(f"INSERT INTO admin_units VALUES ({','.join('?' * 10)})", NEW)
    database.executemany(
        f"INSERT INTO admin_units_legacy VALUES ({','.join('?' * 8)})", OLD
    )
    database.commit()
    database.close()
    (tmp_path / "converter_2025.json").write_text(json.dumps(MERGERS))
    return tmp_path


def test_build_writes_units_corrected_by_the_acts(package):
    call_command("build_reference", str(package), "--to", str(package))

    assert (package / "units.tsv").read_text().splitlines() == [
        "code\tprovince\tname\tlatitude\tlongitude",
        "01\t\tThành phố Hà Nội\t21.0\t105.7",
        "00175\t01\tPhường Yên Hoà\t3.0\t4.0",
        "00493\t01\tXã A\t21.1241\t105.7715",
    ]


def test_build_writes_former_communes_with_all_their_successors(package):
    call_command("build_reference", str(package), "--to", str(package))

    assert (package / "former_communes.tsv").read_text().splitlines() == [
        "code\tname\tdistrict\tprovince\tsuccessors",
        "00001\tXã C\tHuyện X\tThành phố Hà Nội\t00493",
        "00002\tXã D\tHuyện X\tThành phố Hà Nội\t00175 00493",
        "319\tHuyện Y\t\tThành phố Hà Nội\t00175",
    ]
