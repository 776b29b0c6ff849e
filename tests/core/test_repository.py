"""The repository holds only what we wrote, and no secret."""

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
MADE = {"var", "secrets", "node_modules", "mutants", "htmlcov", "__pycache__"}
# Written in pieces, so that this file does not find itself.
HOSTS = ["pypi" + ".org", "python" + "hosted", "npmjs" + ".org", "deb.debian" + ".org"]
HOSTS += ["docker" + ".io", "ghcr" + ".io", "quay" + ".io", "jsdelivr" + ".net"]
HOSTS += ["unpkg" + ".com", "cdnjs" + ".cloudflare", "googleapis" + ".com"]
MACHINES = ["/ro" + "ot/.pyenv", "/wo" + "rk/", "/ho" + "me/runner"]
LOCK_FILES = {"uv.lock", "poetry.lock", "pylock.toml", "Pipfile.lock", "yarn.lock"}
LOCK_FILES |= {"package-lock.json", "pnpm-lock.yaml"}
VENDORED = re.compile(
    r"\.(woff2?|ttf|otf|eot|whl|so|dll|exe|jar|zip|gz|map|mo|pyc)$|\.min\.(js|css)$"
)
SECRETS = [
    re.compile("-----BEGIN [A-Z ]*PRIVATE" + " KEY"),
    re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}"),
    re.compile(r"\bxox[abp]-[0-9A-Za-z-]{20}"),
    re.compile(r"\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\."),
]


def files():
    """What git knows or would add; without git, all but hidden and made folders."""
    try:
        known = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (FileNotFoundError, subprocess.CalledProcessError):
        yield from _files_without_git()
    else:
        paths = (ROOT / name for name in known.stdout.split("\0") if name)
        yield from (path for path in paths if path.is_file())


def _files_without_git():
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [
            name for name in folders if name not in MADE and not name.startswith(".")
        ]
        yield from (Path(folder, name) for name in names if not name.endswith(".mo"))


def texts():
    for path in files():
        try:
            yield path.relative_to(ROOT), path.read_text()
        except UnicodeDecodeError:
            continue


def lines_with(patterns):
    return [
        f"{path}: {line.strip()[:80]}"
        for path, text in texts()
        for line in text.splitlines()
        if any(pattern in line for pattern in patterns)
    ]


def test_no_registry_host_and_no_machine_is_named():
    assert lines_with(HOSTS + MACHINES) == []


def test_no_lock_file_that_records_hosts():
    assert [path for path in files() if path.name in LOCK_FILES] == []


def test_nothing_vendored_minified_or_compiled():
    assert [path for path in files() if VENDORED.search(path.name)] == []


@pytest.mark.parametrize("suffix", [".js", ".css"])
def test_scripts_and_styles_are_written_by_hand(suffix):
    assert [
        path
        for path, text in texts()
        if path.suffix == suffix and any(len(line) > 300 for line in text.splitlines())
    ] == []


def test_no_secret():
    assert [
        path for path, text in texts() if any(secret.search(text) for secret in SECRETS)
    ] == []


def test_pins_are_hashed_and_name_no_index():
    for pins in (ROOT / "requirements").glob("*.txt"):
        text = pins.read_text()

        assert "http" not in text
        assert "index-url" not in text
        for pin in re.split(r"\n(?=[A-Za-z0-9])", text):
            assert "--hash=sha256:" in pin


@pytest.mark.parametrize("name", ["deploy", "test"])
def test_what_runs_is_pinned_alike_everywhere(name):
    """A server without a package of `run.in` does not start, and nobody tries it here."""

    def pins(file):
        text = (ROOT / "requirements" / f"{file}.txt").read_text()
        return set(re.findall(r"^\S+==\S+", text, re.MULTILINE))

    assert pins("run") - pins(name) == set()


def test_every_setting_is_documented():
    settings = (ROOT / "config" / "settings.py").read_text()
    read = set(re.findall(r'\benv(?:_bool|_int|_list)?\(\s*"([A-Z0-9_]+)"', settings))
    read |= set(re.findall(r'os\.environ\.get\("([A-Z_]+)"', settings))
    described = (ROOT / "docs" / "reference" / "settings.md").read_text()

    assert [name for name in sorted(read) if f"`{name}`" not in described] == []


def test_compose_file_has_what_a_server_needs():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]

    assert services["database"]["image"].startswith("postgres:18")
    assert set(services) == {"database", "migrate", "web", "jobs", "caddy"}
    assert all("healthcheck" in services[name] for name in ("database", "web", "jobs"))
    assert services["migrate"]["restart"] == "no"


def test_proxy_takes_a_whole_part_in_before_it_asks_the_web_process():
    caddy = (ROOT / "Caddyfile").read_text()
    parts = (ROOT / "inspections" / "pack" / "parts.py").read_text()

    assert re.search(r"request_buffers 1MiB\n", caddy)
    assert "MOST_IN_A_PART = 1024 * 1024\n" in parts


def test_every_page_of_the_documents_that_is_linked_exists():
    broken = []
    for path, text in texts():
        # Links of the handbooks have addresses of their own, which their tests know.
        if path.suffix != ".md" or "handbooks/text/" in str(path):
            continue
        shown = re.sub(r"`[^`\n]*`", "", text)
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", shown):
            target = (ROOT / path).parent / link
            if not target.exists():
                broken.append(f"{path}: {link}")
    assert broken == []
