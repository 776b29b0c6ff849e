"""Whether a registry with a million visits takes in new ones as fast as an empty one."""

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.bench import intake, rounds
from tests.bench.registry import Registry

TARGET = 0.9
# What a visit leaves behind, with short documents: it is the indexes that grow.
STORED = """
SET session_replication_role = replica;
SET synchronous_commit = off;
WITH made AS (
    INSERT INTO registry_house (number, landlord_id, name, commune_id, hamlet, street,
        address, address_key, landmark, search_text, kind, floors, gate, parking, water,
        has_cameras, has_children, created_at, registered_at, withdrawn_because)
    SELECT 'S' || lpad(n::text, 6, '0'), {landlord}, '', '{commune}', '', 'Hoa Ban',
        'số ' || n, 'so ' || n, '', 'so ' || n, 'row', 2, 'always_open', 'locked', 'piped',
        true, true, now(), now(), ''
    FROM generate_series(1, {houses}) AS n RETURNING id, number
)
INSERT INTO registry_room (code, house_id, label, floor, area, max_people, rent, deposit,
    electricity, water, toilet, has_loft, added_at, withdrawn_because)
SELECT 'S' || r || substr(number, 2), id, '10' || r, 1, 14, 2, 1200000, 0, 'state_price',
    'state_price', 'own', false, now(), ''
FROM made, generate_series(1, 2) AS r;
INSERT INTO inspections_visit (id, house_id, inspector_id, version_id, planned_for,
    planned_by_id, created_at, received_at, withdrawn_because)
SELECT gen_random_uuid(), h.id, {inspector}, {version}, day::date, {planner}, day, day, ''
FROM registry_house h, generate_series(0, {times} - 1) AS n,
    LATERAL (SELECT now() - n * interval '30 days' AS day) AS days
WHERE h.number LIKE 'S%';
INSERT INTO inspections_submission (visit_id, revision, accepted, document, sha256, size,
    file, receipt, started_at, finished_at, clock_skew_ms, visited_at, flags, received_at,
    sent_by_id)
SELECT id, 1, true, '{{"photos": [], "rooms": []}}', md5(id::text) || md5(id::text), 5000, '',
    upper(left(md5(id::text), 16)), received_at, received_at, 0, received_at, '[]',
    received_at, inspector_id
FROM inspections_visit WHERE received_at IS NOT NULL;
INSERT INTO inspections_roomresult (submission_id, room_id, outcome, overall, security,
    women, blocking)
SELECT s.id, r.id, 'certify', 100, 100, 100, '[]'
FROM inspections_submission s JOIN inspections_visit v ON v.id = s.visit_id
JOIN registry_room r ON r.house_id = v.house_id;
INSERT INTO inspections_finding (visit_id, submission_id, house_id, item, severity,
    critical, public_task, due, due_at, opened_at, last_seen_at, closed_how,
    closed_because, closed_at, closed_by_id)
SELECT v.id, s.id, v.house_id, 'FIR-08', 'T', false, false, '[]', v.received_at,
    v.received_at, v.received_at, 'fixed', '', v.received_at, v.inspector_id
FROM inspections_submission s JOIN inspections_visit v ON v.id = s.visit_id;
INSERT INTO core_event (kind, subject, under, by_id, at, data)
SELECT 'visit.received', 'inspections.Visit:' || id, 'registry.House:' || house_id,
    inspector_id, received_at, '{{"revision": 1}}'
FROM inspections_visit WHERE received_at IS NOT NULL;
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench stored", description=__doc__)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--visits", type=int, default=1_000_000)
    asked = parser.parse_args()
    url, var = os.environ["DATABASE_URL"], Path(os.environ["BENCH_DIR"])
    empty = Registry(url, var, asked.clients, "empty")
    empty.make_people()
    full = Registry(_other(url), var / "full", asked.clients, "stored")
    full.people = empty.people
    _fill(empty, full, asked.visits)
    full.media.mkdir(parents=True)
    (full.folder / "static").symlink_to((var / "static").resolve())
    try:
        for registry in (empty, full):
            registry.start(dict(os.environ))
        print(f"\n{asked.clients} clients, no photos; {asked.visits:,} visits stored")
        intake.warm_up([empty, full], [], asked.clients)
        done = rounds.interleaved(
            [empty, full], asked.rounds, lambda s: intake.one_round(s, [], asked)
        )
    finally:
        empty.stop()
        full.stop()
    faults = sum(len(f.errors) for each in done for f in each.values())
    return 1 if faults + rounds.verdict(done, "stored", {"empty": TARGET}) else 0


def _other(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path="/stored"))


def _fill(empty: Registry, full: Registry, number: int) -> None:
    with psycopg.connect(empty.url, autocommit=True) as connection:
        connection.execute("ANALYZE")
    place = urlunsplit(urlsplit(empty.url)._replace(path="/postgres"))
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS stored")
        connection.execute("CREATE DATABASE stored TEMPLATE bench")
    times = min(20, number)
    ids = empty.people.ids
    statements = STORED.format(
        **{name: ids[name] for name in ("landlord", "commune", "version", "planner")},
        inspector=ids["inspectors"][0],
        houses=number // times,
        times=times,
    )
    with psycopg.connect(full.url, autocommit=True) as connection:
        connection.execute(statements)
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


if __name__ == "__main__":
    sys.exit(main())
