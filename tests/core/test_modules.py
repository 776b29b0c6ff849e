"""Our own modules, joined into one file."""

import gettext
import io
import json
import subprocess

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.conf import settings

from core import modules


def join(files):
    return modules.join("app.js", files.__getitem__)


def run(text):
    answer = subprocess.run(
        ["node", "--input-type=module", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


def test_join_runs_as_the_modules_would():
    files = {
        "app.js": """
            // The first line.
            import * as shapes from "./shapes/circle.js";
            import { double, PI as pi } from "./numbers.js";

            const name = "app"; // stays its own
            const twice = await double(shapes.area(1));
            // Of shapes.js and its shapes.
            const said = { shapes: `shapes ${shapes.names.length}` };
            const names = [...shapes.names, said.shapes];
            console.log(JSON.stringify([name, twice, pi, names]));
        """,
        "shapes/circle.js": """
            import { PI } from "../numbers.js";
            const name = "circle";
            export const area = (radius) => PI * radius;
            const names = [name];
            export { names };
        """,
        "numbers.js": """
            export const PI = 3;
            export async function double(number) {
              return 2 * number;
            }
            export class Unused {}
        """,
    }
    files = {
        name: "\n".join(line.removeprefix(" " * 12) for line in text.split("\n"))
        for name, text in files.items()
    }

    joined = join(files)

    assert run(joined) == ["app", 6, 3, ["circle", "shapes 1"]]


def test_join_refuses_a_circle():
    files = {
        "app.js": 'import { a } from "./other.js";\n',
        "other.js": 'import { b } from "./app.js";\n',
    }

    with pytest.raises(ValueError, match=r"app.js > other.js > app.js"):
        join(files)


@pytest.mark.parametrize(
    "line",
    [
        'import { a } from "./other.js"',  # no semicolon
        'import "./other.js";',
        "export default 3;",
        'export * from "./other.js";',
    ],
)
def test_join_refuses_what_it_cannot_read(line):
    with pytest.raises(ValueError, match="cannot join"):
        join({"app.js": f"{line}\n", "other.js": ""})


@pytest.mark.parametrize("entry", ["app.js", "sw.js"])
def test_tablets_modules_are_joined(entry):
    folder = settings.BASE_DIR / "static" / "tablet"

    joined = modules.join(entry, lambda name: (folder / name).read_text())

    assert "import " not in joined


def compiled(words):
    catalogue = Catalog(locale="vi")
    for text, said in words.items():
        catalogue.add(text, said)
    file = io.BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    return gettext.GNUTranslations(file)


def test_words_are_said_where_they_stand():
    words = compiled(
        {
            "Saved": "Đã lưu",
            'Say "no"': 'Nói "không"',
            ("%(n)s room", "%(n)s rooms"): ("%(n)s phòng",),
        }
    )
    script = (
        'a(gettext("Saved"), gettext(\n"Say \\"no\\"",\n), gettext("New"));'
        'b(ngettext("%(n)s room", "%(n)s rooms", n), old.gettext("Saved"));'
    )

    said = modules.say(script, words)

    assert said == (
        'a("Đã lưu", "Nói \\"không\\"", "New");'
        'b(ngettext("%(n)s phòng","%(n)s phòng", n), old.gettext("Saved"));'
    )


def test_join_refuses_two_things_of_one_name():
    files = {
        "app.js": 'import { a } from "./one.js";\nimport { b } from "./two.js";\n',
        "one.js": "export const a = 1;\n",
        "two.js": 'import { a } from "./three.js";\nexport const b = a;\n',
        "three.js": "export const a = 3;\n",
    }

    with pytest.raises(ValueError, match=r"a is of one\.js elsewhere"):
        join(files)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("const { a } = other;", "other is used as a whole"),
        ("call(other);", "other is used as a whole"),
        ("call(other.b);", r"other\.js has no b"),
    ],
)
def test_join_refuses_a_module_that_is_not_asked_by_name(line, why):
    files = {
        "app.js": f'import * as other from "./other.js";\n{line}\n',
        "other.js": "export const a = 1;\n",
    }

    with pytest.raises(ValueError, match=why):
        join(files)


def test_page_and_worker_run_one_file_and_share_with_a_second():
    files = {
        "app.js": 'import { add } from "./sums.js";\n'
        "const two = await add(1, 1);\n"
        "globalThis.page = two;\n",
        "later.js": 'import { thrice } from "./more.js";\n'
        'import { add } from "./sums.js";\n\n'
        "const same = add;\n"
        "export { thrice, same };\n",
        "more.js": 'import { add } from "./sums.js";\n'
        "export const thrice = (n) => add(n, add(n, n));\n",
        "sums.js": "export const add = (a, b) => a + b;\n",
        "sw.js": 'import { add } from "./sums.js";\n'
        'import { half } from "./halves.js";\n'
        "globalThis.worker = half(add(globalThis.shell, 1));\n",
        "halves.js": "export const half = (n) => n / 2;\n",
    }

    first, second = modules.join_app("app.js", "later.js", "sw.js", files.__getitem__)

    assert (first + second).count("const add") == 1
    assert "const thrice" not in first
    ended = second.replace("export const{thrice,same}", "globalThis.second")
    page = f"{first}await 0;{ended}"
    shown = "console.log(JSON.stringify([page, second.thrice(2), second.same(1, 4)]));"
    assert run(page + shown) == [2, 6, 5]
    worker = f"globalThis.shell=3;{first}"
    shown = "console.log(JSON.stringify([worker, globalThis.page ?? null]));"
    assert run(worker + shown) == [2, None]
