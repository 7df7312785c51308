"""The process that reads a document: see `extract`. Reads stdin, answers on stdout.

Lines of two numbers tell how many pages are done; the last line is the answer, as JSON.
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

from targetmarkets.importing.readers import record
from targetmarkets.importing.readers.reading import Reading, UnfitError

MEMORY: Final = 3 * 1024**3
"""Bytes of address space; the libraries map much that they never use."""

_READERS: Final = {
    "application/pdf": "pdf",
    "text/html": "html",
    "application/zip": "zipped",
    "message/rfc822": "mail",
    "application/pdf; a second reader": "witness",
}
"""The readers of kinds of documents; whatever else there is, `unknown` names."""

_FORBIDDEN: Final = (
    *("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system"),
    *("os.startfile", "os.kill", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link"),
    *("os.symlink", "os.chmod", "os.chown", "os.truncate", "os.utime", "os.setxattr", "pty."),
    *("shutil.", "tempfile.", "webbrowser.", "urllib.", "http.", "ftplib.", "smtplib."),
)
"""Beginnings of the names of events that have no place in reading a document."""


def main() -> None:
    """Read the document on stdin as the media type that is the first argument."""
    media_type, seconds = sys.argv[1], int(float(sys.argv[2])) + 1
    data = sys.stdin.buffer.read()
    try:
        read = reader(media_type)
    except ImportError:
        _say({"problem": "extra"})
        return
    _confine(seconds)
    try:
        _say(answer(read(data, "")))
    except UnfitError as error:
        problem, remedy = error.args
        _say({"problem": problem, "remedy": remedy})
    except (MemoryError, RecursionError):
        remedy = "extract its text yourself, and add that"
        _say({"problem": "it needs more memory than is given", "remedy": remedy})


def _confine(seconds: int) -> None:
    """Give up what reading a document does not need, for good."""
    with suppress(ImportError):
        import resource

        for limit, value in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NPROC, 0),
        ):
            with suppress(ValueError, OSError):
                resource.setrlimit(limit, (value, value))

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN) or (event == "open" and _writes(arguments)):
            raise PermissionError(event)

    sys.addaudithook(refuse)


def _writes(arguments: tuple[Any, ...]) -> bool:
    """Whether a file is opened for more than to be read, by `open` or by `os.open`."""
    flags: int = arguments[2]
    return flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND) != 0


def _say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def reader(media_type: str) -> Callable[[bytes, str], Reading]:
    """The reader of a kind of document, with all that it needs. Raises `ImportError`."""
    name = _READERS.get(media_type, "unknown")
    module = import_module(f"targetmarkets.importing.readers.{name}")
    read: Callable[[bytes, str], Reading] = module.read
    return read


def answer(reading: Reading) -> dict[str, Any]:
    """What is said of a document to the process that asked."""
    return {
        "text": reading.text,
        "pages": reading.labels,
        "extractor": reading.extractor,
        "media_type": reading.media_type,
        "record": record.of(reading.about),
        "gaps": reading.gaps.listed(reading.labels),
    }


if __name__ == "__main__":
    main()
