"""A real server each time: what is promised here is about processes and files."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psycopg
import pytest

from core.embedded_postgres import DatabaseUnavailable, Server, find_programs
from core.embedded_postgres.programs import DEBIAN, copy_programs, reachable
from core.embedded_postgres.server import PROJECT

PROGRAMS = {str(find_programs()), *map(str, DEBIAN.glob("*/bin"))}


@pytest.fixture(params=sorted(PROGRAMS))
def programs(request):
    return Path(request.param)


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "postgres"
    yield home
    for place in {home, Server(home, find_programs()).home}:
        shutil.rmtree(place, ignore_errors=True)


def ask(server, question):
    with psycopg.connect(server.url("registry")) as connection:
        return connection.execute(question).fetchone()[0]


def eventually(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def start_in_another_process(home, programs):
    """A process that uses the server until it is killed."""
    program = f"""
        import sys, time
        from pathlib import Path
        from core.embedded_postgres import Server
        Server(Path({str(home)!r}), Path({str(programs)!r})).start()
        print("started", flush=True)
        time.sleep(600)
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        stdout=subprocess.PIPE,
        cwd=PROJECT,
    )
    assert process.stdout.readline() == b"started\n"
    return process


def kill(process):
    process.kill()
    process.communicate()


def test_server_keeps_its_data_and_leaves_no_process(home, programs):
    server = Server(home, programs)
    with server:
        server.create_database("registry")
        with psycopg.connect(server.url("registry")) as connection:
            connection.execute("create table room as select 7 as number")
    assert server._inhabitants() == []

    with server:
        server.create_database("registry")

        assert ask(server, "select number from room") == 7
        assert ask(server, "show server_encoding") == "UTF8"
        assert ask(server, "show listen_addresses") == ""


def test_server_has_the_extensions_the_registry_needs(home, programs):
    with Server(home, programs, throw_away=True) as server:
        server.create_database("registry")

        found = ask(
            server,
            "select count(*) from pg_available_extensions"
            " where name in ('pg_trgm', 'unaccent', 'btree_gist')",
        )

    assert found == 3


def test_server_survives_kill_9_of_the_database(home, programs):
    server = Server(home, programs)
    with server:
        server.create_database("registry")
        pid = int((server.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)

    with server:
        assert ask(server, "select 1") == 1


def test_killed_processes_are_waited_for_until_their_memory_is_free(home, monkeypatch):
    """PostgreSQL refuses to start as long as one of them is attached to it."""
    server = Server(home, find_programs())
    with contextlib.ExitStack() as stack, server:
        server.create_database("registry")
        users = [stack.enter_context(connected(server)) for _ in range(12)]
        users[0].execute("CREATE TABLE much (it text STORAGE PLAIN)")
        fill = "INSERT INTO much SELECT repeat('x', 8000) FROM generate_series(1, 9000)"
        users[0].execute(fill)
        users[0].commit()
        for user in users:  # clearing away what it has touched takes a moment
            user.execute("SELECT sum(length(it)) FROM much")
        told = (server.data / "postmaster.pid").read_text().split("\n")
        memory = told[6].split()[1]
        for pid in server._inhabitants():
            os.kill(pid, signal.SIGKILL)

        monkeypatch.setattr(time, "sleep", lambda _: None)  # looks all the time
        server._wait_until_empty(10)

        assert attached_to(memory) == 0


def connected(server):
    return contextlib.closing(psycopg.connect(server.url("registry")))


def attached_to(memory):
    """Processes that use this memory, by the system's own list."""
    head, *rows = Path("/proc/sysvipc/shm").read_text().splitlines()
    columns = head.split()
    told = [dict(zip(columns, row.split(), strict=True)) for row in rows]
    return sum(int(row["nattch"]) for row in told if row["shmid"] == memory)


def test_server_starts_when_the_old_process_number_is_taken(home, programs):
    server = Server(home, programs)
    with server:
        server.create_database("registry")
        stale = (server.data / "postmaster.pid").read_text().split("\n")
    stale[0] = str(os.getpid())
    (server.data / "postmaster.pid").write_text("\n".join(stale))

    with server:
        assert ask(server, "select 1") == 1


def test_server_of_a_killed_user_is_stopped(home):
    user = start_in_another_process(home, find_programs())
    server = Server(home, find_programs())
    assert server._running()

    kill(user)

    eventually(lambda: not server._inhabitants())


def test_server_stays_while_somebody_uses_it(home):
    server = Server(home, find_programs())
    with server:
        server.create_database("registry")
        other = start_in_another_process(home, find_programs())
        kill(other)
        time.sleep(0.3)

        assert ask(server, "select 1") == 1

    assert server._inhabitants() == []


def test_server_made_by_another_major_version_is_refused_in_one_sentence(home):
    server = Server(home, find_programs())
    with server:
        pass
    (server.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(DatabaseUnavailable, match="was made by PostgreSQL 9"):
        server.start()


def test_server_begins_anew_after_a_start_that_was_cut_off(home):
    server = Server(home, find_programs())
    server._make_folders()
    (server.home / "data.new").mkdir()
    (server.home / "data.new" / "PG_VERSION").write_text("18")

    with server:
        assert server._running()


def test_server_in_a_folder_with_a_long_strange_name(home):
    strange = home / ("nhà trọ của 'chị' " + "x" * 60)
    server = Server(strange, find_programs())

    with server:
        server.create_database("registry")
        assert ask(server, "select 1") == 1

    shutil.rmtree(server.home)
    if server.sockets.exists():
        shutil.rmtree(server.sockets)


def test_throw_away_server_leaves_no_data(home):
    with Server(home, find_programs(), throw_away=True) as server:
        assert server.data.exists()

    assert not server.data.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops its rights")
def test_server_as_root_opens_no_folder_to_others(tmp_path, home):
    tmp_path.chmod(0o700)

    with Server(home, find_programs()) as server:
        pid = (server.data / "postmaster.pid").read_text().split()[0]
        owner = Path(f"/proc/{pid}").stat().st_uid

    assert owner != 0
    assert tmp_path.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_server_leaves_somebody_elses_folder_alone(home):
    server = Server(home, find_programs())
    server.home.mkdir(parents=True)
    os.chown(server.home, 4321, 4321)

    with pytest.raises(DatabaseUnavailable, match="belongs to somebody else"):
        server.start()

    assert server.home.stat().st_uid == 4321


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops its rights")
def test_copied_programs_can_be_read_by_others(tmp_path):
    package = tmp_path / "site-packages" / "embedded_postgres"
    program = package / "pginstall" / "bin" / "postgres"
    program.parent.mkdir(parents=True)
    program.write_text("#!")
    program.chmod(0o700)
    assert not reachable(program.parent)

    copied = copy_programs(program.parent)

    assert reachable(copied)
    assert (copied / "postgres").stat().st_mode & 0o777 == 0o755
    shutil.rmtree(copied.parents[2])


def test_missing_programs_are_named_in_one_sentence(monkeypatch):
    monkeypatch.setattr("core.embedded_postgres.programs.DEBIAN", Path("/nowhere"))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(DatabaseUnavailable, match="set DATABASE_URL"):
        find_programs()
