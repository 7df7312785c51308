"""Let a person change a text in an editor, until it is right or given up."""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from targetmarkets.cli.output import tell
from targetmarkets.errors import ConflictError, RefusedError, RequestError, UsageError
from targetmarkets.kb.address import Address, is_address
from targetmarkets.kb.files import read_text
from targetmarkets.kb.paths import Place
from targetmarkets.model.stored import Stored
from targetmarkets.writing.edits import stored_text
from targetmarkets.writing.transaction import Change
from targetmarkets.writing.typed import Typed, begin_typing, carry_over, kept

REMARK: Final = "// "
"""What begins a line at the top that is not part of the text."""

MAX_OPENINGS: Final = 5
"""How often a text that is refused is opened again where no person is at a terminal."""

AT_ONCE: Final = 1.0
"""Seconds within which nobody has read and left a text."""


def type_in(
    item: Stored,
    kb: Place,
    save: Callable[[str], Change],
    named: str | None,
    *,
    resume: bool,
    dry_run: bool,
) -> Change | None:
    """Let a person edit an object, from what it is or from what she typed before, and save it.

    None where it was left as it is. `named` is the knowledge base as it was named. Raises
    `UsageError` where there is nothing to resume, and what `edit_until_right` raises.
    """
    shown = str(Address(named)) if named and is_address(named) else named
    again = shlex.join(["tm", "edit", item.id, "--resume", *(["--kb", shown] if shown else [])])
    now, carried = stored_text(item), ""
    before = sorted(kept(kb, item.id), key=_was_changed, reverse=True)
    if not resume:
        typed, text = begin_typing(kb, item.id, now), now
    elif before:
        typed = before.pop(0)
        text, carried = _resumed(typed, now)
    else:
        message = f"nothing that was typed of {item.id} is kept"
        raise UsageError(message, f"tm edit {item.id} begins anew")
    if others := [str(each.path) for each in before if _was_changed(each)]:
        tell(f"what you wrote earlier is kept in {', '.join(others)}", again)
    done = edit_until_right(typed, text, save, again, carried)
    if done and dry_run:
        tell(f"what you wrote is kept in {typed.path}", f"{again} takes it up again")
    elif done:
        typed.drop()
    return done


def edit_until_right(
    typed: Typed, text: str, save: Callable[[str], Change], again: str, carried: str = ""
) -> Change | None:
    """Open an editor on a text and save what comes of it; None where nothing came of it.

    When saving is refused, the editor opens again with the reason at the top. Raises that error
    when the text is then left as it is, and `UsageError` where there is no editor or it fails.
    `carried` says at the top what became otherwise since the text was typed. Whatever was typed and
    not saved stays in its file, and a message says where, and that `again` takes it up.
    """
    refused: RequestError | None = None
    with _kept(typed, again):
        for number in range(sys.maxsize if _is_person() else MAX_OPENINGS):
            given = (_remarks(refused) if refused else carried) + text
            typed.write(given)
            took = _open_editor(typed)
            written = read_text(typed.path)
            left = _without_remarks(written) == text
            if left and (number or not carried or (written == given and _BOTH in carried)):
                break
            text = _without_remarks(written)
            typed.write(text)
            try:
                return save(text)
            except ConflictError:
                raise
            except RequestError as error:
                refused = error
        if refused:
            raise refused
        if carried:
            raise ConflictError("what both changed is not settled", "settle what the top names")
    if took < AT_ONCE:
        tell(f"the editor was left at once; if it is open still, save there, and then: {again}")
    else:
        typed.drop()
    return None


_BOTH: Final = f"{REMARK}Both changed: "


def _resumed(typed: Typed, now: str) -> tuple[str, str]:
    """A text that was kept, on what its object is now, and what to say of that at its top.

    Raises `UnreadableError`.
    """
    text, differences, both = carry_over(_without_remarks(read_text(typed.path)), typed.base, now)
    typed.write(text, None if both else now)  # what is not settled is asked again
    if not differences:
        return text, f"{REMARK}This is what you wrote. Save it as it is, or go on.\n"
    lines = ["Somebody changed this since you wrote it:", *differences]
    top = "".join(f"{REMARK}{line}\n" for line in lines)
    if not both:
        return text, f"{top}{REMARK}That is taken over below. Save it as it is, or go on.\n"
    settle = f"{REMARK}Below it is as you wrote it. Settle it, and delete these lines.\n"
    return text, f"{top}{_BOTH}{', '.join(both)}\n{settle}"


@contextmanager
def _kept(typed: Typed, again: str) -> Iterator[None]:
    """Say where a text is that was typed and not saved, whatever stopped it."""
    try:
        yield
    except BaseException:
        if _was_changed(typed):  # else an editor may have it open all the same, and it stays a day
            tell(f"what you wrote is kept in {typed.path}", f"{again} takes it up again")
        raise


def _was_changed(typed: Typed) -> bool:
    try:
        return _without_remarks(typed.path.read_text("utf-8")) != typed.base
    except (OSError, ValueError, RequestError):
        return True


def _is_person() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _open_editor(typed: Typed) -> float:
    """Run the editor, and return the seconds for which it was open."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise UsageError("no editor is named", "set EDITOR, such as EDITOR=nano, or use --from")
    start = time.monotonic()
    try:
        done = subprocess.run([*shlex.split(editor), str(typed.path)], check=False)  # noqa: S603 - asked for
    except (OSError, ValueError) as error:
        raise UsageError(f"the editor {editor!r} cannot be run: {error}", "set EDITOR") from error
    if done.returncode:
        message = f"the editor {editor!r} ended with {done.returncode}: nothing was changed"
        raise UsageError(message, "leave it without an error to save")
    return time.monotonic() - start


def _remarks(error: RequestError) -> str:
    """Why a text was refused, as lines for its top."""
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
