"""`bench`: measure against a private database cluster that keeps its promises (fsync)."""

import argparse
import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from core.embedded_postgres import Server, find_programs
from devtools import machine, prepare
from devtools.machine import PYTHON, site_packages
from devtools.say import HERE, VAR, Stop, step

BENCHES = HERE / "tests" / "bench"
NAMES = ("intake", "stored", "sync", "tablet", "slow", "handbooks")


def bench(arguments: list[str]) -> int:
    """One bench by its name, with its options; without a name all of them. With `--sync`
    the disk is slower: so many ms for every sync, of the limits as of the registry.
    """
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--sync", type=float, metavar="MS")
    disk, arguments = parser.parse_known_args(arguments)
    machine.set_up("test")
    prepare.compile_words()
    with _disk(disk.sync):
        return _benches(arguments)


def _benches(arguments: list[str]) -> int:
    here = [name for name in NAMES if (BENCHES / f"{name}.py").exists()]
    chosen = arguments[:1] or here
    if not set(chosen) <= set(here):
        raise Stop(f"There is no bench {chosen[0]}: {', '.join(here)}.")
    return max([_measure(name, arguments[1:]) for name in chosen])


@contextlib.contextmanager
def _disk(sync: float | None) -> Iterator[None]:
    """Whatever is started within has it."""
    if sync is None:
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the database has an account of its own
        library = Path(folder) / "slow_disk.so"
        source = BENCHES / "slow_disk.c"
        try:
            subprocess.check_call(["cc", "-shared", "-fPIC", "-o", library, source])
        except FileNotFoundError as error:
            raise Stop("--sync needs a C compiler: apt-get install gcc.") from error
        slow = {"LD_PRELOAD": str(library), "SLOW_SYNC_US": str(round(sync * 1000))}
        os.environ.update(slow)
        try:
            yield
        finally:
            for name in slow:
                del os.environ[name]


def _measure(name: str, options: list[str]) -> int:
    folder = VAR / f"bench-{os.getpid()}"
    server = Server(folder / "postgres", find_programs(*site_packages()))
    try:
        with step("PostgreSQL"):
            server.start()
            server.create_database("bench")
        env = _environment(folder, server.url("bench"))
        prepare.collect_static(os.environ | {"DATABASE_URL": env["DATABASE_URL"]})
        _fill(env)
        command = [PYTHON, "-W", "ignore", "-m", f"tests.bench.{name}", *options]
        return subprocess.call(command, cwd=HERE, env=env)
    finally:
        server.stop()
        shutil.rmtree(server.home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path, url: str) -> dict[str, str]:
    (folder / "media").mkdir(parents=True, exist_ok=True)
    static = folder / "static"
    if not static.exists():
        static.symlink_to(VAR / "static")
    return os.environ | {
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "BENCH_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "STAFF_SECOND_FACTOR": "1",
    }


def _fill(env: dict[str, str]) -> None:
    env = env | {"PGOPTIONS": "-c synchronous_commit=off"}
    with step("Migrations"):
        prepare.manage(env, "migrate", "-v", "0")
    with step("Law and checklist"):
        prepare.manage(env, "load_reference")
        prepare.manage(env, "load_checklist")
