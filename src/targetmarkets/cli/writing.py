"""What commands that write have in common: what they are given, and how they end."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import typer

from targetmarkets import limits
from targetmarkets.cli.asking import asked_for, asks
from targetmarkets.cli.loading import open_knowledge
from targetmarkets.cli.options import destination_of, knowledge_base
from targetmarkets.cli.output import tell
from targetmarkets.errors import RefusedError, SeveralError, TargetMarketsError, UnreadableError
from targetmarkets.formats.registry import set_report
from targetmarkets.kb.files import decode, read_bytes, read_within
from targetmarkets.kb.paths import Place
from targetmarkets.kb.replacing import note_saved
from targetmarkets.limits import Limit
from targetmarkets.model.objects import Claim
from targetmarkets.model.stored import Stored
from targetmarkets.writing.already import Told, beside, settled
from targetmarkets.writing.forms import FORM_OF, Form, Given, field_at
from targetmarkets.writing.transaction import Change, Transaction, begin


def beginning(
    context: typer.Context,
    kb: str | None,
    *,
    dry_run: bool,
    if_version: str | None,
    why: str | None = None,
) -> AbstractContextManager[Transaction]:
    """Begin to change the knowledge base that is meant; its history says why, or else by which
    command.
    """
    why = context.command_path if why is None else why
    return begin(knowledge_base(context, kb), dry_run=dry_run, if_version=if_version, why=why)


def add(
    context: typer.Context,
    kb: str | None,
    word: str,
    given: Given,
    *,
    no_input: bool,
    dry_run: bool,
    if_version: str | None,
) -> bool:
    """Add what is given of an object, and on a terminal what a person says of it, and print its id.
    Returns whether a person was asked.
    """
    form = FORM_OF[word]
    before: Sequence[tuple[str, Given]] = ()
    proposed: Mapping[str, str] = {}
    lacking = any(form.lacks(given))
    asked = lacking and asks(no_input)
    if lacking and word == "claim":
        from targetmarkets.cli.claiming import asked_claim, proposals

        known = open_knowledge(knowledge_base(context, kb))
        if asked:
            given, before = asked_claim(known, given)
        else:
            proposed = proposals(known, given)
    elif asked:
        given = asked_for(word, form, given)
    form.refuse_incomplete(word, given, proposed)
    with (
        keeping([*before, (word, given)]) if asked else nullcontext(),
        beginning(context, kb, dry_run=dry_run, if_version=if_version) as transaction,
    ):
        for other, row in before:
            transaction.add(*FORM_OF[other].make(transaction.kb, row, ()))
        base = transaction.look()
        made = settled(base, form.make(base, given, ()), given.get("id"))
        transaction.add(*made.new)
        with by_option(form, made.ids[-1]):
            done = transaction.commit()
    show_change(context, done, made.ids[-1:], dry_run=dry_run)
    say(made.told, done, made.new, dry_run=dry_run)
    return asked


def say(told: Sequence[Told], done: Change, new: Sequence[Stored], *, dry_run: bool) -> None:
    """Tell what was there already, and what is like what was added: that is looked up."""
    with nullcontext() if dry_run else after_saving(done.after.path):
        for message, remedy in (*told, *beside(done.before, done.after, new)):
            tell(message, remedy)


@contextmanager
def keeping(said: Sequence[tuple[str, Given]]) -> Iterator[None]:
    """Show what a person said, where it could not be saved, so that it is not said in vain."""
    try:
        yield
    except TargetMarketsError:
        rows = [json.dumps({"add": word, **row}, ensure_ascii=False) for word, row in said]
        tell("what you said, to be corrected and given to tm add from FILE.jsonl:", None, rows)
        raise


def completed(word: str, given: Given, no_input: bool) -> Given:
    """What is given of an object, completed by a person at a terminal. Raises `SeveralError`."""
    form = FORM_OF[word]
    if asks(no_input):
        given = asked_for(word, form, given)
    form.refuse_incomplete(word, given, {})
    return given


def add_claims(
    context: typer.Context,
    kb: str | None,
    claims: Sequence[Claim],
    *,
    dry_run: bool,
    if_version: str | None,
) -> None:
    """Add claims that are made, and print their ids."""
    with beginning(context, kb, dry_run=dry_run, if_version=if_version) as transaction:
        made = [settled(transaction.kb, [claim], claim.id) for claim in claims]
        new = [claim for each in made for claim in each.new]
        transaction.add(*new)
        done = transaction.commit()
    show_change(context, done, [id_ for each in made for id_ in each.ids], dry_run=dry_run)
    say([told for each in made for told in each.told], done, new, dry_run=dry_run)


@contextmanager
def by_option(form: Form, id_: str) -> Iterator[None]:
    """Let what is wrong with an object that is new be told by its options, and what to do."""
    try:
        yield
    except RefusedError as error:
        options = {field.name: field.option for field in form.fields}
        lines = []
        for finding in error.findings:
            where = options.get(field_at(finding.path)) if finding.id == id_ else None
            place = where or ", ".join(filter(None, (finding.path, finding.id)))
            remedy = f"; {finding.remedy}" if where else ""
            lines.append(f"  {place}: {finding.message}{remedy}")
        raise SeveralError(error.message, error.remedy, lines) from error


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
def after_saving(path: Place) -> Iterator[None]:
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
