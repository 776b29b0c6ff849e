"""`run`: set up, serve, and leave nothing behind."""

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path

from devtools import machine, prepare
from devtools.machine import PYTHON
from devtools.say import HERE, VAR, Stop, step

PR_SET_PDEATHSIG = 1
LOWEST = 19
EVERYWHERE = {"0.0.0.0", "::"}
WEB = "gunicorn config.wsgi --worker-class gthread --workers 2 --threads 8"
QUIET = "--log-level warning --graceful-timeout 5 --no-control-socket"
JOBS = "manage.py procrastinate worker"


def run(host: str, port: int, *, demo: bool) -> int:
    # Also Ctrl-C: a script that starts us in the background has it ignored.
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
        signal.signal(signal.SIGHUP, _interrupt)
    check_port(host, port)
    print("Setting up the registry.", flush=True)
    machine.set_up("run")
    with prepare.database() as env:
        env = _for_this_address(env, host, port)
        prepare.ask_database(env)
        prepare.compile_words()
        prepare.collect_static(env)
        prepare.fill_database(env, demo=demo)
        return _serve(env, host, port, demo=demo)


def manage(arguments: list[str]) -> int:
    """Django's command line on the same database as `run`."""
    machine.set_up("run")
    with prepare.database() as env:
        return subprocess.call([PYTHON, "manage.py", *arguments], cwd=HERE, env=env)


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    deadline = time.monotonic() + 3  # a run that was killed may still be going
    while True:
        try:
            with socket.socket(family, socket.SOCK_STREAM) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind((host, port))
            return
        except OverflowError as error:
            raise Stop(f"{port} is no port: choose one from 1024 to 65535.") from error
        except OSError as error:
            if error.errno == errno.EADDRINUSE and time.monotonic() < deadline:
                time.sleep(0.2)
                continue
            raise Stop(_why_no_port(host, port, error)) from error


def free_port() -> int:
    """Of this machine, of no program at this moment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _why_no_port(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken: stop the other program, or choose another port, "
            f"for example --port {port + 1}."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is not for you: choose one from 1024 on, e.g. --port 8000."
    return f"This machine has no address {host} ({error.strerror or error})."


def _for_this_address(env: dict[str, str], host: str, port: int) -> dict[str, str]:
    shown = "127.0.0.1" if host in EVERYWHERE else host
    chosen = {"SITE_URL": f"http://{_in_url(shown)}:{port}"}
    if host in EVERYWHERE:
        chosen["ALLOWED_HOSTS"] = "*"
    elif host not in {"127.0.0.1", "localhost", "::1"}:
        chosen["ALLOWED_HOSTS"] = f"{host},127.0.0.1,localhost"
    return chosen | env


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _serve(env: dict[str, str], host: str, port: int, *, demo: bool) -> int:
    bind = f"{_in_url(host)}:{port}"
    children = {}
    try:
        with step("Web server and job worker"):
            children["web server"] = start(f"-m {WEB} {QUIET} --bind {bind}", env)
            children["job worker"] = start(JOBS, env, log=VAR / "jobs.log")
            # Photos may wait; somebody who sends a visit should not.
            os.setpriority(os.PRIO_PROCESS, children["job worker"].pid, LOWEST)
            wait_until_it_answers(children, env["SITE_URL"])
        _say_where(env["SITE_URL"], host, demo=demo)
        return _wait(children)
    except KeyboardInterrupt:
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        end(children.values())


def start(
    arguments: str, env: dict[str, str], log: Path | None = None
) -> subprocess.Popen:
    """A child in its own session (Ctrl-C is ours to hear) that dies when we are killed."""
    parent = os.getpid()
    with (log or Path(os.devnull)).open("w") as file:
        return subprocess.Popen(
            [PYTHON, "-W", "ignore", *arguments.split()],
            cwd=HERE,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=file if log else None,
            stderr=file if log else None,
            start_new_session=True,
            preexec_fn=lambda: die_with(parent),
        )


def die_with(parent: int) -> None:
    """Of the process that calls this: end when the one that made it has ended."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def wait_until_it_answers(children: dict, url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        _stop_if_ended(children)
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise Stop("The web server does not answer; what it said is above.")


def _stop_if_ended(children: dict) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise Stop(f"The {name} ended with exit code {child.returncode}.")


def _wait(children: dict) -> int:
    while True:
        _stop_if_ended(children)
        time.sleep(0.2)


def end(children: Iterable[subprocess.Popen]) -> None:
    """Ask first; who has not gone after eight seconds is killed, with all its children."""
    children = list(children)
    for child in children:
        child.terminate()
    deadline = time.monotonic() + 8
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


WHERE = """
The registry is open:

  {url}/              rooms for rent (Vietnamese)
  {url}/en/           the same in English
  {url}/c/            check a certificate
  {url}/landlord/     landlords
  {url}/office/       coordinators, reviewers
  {url}/tablet/       inspectors
  {url}/admin/        administrators
"""
IN_THE_NETWORK = """Everybody in this network can open it. A tablet's camera and its
work without a network need https or localhost: docs/how-to/deploy.md.
"""


def _say_where(url: str, host: str, *, demo: bool) -> None:
    print(WHERE.format(url=url))
    if host in EVERYWHERE:
        print(IN_THE_NETWORK)
    if demo and (accounts := prepare.demo_accounts()):
        print(f"Accounts to try, all invented:\n\n{_table(accounts)}\n")
    print(f"The job worker writes to {VAR / 'jobs.log'}. Ctrl-C ends it.", flush=True)


def _table(rows: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows
    )


def _interrupt(number: int, frame: object) -> None:
    sys.stderr.flush()
    raise KeyboardInterrupt
