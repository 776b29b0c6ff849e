"""Words of progress, and programs that speak only when something is wrong."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR", HERE / "var")).resolve()


class Stop(Exception):
    """Why the command cannot go on, in one sentence; dev.py ends with exit code 2."""


@contextlib.contextmanager
def step(words: str) -> Iterator[None]:
    """Say what is being done, then how long it took."""
    start = time.monotonic()
    print(f"  {words} ...", end="", flush=True)
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f" {time.monotonic() - start:.1f} s", flush=True)


def call(*command: object, env: dict[str, str] | None = None) -> str:
    """Run a program in silence; if it fails, show what it said and stop."""
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd=HERE,
        env=env,
    )
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-25:])
        print(f"\n{last}", file=sys.stderr)
        shown = " ".join(str(part) for part in command[:4])
        raise Stop(
            f"`{shown} …` failed (exit code {done.returncode}); its words are above."
        )
    return done.stdout
