"""`tm add category`."""

from typing import Annotated

import typer

from targetmarkets.cli.options import DryRun, Id, IfVersion, Kb, NoColor

EXAMPLES = (
    "tm add category Resilient --chapter III --kb DIR",
    "tm add category 'Ad Hoc' --chapter V --kb DIR --dry-run",
)


def command(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="As the book has it.", show_default=False)
    ],
    chapter: Annotated[
        str, typer.Option(metavar="NUMBER", help="The chapter that treats it.", show_default=False)
    ],
    id_: Id = None,
    dry_run: DryRun = False,
    if_version: IfVersion = None,
    kb: Kb = None,
    no_color: NoColor = False,
) -> None:
    """Add a category of customers. Prints its id."""
    from targetmarkets.cli.writing import add
    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.kb.resolve import free_id
    from targetmarkets.model.objects import Category
    from targetmarkets.writing.edits import build

    def category(knowledge: Knowledge) -> Category:
        fields = {"id": id_ or free_id(knowledge, name), "name": name, "chapter": chapter}
        return build(Category, fields)

    add(context, kb, category, dry_run=dry_run, if_version=if_version)
