"""Joins ES modules into one file: a tablet in an alley asks once, and it weighs less.

Not a bundler for any JavaScript, but for ours: an import is one statement at the beginning
of a line that ends with a semicolon, an export is written before what it exports or as a
list, and nobody imports in a circle. What is imported has one name in all modules, so that
it is short and the same everywhere; of a module that is imported whole only `module.name`
is asked, and becomes a name like any other. What is written otherwise is refused.
"""

import gettext
import json
import posixpath
import re
from collections.abc import Callable, Iterable

IMPORT = re.compile(r'^import (?:\* as (\w+)|\{([^}]*)\}) from "([^"]+)";\n', re.M)
EXPORTED = re.compile(r"^export (?:async )?(?:const|function|class) (\w+)", re.M)
EXPORT_LIST = re.compile(r"^export \{([^}]*)\};\n", re.M)
EXPORT = re.compile(r"^export (?=(?:async|const|function|class) )", re.M)
UNREADABLE = re.compile(r"^(?:import|export)\b.*", re.M)
COMMENT = re.compile(r"^ *//.*\n", re.M)
ALONE = r"(?<![\w$])(?<!(?<!\.\.)\.)"  # no part of a name, nobody's property
SAID = re.compile(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`')
TEXT = r'"((?:[^"\\]|\\.)*)"'
ONE_TEXT = re.compile(rf"(?<![.\w])gettext\(\s*{TEXT},?\s*\)")
TWO_TEXTS = re.compile(rf"(?<![.\w])ngettext\(\s*{TEXT},\s*{TEXT},")


def join(entry: str, read: Callable[[str], str]) -> str:
    """The module `entry` and all that it imports; `read` tells a module's text by name."""
    modules = Modules(read, entry)
    *needed, _ = modules.needed(entry)
    return modules.parts(needed) + modules.body(entry)


def join_app(
    page: str, later: str, worker: str, read: Callable[[str], str]
) -> tuple[str, str]:
    """One script for page and service worker, and what the page is given later.

    The worker is whoever has a `shell`; what both need is there once. The page's second
    part is a module that finds what it needs of the first in `globalThis.shared`.
    """
    modules = Modules(read, page, later, worker)
    firsts, lasts, workers = map(modules.needed, (page, later, worker))
    both = [name for name in firsts if name in workers]
    pages = [name for name in firsts[:-1] if name not in both]
    workers = [name for name in workers[:-1] if name not in both]
    added = [name for name in lasts if name not in firsts]
    shared = ",".join(modules.imports(added, firsts))
    script = (
        f'(()=>{{"use strict";\n{modules.parts(both)}if(globalThis.shell){{\n'
        f"{modules.parts(workers)}{modules.body(worker)}}}else(async()=>{{\n"
        f"{modules.parts(pages)}globalThis.shared=[{shared}];\n{modules.body(page)}"
        "})()})();\n"
    )
    exports = ",".join(modules.exports(later))
    second = (  # in a function, for only what is inside one gets short names
        f"export const{{{exports}}}=(()=>{{\nconst[{shared}]=globalThis.shared;\n"
        f"{modules.parts(added[:-1])}{modules.body(later)}return{{{exports}}};\n"
        "})();\n"
    )
    return script, second


class Modules:
    """The entries and all that they import; `read` tells a module's text by name."""

    def __init__(self, read: Callable[[str], str], *entries: str):
        self._read = read
        self._texts: dict[str, str] = {}
        # What is imported, by its name: of which module, and its name there.
        self._imported: dict[str, tuple[str, str]] = {}
        for entry in entries:
            self._add(entry, ())

    def needed(self, entry: str) -> list[str]:
        """What the entry imports, each after those that it imports itself, and the entry."""
        found: dict[str, None] = {}

        def need(name: str) -> None:
            for source, _, _ in self._imports(name):
                if source not in found:
                    need(source)
            found[name] = None

        need(entry)
        return list(found)

    def imports(self, names: Iterable[str], sources: Iterable[str]) -> list[str]:
        """By which names these modules know what they import of the `sources`."""
        every = [each for name in names for each in self._imports(name)]
        return sorted({here for source, here, _ in every if source in sources})

    def exports(self, name: str) -> list[str]:
        text = self._texts[name]
        listed = ",".join(EXPORT_LIST.findall(text)).split(",")
        return EXPORTED.findall(text) + [
            each.strip() for each in listed if each.strip()
        ]

    def body(self, name: str) -> str:
        """The module without its imports and exports."""
        body = EXPORT.sub("", EXPORT_LIST.sub("", IMPORT.sub("", self._texts[name])))
        if found := UNREADABLE.findall(body):
            raise ValueError(f"{name}: cannot join {found[0]!r}")
        for whole, _, _ in IMPORT.findall(self._texts[name]):
            if whole:
                body = _member(whole).sub(rf"{whole}$\1", body)
        return body

    def parts(self, names: Iterable[str]) -> str:
        """The modules as functions that run at once and return what others import."""
        return "".join(map(self._part, names))

    def _part(self, name: str) -> str:
        taken = {
            here: there
            for here, (source, there) in self._imported.items()
            if source == name
        }
        returned = f"{self.body(name)}return[{','.join(taken.values())}];\n"
        return f"const[{','.join(taken)}]=(()=>{{\n{returned}}})();\n"

    def _add(self, name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise ValueError(f"modules import in a circle: {' > '.join((*path, name))}")
        if name in self._texts:
            return
        self._texts[name] = COMMENT.sub("", self._read(name))
        for source, here, there in self._imports(name):
            self._add(source, (*path, name))
            if there not in self.exports(source):
                raise ValueError(f"{name}: cannot join, {source} has no {there}")
            what = self._imported.setdefault(here, (source, there))
            if what != (source, there):
                raise ValueError(
                    f"{name}: cannot join, {here} is of {what[0]} elsewhere"
                )

    def _imports(self, name: str) -> list[tuple[str, str, str]]:
        """What a module imports: from where, by which name here and there."""
        found: list[tuple[str, str, str]] = []
        for whole, names, address in IMPORT.findall(self._texts[name]):
            source = posixpath.normpath(
                posixpath.join(posixpath.dirname(name), address)
            )
            if whole:
                members = dict.fromkeys(self._members(name, whole))
                found.extend((source, f"{whole}${each}", each) for each in members)
            for each in filter(None, map(str.strip, names.split(","))):
                there, _, here = each.partition(" as ")
                found.append((source, here or there, there))
        return found

    def _members(self, name: str, whole: str) -> list[str]:
        """What a module uses of one that it imports whole, which it uses for nothing else."""
        text = IMPORT.sub("", self._texts[name])
        if re.search(rf"{ALONE}{whole}\b(?!\.|: )", SAID.sub("", text)):
            raise ValueError(f"{name}: cannot join, {whole} is used as a whole")
        return _member(whole).findall(text)


def _member(whole: str) -> re.Pattern[str]:
    return re.compile(rf"{ALONE}{whole}\.(\w+)")


def say(script: str, words: gettext.NullTranslations) -> str:
    """The script with its words in one language, in the places where they are said."""

    def one(found: re.Match[str]) -> str:
        return _quoted(words.gettext(_plain(found[1])))

    def two(found: re.Match[str]) -> str:
        forms = [_plain(text) for text in found.groups()]
        said = [_quoted(words.ngettext(*forms, count)) for count in (1, 2)]
        return f"ngettext({','.join(said)},"

    return TWO_TEXTS.sub(two, ONE_TEXT.sub(one, script))


def _plain(literal: str) -> str:
    return json.loads(f'"{literal}"')


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
