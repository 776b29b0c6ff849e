"""Start, share and stop one server."""

import contextlib
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO
from urllib.parse import quote

from core.embedded_postgres.processes import (
    call,
    leaving,
    lock,
    processes_of,
    send,
    try_lock,
)
from core.embedded_postgres.programs import (
    REACHABLE,
    DatabaseUnavailable,
    account,
    copy_programs,
    reachable,
    short,
)

PROJECT = Path(__file__).resolve().parents[2]
LONGEST_SOCKET_FOLDER = 80  # a socket's whole name has at most 107 bytes
SETTINGS = {
    "listen_addresses": "",
    "timezone": "UTC",
    "lc_messages": "C",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_min_duration_statement": "500ms",
}
# Thrice as fast, and lost if the machine stops: for data that is thrown away anyway.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Server:
    """One data directory and the server that runs on it. `home` holds all its files."""

    def __init__(self, home: Path, programs: Path, *, throw_away: bool = False):
        self.throw_away = throw_away
        self._identity: dict = {}
        home = home.resolve()
        if os.geteuid() == 0:
            user = account()
            self._identity = {"user": user.pw_uid, "group": user.pw_gid}
            self._identity["extra_groups"] = []
            if not reachable(home.parent):
                home = REACHABLE / short(home)
            if not reachable(programs):
                programs = copy_programs(programs)
        self.programs = programs
        self.home = home
        self.data = home / "data"
        self.log = home / "server.log"
        self.sockets = home
        plain = re.fullmatch(r"[\w/.+-]+", str(home))
        if not plain or len(os.fsencode(home)) > LONGEST_SOCKET_FOLDER:
            self.sockets = Path(tempfile.gettempdir()) / f"safe-rooms-{short(home)}"
        self._using: IO | None = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *reason: object) -> None:
        self.stop()

    def url(self, database: str) -> str:
        return f"postgresql://postgres@{quote(str(self.sockets), safe='')}/{database}"

    def start(self) -> None:
        """Start the server, or join those who use it already."""
        if self._using:
            return
        if not Path("/proc/self").exists():
            raise DatabaseUnavailable("Set DATABASE_URL: only Linux can do without.")
        self._make_folders()
        try:
            with self._gate():
                self._join()
        except BaseException:
            self.stop()
            raise

    def _join(self) -> None:
        if alone := self._try_lock("users"):
            if self.throw_away:
                self._discard()
            alone.close()
        self._using = self._lock("users", fcntl.LOCK_SH)
        self._initialise()
        if not self._running():
            self._start()
        self._watch()

    def create_database(self, name: str) -> None:
        """Create a database unless it exists."""
        place = ("-h", self.sockets, "-U", "postgres")
        with self._gate():
            output = self._call("createdb", *place, name, ok={0, 1})
        if output and "already exists" not in output:
            raise DatabaseUnavailable(f"createdb: {output.strip()}")

    def stop(self) -> None:
        """Leave; the last one stops the server."""
        if not self._using:
            return
        self._using.close()
        self._using = None
        if self._stop_if_unused():
            self._wait_for_keeper()

    def _wait_for_keeper(self) -> None:
        """It has nothing left to do; nothing of ours shall outlive the call."""
        for _ in range(100):
            if keeper := self._try_lock("keeper"):
                keeper.close()
                return
            time.sleep(0.02)

    def keep(self) -> None:
        """Stay behind until nobody uses the server, then stop it."""
        mine = self._try_lock("keeper")
        if mine is None or os.fork():
            os._exit(0)  # there is a keeper, or now there is: the child has the lock
        # Not by waiting for the lock of the users: a keeper that gets it for a moment looks
        # like one more user to the last one, who would then leave a server behind.
        while not self._stop_if_unused():
            time.sleep(0.1)

    def _stop_if_unused(self) -> bool:
        with self._gate():
            alone = self._try_lock("users")
            if not alone:
                return False
            with alone:
                if self.throw_away:
                    self._discard()
                elif pid := self._running():
                    send(pid, signal.SIGINT)  # "fast": ends sessions, then itself
                    self._wait_until_empty(60)
            return True

    def _discard(self) -> None:
        for pid in self._inhabitants():
            send(pid, signal.SIGKILL)
        self._wait_until_empty(10)
        shutil.rmtree(self.data, ignore_errors=True)

    def _make_folders(self) -> None:
        me = os.geteuid()
        owner = self._identity.get("user", me)
        try:
            for folder in (self.home, self.sockets):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if folder.stat().st_uid not in {owner, me}:
                    raise PermissionError(0, "", str(folder))
                if self._identity:
                    os.chown(folder, owner, self._identity["group"])
        except PermissionError as error:
            raise DatabaseUnavailable(
                f"{error.filename} belongs to somebody else: move it away or change its owner."
            ) from error

    def _initialise(self) -> None:
        version = self.data / "PG_VERSION"
        major = self.major()
        if version.exists():
            if version.read_text().strip() != str(major):
                raise DatabaseUnavailable(
                    f"{self.data} was made by PostgreSQL {version.read_text().strip()} and "
                    f"the programs here are version {major}: move it away, or set DATABASE_URL."
                )
            return
        # In one step for whoever looks: a half-made directory never bears the final name.
        half_made = self.home / "data.new"
        shutil.rmtree(half_made, ignore_errors=True)
        locale = ["--locale=C.UTF-8"]
        if major >= 17:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._call(
            *("initdb", "-D", half_made, "-U", "postgres", "--auth=trust"),
            *("--encoding=UTF8", *locale, *(["--no-sync"] if self.throw_away else [])),
        )
        half_made.rename(self.data)

    def major(self) -> int:
        words = self._call(
            "postgres", "--version"
        ).split()  # postgres (PostgreSQL) 18.6
        return int(words[2].split(".")[0])

    def _start(self) -> None:
        self._wait_until_empty(
            10
        )  # children of a killed server need a moment to notice
        # Their process is gone (asked above). The number in them may belong to another
        # program by now, and PostgreSQL would then refuse to start.
        for stale in (self.data / "postmaster.pid", *self.sockets.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)
        self.log.unlink(missing_ok=True)
        chosen = SETTINGS | {
            "unix_socket_directories": str(self.sockets),
            "cluster_name": self._cluster,  # shown in the names of its processes
        }
        if self.throw_away:
            chosen |= CARELESS
        options = " ".join(f"-c {name}='{value}'" for name, value in chosen.items())
        self._call(
            "pg_ctl",
            "-D",
            self.data,
            "start",
            "-l",
            self.log,
            "-w",
            "-t",
            "60",
            "-o",
            options,
        )

    def _running(self) -> int | None:
        """The server's process. A number in a file is no proof: it must be alive."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError):
            return None
        return pid if pid in self._inhabitants() else None

    def _inhabitants(self) -> list[int]:
        return processes_of(self.data, self._cluster)

    @property
    def _cluster(self) -> str:
        return f"safe-rooms-{short(self.home)}"

    def _wait_until_empty(self, seconds: int) -> None:
        deadline = time.monotonic() + seconds
        while alive := self._inhabitants() or leaving():
            if time.monotonic() > deadline:
                raise DatabaseUnavailable(
                    f"Processes of an old server do not end, end them first: {alive}"
                )
            time.sleep(0.02)

    def _watch(self) -> None:
        """See to it that there is a keeper; it answers when it is on its post."""
        command = [sys.executable, "-m", "core.embedded_postgres"]
        subprocess.run(
            [*command, self.home, self.programs, str(self.throw_away)],
            start_new_session=True,
            cwd="/",
            env=os.environ | {"PYTHONPATH": str(PROJECT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )

    def _call(
        self, program: str, *arguments: object, ok: set[int] = frozenset({0})
    ) -> str:
        """Run one of PostgreSQL's programs as the server's account; its output."""
        code, said = call(self.programs / program, *arguments, **self._identity)
        if code in ok:
            return said
        raise DatabaseUnavailable(
            f"{program} failed: {said.strip()}\n{self._last_words()}"
        )

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            return self.log.read_text(errors="replace")[-2000:]
        return ""

    def _gate(self) -> IO:
        """Only one at a time starts or stops."""
        return self._lock("gate", fcntl.LOCK_EX)

    def _lock(self, name: str, how: int) -> IO:
        return lock(self.home / f".{name}", how)

    def _try_lock(self, name: str) -> IO | None:
        return try_lock(self.home / f".{name}")
