"""Let a person change a text in an editor, until it is right or given up."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from targetmarkets.cli.output import tell
from targetmarkets.errors import RefusedError, RequestError, UsageError
from targetmarkets.kb.files import read_text

REMARK: Final = "// "
"""What begins a line at the top that is not part of the text."""


def edit_until_right(name: str, text: str, save: Callable[[str], None]) -> bool:
    """Open an editor on a text and save what comes of it; whether anything was saved.

    When saving is refused, the editor opens again with the reason at the top. Raises that error
    when the text is then left as it is, and `UsageError` where there is no editor or it fails.
    Whatever else goes wrong, what was written stays in a file, and a message says where.
    """
    folder = Path(tempfile.mkdtemp())
    path = folder / f"{name}.json"
    error: RequestError | None = None
    given = text
    try:
        while True:
            path.write_text(_remarks(error) + text, "utf-8")
            _open_editor(path)
            written = _without_remarks(read_text(path))
            if written == text:
                break
            text = written
            try:
                save(text)
            except RequestError as refused:
                error = refused
            else:
                shutil.rmtree(folder, ignore_errors=True)
                return True
    except BaseException:
        if error or _was_changed(path, given):
            tell(f"what you wrote is in {path}", f"tm edit {name} --from {shlex.quote(str(path))}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
    if error:
        raise error
    return False


def _was_changed(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() != text.encode()
    except OSError:
        return False


def _open_editor(path: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise UsageError("no editor is named", "set EDITOR, such as EDITOR=nano, or use --from")
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - asked for
    except (OSError, ValueError) as error:
        raise UsageError(f"the editor {editor!r} cannot be run: {error}", "set EDITOR") from error
    if done.returncode:
        message = f"the editor {editor!r} ended with {done.returncode}: nothing was changed"
        raise UsageError(message, "leave it without an error to save")


def _remarks(error: RequestError | None) -> str:
    """Why a text was refused, as lines for its top."""
    if error is None:
        return ""
    lines = error.message.split("\n")
    if isinstance(error, RefusedError):
        lines += [f"{finding.path or 'the file'}: {finding.message}" for finding in error.findings]
    lines += [error.remedy] if error.remedy else []
    return "".join(f"{REMARK}{' '.join(line.split())}\n" for line in lines)


def _without_remarks(text: str) -> str:
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith(REMARK.strip()):
        lines.pop(0)
    return "".join(lines)
