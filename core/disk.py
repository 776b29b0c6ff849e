"""Whether the disks under the uploads have room; asked by the alarm and the health page."""

import shutil
from pathlib import Path

from django.conf import settings

# A few days of visits: time enough for somebody to come.
LOW = 1024**3
MEGABYTE = 1_000_000


def free_megabytes() -> int:
    """On the fullest of the disks that we write to."""
    return min(_free(settings.MEDIA_ROOT), _free(settings.VAR_DIR)) // MEGABYTE


def is_low() -> bool:
    return free_megabytes() < LOW // MEGABYTE


def _free(path: str | Path) -> int:
    """Of the disk a folder is on, or will be on once it is made."""
    path = Path(path)
    while not path.exists() and path != path.parent:
        path = path.parent
    return shutil.disk_usage(path).free
