"""Who is alive, and who may go first."""

import contextlib
import fcntl
import os
import subprocess
import tempfile
from pathlib import Path
from typing import IO


def processes_of(data: Path, cluster: str) -> list[int]:
    """A server's processes, also the children of one that was killed.

    By their names: a number in a file is no proof, and even root may not look into other
    accounts' processes inside a container.
    """
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (process / "cmdline").read_bytes().split(b"\0")
            is_child = words[0].startswith(b"postgres: " + cluster.encode() + b": ")
            is_server = Path(os.fsdecode(words[0])).name == "postgres"
            if is_child or (is_server and os.fsencode(data) in words):
                found.append(int(process.name))
    return found


def leaving() -> list[int]:
    """Servers' processes that are ending, whose they were can no longer be said: they have
    no words any more, but hold the memory they shared until the system has cleared it.
    """
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            name, _, rest = (process / "stat").read_text().rpartition(")")
            is_server = name.endswith("(postgres") and not rest.startswith(" Z")
            if is_server and not (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


def call(program: Path, *arguments: object, **identity: object) -> tuple[int, str]:
    """Run a program, as somebody else if `identity` says so; exit code and output."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    # Not a pipe: a server inherits it, and reading to its end would take for ever.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            [str(part) for part in (program, *arguments)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env=environment | {"LC_ALL": "C.UTF-8"},
            check=False,
            **identity,
        )
        output.seek(0)
        return done.returncode, output.read().decode(errors="replace")


def send(pid: int, signal_number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal_number)


def lock(path: Path, how: int) -> IO:
    """Wait for a lock; it dies with the file that is returned, or with the process."""
    file = path.open("a")
    fcntl.flock(file, how)
    return file


def try_lock(path: Path) -> IO | None:
    """An exclusive lock, or nothing if somebody holds one."""
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
