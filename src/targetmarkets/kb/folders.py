"""Folders that are made for what is to be written into them, and taken away again."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def take_away(folder: Path) -> None:
    """Remove a folder with all that is in it, as far as that can be."""
    with suppress(OSError):  # it does not ignore all that it says that it ignores
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def none_left(folder: Path) -> Iterator[None]:
    """Take a folder and those above it away again where what is made for them fails, as far as they
    were not there before and are empty.
    """
    missing = [each for each in (folder, *folder.parents) if not os.path.lexists(each)]
    try:
        yield
    except BaseException:
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise
