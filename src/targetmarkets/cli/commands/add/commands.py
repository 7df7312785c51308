"""Add to a knowledge base of your own: a source, a quotation, a claim, a customer."""

from typing import Final

from targetmarkets.cli.command_table import Listed, Sections

SECTIONS: Final[Sections] = {
    "What to add": {
        "source": Listed("add.source", "Add a source, and archive its document."),
        "quote": Listed("add.quote", "Quote a passage of an archived source."),
        "claim": Listed("add.claim", "Add a claim with its evidence."),
        "customer": Listed("add.customer", "Add a customer."),
        "category": Listed("add.category", "Add a category of customers."),
        "group": Listed("add.group", "Add a group, as one text speaks of it."),
        "event": Listed("add.event", "Add an event: an occurrence that claims speak of."),
        "actor": Listed("add.actor", "Add an actor: a firm, ship, body or person."),
        "from": Listed("add.from_file", "Add many claims with quotations from a file, or none."),
    },
}
"""What can be added."""

EXAMPLES = (
    "tm add source report.pdf --id un-2026 --title 'Report' --descriptor 'A report.' --kb DIR",
    "tm add quote un-2026 'North Korea has continued trafficking' --kb DIR",
    "tm add from facts.yaml --dry-run --kb DIR",
)
