"""The program `tm`: its commands, and how it starts and ends."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from io import StringIO
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from targetmarkets.cli.command_table import SECTIONS, Listed, Sections, commands_in
from targetmarkets.cli.errors import exit_code
from targetmarkets.cli.options import Kb, NoColor
from targetmarkets.cli.output import emit, use_utf8
from targetmarkets.cli.sparing import spare
from targetmarkets.errors import UsageError

EXAMPLES = (
    "tm list --category resilient",
    "tm show syria",
    "tm list --json | jq -r '.[].name'",
)
MORE = "Formats, exit codes, environment variables, names, filters: tm help"

COMPLETION: Final = frozenset({"--install-completion", "--show-completion"})

HELP_SETTINGS: Final[dict[str, Any]] = {
    "help_option_names": ["-h", "--help"],
    "max_content_width": 100,
}


def _epilogue(examples: tuple[str, ...]) -> str:
    r"""What follows the options in a help text; `\b` keeps Typer from joining the lines."""
    return "\b\nExamples:\n  " + "\n  ".join(examples) + f"\n\n{MORE}"


class _Commands(Mapping[str, Any]):
    """Commands, each built when it is asked for: a run needs one of them."""

    def __init__(self, listed: Mapping[str, Listed]) -> None:
        self._listed = listed

    def __getitem__(self, name: str) -> Any:
        module = import_module(f"targetmarkets.cli.commands.{self._listed[name].module}")
        if hasattr(module, "SECTIONS"):
            return _Group(
                name=name,
                sections=module.SECTIONS,
                help=module.__doc__,
                epilog=_epilogue(module.EXAMPLES),
                context_settings=HELP_SETTINGS,
                rich_markup_mode=None,
            )
        single = typer.Typer(
            add_completion=False, rich_markup_mode=None, context_settings=HELP_SETTINGS
        )
        class_ = getattr(module, "Command", None)
        single.command(name, cls=class_, epilog=_epilogue(module.EXAMPLES))(module.command)
        built = typer.main.get_command(single)
        spare(built.params)
        return built

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)


class _Group(TyperGroup):
    """A group whose commands may be built later, and are told without being built."""

    commands: Any

    def __init__(self, *, sections: Sections, **settings: Any) -> None:
        super().__init__(**settings)
        self._sections = sections
        self._listed = commands_in(sections)
        self.commands = _Commands(self._listed)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer calls it with that
        """Names of the commands; Typer would build every one to tell them."""
        return list(self.commands)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - the same
        """The commands under their headings, in one column of names."""
        width = max(map(len, self._listed))
        for heading, part in self._sections.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(width), one.summary) for name, one in part.items()])

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Let Typer complete from what the table says; it would build every command."""
        self.commands = {
            name: TyperCommand(name, help=one.summary) for name, one in self._listed.items()
        }
        return super().shell_complete(ctx, incomplete)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Say which command is meant where a group within the program is given none."""
        named = [arg for arg in args if not arg.startswith("-")]
        asked = {*args} & {*HELP_SETTINGS["help_option_names"]}
        if ctx.parent is None or ctx.resilient_parsing or asked or (named and named[0] == args[0]):
            return super().parse_args(ctx, args)
        from targetmarkets.cli.meant import no_command  # only a mistake needs it

        raise no_command(ctx, args, self.commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Say what may have been meant by a word that is no command."""
        word = args[0] if args else ""
        if word in [*self.commands] or word.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        from targetmarkets.cli.meant import unknown_command  # only a mistake needs it

        raise unknown_command(ctx, args, self.commands)


class _Program(_Group):
    def __init__(self, **settings: Any) -> None:
        super().__init__(sections=SECTIONS, **settings)
        spare(self.params)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Let Typer set completion up, and say in our way where it cannot."""
        if not COMPLETION & {*args}:
            return super().parse_args(ctx, args)
        said = StringIO()
        try:
            with redirect_stdout(said), redirect_stderr(said):
                return super().parse_args(ctx, args)
        except SystemExit:
            emit(said.getvalue())
            raise
        except (typer.Exit, OSError, ValueError, RuntimeError, subprocess.SubprocessError) as error:
            reason = " ".join(said.getvalue().split()) or str(error)
            message = f"completion cannot be set up: {reason}"
            raise UsageError(message, "do it from bash, zsh, fish or PowerShell") from error


app = typer.Typer(
    name="tm",
    cls=_Program,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP_SETTINGS,
    epilog=_epilogue(EXAMPLES),
)


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
        from targetmarkets.cli.welcome import welcome  # brings the models

        welcome(context, no_color)


def run() -> int:
    """Run the program, say what went wrong if anything did, and return its exit code."""
    try:
        use_utf8()
        result = app(standalone_mode=False)
    except BaseException as error:  # noqa: BLE001 - the last place where one can be put in words
        return exit_code(error)
    return result if isinstance(result, int) else 0
