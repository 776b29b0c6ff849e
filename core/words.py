"""The words people read: one catalogue a room, without the gettext programs.

`python -m core.words` extracts and compiles (with names of rooms: only theirs, so that nobody
touches another's catalogue); `compile` only compiles; `check` changes nothing and says what
is missing. Messages are sorted by themselves and carry no line numbers
and no dates, so that two branches that add words seldom touch the same lines.

    <room>/locale/vi/LC_MESSAGES/django.po     the room's Python and its templates
    <room>/locale/vi/LC_MESSAGES/djangojs.po   its JavaScript
    <room>/locale/vi/LC_MESSAGES/packages.po   kept by hand: words of packages which have none
"""

import os
import sys
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message, TranslationError
from babel.messages.checkers import python_format
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "vi"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Folders of templates/ and static/ whose name is not their room's; all others belong to core.
ROOM_OF_TEMPLATES = {"account": "accounts", "mfa": "accounts"}
ROOM_OF_SCRIPTS = {"tablet": "inspections"}
ROOMLESS_PYTHON = ("config",)
HEADER = f"""\
msgid ""
msgstr ""
"Language: {LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
Key = tuple[str | None, str | tuple[str, ...]]


def update(root: Path = ROOT, rooms: Collection[str] = ()) -> None:
    """Extract words, keep the translations there are, and compile."""
    known = _known(root)
    for path, fresh in _extracted(root).items():
        if rooms and path.relative_to(root).parts[0] not in rooms:
            continue
        for message in fresh:
            if message.id:
                message.string = known.get((path, _key(message))) or known.get(
                    _key(message), message.string
                )
        _write(path, _as_text(fresh))
    compile_all(root)


def compile_all(root: Path = ROOT) -> None:
    """Make each *.mo that is older than what it is made from."""
    for target, sources in _compiled_from(root).items():
        newest = max(source.stat().st_mtime for source in sources)
        if target.exists() and target.stat().st_mtime >= newest:
            continue
        merged = Catalog(locale=LANGUAGE)
        for source in sources:
            for message in _read(source):
                if message.id and _is_translated(message):
                    merged[message.id] = message
        compiled = BytesIO()
        write_mo(compiled, merged)
        _write(target, compiled.getvalue())


def problems(root: Path = ROOT) -> list[str]:
    """What must be mended before a release, one sentence each."""
    said: dict[Key, tuple[str, Path]] = {}
    found = []
    extracted = _extracted(root)
    for path in sorted(_catalogues(root) | set(extracted)):
        catalogue = _read(path)
        shown = path.relative_to(root)
        wanted = {_key(message) for message in extracted.get(path, ()) if message.id}
        present = {_key(message) for message in catalogue if message.id}
        if path in extracted and wanted != present:
            found.append(f"{shown}: is out of date, run `python3 dev.py words`")
        for message in catalogue:
            if message.id:
                found += [f"{shown}: {fault}" for fault in _faults(message, said, path)]
    return found


def _faults(message: Message, said: dict, path: Path) -> Iterator[str]:
    words = _first(message.id)
    if message.fuzzy:
        yield f"{words!r} is marked fuzzy"
    if not _is_translated(message):
        yield f"{words!r} has no {LANGUAGE} text"
        return
    if message.python_format:
        try:
            python_format(None, message)
        except TranslationError as error:
            yield f"{words!r}: {error}"
    # A key is looked up in all catalogues at once: two texts for one key is a lottery.
    domain = "djangojs" if path.stem == "djangojs" else "django"
    text, where = said.setdefault(
        (domain, _key(message)), (_first(message.string), path)
    )
    if text != _first(message.string):
        room = where.parents[3].name
        yield f"{words!r} is said otherwise in {room}; say it one way or give a context"


def _extracted(root: Path) -> dict[Path, Catalog]:
    """All catalogues as the sources want them, without translations."""
    catalogues: dict[Path, Catalog] = {}
    for source, path in sorted(_sources(root)):
        catalogue = catalogues.setdefault(path, Catalog(locale=LANGUAGE))
        for words, context, comments in _words_in(source):
            catalogue.add(words, context=context, auto_comments=comments)
    return {path: catalogue for path, catalogue in catalogues.items() if len(catalogue)}


def _sources(root: Path) -> Iterator[tuple[Path, Path]]:
    """Each file that may hold words, with the catalogue they go to."""
    rooms = _rooms(root)
    for room in [*rooms, *ROOMLESS_PYTHON]:
        for source in (root / room).rglob("*.py"):
            if "migrations" not in source.relative_to(root).parts:
                yield source, _catalogue(root, room if room in rooms else "core")
    for source in (root / "templates").rglob("*"):
        if source.suffix in {".html", ".txt", ".xml", ".svg"}:
            folder = source.relative_to(root / "templates").parts[0]
            room = ROOM_OF_TEMPLATES.get(folder, folder)
            yield source, _catalogue(root, room if room in rooms else "core")
    for source in (root / "static").rglob("*.js"):
        folder = source.relative_to(root / "static").parts[0]
        room = ROOM_OF_SCRIPTS.get(folder, "core")
        yield source, _catalogue(root, room, "djangojs")


def _words_in(source: Path) -> Iterator[tuple]:
    text = source.read_text()
    method = {".py": "python", ".js": "javascript"}.get(source.suffix)
    if method is None:
        # Indentation means something to Babel's reader of Python, nothing in a template.
        text = "\n".join(map(str.lstrip, templatize(text, source.name).split("\n")))
        method = "python"
    for _line, words, comments, context in extract(
        method, BytesIO(text.encode()), KEYWORDS, ["Translators"], {"encoding": "utf-8"}
    ):
        if _first(words):
            yield words, context, comments


def _known(root: Path) -> dict:
    """Translations there are: by catalogue, and by words alone for those that moved."""
    known: dict = {}
    for path in sorted(_catalogues(root)):
        for message in _read(path):
            if message.id and _is_translated(message):
                known[path, _key(message)] = message.string
                known.setdefault(_key(message), message.string)
    return known


def _rooms(root: Path) -> list[str]:
    return sorted(path.parent.name for path in root.glob("*/apps.py"))


def _catalogue(root: Path, room: str, name: str = "django") -> Path:
    return root / room / "locale" / LANGUAGE / "LC_MESSAGES" / f"{name}.po"


def _catalogues(root: Path) -> set[Path]:
    return set(root.glob(f"*/locale/{LANGUAGE}/LC_MESSAGES/*.po"))


def _compiled_from(root: Path) -> dict[Path, list[Path]]:
    targets: dict[Path, list[Path]] = {}
    for path in sorted(_catalogues(root)):
        name = "django.mo" if path.stem == "packages" else f"{path.stem}.mo"
        targets.setdefault(path.with_name(name), []).append(path)
    return targets


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    try:
        return read_po(
            BytesIO(path.read_bytes()),
            locale=LANGUAGE,
            abort_invalid=True,
            ignore_obsolete=True,
        )
    except PoFileError as error:
        raise SystemExit(f"{path}: {error}") from error


def _as_text(catalogue: Catalog) -> bytes:
    written = BytesIO()
    write_po(
        written,
        catalogue,
        width=88,
        no_location=True,
        omit_header=True,
        sort_output=True,
    )
    return HEADER.encode() + written.getvalue().strip() + b"\n"


def _write(path: Path, content: bytes) -> None:
    """Replace a file in one step, and only if something changes."""
    if path.exists() and path.read_bytes() == content:
        os.utime(path)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)


def _key(message: Message) -> Key:
    words = message.id if isinstance(message.id, str) else tuple(message.id)
    return message.context, words


def _first(words) -> str:
    return words if isinstance(words, str) else words[0]


def _is_translated(message: Message) -> bool:
    texts = [message.string] if isinstance(message.string, str) else message.string
    return bool(texts) and all(texts)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile"]:
            compile_all()
        case ["check"]:
            faults = problems()
            sys.stdout.writelines(f"{fault}\n" for fault in faults)
            return 1 if faults else 0
        case rooms if set(rooms) <= set(_rooms(ROOT)):
            update(rooms=rooms)
        case _:
            sys.stderr.write("Use: words [check | compile | names of rooms]\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
