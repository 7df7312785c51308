"""Large JSON files that were found sound, by the hash of their bytes: whether a key stands twice in
one, and whether ids and references hold, is not asked again of the same bytes.

A note of each lies in the cache, beside the stores that are made of such files. `tm verify` asks
everything, whatever is noted.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from targetmarkets.kb import disposable
from targetmarkets.kb.files import sha256

KIND: Final = "sound-1"
"""What is noted; its number changes with what loading asks."""

MAX_NOTES: Final = disposable.MAX_DATABASES_KEPT


class Note:
    """That the bytes of a file were found sound."""

    def __init__(self, path: Path, data: bytes) -> None:
        place = disposable.folder()
        self._file = place / disposable.name_for(KIND, path) if place else None
        self._text = f"{sha256(data)} {disposable.made_by()}\n" if place else ""

    def is_kept(self) -> bool:
        """Whether they were, by this version of the program."""
        with suppress(OSError, ValueError):
            return self._file is not None and self._file.read_text() == self._text
        return False

    def keep(self) -> None:
        """Note it, if there is a place for notes. It takes the place of what was noted of the file,
        and the oldest of too many go.
        """
        if self._file is None:
            return
        with suppress(OSError):
            descriptor, unfinished = tempfile.mkstemp(".tmp", "unfinished-", self._file.parent)
            os.close(descriptor)
            new = Path(unfinished)
            new.write_text(self._text)
            new.replace(self._file)
            notes = self._file.parent.glob("sound-*")  # of other versions, too
            for note in sorted(notes, key=lambda note: note.stat().st_mtime)[:-MAX_NOTES]:
                note.unlink()
