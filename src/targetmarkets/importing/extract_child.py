"""The process that reads a document: see `extract`. Reads stdin, answers on stdout.

Lines of two numbers tell how many pages are done; the last line is the answer, as JSON.
"""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from targetmarkets import limits
from targetmarkets.importing.confinement import confine
from targetmarkets.importing.readers import record
from targetmarkets.importing.readers.reading import Reading, UnfitError

_READERS: Final = {
    "application/pdf": "pdf",
    "text/html": "html",
    "application/zip": "zipped",
    "message/rfc822": "mail",
    "application/pdf; a second reader": "witness",
}
"""The readers of kinds of documents; whatever else there is, `unknown` names."""


def main() -> None:
    """Read the document on stdin as the media type that is the first argument."""
    media_type, seconds = sys.argv[1], int(float(sys.argv[2])) + 1
    data = sys.stdin.buffer.read()
    try:
        read = reader(media_type)
    except ImportError:
        _say({"problem": "extra"})
        return
    confine(seconds)
    _say(told(read, data))


def told(read: Callable[[bytes, str], Reading], data: bytes) -> dict[str, Any]:
    """What a reader makes of a document, or why it cannot, as it is said to who asked."""
    try:
        return answer(read(data, ""))
    except UnfitError as error:
        problem, remedy = error.args
        return {"problem": problem, "remedy": remedy}
    except (MemoryError, RecursionError):
        most, remedy = limits.MEMORY.most, limits.MEMORY.remedy
        return {"problem": f"it needs more memory than {most:,} bytes", "remedy": remedy}


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
        "breaks": reading.breaks,
    }


if __name__ == "__main__":
    main()
