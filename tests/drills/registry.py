"""The registry as it runs for real: its own PostgreSQL, its web server as processes."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
from django.conf import settings

from core.embedded_postgres import Server, find_programs
from core.embedded_postgres.processes import lock, send
from devtools import prepare, serve
from devtools.say import HERE

NAME = "registry"
PATIENCE = 60  # seconds: a machine with much other work is slow, not broken


class Cluster(Server):
    """PostgreSQL that keeps its promises (fsync), and can be stopped or crashed."""

    def __init__(self, folder: Path):
        super().__init__(folder, find_programs())

    def halt(self) -> None:
        """As an operator stops it."""
        send(self._running(), signal.SIGINT)
        self._wait_until_empty(PATIENCE)

    def crash(self) -> None:
        """As the power does: every process at once, the first one first."""
        for pid in [self._running(), *self._inhabitants()]:
            send(pid, signal.SIGKILL)

    def revive(self) -> None:
        self._start()

    def become_like(self, other: "Cluster") -> None:
        """Before its first start: the data of another one, which does not run."""
        self.give_up()  # what a drill that was killed has left in the same place
        self._make_folders()
        subprocess.run(["cp", "-a", other.data, self.data], check=True)

    def give_up(self) -> None:
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)


def filled() -> Cluster:
    """Migrations and reference data, made once for as long as they do not change."""
    folder = settings.VAR_DIR / "drills"
    folder.mkdir(parents=True, exist_ok=True)
    digest = prepare.digest_of_database()
    template = Cluster(folder / "postgres")
    stamp = folder / "made-of"
    with lock(folder / ".lock", fcntl.LOCK_EX):
        if stamp.exists() and stamp.read_text() == digest and template.data.exists():
            return template
        template.give_up()
        template = Cluster(folder / "postgres")
        with template:
            template.create_database(NAME)
            careless = {"PGOPTIONS": "-c synchronous_commit=off"}
            env = os.environ | {"DATABASE_URL": template.url(NAME)} | careless
            prepare.manage(env, "migrate", "-v", "0")
            prepare.manage(env, "load_reference")
            prepare.manage(env, "load_checklist")
        stamp.write_text(digest)
    return template


class Registry:
    """A database with reference data and checklist, and a web server in front of it."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "static").symlink_to(settings.STATIC_ROOT)
        self.database = Cluster(folder / "postgres")
        self.database.become_like(filled())
        self.database.start()
        self.url_of_database = self.database.url(NAME)
        self.env = {
            **os.environ,
            "DATABASE_URL": self.url_of_database,
            "VAR_DIR": str(folder),
        }
        self.web = Web(self.env, folder / "web.log")

    @property
    def media(self) -> Path:
        return self.folder / "media"

    @property
    def place(self) -> dict:
        """What Django has to know to speak with this database."""
        told = dj_database_url.parse(self.url_of_database)
        return {name: told[name] for name in ("HOST", "PORT", "NAME", "USER")}

    @contextlib.contextmanager
    def replaced(self, env: dict[str, str]) -> Iterator[None]:
        """Another web server in the place of this one, with other variables."""
        self.web.kill()
        other = Web(self.env | env, self.folder / "other.log", self.web.port)
        try:
            other.start()
            yield
        finally:
            other.close()
            self.web.start()

    def close(self) -> None:
        self.web.close()
        self.database.give_up()


class Web:
    """The web server as `dev.py run` starts it: a master and two workers, killed together."""

    def __init__(self, env: dict[str, str], log: Path, port: int | None = None):
        self.log = log
        self.port = port or serve.free_port()
        self.pid = None
        gunicorn = f"{serve.WEB} {serve.QUIET} --bind 127.0.0.1:{self.port}"
        nursery = ["-m", "tests.drills.nursery", log, *gunicorn.split()[1:]]
        self._nursery = subprocess.Popen(
            [sys.executable, "-W", "ignore", *nursery],
            cwd=HERE,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it answers."""
        self.begin()
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if not self.is_alive or time.monotonic() > deadline:
                raise RuntimeError(f"no web server: {_last_words(self.log)}")
            time.sleep(0.02)

    def begin(self) -> None:
        """It will answer soon."""
        self._nursery.stdin.write("\n")
        self._nursery.stdin.flush()
        self.pid = int(self._nursery.stdout.readline())

    def answers(self) -> bool:
        """Whether it is there, with or without its database."""
        try:
            status_of(f"{self.url}/healthz")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        return True

    def kill(self) -> None:
        """-9, master and workers in the same moment."""
        if self.is_alive:
            os.killpg(self.pid, signal.SIGKILL)
        while self.is_alive:
            time.sleep(0.005)
        self.pid = None

    @property
    def is_alive(self) -> bool:
        try:
            os.killpg(self.pid or 2**22 + 1, 0)
        except ProcessLookupError:
            return False
        return True

    def close(self) -> None:
        self.kill()
        self._nursery.stdin.close()
        self._nursery.stdout.close()
        self._nursery.wait()


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def _last_words(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:] if log.is_file() else ""
