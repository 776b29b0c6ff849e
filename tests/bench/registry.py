"""The registry itself: a real gunicorn in front of a database of its own."""

import hashlib
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import django
import psycopg
from psycopg.rows import dict_row

from devtools import serve
from tests.bench.client import Tablet
from tests.bench.visits import Visit, sealed

FILES_LOOKED_AT = 40
SENT_AGAIN = 20
# A house with rooms and a planned visit each; codes of letters, as the real ones are.
HOUSES = """
WITH numbers AS (SELECT generate_series(%(first)s::int, %(last)s::int) AS n),
houses AS (
    INSERT INTO registry_house (number, landlord_id, name, commune_id, hamlet, street,
        address, address_key, landmark, search_text, kind, floors, gate, parking, water,
        has_cameras, has_children, created_at, registered_at, withdrawn_because)
    SELECT 'H' || lpad(n::text, 6, '0'), %(landlord)s, '', %(commune)s, '', 'Hoa Ban',
        'số ' || n, 'so ' || n, '', '', 'row', 2, 'always_open', 'locked', 'piped',
        true, true, now(), now(), ''
    FROM numbers RETURNING id, number
),
rooms AS (
    INSERT INTO registry_room (code, house_id, label, floor, area, max_people, rent,
        deposit, electricity, water, toilet, has_loft, added_at, withdrawn_because)
    SELECT 'R' || r || substr(number, 2), id, '10' || r, 1, 14, 2, 1200000, 0,
        'state_price', 'state_price', 'own', false, now(), ''
    FROM houses, generate_series(1, %(rooms)s::int) AS r RETURNING house_id, code
),
visits AS (
    INSERT INTO inspections_visit (id, house_id, inspector_id, version_id, planned_for,
        planned_by_id, created_at, withdrawn_because)
    SELECT gen_random_uuid(), id, (%(inspectors)s::bigint[])[1 + id %% %(clients)s],
        %(version)s, %(day)s, %(planner)s, now() - interval '1 hour', ''
    FROM houses RETURNING id, house_id, inspector_id
)
SELECT visits.id::text, houses.number AS house, inspector_id,
    (SELECT array_agg(code ORDER BY code) FROM rooms
     WHERE rooms.house_id = visits.house_id) AS rooms
FROM visits JOIN houses ON houses.id = visits.house_id ORDER BY number
"""
STORED = """
SELECT v.id::text, s.sha256, s.file, count(p.id) AS photos,
    count(*) OVER (PARTITION BY v.id) AS times
FROM inspections_visit v JOIN inspections_submission s ON s.visit_id = v.id
LEFT JOIN inspections_evidencephoto p ON p.submission_id = s.id
WHERE v.id = ANY(%s::uuid[]) AND v.received_at IS NOT NULL AND s.accepted
GROUP BY v.id, s.id
"""


class Registry:
    def __init__(self, url: str, folder: Path, clients: int, name: str = "registry"):
        self.url, self.clients, self.name = url, clients, name
        self.folder = folder
        self.media = folder / "media"
        self.people = None
        self.server = None
        self.port = 0
        self.houses = itertools.count(1)

    def start(self, env: dict[str, str]) -> None:
        """Make the people if there are none, then serve as `dev.py run` does."""
        if self.people is None:
            self.make_people()
        self.port = serve.free_port()
        env = env | {
            "DATABASE_URL": self.url,
            "VAR_DIR": str(self.folder),
            "SITE_URL": f"http://127.0.0.1:{self.port}",
        }
        words = f"-m {serve.WEB} {serve.QUIET} --bind 127.0.0.1:{self.port}"
        self.server = serve.start(words, env)
        serve.wait_until_it_answers({"web server": self.server}, env["SITE_URL"])

    def stop(self) -> None:
        if self.server:
            serve.end([self.server])

    def make_people(self) -> None:
        django.setup()
        from tests.bench import people  # noqa: PLC0415  (its models need the line above)

        self.people = people.make(self.clients)

    def plan(self, number: int) -> list[dict]:
        """New houses, each with a visit planned for one of the inspectors."""
        first = next(self.houses)
        self.houses = itertools.count(first + number)
        asked = self.people.ids | {"first": first, "last": first + number - 1}
        with psycopg.connect(self.url, row_factory=dict_row) as connection:
            rows = connection.execute(HOUSES, asked).fetchall()
        clients = {user: n for n, user in enumerate(self.people.ids["inspectors"])}
        day = self.people.ids["day"].isoformat()
        return [
            row | {"client": clients[row["inspector_id"]], "day": day} for row in rows
        ]

    def prepare(self) -> None:
        shutil.rmtree(self.media, ignore_errors=True)
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("DELETE FROM procrastinate_jobs")

    def sender(self, client: int) -> Callable[[Visit], None]:
        return Tablet(self.port).send

    def sealed(self, visits: list[Visit]) -> list[Visit]:
        """What the tablets have done before they send."""
        from inspections import pack as packs  # noqa: PLC0415

        _, point = packs.public_key()
        day, inspectors = self.people.ids["day"], self.people.ids["inspectors"]
        keys = [packs.ticket(inspector, day) for inspector in inspectors]
        return [
            sealed(each, point, keys[each.client], inspectors[each.client], day)
            for each in visits
        ]

    def faults(self, sent: list[Visit]) -> list[str]:
        """What is lost, there twice, or not what was sent."""
        with psycopg.connect(self.url, row_factory=dict_row) as connection:
            rows = connection.execute(STORED, ([visit.id for visit in sent],))
            stored = {row["id"]: row for row in rows}
        return [
            fault
            for number, visit in enumerate(sent)
            for fault in self._faults_of(visit, stored.get(visit.id), number)
        ]

    def _faults_of(self, visit: Visit, row: dict | None, number: int) -> list[str]:
        if row is None:
            return [f"{visit.id} is lost"]
        found = []
        if row["times"] != 1:
            found.append(f"{visit.id} is there {row['times']} times")
        whole = hashlib.sha256(b"".join(visit.parts)).hexdigest()
        if row["sha256"] != whole or row["photos"] != len(visit.photos):
            found.append(f"{visit.id} is not what was sent")
        if visit.photos and number < FILES_LOOKED_AT:
            kept = (self.media / row["file"]).read_bytes()
            if hashlib.sha256(kept).hexdigest() != whole:
                found.append(f"{visit.id}: its file is not what was sent")
        if number < SENT_AGAIN and self.sender(visit.client)(visit)["new"]:
            found.append(f"{visit.id} was taken in twice")
        return found
