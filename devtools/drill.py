"""`drill`: the scenarios in which nothing may be lost, again and again; and the cycles."""

import argparse
import secrets
import subprocess
import time
from typing import IO

from devtools import machine, prepare
from devtools.machine import PYTHON
from devtools.say import HERE, VAR

FOLDER = VAR / "drills"
SCENARIOS = "tests/drills"
CYCLES = "tests/drills/test_cycles.py"


def drill(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py drill", description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="rounds (20)")
    parser.add_argument("--only", metavar="2,3", help="these scenarios of the 16")
    parser.add_argument(
        "--cycles", type=int, help="so many accidents in a row instead of rounds"
    )
    parser.add_argument("--seed", type=int, help="the same random moments again")
    chosen = parser.parse_args(arguments)
    machine.set_up("test")
    prepare.compile_words()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with prepare.database(throw_away=True) as env:
        if chosen.cycles:
            return _cycles(env, chosen)
        return _rounds(env, chosen)


def _cycles(env: dict[str, str], chosen: argparse.Namespace) -> int:
    seed = chosen.seed or secrets.randbelow(10**6)
    print(f"{chosen.cycles} cycles; once more the same: --seed {seed}", flush=True)
    env = env | {"DRILL_CYCLES": str(chosen.cycles), "DRILL_SEED": str(seed)}
    return _pytest(env, CYCLES, "-x", "-q", "--no-header")


def _rounds(env: dict[str, str], chosen: argparse.Namespace) -> int:
    if chosen.only:
        env = env | {"DRILLS": chosen.only}
    for number in range(1, chosen.times + 1):
        seed = chosen.seed or secrets.randbelow(10**6)
        words = f"round {number} of {chosen.times}"
        print(f"{words} · seed {seed}", flush=True)
        began = time.monotonic()
        folder, log = FOLDER / "traces", FOLDER / "round.log"
        kept = [f"--basetemp={folder}", "-o", "tmp_path_retention_policy=failed"]
        with log.open("w") as said:
            code = _pytest(
                env | {"DRILL_SEED": str(seed), "DRILL_ROUND": words},
                *(SCENARIOS, "-x", "-q", "--no-header", *kept),
                stdout=said,
            )
        if code:
            print(log.read_text())
            print(f"{words} failed. Once more the same: dev.py drill --seed {seed}")
            print(f"What the tablets and the server left: {folder}", flush=True)
            return code
        print(f"{words}: nothing lost, {time.monotonic() - began:.0f} s", flush=True)
    return 0


def _pytest(env: dict[str, str], *arguments: str, stdout: IO | None = None) -> int:
    command = [PYTHON, "-m", "pytest", *arguments]
    return subprocess.call(command, cwd=HERE, env=env, stdout=stdout)
