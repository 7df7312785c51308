"""`tm mcp`: serve agents."""

import gc

import typer

from targetmarkets.cli.loading import open_knowledge
from targetmarkets.cli.options import Kb, knowledge_base
from targetmarkets.errors import MissingExtraError

EXAMPLES = (
    "tm mcp",
    "tm mcp --kb DIR",
)


def command(context: typer.Context, kb: Kb = None) -> None:
    """Serve language-model agents over the Model Context Protocol, on stdin and stdout.

    They can find and show what the knowledge base holds, check quotations and drafts, and cite;
    they can change nothing. It runs until its client closes stdin. Needs the extra
    targetmarkets[agents].
    """
    knowledge = open_knowledge(knowledge_base(context, kb))
    try:
        from targetmarkets.agents.server import server
    except ImportError as error:
        raise MissingExtraError("tm mcp", "agents") from error
    gc.enable()  # it is off for the sake of short runs
    server(knowledge).run()
