#!/usr/bin/env python3
"""The project's commands: `python3 dev.py words`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTHON = HERE / ".venv" / "bin" / "python"


def words(arguments: list[str]) -> int:
    """Extract and compile the translations; `words check` says what is missing."""
    return subprocess.call([PYTHON, "-m", "core.words", *arguments], cwd=HERE)


if __name__ == "__main__":
    sys.exit(words(sys.argv[2:]))
