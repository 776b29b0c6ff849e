"""Database, words and static files: what has changed is brought up to date."""

import contextlib
import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from core.embedded_postgres import DatabaseUnavailable, Server, find_programs
from devtools.machine import PYTHON, site_packages
from devtools.say import HERE, VAR, Stop, call, step

STAMPS = VAR / "stamps"
ACCOUNTS = VAR / "demo-accounts.tsv"
# Asks the database how many migrations it has seen; also proves that it answers.
ASK = """
import os, psycopg, sys
try:
    connection = psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5)
except psycopg.Error as error:
    sys.exit(str(error).splitlines()[0])
table = connection.execute("select to_regclass('django_migrations')").fetchone()[0]
print(table and connection.execute(f"select count(*) from {table}").fetchone()[0])
"""


@contextlib.contextmanager
def database(*, throw_away: bool = False) -> Iterator[dict[str, str]]:
    """The environment with DATABASE_URL: the user's own, else the embedded server's."""
    if os.environ.get("DATABASE_URL"):
        yield dict(os.environ)
        return
    folder = "postgres-test" if throw_away else "postgres"
    try:
        programs = find_programs(*site_packages())
        server = Server(VAR / folder, programs, throw_away=throw_away)
        with step("PostgreSQL"):
            server.start()
    except DatabaseUnavailable as error:
        raise Stop(str(error)) from error
    try:
        name = f"registry_{os.getpid()}" if throw_away else "registry"
        server.create_database(name)
        yield os.environ | {"DATABASE_URL": server.url(name)}
    finally:
        server.stop()


def compile_words() -> None:
    sources = HERE.glob("*/locale/*/LC_MESSAGES/*.po")
    if _changed("words", _digest(sources)):
        with step("Translations"):
            call(PYTHON, "-m", "core.words", "compile")
        _remember("words", _digest(HERE.glob("*/locale/*/LC_MESSAGES/*.po")))


def collect_static(env: dict[str, str]) -> None:
    sources = [*(HERE / "static").rglob("*"), *(HERE / "requirements").glob("*.txt")]
    digest = _digest(sources)
    manifest = VAR / "static" / "staticfiles.json"
    if _changed("static", digest) or not manifest.exists():
        with step("Static files"):
            manage(env, "collectstatic", "--noinput", "--clear", "-v", "0")
        _remember("static", digest)


def fill_database(env: dict[str, str], *, demo: bool) -> None:
    """Migrations, reference data and (once) demo data."""
    # Filling an empty database waits for the disk at every step otherwise.
    env = env | {"PGOPTIONS": "-c synchronous_commit=off"}
    known = hashlib.sha256(env["DATABASE_URL"].encode()).hexdigest()[:12]
    digest = digest_of_database()
    if _changed(f"database-{known}", digest + ask_database(env)):
        with step("Migrations"):
            manage(env, "migrate", "-v", "0")
        with step("Reference data: communes, law, tariffs"):
            manage(env, "load_reference")
        with step("Checklist"):
            manage(env, "load_checklist")
        with step("Handbooks"):
            manage(env, "load_handbooks")
        _remember(f"database-{known}", digest + ask_database(env))
        (STAMPS / f"demo-{known}").unlink(missing_ok=True)
    if demo and _changed(f"demo-{known}", "loaded"):
        _load_demo(env)
        _remember(f"demo-{known}", "loaded")


def _load_demo(env: dict[str, str]) -> None:
    with step("Demo data: a year of invented landlords, rooms and visits"):
        manage(env, "demo")
    ACCOUNTS.write_text(manage(env, "demo", "--accounts"))


def demo_accounts() -> list[list[str]]:
    """Phone, password, roles and name of each account of the demo data."""
    if not ACCOUNTS.exists():
        return []
    return [line.split("\t") for line in ACCOUNTS.read_text().splitlines()]


def digest_of_database() -> str:
    return _digest(_what_the_database_is_made_of())


def _what_the_database_is_made_of() -> Iterator[Path]:
    yield from HERE.glob("*/migrations/*.py")
    yield from HERE.glob("*/management/commands/load_*.py")
    yield from (HERE / "fixtures").rglob("*")
    yield from (HERE / "handbooks" / "text").rglob("*.md")


def ask_database(env: dict[str, str]) -> str:
    done = subprocess.run(
        [PYTHON, "-c", ASK], env=env, capture_output=True, text=True, cwd=HERE
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        raise Stop(f"The database of DATABASE_URL does not answer: {reason}")
    return done.stdout.strip()


def manage(env: dict[str, str], *arguments: str) -> str:
    return call(PYTHON, "-W", "ignore", "manage.py", *arguments, env=env)


def _digest(paths) -> str:
    total = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            total.update(f"{path.relative_to(HERE)}\0{path.stat().st_size}\0".encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def _changed(name: str, digest: str) -> bool:
    stamp = STAMPS / name
    return not stamp.exists() or stamp.read_text() != digest


def _remember(name: str, digest: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=STAMPS, delete=False) as file:
        file.write(digest)
    Path(file.name).replace(STAMPS / name)
