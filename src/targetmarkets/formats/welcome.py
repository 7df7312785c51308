"""What `tm` shows where nothing is asked for: what there is, and what to try next."""

from collections.abc import Mapping, Sequence
from typing import Final

from targetmarkets.formats.document import Document, Piece
from targetmarkets.query.orientation import Orientation

MAX_CUSTOMERS_NAMED: Final = 12
"""Customers of a category that are named; the others are counted."""

BEGIN: Final[Mapping[str, str]] = {
    "tm add --help": "add a source, a quotation, a customer, a claim",
    "tm verify": "see whether all is as it should be",
    "tm help": "formats, exit codes, names, filters",
    "tm list --kb …": "look into another knowledge base",
}
"""What to try in a knowledge base without customers."""


def write_welcome(held: Orientation) -> Document:
    """What a knowledge base holds, and four commands to try."""
    document = Document()
    reach = held.reach
    document.add(Piece(reach.held, "title"), hang=2, role="title")
    counts = {"claims": held.claims, "events": held.events, "quotations": held.quotes}
    counted = [f"{number:,} {what}" for what, number in counts.items()]
    counted.append(f"{reach.sources:,} {reach.dated or 'sources'}")
    document.add(", ".join(counted), hang=2)
    column = max((len(category.name) for category in held.categories), default=0) + 2
    for category in held.categories:
        named = _some(category.customers)
        document.add(Piece(category.name.ljust(column), "label"), named, hang=column, role="field")
    document.heading("Try")
    tried = _tried(held)
    column = max(map(len, tried)) + 2
    for command, about in tried.items():
        document.add(Piece(command.ljust(column), "mark"), about, indent=2, hang=column)
    document.gap()
    document.add("tm --help lists all commands; tm help says what holds for each of them.")
    return document


def _some(ids: Sequence[str]) -> str:
    more = len(ids) - MAX_CUSTOMERS_NAMED
    named = ", ".join(ids[:MAX_CUSTOMERS_NAMED]) or "nobody"
    return f"{named} and {more:,} more" if more > 0 else named


def _tried(held: Orientation) -> Mapping[str, str]:
    """Commands that work here, each with what it does."""
    some = next((category.customers[0] for category in held.categories if category.customers), None)
    if some is None:
        return BEGIN
    return {
        "tm list": "every customer: its category, what it got or sought",
        f"tm show {some}": "one of them, and the sentence that says so for each line",
        "tm search missiles": "words in statements, notes, quotations, archived texts",
        "tm verify": "prove each quotation by its archived text",
    }
