"""What is on the disk, and what is not, before and after a crash."""

import os
import time

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import OperationalError

from core import jobs
from inspections.actions import receiving, sweep_packs
from inspections.models import EvidencePhoto, Submission
from inspections.pack import MEDIA_TYPE, keeping
from tests.inspections.factories import VisitFactory, document
from tests.inspections.test_api_pack import photo, with_photos
from tests.registry.factories import RoomFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client):
    visit = VisitFactory(house=RoomFactory().house)
    client.force_login(visit.inspector)
    return visit


def put(client, visit, body):
    path = f"/api/v1/visits/{visit.pk}/pack"
    return client.put(path, body, content_type=MEDIA_TYPE)


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def age(path, hours):
    then = time.time() - hours * 3600
    os.utime(path, (then, then))


def test_pack_is_nobody_elses_to_read(client, visit, media):
    put(client, visit, with_photos(document(visit), photo()))

    (file,) = files(media / "packs")
    assert file.stat().st_mode & 0o777 == 0o600


def test_crash_between_the_file_and_the_rows_is_healed_by_a_repeat(
    client, visit, media, monkeypatch
):
    body = with_photos(document(visit), photo())

    def dies(*_):
        raise OperationalError("terminating connection")

    with monkeypatch.context() as crash:
        crash.setattr(receiving, "_store", dies)
        broken = put(client, visit, body)
    again = put(client, visit, body)

    assert (broken.status_code, broken["Retry-After"]) == (503, "30")
    assert again.status_code == 201
    (file,) = files(media / "packs")
    assert file.read_bytes() == body
    assert Submission.objects.count() == 1


def test_sweep_deletes_what_nobody_refers_to_after_a_day(client, visit, media):
    put(client, visit, with_photos(document(visit), photo()))
    (kept,) = files(media / "packs")
    orphan = kept.with_name("orphan")
    unfinished = media / keeping.UNFINISHED / "part"
    fresh = media / keeping.UNFINISHED / "fresh"
    for path in (orphan, unfinished, fresh):
        path.write_bytes(b"x")
    for path in (kept, orphan, unfinished):
        age(path, hours=25)

    call_command("sweep_packs", verbosity=0)

    assert sorted(files(media / "packs")) == sorted([kept, fresh])


def test_sweep_of_nothing_deletes_nothing():
    assert sweep_packs() == []


@pytest.fixture
def elsewhere(settings):
    """Media in a storage that is no folder, as with S3."""
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"default": memory}


def test_pack_goes_to_another_storage_too(client, visit, elsewhere, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    body = with_photos(document(visit), photo())

    answers = [put(client, visit, body) for _ in range(2)]
    jobs.run_waiting()

    assert [answer.status_code for answer in answers] == [201, 200]
    with default_storage.open(Submission.objects.get().file, "rb") as file:
        assert file.read() == body
    assert EvidencePhoto.objects.get().large.size > 0
    assert files(tmp_path / "packs") == []
