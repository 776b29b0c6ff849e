"""What dev.py says about system packages; the machine itself is left alone."""

import os

import pytest

from devtools import machine
from devtools.say import Stop


def test_missing_packages_as_a_user_are_one_line_to_run(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(Stop) as stop:
        machine.system_packages({"one": lambda: False, "two": lambda: True})

    assert "sudo apt-get install -y --no-install-recommends one\n" in str(stop.value)


def test_packages_that_are_there_are_not_installed(monkeypatch):
    monkeypatch.setattr(machine, "call", None)

    machine.system_packages({"one": lambda: True})


def test_without_apt_get_the_packages_are_named(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(Stop, match="one two"):
        machine.system_packages({"one": lambda: False, "two": lambda: False})


def test_an_environment_that_is_a_link_is_left_alone(monkeypatch, tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / ".venv").symlink_to(tmp_path / "theirs")
    monkeypatch.setattr(machine, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(machine, "call", None)

    machine.python_packages("run")


def test_pins_are_installed_once(monkeypatch, tmp_path):
    calls = []
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").touch()
    monkeypatch.setattr(machine, "VENV", venv)
    monkeypatch.setattr(machine, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(machine, "call", lambda *command: calls.append(command))

    machine.python_packages("run")
    machine.python_packages("run")

    assert len(calls) == 2
    assert {"--require-hashes", "--only-binary"} <= set(calls[1])
