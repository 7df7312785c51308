"""Read files whole."""

import os
import stat
from pathlib import Path
from typing import IO, Final

from targetmarkets import limits
from targetmarkets.errors import UnreadableError
from targetmarkets.limits import Limit

_BLOCK: Final = 1 << 20
"""Bytes of a pipe that are read at once."""


def read_bytes(path: Path, limit: Limit = limits.KNOWLEDGE_BASE, *, pipes: bool = False) -> bytes:
    """Bytes of a regular file; a device, which might never end, is refused, and so is what has more
    bytes than may be read into memory. With `pipes`, a pipe is read to its end; to one that nobody
    writes to there is nothing.

    Raises `UnreadableError`.
    """
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            status = os.fstat(file.fileno())
            if pipes and stat.S_ISFIFO(status.st_mode):
                os.set_blocking(file.fileno(), True)
                return read_within(file, str(path), limit)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError(f"{path} is not a regular file", "name a file")
            if status.st_size > limit.most:
                raise UnreadableError(*limit.exceeded(str(path), status.st_size))
            return file.read() or b""
    except FileNotFoundError as error:
        raise UnreadableError(f"{path} does not exist", "check the path") from error
    except IsADirectoryError as error:
        raise UnreadableError(f"{path} is a folder, not a file", "name the file") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableError(f"{path} cannot be read: {reason}", "check the file") from error


def read_within(file: IO[bytes], name: str, limit: Limit) -> bytes:
    """All that a pipe has to give, which may never end. Raises `UnreadableError` for more than a
    limit.
    """
    parts: list[bytes] = []
    left = limit.most
    while left >= 0 and (part := file.read(_BLOCK)):
        parts.append(part)
        left -= len(part)
    if left < 0:
        raise UnreadableError(*limit.exceeded(name))
    return b"".join(parts)


def read_text(path: Path, limit: Limit = limits.KNOWLEDGE_BASE) -> str:
    """Text of a UTF-8 file, newlines untouched.

    Raises `UnreadableError` for anything that is not a readable regular file of UTF-8.
    """
    return decode(read_bytes(path, limit), str(path))


def decode(data: bytes, name: str, remedy: str = "save it as UTF-8") -> str:
    """The text that bytes are in UTF-8; `name` is for messages. Raises `UnreadableError`."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{name}, line {line}: byte {error.start} is not UTF-8"
        raise UnreadableError(message, remedy) from error


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def sha256(data: bytes) -> str:
    """SHA-256 of some bytes, in lower-case hexadecimal."""
    import hashlib  # it loads OpenSSL, which help and completion can do without

    return hashlib.sha256(data).hexdigest()
