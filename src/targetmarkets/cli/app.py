"""The program `tm`: its commands, and how it starts and ends."""

from typing import Annotated

import typer

from targetmarkets.cli import coverage, list_command, show, stats, verify
from targetmarkets.cli.errors import exit_code
from targetmarkets.cli.options import Kb, NoColor
from targetmarkets.cli.output import emit, use_utf8

EXAMPLES = (
    "tm list --category resilient",
    "tm show syria",
    "tm list --json | jq -r '.[].name'",
)
EXIT_CODES = "Exit codes: 0 done; 1 a check found something; 2 wrong usage; 3 data not readable."


def _epilogue(examples: tuple[str, ...], *more: str) -> str:
    r"""What follows the options in a help text; `\b` keeps Typer from joining the lines."""
    return "\n\n".join(["\b\nExamples:\n  " + "\n  ".join(examples), *more])


app = typer.Typer(
    name="tm",
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_epilogue(EXAMPLES, EXIT_CODES),
)
app.command("list", epilog=_epilogue(list_command.EXAMPLES))(list_command.list_)
app.command("show", epilog=_epilogue(show.EXAMPLES))(show.show)
app.command("coverage", epilog=_epilogue(coverage.EXAMPLES))(coverage.coverage)
app.command("stats", epilog=_epilogue(stats.EXAMPLES))(stats.stats)
app.command("verify", epilog=_epilogue(verify.EXAMPLES))(verify.verify)


def _version(asked: bool) -> None:
    if asked:
        from targetmarkets import __version__

        emit(f"tm {__version__}\n")
        raise typer.Exit


@app.callback()
def program(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Who buys weapons from North Korea, what, why, and who says so.

    A knowledge base of North Korea's military customers in the sanctions era, after Andrea
    Berger's book Target Markets: resilient, reluctant and ad hoc. Every claim leads to a verbatim
    passage of an archived source, or to a reference that is marked as not proved.
    """
    if context.invoked_subcommand is None:
        emit(context.get_help() + "\n")


def run() -> int:
    """Run the program, say what went wrong if anything did, and return its exit code."""
    use_utf8()
    try:
        result = app(standalone_mode=False)
    except BaseException as error:  # noqa: BLE001 - the last place where one can be put in words
        return exit_code(error)
    return result if isinstance(result, int) else 0
