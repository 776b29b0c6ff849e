"""Settings of the registry's next release (test_release.py): one static file is another."""

import os
from pathlib import Path

from config.settings import *  # noqa: F403
from config.settings import STATICFILES_DIRS as BEFORE

NEXT = Path(os.environ["NEXT_RELEASE"])
STATIC_ROOT = NEXT / "static"
STATICFILES_DIRS = [NEXT / "changed", *BEFORE]
