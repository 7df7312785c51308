"""`tm` alone: where one is."""

import typer

from targetmarkets.cli.loading import open_knowledge
from targetmarkets.cli.options import destination_of, knowledge_base


def welcome(context: typer.Context, no_color: bool) -> None:
    """Show what the knowledge base holds, and what to try next."""
    from targetmarkets.formats.as_text import dump
    from targetmarkets.formats.welcome import write_welcome
    from targetmarkets.query.orientation import orientation

    to = destination_of(context, None, no_color)
    to.emit(
        dump(write_welcome(orientation(open_knowledge(knowledge_base(context, None)))), to.look)
    )
