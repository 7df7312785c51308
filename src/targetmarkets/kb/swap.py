"""Exchange two names of files in one step, where the system has such a step."""

import errno
import os
import sys
from pathlib import Path
from typing import Final

_NOT_HERE: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})
"""What a system, or a file system, says that has none."""

_AT_FOLDER: Final = -100
_EXCHANGE: Final = 2


def swap(one: Path, other: Path) -> bool:
    """Exchange two files; False where there is no such step. Raises `OSError`."""
    import ctypes  # only a writer needs it

    if sys.platform not in {"linux", "darwin"}:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            done = libc.renameat2(_AT_FOLDER, paths[0], _AT_FOLDER, paths[1], _EXCHANGE)
        else:
            done = libc.renamex_np(*paths, _EXCHANGE)
    except (OSError, AttributeError):  # an older library
        return False
    if done == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_HERE:
        return False
    raise OSError(number, os.strerror(number), str(other))
