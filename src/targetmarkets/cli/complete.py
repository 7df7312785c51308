"""What shell completion offers. It reads the JSON as it is and builds no model, to be quick."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import typer

from targetmarkets.errors import TargetMarketsError
from targetmarkets.formats.escape import visible
from targetmarkets.kb.files import read_text
from targetmarkets.kb.paths import Place, file_of, is_store, locate, workspace
from targetmarkets.model.types import LISTS
from targetmarkets.records.fields import FIELDS, OBJECTS, REPORTS, ROWS_OF
from targetmarkets.text.slug import slug

Completer = Callable[[typer.Context, str], list[tuple[str, str]]]
"""Given what is typed so far: the words that complete it, each with a description."""

EVIDENCE: Final = "evidence"
"""An order that is no field's; a test holds it to what ranks so."""

MAX_DESCRIPTION_LENGTH: Final = 72
"""Characters of a description."""

MAX_OFFERED: Final = 200
"""Objects of a list of a store that are offered."""

_SHELL: Final = {ord("'"): "’", ord('"'): "”", **dict.fromkeys(map(ord, "\\$`"))}
"""What some shells would interpret in a description, even after Typer's escaping."""


def ids(*lists: str) -> Completer:
    """Complete ids of some lists of the knowledge base, and the other names of customers."""

    def complete(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        return _beginning(incomplete, _knowledge(context, incomplete, lists or LISTS))

    return complete


def terms(known: Iterable[str]) -> Completer:
    """Complete terms of a controlled list; where it is a table, with their definitions."""
    offers = known.items() if isinstance(known, dict) else [(term, "") for term in known]

    def complete(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        return _beginning(incomplete, ((slug(term), about) for term, about in offers))

    return complete


def fields(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete the last field of a list with commas."""
    # An option that still lacks its value stops Typer, which then leaves the words in `args`.
    words = [*context.args, str(context.params.get("what"))]
    object_ = next((OBJECTS[word] for word in words if word in OBJECTS), "customer")
    object_ = ROWS_OF.get(str(context.info_name), object_)
    *done, last = incomplete.split(",")
    head = "".join(f"{name}," for name in done)
    known = [name for name in FIELDS[object_] if name not in done]
    return [(head + name, "") for name in known if name.startswith(last)]


def orders(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete what a list can be sorted by."""
    found = fields(context, incomplete)
    by_evidence = EVIDENCE.startswith(incomplete) and not any(name == EVIDENCE for name, _ in found)
    return [*found, (EVIDENCE, "the strongest evidence first")] if by_evidence else found


def kinds(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete what can be listed."""
    return _beginning(incomplete, [(kind, "") for kind in OBJECTS])


def schemas(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete what there is a schema of."""
    return _beginning(incomplete, [(name, "") for name in ("file", *FIELDS, *REPORTS)])


def _beginning(incomplete: str, offers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Offers that begin as what is typed does, whatever its case, accents and spaces.

    They keep what is typed: Typer and some shells drop those that do not.
    """
    begun = slug(incomplete) + "-" * incomplete[1:].endswith((" ", "-"))
    fitting = dict[str, str]()
    for offer, about in offers:
        # A letter may be one that nobody sees, such as a filler of Korean.
        if offer.startswith(begun) and len(begun) == len(incomplete) and visible(offer) == offer:
            fitting.setdefault(incomplete + offer[len(begun) :], _harmless(about))
    return list(fitting.items())


def _harmless(about: str) -> str:
    """A description that fits a menu and holds nothing that a shell would take for its own."""
    line = visible(about).translate(_SHELL)
    return line if len(line) <= MAX_DESCRIPTION_LENGTH else line[: MAX_DESCRIPTION_LENGTH - 1] + "…"


def _knowledge(
    context: typer.Context, incomplete: str, lists: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Every object that has an id: its id, or another name of a customer, and what it is.

    The JSON may be of any shape. What cannot be read, or is no id, offers nothing.
    """
    import json  # only completion needs it

    kb = context.params.get("kb") or context.find_root().params.get("kb")
    try:
        path = locate(kb or workspace())
        stored = is_store(path)
        data = (
            _stored(path, incomplete, lists)
            if stored
            else json.loads(read_text(file_of(path, "this")))
        )
    except (TargetMarketsError, ValueError, RecursionError):
        return
    for name in lists:
        items = data.get(name) if isinstance(data, dict) else None
        for item in items if isinstance(items, list) else ():
            id_ = item.get("id") if isinstance(item, dict) else None
            if isinstance(id_, str) and id_ == slug(id_):
                about = str(item.get("name") or item.get("statement") or OBJECTS[name])
                yield id_, about
                aliases = item.get("aliases")
                for alias in aliases if isinstance(aliases, list) else ():
                    if isinstance(alias, str) and slug(alias):
                        yield slug(alias), about


def _stored(path: Place, incomplete: str, lists: Iterable[str]) -> dict[str, list[Any]]:
    """Objects of a store whose ids begin so, list by list: there may be a million."""
    import json

    from targetmarkets.kb.store import engines, sql  # a file has no use for a database

    database = engines.reading(path)
    begins = slug(incomplete)
    bounds = begins, f"{begins}~", MAX_OFFERED
    found = {
        name: [json.loads(body) for (body,) in database.ask(sql.BEGINNING, (LISTS[name], *bounds))]
        for name in lists
    }
    database.close()
    return found
