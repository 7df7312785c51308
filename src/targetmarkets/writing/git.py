"""What git keeps of archived texts that are not in the working tree yet."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

from targetmarkets import limits
from targetmarkets.errors import UnreadableError
from targetmarkets.evidence.archive import folders, open_archive
from targetmarkets.kb.files import sha256

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from targetmarkets.model.objects import KnowledgeFile

_MERGED = re.compile("GITHEAD_([0-9a-f]{40,64})")
"""Variables by which git names the commits that it merges."""


def kept_texts(path: Path, content: KnowledgeFile) -> Mapping[str, bytes]:
    """Archived files of a knowledge base that are not beside it, by name, from the history of git.

    While git merges, the files that the other side brings are in its objects alone. A file is known
    by its SHA-256; one that git does not have is left out.
    """
    wanted = {
        record.file: record.sha256
        for source in content.sources
        if source.archive
        for record in source.archive.kept
        if not _is_there(path, record.file)
    }
    found: dict[str, bytes] = {}
    for name, blob in _blobs(path) if wanted else ():
        if name in wanted and name not in found:
            data = _git("cat-file", "blob", blob)
            if sha256(data) == wanted[name]:
                found[name] = data
    return found


def _is_there(path: Path, file: str) -> bool:
    try:
        open_archive(path, file, limits.DOCUMENT)
    except UnreadableError:
        return False
    return True


def _blobs(path: Path) -> Iterator[tuple[str, str]]:
    """Every version of every file that was in the folders of archived texts, by its name."""
    commits = [match[1] for name in os.environ if (match := _MERGED.fullmatch(name))]
    places = [os.path.relpath(folder) for folder in folders(path)]
    listed = _git(
        "log", "--all", *commits, "--format=", "--raw", "--no-abbrev", "--no-renames", "-z", "--",
        *(place for place in places if not place.startswith(os.pardir)),
    )  # fmt: skip
    fields = iter(listed.decode("utf-8", "surrogateescape").split("\0"))
    for change in fields:
        if change.lstrip("\n").startswith(":"):
            yield next(fields).rpartition("/")[2], change.split()[3]


def _git(*arguments: str) -> bytes:
    """What git prints; nothing where it cannot."""
    program = shutil.which("git")
    if program is None:
        return b""
    done = subprocess.run([program, *arguments], capture_output=True, check=False)  # noqa: S603 # git asked for this merge, and the arguments are ours
    return done.stdout
