"""The disk under the packs: what is full is refused, what is made outlasts a power cut."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.translation import gettext as _

from core.errors import Refused

# What stays free for the database's and the system's own needs.
RESERVE = 64 * 1024 * 1024
PASSING = "packs/unfinished"
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def in_folder() -> bool:
    """Whether packs end in a folder of this machine, not in S3."""
    return isinstance(default_storage, FileSystemStorage)


def own_folder(name: str) -> Path:
    """For what is not finished: on the disk where it will stay, if that is a folder; with
    another storage the same folder, which is all of this disk that a server may write to.
    """
    folder = Path(settings.MEDIA_ROOT) / name
    with refusing_when_full():
        make(folder)
    return folder


@contextlib.contextmanager
def refusing_when_full() -> Iterator[None]:
    """A full disk is a refusal, not a bug; the tablet keeps its pack."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        message = _("Try again later: the registry's storage is full.")
        raise Refused("storage_full", message, status=507) from error


def check_room(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < size + RESERVE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def unnamed_file(size: int) -> BinaryIO:
    """For what is only passing through, with room for `size` bytes."""
    folder = own_folder(PASSING)
    with refusing_when_full():
        check_room(folder, size)
        return cast(BinaryIO, tempfile.TemporaryFile(dir=folder))


def write_all(file: BinaryIO, content: bytes) -> None:
    with refusing_when_full():
        file.write(content)


def make(folder: Path) -> None:
    """Make a folder, and make sure that it is still there after a power cut."""
    if folder.is_dir():
        return
    make(folder.parent)
    folder.mkdir(exist_ok=True)
    sync(folder.parent)


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        if path.is_dir():
            os.fsync(descriptor)
        else:
            os.fdatasync(descriptor)
    finally:
        os.close(descriptor)
