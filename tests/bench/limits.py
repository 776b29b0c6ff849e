"""What the machine can do at most: the same visits without a registry around them."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg

from tests.bench.visits import Visit

TABLES = """
DROP TABLE IF EXISTS raw_photo, raw_visit;
CREATE TABLE raw_visit (
    id uuid PRIMARY KEY, document jsonb NOT NULL, at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE raw_photo (
    visit uuid NOT NULL REFERENCES raw_visit, number int NOT NULL,
    sha256 bytea NOT NULL, place text, content bytea, PRIMARY KEY (visit, number)
);
ALTER TABLE raw_photo ALTER content SET STORAGE EXTERNAL;
"""
VISIT = "INSERT INTO raw_visit (id, document) VALUES (%s, %s)"
PHOTO = "INSERT INTO raw_photo (visit, number, sha256, content) VALUES (%s, %s, %s, %b)"
PLACE = "INSERT INTO raw_photo (visit, number, sha256, place) VALUES (%s, %s, %s, %s)"


def insert(
    connection: psycopg.Connection, visit: str, document: bytes, photos: list[bytes]
) -> None:
    """In one transaction; the photos as bytea."""
    hashes = [hashlib.sha256(photo).digest() for photo in photos]
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(VISIT, (visit, document.decode()))
        for number, photo in enumerate(photos):
            cursor.execute(PHOTO, (visit, number, hashes[number], photo))


class RawPg:
    """psycopg alone: one transaction a visit, the photos as bytea."""

    name = "raw-pg"

    def __init__(self, url: str, folder: Path):
        self.url, self.folder = url, folder / self.name

    def prepare(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(TABLES)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def sender(self, client: int) -> Callable[[Visit], None]:
        connection = psycopg.connect(self.url, autocommit=True)

        def send(visit: Visit) -> None:
            photos = [photo.content for photo in visit.photos]
            insert(connection, visit.id, visit.document, photos)

        return send

    def faults(self, sent: list[Visit]) -> list[str]:
        with psycopg.connect(self.url) as connection:
            (stored,) = connection.execute("SELECT count(*) FROM raw_visit").fetchone()
        return [] if stored == len(sent) else [f"{stored} stored of {len(sent)}"]


class RawPack(RawPg):
    """One file a visit, one fdatasync, then the rows in one transaction."""

    name = "raw-pack"

    def sender(self, client: int) -> Callable[[Visit], None]:
        connection = psycopg.connect(self.url, autocommit=True)

        def send(visit: Visit) -> None:
            hashes = [hashlib.sha256(photo.content).digest() for photo in visit.photos]
            place = self._keep(visit) if visit.photos else ""
            rows = [(visit.id, n, h, f"{place}:{n}") for n, h in enumerate(hashes)]
            with connection.transaction(), connection.cursor() as cursor:
                cursor.execute(VISIT, (visit.id, visit.document.decode()))
                if rows:
                    cursor.executemany(PLACE, rows)

        return send

    def _keep(self, visit: Visit) -> str:
        part, place = self.folder / f"{visit.id}.part", self.folder / visit.id
        file = os.open(part, os.O_WRONLY | os.O_CREAT, 0o600)
        os.writev(file, visit.parts)
        os.fdatasync(file)
        os.close(file)
        os.rename(part, place)
        folder = os.open(self.folder, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
        return str(place)
