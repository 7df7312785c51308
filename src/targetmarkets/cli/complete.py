"""What shell completion offers. It reads the JSON as it is and builds no model, to be quick."""

from collections.abc import Callable, Iterable, Iterator

import typer

from targetmarkets.fields import FIELDS, OBJECTS
from targetmarkets.formats.escape import visible
from targetmarkets.locate import find

Completer = Callable[[typer.Context, str], list[tuple[str, str]]]
"""Given what is typed so far: the words that begin with it, each with a description."""

LISTS = ("customers", "categories", "groups", "claims", "quotes", "sources")
"""Lists of the file whose ids can be completed."""


def ids(*lists: str) -> Completer:
    """Complete ids of some lists of the knowledge base."""

    def complete(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        offers = [(id_, about) for name, id_, about in _knowledge(context) if name in lists]
        return _beginning(incomplete, offers)

    return complete


def terms(known: Iterable[str]) -> Completer:
    """Complete terms of a controlled list; where it is a table, with their definitions."""
    offers = known.items() if isinstance(known, dict) else [(term, "") for term in known]

    def complete(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        return _beginning(incomplete, offers)

    return complete


def fields(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete the last field of a list with commas."""
    # An option that still lacks its value stops Typer, which then leaves the words in `args`.
    words = [*context.args, str(context.params.get("what"))]
    object_ = next((OBJECTS[word] for word in words if word in OBJECTS), "customer")
    *done, last = incomplete.split(",")
    known = FIELDS[object_]
    head = "".join(f"{name}," for name in done)
    return [(head + name, "") for name in known if name.startswith(last) and name not in done]


def kinds(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete what can be listed."""
    return _beginning(incomplete, [(kind, "") for kind in OBJECTS])


def _beginning(incomplete: str, offers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    fitting = [(word, about) for word, about in offers if word.startswith(incomplete)]
    return [(visible(word), visible(about)) for word, about in fitting]


def _knowledge(context: typer.Context) -> Iterator[tuple[str, str, str]]:
    """Every object that has an id: the list it is in, its id, and what it is.

    The JSON may be of any shape. What cannot be read offers nothing.
    """
    import json  # only completion needs it

    parent = context.parent
    kb = context.params.get("kb") or (parent.params.get("kb") if parent else None)
    try:
        data = json.loads(find(kb).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return
    for name in LISTS:
        items = data.get(name) if isinstance(data, dict) else None
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                about = item.get("name") or item.get("statement") or name.removesuffix("s")
                yield name, item["id"], str(about)
