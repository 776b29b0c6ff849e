"""The machine: system packages, the virtual environment, the pinned packages."""

import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from devtools.say import HERE, VAR, Stop, call, step

VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
PINS = HERE / "requirements"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts")


def _library(name: str) -> Callable[[], bool]:
    def is_there() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return is_there


def _font(pattern: str) -> Callable[[], bool]:
    return lambda: any(
        any(Path(folder).expanduser().rglob(pattern)) for folder in FONT_FOLDERS
    )


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


# Debian's packages, each with the question that finds out whether it is needed.
TO_RUN = {
    "python3-venv": lambda: PYTHON.exists() or importlib.util.find_spec("ensurepip"),
    "libpango-1.0-0": _library("libpango-1.0.so.0"),
    "libpangoft2-1.0-0": _library("libpangoft2-1.0.so.0"),
    "libharfbuzz-subset0": _library("libharfbuzz-subset.so.0"),
    "fonts-sil-andika": _font("Andika-*"),
    "fonts-inter": _font("Inter*"),
    "fonts-dejavu-core": _font("DejaVuSans*"),
}
TO_TEST = {
    "chromium": _program("chromium", "chromium-browser"),
    "libatomic1": _library("libatomic.so.1"),
    "nodejs": _program("node"),
}

# Not every system has it; the tests' pages are then opened by the whole browser.
TO_TEST_SOONER = {"chromium-headless-shell": _program("chromium-headless-shell")}


def set_up(which: str) -> None:
    """Bring the machine to where `run` or `test` can start; skip what is there."""
    VAR.mkdir(parents=True, exist_ok=True)
    with _alone():
        system_packages(TO_RUN)
        if which == "test":
            for packages in (TO_TEST, TO_TEST_SOONER):
                with contextlib.suppress(Stop):  # tests that need them say so loudly
                    system_packages(packages)
        python_packages(which)


def system_packages(wanted: dict[str, Callable]) -> None:
    missing = [package for package, is_there in wanted.items() if not is_there()]
    if not missing:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0:
        raise Stop(f"System packages are missing. Run once:\n\n  sudo {line}\n")
    if not shutil.which("apt-get"):
        raise Stop(f"Install what these Debian packages hold: {' '.join(missing)}")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with step(f"System packages: {', '.join(missing)}"):
        call("apt-get", "-qq", "update", env=env)
        call(*line.split(), env=env)


def python_packages(which: str) -> None:
    """Make .venv and install the pins, when Python or the pins have changed."""
    if VENV.is_symlink():
        return  # somebody's own environment: not ours to change
    pins = PINS / f"{which}.txt"
    stamp = VENV / f".pins-{which}"
    key = f"{sys.version} {hashlib.sha256(pins.read_bytes()).hexdigest()}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == key:
        return
    with step("Virtual environment"):
        call(
            sys.executable,
            "-m",
            "venv",
            *([] if PYTHON.exists() else ["--clear"]),
            VENV,
        )
    with step(f"Python packages of requirements/{pins.name}"):
        call(
            *(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--require-hashes", "--only-binary", ":all:", "-r", pins),
        )
    stamp.write_text(key)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Two commands started at once do not install into one environment together."""
    with (VAR / ".setting-up").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def site_packages() -> list[Path]:
    return list(VENV.glob("lib/python3*/site-packages"))


def lock() -> int:
    """Write requirements/*.txt from *.in: for every platform, with hashes, no hosts."""
    if not shutil.which("uv"):
        raise Stop("`lock` needs the program uv: https://docs.astral.sh/uv/")
    options = [
        "--universal",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--upgrade",
    ]
    for source in sorted(PINS.glob("*.in")):
        with step(f"requirements/{source.stem}.txt"):
            command = ["uv", "pip", "compile", *options, "--python-version", "3.11"]
            target = source.with_suffix(".txt")
            subprocess.run(
                [*command, "--quiet", "-o", target, source], check=True, cwd=HERE
            )
    return 0
