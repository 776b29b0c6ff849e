"""The rescue file as bytes, against the one that the tablet's own module made."""

import base64
import hashlib
import io
import json
from pathlib import Path

import pytest

from inspections.pack import RescueFile, Unreadable
from tests.inspections.rescues import rescue_file

VECTOR = json.loads((Path(__file__).parents[1] / "vectors" / "rescue.json").read_text())
CLOSED = 65536 + 16
BEGIN = 28 + 16


def bytes_of(number, size):
    return bytes((i * 31 + number) % 251 for i in range(size))


@pytest.fixture(scope="module")
def whole():
    entries = VECTOR["entries"]
    salt = base64.urlsafe_b64decode(VECTOR["salt"] + "==")
    return rescue_file(
        VECTOR["about"],
        entries,
        [bytes_of(n, entry["size"]) for n, entry in enumerate(entries)],
        VECTOR["passphrase"],
        salt=salt,
        rounds=VECTOR["rounds"],
    )


def opened(content, passphrase=VECTOR["passphrase"]):
    return RescueFile(io.BytesIO(content), len(content), passphrase)


def test_file_is_the_one_of_the_vector(whole):
    assert len(whole) == VECTOR["file_size"]
    assert hashlib.sha256(whole).hexdigest() == VECTOR["file_sha256"]


def test_every_pack_of_the_vector_is_read(whole):
    rescue = opened(whole)

    assert [str(entry.visit) for entry in rescue.entries] == [
        entry["visit"] for entry in VECTOR["entries"]
    ]
    assert [entry.label for entry in rescue.entries] == [
        entry["label"] or "" for entry in VECTOR["entries"]
    ]
    for number, entry in enumerate(rescue.entries):
        assert rescue.is_whole(entry)
        with rescue.open(entry) as file:
            assert file.read() == bytes_of(number, entry.size)
            file.seek(entry.size - 5)
            assert file.read(9) == bytes_of(number, entry.size)[-5:]


def test_file_without_entries_is_read():
    content = base64.urlsafe_b64decode(VECTOR["empty"] + "==")

    assert opened(content).entries == []


class Watched(io.BytesIO):
    largest = 0

    def read(self, size=-1):
        content = super().read(size)
        self.largest = max(self.largest, len(content))
        return content


def test_never_more_than_a_chunk_of_the_file_is_read_at_once(whole):
    file = Watched(whole)
    rescue = RescueFile(file, len(whole), VECTOR["passphrase"])

    for entry in rescue.entries:
        assert rescue.is_whole(entry)

    assert file.largest == CLOSED


@pytest.mark.parametrize("passphrase", ["", "khác", VECTOR["passphrase"] + " "])
def test_other_passphrase_opens_nothing(whole, passphrase):
    with pytest.raises(Unreadable, match="wrong_passphrase"):
        opened(whole, passphrase)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + bytes(99), b"SRRESC1\0"])
def test_other_files_are_told_apart(content):
    with pytest.raises(Unreadable, match="not_rescue"):
        opened(content)


def damaged(content, at):
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_damaged_list_says_so(whole):
    with pytest.raises(Unreadable, match="damaged"):
        opened(damaged(whole, BEGIN))


@pytest.mark.parametrize("rounds", [0, 5_000_001])
def test_rounds_that_nobody_chose_are_not_counted(whole, rounds):
    with pytest.raises(Unreadable, match="damaged"):
        opened(whole[:8] + rounds.to_bytes(4, "big") + whole[12:])


@pytest.mark.parametrize(
    ("chunk", "left"), [(1, [False, False, True]), (2, [True, False, False])]
)
def test_damaged_chunk_costs_the_packs_in_it_and_no_other(whole, chunk, left):
    rescue = opened(damaged(whole, BEGIN + chunk * CLOSED))

    lost = [rescue.is_whole(entry) for entry in rescue.entries]
    assert lost != [True, True, True]
    assert True in lost


@pytest.mark.parametrize("left", [BEGIN + 2 * CLOSED, BEGIN + 2 * CLOSED + 40])
def test_file_that_was_cut_off_has_lost_its_last_packs(whole, left):
    rescue = opened(whole[:left])

    assert [rescue.is_whole(entry) for entry in rescue.entries] == [True, False, False]


@pytest.mark.parametrize(
    "change",
    [
        {"size": -1},
        {"size": "40000"},
        {"size": 10**12},
        {"visit": "x"},
        {"upload": 7},
        {"proof": None},
        {"inspector": None},
        {"label": "x" * 999},
    ],
)
def test_list_that_no_tablet_writes_is_damaged(change):
    entry = VECTOR["entries"][0] | change
    content = rescue_file({}, [entry], [bytes(40000)], "x")

    with pytest.raises(Unreadable, match="damaged"):
        opened(content, "x")
