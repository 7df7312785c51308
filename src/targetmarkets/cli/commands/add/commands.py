"""Add to a knowledge base of your own: a source, a quotation, a claim, a customer."""

from collections.abc import Mapping
from typing import Final

COMMANDS: Final[Mapping[str, str]] = {
    "source": "add.source",
    "quote": "add.quote",
    "claim": "add.claim",
    "customer": "add.customer",
    "category": "add.category",
    "group": "add.group",
    "event": "add.event",
    "actor": "add.actor",
    "from": "add.from_file",
}
"""What can be added, each with the module that holds it as `command`."""

EXAMPLES = (
    "tm add source report.pdf --id un-2026 --title 'Report' --descriptor 'A report.' --kb DIR",
    "tm add quote un-2026 'North Korea has continued trafficking' --kb DIR",
    "tm add claim",
    "tm add from facts.yaml --dry-run",
)
