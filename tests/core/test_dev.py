"""dev.py as those who type it see it: on a real database, with real processes."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from core.embedded_postgres import Server, find_programs
from devtools import serve

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """Where the runs of this file keep their database, which a first run has filled."""
    var = tmp_path_factory.mktemp("var")
    with running(var, serve.free_port()) as process:
        assert "Migrations" in process.said
    yield var
    shutil.rmtree(Server(var / "postgres", find_programs()).home)


@pytest.fixture
def port():
    return serve.free_port()


def environment(var, **more):
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return kept | {"VAR_DIR": str(var)} | more


def command(*arguments):
    return [sys.executable, "dev.py", *map(str, arguments)]


def dev(var, *arguments, **more):
    return subprocess.run(
        command(*arguments),
        cwd=ROOT,
        env=environment(var, **more),
        capture_output=True,
        text=True,
    )


@contextlib.contextmanager
def running(var, port):
    process = subprocess.Popen(
        command("run", "--empty", "--port", port),
        cwd=ROOT,
        env=environment(var),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # As a script's background jobs are started: with Ctrl-C ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    try:
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        process.said = said
        assert "The registry is open" in said, said
        yield process
    finally:
        process.terminate()
        process.communicate()


def status(port, path="/healthz"):
    try:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{port}{path}", timeout=20
        ) as got:
            return got.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def eventually(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def processes_of(process):
    """The process and all below it."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return {process.pid, *map(int, children.split())}


def database_processes(var):
    return Server(var / "postgres", find_programs())._inhabitants()


def test_run_serves_and_ctrl_c_leaves_nothing_behind(var, port):
    with running(var, port) as process:
        assert status(port) == 200
        assert database_processes(var)
        everybody = processes_of(process)
        assert len(everybody) >= 3

        process.send_signal(signal.SIGINT)

        assert process.wait(60) == 0
    assert not [pid for pid in everybody if Path(f"/proc/{pid}").exists()]
    assert database_processes(var) == []
    assert status(port) is None


def test_run_again_repeats_nothing_even_after_kill_9_of_everything(var, port):
    with running(var, port) as process:
        for pid in [*processes_of(process), *database_processes(var)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    with running(var, port) as process:
        assert "Migrations" not in process.said
        assert "Static files" not in process.said
        assert status(port) == 200

        process.kill()
        process.wait()

        eventually(lambda: status(port) is None)  # its children end with it
        eventually(lambda: not database_processes(var))


def test_run_on_a_taken_port_says_so_in_one_sentence(var):
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]

        done = dev(var, "run", "--port", taken)

    assert done.returncode == 2
    assert done.stderr == (
        f"dev.py: Port {taken} is taken: stop the other program, or choose another port, "
        f"for example --port {taken + 1}.\n"
    )


def test_run_with_a_database_that_does_not_answer_says_so(var, port):
    url = "postgresql://nobody@127.0.0.1:9/nothing"

    done = dev(var, "run", "--port", port, DATABASE_URL=url)

    assert done.returncode == 2
    assert done.stderr.startswith(
        "dev.py: The database of DATABASE_URL does not answer"
    )
    assert done.stderr.count("\n") == 1


def test_run_with_the_data_of_another_postgresql_says_so(tmp_path, port):
    server = Server(tmp_path / "postgres", find_programs())
    server._make_folders()
    server.data.mkdir()
    (server.data / "PG_VERSION").write_text("9")

    done = dev(tmp_path, "run", "--port", port)

    assert done.returncode == 2
    shutil.rmtree(server.home)
    assert "was made by PostgreSQL 9" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [["run", "--port", "99999"], ["fly"], []])
def test_wrong_arguments_end_with_exit_code_2(var, arguments):
    done = dev(var, *arguments)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
