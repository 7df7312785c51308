"""What commands that write have in common: what they are given, and how they end."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import typer

from targetmarkets import limits
from targetmarkets.cli.options import destination_of, knowledge_base
from targetmarkets.cli.output import tell
from targetmarkets.errors import UnreadableError
from targetmarkets.formats.registry import set_report
from targetmarkets.kb.files import decode, read_bytes, read_within
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.replacing import note_saved
from targetmarkets.limits import Limit
from targetmarkets.model.objects import Claim
from targetmarkets.model.stored import Stored
from targetmarkets.writing.transaction import Change, Transaction, begin


def beginning(
    context: typer.Context, kb: str | None, *, dry_run: bool, if_version: str | None
) -> AbstractContextManager[Transaction]:
    """Begin to change the knowledge base that is meant; its history names the command."""
    base = knowledge_base(context, kb)
    return begin(base, dry_run=dry_run, if_version=if_version, why=context.command_path)


def add(
    context: typer.Context,
    kb: str | None,
    make: Callable[[Knowledge], Stored | Sequence[Claim]],
    *,
    dry_run: bool,
    if_version: str | None,
) -> None:
    """Add what is made of a knowledge base, and print the ids."""
    with beginning(context, kb, dry_run=dry_run, if_version=if_version) as transaction:
        items = make(transaction.kb)
        made = items if isinstance(items, Sequence) else [items]
        transaction.add(*made)
        done = transaction.commit()
    show_change(context, done, [item.id for item in made], dry_run=dry_run)


def show_change(context: typer.Context, done: Change, ids: Sequence[str], *, dry_run: bool) -> None:
    """Print the ids of what was written, for a script; or, of a dry run, what would differ."""
    to = destination_of(context, None, bool(context.params.get("no_color")))
    if not dry_run:
        with after_saving(done.after.path):
            to.emit("".join(f"{id_}\n" for id_ in ids))
        return
    from targetmarkets.query.diff import diff  # only a dry run needs it

    to.emit(set_report(diff(done.before, done.after), "text", to.look))
    tell("nothing was changed: this was a dry run")


@contextmanager
def after_saving(path: Path) -> Iterator[None]:
    """Let whatever goes wrong from here on say that a change was saved before."""
    try:
        yield
    except BaseException as error:
        note_saved(error, path)
        raise


def read_argument(name: str, limit: Limit = limits.INPUT) -> bytes:
    """The bytes of a file or a pipe that an argument names, or of stdin for `-`.

    Raises `UnreadableError`, also where there are more than may be read.
    """
    if name != "-":
        return read_bytes(Path(name), limit, pipes=True)
    if sys.stdin is None:
        raise UnreadableError("stdin is closed", "name a file")
    return read_within(sys.stdin.buffer, "stdin", limit)


def read_text_argument(name: str) -> str:
    """The same as text. Raises `UnreadableError` where it is not UTF-8."""
    return decode(read_argument(name), "stdin" if name == "-" else name)
