#!/usr/bin/env python3
"""The project's commands; nothing but Python 3.11 is needed to start them.

run       set up what is missing and serve the registry on http://127.0.0.1:8000
test      every test and every check; with arguments: pytest with these arguments
check     the fast checks, for before a commit
fmt       put the code into its form
words     gather and compile the translations (of the rooms that are named)
lock      write the pinned requirements anew
manage    Django's command line, with the database started
mutate    mutation tests of the rules
drill     nothing is lost: 16 scenarios 20 times, or --cycles 1000 (dev.py drill --help)
bench     measure: all benches, or one by its name (tests/bench)
"""

import os
import sys

if sys.version_info < (3, 11) or os.name != "posix":
    sys.stderr.write("dev.py: Python 3.11 or newer on Linux is needed.\n")
    sys.exit(2)

import argparse

from devtools import bench, drill, machine, serve, verify
from devtools.say import Stop

PASSED_ON = {
    "test": verify.test,
    "words": verify.words,
    "manage": serve.manage,
    "mutate": verify.mutate,
    "drill": drill.drill,
    "bench": bench.bench,
}
PLAIN = {"check": verify.check, "fmt": verify.fmt, "lock": machine.lock}


def main(arguments: list[str]) -> int:
    if arguments and arguments[0] in PASSED_ON:
        return PASSED_ON[arguments[0]](arguments[1:])
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    run = commands.add_parser("run")
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=int, default=8000)
    run.add_argument("--empty", action="store_true", help="without demo data")
    for name in [*PLAIN, *PASSED_ON]:
        commands.add_parser(name)
    chosen = parser.parse_args(arguments)
    if chosen.command == "run":
        return serve.run(chosen.host, chosen.port, demo=not chosen.empty)
    return PLAIN[chosen.command]()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr)
        sys.exit(2)
    except PermissionError as error:
        print(
            f"dev.py: {error.filename} belongs to somebody else (was dev.py run as root?):"
            " remove it or change its owner.",
            file=sys.stderr,
        )
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
