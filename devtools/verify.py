"""`test`, `check`, `fmt` and the smaller tools."""

import base64
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from devtools import machine, prepare
from devtools.machine import PYTHON
from devtools.say import HERE, VAR, step

BIN = machine.VENV / "bin"
DEPLOYED = {
    "PRODUCTION": "1",
    "SECRET_KEY": "only-for-the-check-" + "k3Y!" * 16,
    "ALLOWED_HOSTS": "rooms.example",
    "SITE_URL": "https://rooms.example",
    "CERTIFICATE_KEYS": f"K1={base64.b64encode(bytes(32)).decode()}",
}


@dataclass
class Check:
    """A program that says nothing is wrong by exit code 0."""

    name: str
    command: list
    env: dict[str, str]

    def passes(self) -> bool:
        """Say `ok` or show what it found."""
        done = subprocess.run(
            [str(part) for part in self.command],
            cwd=HERE,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        print(
            f"  {'ok' if done.returncode == 0 else 'FAILED':7}{self.name}", flush=True
        )
        if done.returncode:
            print(done.stdout.rstrip(), flush=True)
        return done.returncode == 0


def check() -> int:
    """What takes seconds: for before a commit."""
    machine.set_up("test")
    failed = [each for each in _fast_checks(dict(os.environ)) if not each.passes()]
    return 1 if failed else 0


def test(arguments: list[str]) -> int:
    """Everything; with arguments only pytest, with these."""
    machine.set_up("test")
    prepare.compile_words()
    with prepare.database(throw_away=True) as env:
        if arguments:
            return subprocess.call(
                [PYTHON, "-m", "pytest", *arguments], cwd=HERE, env=env
            )
        return _everything(env)


def _everything(env: dict[str, str]) -> int:
    passed, failed = 0, 0
    for each in [*_fast_checks(env), *_slower_checks(env)]:
        fine = each.passes()
        passed, failed = passed + fine, failed + (not fine)
    for counts in (_scripts(env), _pytest(env)):
        passed, failed = passed + counts[0], failed + counts[1]
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def _fast_checks(env: dict[str, str]) -> list[Check]:
    manage = [PYTHON, "-W", "ignore", "manage.py"]
    return [
        Check("lint", [BIN / "ruff", "check", "."], env),
        Check("format", [BIN / "ruff", "format", "--check", "."], env),
        Check("import order", [BIN / "lint-imports"], env),
        Check("migrations", [*manage, "makemigrations", "--check", "--dry-run"], env),
        Check("types", [BIN / "mypy"], env),
    ]


def _slower_checks(env: dict[str, str]) -> list[Check]:
    deploy = ["check", "--deploy", "--fail-level", "WARNING"]
    return [
        Check("translations", [PYTHON, "-m", "core.words", "check"], env),
        Check("production settings", [PYTHON, "manage.py", *deploy], env | DEPLOYED),
    ]


def _scripts(env: dict[str, str]) -> tuple[int, int]:
    """The tablet's JavaScript, by Node's own test runner."""
    files = sorted((HERE / "tests" / "js").glob("**/*.test.*js"))
    if not files:
        return 0, 0
    if not shutil.which("node"):
        print("\n!!! JAVASCRIPT TESTS SKIPPED: apt-get install nodejs\n", flush=True)
        return 0, 0
    done = subprocess.run(
        ["node", "--test", "--test-reporter=tap", *files],
        cwd=HERE,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    counts = dict(
        re.findall(r"^# (pass|fail|cancelled) (\d+)$", done.stdout, re.MULTILINE)
    )
    failed = int(counts.get("fail", 0)) + int(counts.get("cancelled", 0))
    if done.returncode:
        print(done.stdout, flush=True)
        failed = max(failed, 1)
    print(f"  {'FAILED' if failed else 'ok':7}JavaScript", flush=True)
    return int(counts.get("pass", 0)), failed


def _pytest(env: dict[str, str]) -> tuple[int, int]:
    report = VAR / "pytest.xml"
    report.unlink(missing_ok=True)
    workers = max(2, min(4, len(os.sched_getaffinity(0))))
    options = ["-n", str(workers), f"--junitxml={report}"]
    if not os.environ.get("DATABASE_URL"):
        options.append("--reuse-db")  # it is thrown away with its server
    code = subprocess.call(
        [PYTHON, "-m", "pytest", "-q", *options],
        cwd=HERE,
        env=env,
    )
    if not report.exists():
        return 0, 1
    total = dict(ET.parse(report).getroot().find("testsuite").attrib)
    failed = int(total["failures"]) + int(total["errors"])
    passed = int(total["tests"]) - failed - int(total["skipped"])
    return passed, failed if code == 0 else max(failed, 1)


def fmt() -> int:
    """Put Python and templates into their form."""
    machine.set_up("test")
    templates = sorted(HERE.glob("templates/**/*.html"))
    with step("Format"):
        subprocess.call([BIN / "ruff", "check", "--fix", "--quiet", "."], cwd=HERE)
        subprocess.call([BIN / "ruff", "format", "--quiet", "."], cwd=HERE)
        if templates:
            djade = [BIN / "djade", "--target-version", "5.2", *templates]
            subprocess.call(djade, cwd=HERE, stderr=subprocess.DEVNULL)
    return 0


def words(arguments: list[str]) -> int:
    machine.set_up("run")
    return subprocess.call([PYTHON, "-m", "core.words", *arguments], cwd=HERE)


def mutate(arguments: list[str]) -> int:
    machine.set_up("test")
    return subprocess.call([BIN / "mutmut", *(arguments or ["run"])], cwd=HERE)
