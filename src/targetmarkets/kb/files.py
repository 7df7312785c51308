"""Read files whole."""

import os
import stat
from pathlib import Path
from typing import Final

from targetmarkets.errors import UnreadableError

MAX_FILE_SIZE: Final = 1 << 30
"""Bytes of a file beyond which it is refused rather than read into memory."""


def read_bytes(path: Path) -> bytes:
    """Bytes of a regular file; a pipe or a device, which might never end, is refused.

    Raises `UnreadableError`.
    """
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError(f"{path} is not a regular file", "name a file")
            if status.st_size > MAX_FILE_SIZE:
                message = (
                    f"{path} has {status.st_size:,} bytes, and {MAX_FILE_SIZE:,} are read at most"
                )
                raise UnreadableError(message, "divide it")
            return file.read() or b""
    except FileNotFoundError as error:
        raise UnreadableError(f"{path} does not exist", "check the path") from error
    except IsADirectoryError as error:
        raise UnreadableError(f"{path} is a folder, not a file", "name the file") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableError(f"{path} cannot be read: {reason}", "check the file") from error


def read_text(path: Path) -> str:
    """Text of a UTF-8 file, newlines untouched.

    Raises `UnreadableError` for anything that is not a readable regular file of UTF-8.
    """
    return decode(read_bytes(path), str(path))


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
