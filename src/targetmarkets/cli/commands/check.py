"""`tm check`: whether the quotations of a draft are real."""

import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from targetmarkets import limits
from targetmarkets.cli.complete import terms
from targetmarkets.cli.errors import FOUND_EXIT_CODE
from targetmarkets.cli.loading import open_knowledge
from targetmarkets.cli.options import (
    CheckFormat,
    Json,
    Kb,
    NoColor,
    Output,
    destination_of,
    format_of,
    knowledge_base,
)
from targetmarkets.cli.output import tell
from targetmarkets.errors import UsageError, shorten
from targetmarkets.formats.registry import CHECK_FORMATS

if TYPE_CHECKING:
    from targetmarkets.checking.check import Checker
    from targetmarkets.checking.draft import Draft

KINDS = {
    "auto": "by its name and what is in it",
    "markdown": "Markdown, with pandoc's citations and notes",
    "text": "plain text",
    "latex": "LaTeX, which pandoc reads",
}
"""What a draft can be said to be."""

EXAMPLES = (
    "tm check draft.md",
    "tm check draft.docx notes.md --json",
    "tm check draft.md --format sarif --output check.sarif",
    "tm check draft.md --fix -o corrected.md",
)


As = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="|".join(KINDS),
        help="What the drafts are. stdin is Markdown unless told.",
        autocompletion=terms(KINDS),
    ),
]


def command(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Drafts: Markdown, plain text, LaTeX, DOCX, ODT, HTML; - is stdin.",
            show_default=False,
        ),
    ],
    as_: As = "auto",
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="Write a copy to -o FILE in which altered quotations have the source's words, "
            "where one passage is meant, and no hedge, negation or number was lost.",
        ),
    ] = False,
    format_: CheckFormat = None,
    json: Json = False,
    output: Output = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Check the quotations and citations of drafts against the archived texts.

    Finds every quotation, whatever its marks, and says whether it is exact, has the same words, was
    altered, is another's, or stands nowhere; and of every citation whether what it cites still
    stands. Exits with 1 if anything is not as the sources have it, or if there was nothing to
    check.
    """
    from targetmarkets.checking.check import Checker
    from targetmarkets.checking.reading import read
    from targetmarkets.cli.writing import after_saving, read_argument
    from targetmarkets.formats.registry import set_check

    if as_ not in KINDS:
        raise UsageError(f"there is no kind {shorten(as_)}", f"choose from: {', '.join(KINDS)}")
    to = destination_of(context, None if fix else output, no_color)
    chosen_format = format_of(format_, json, CHECK_FORMATS, "text", None if fix else output)
    target = _target(context, files, output, no_color) if fix else None
    checker = Checker(open_knowledge(knowledge_base(context, kb), parts=True))
    drafts = [read(read_argument(file, limits.DOCUMENT), file, as_) for file in files]
    report = checker.check(drafts)
    if target:
        _fix(checker, drafts[0], target)
    with after_saving(Path(target)) if target else nullcontext():
        to.emit(set_check(report, chosen_format, to.look))
    if not report.ok:
        if to.file:
            tell(f"not all is as the sources have it: {to.file} says what", "mend what it lists")
        raise typer.Exit(FOUND_EXIT_CODE)


def _target(context: typer.Context, files: list[str], output: str | None, no_color: bool) -> str:
    """The file to which a corrected copy goes. Raises `UsageError` where it is the draft."""
    if output in {None, "-"} or len(files) != 1:
        raise UsageError("--fix needs one draft, and a file for its copy", "add -o FILE")
    assert output is not None
    destination_of(context, output, no_color)  # it is no knowledge base
    if files[0] != "-" and os.path.realpath(files[0]) == os.path.realpath(output):
        raise UsageError(f"{output} is the draft itself", "name another file: it is never changed")
    return output


def _fix(checker: "Checker", draft: "Draft", target: str) -> None:
    """Write the corrected copy, and say what was left."""
    from targetmarkets.checking.fix import fixed
    from targetmarkets.kb.replacing import write_bytes

    done = fixed(checker, draft)
    write_bytes(Path(target), done.text.encode())
    tell(f"{target}: {done.corrected} corrected, {done.left} left for a person")
