"""The pages of everything at once: home, matrix, events, actors, sources, search, about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from targetmarkets import __version__
from targetmarkets.kb.extent import extent
from targetmarkets.model.vocabulary import CERTAINTIES, SCOPES, STANCES
from targetmarkets.query.matrix import matrix
from targetmarkets.query.timeline import timeline
from targetmarkets.records.wording import count
from targetmarkets.site import render, searching
from targetmarkets.site.drawing import draw_map, draw_time, table_of
from targetmarkets.site.shown import Sources

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.records.pictures import MomentRecord
    from targetmarkets.site.shown import Shown

MOST_ROWS: Final = 60
"""Customers that have rows of their own on the home page; more of them have a page for that."""


def home(shown: Shown, moments: Sequence[MomentRecord]) -> bytes:
    """The ways in: categories, map, matrix, timeline."""
    kb, composer = shown.kb, shown.composer
    categories = [composer.category(category) for category in kb.categories.values()]
    members = {member.id for category in categories for member in category.customers}
    few = len(kb.customers) <= MOST_ROWS
    drawn = draw_map(shown)
    return _page(
        "home.html",
        shown,
        "home",
        reach=str(extent(kb)),
        kb_counts=_counts(kb),
        categories=categories,
        unsorted=[c for c in kb.customers.values() if c.id not in members],
        groups=list(kb.groups.values()) if few else [],
        map=drawn,
        few=few,
        places={state["id"]: state["code"] for state in drawn["states"]},
        matrix=table_of(matrix(composer, "customer" if few else "category"), ""),
        time=draw_time(shown, moments, lanes=few),
    )


def whole_matrix(shown: Shown) -> bytes:
    """Every customer against every kind of goods."""
    cells = matrix(shown.composer, "customer")
    return _page("matrix.html", shown, "matrix", matrix=table_of(cells, ""))


def events(shown: Shown, moments: Sequence[MomentRecord]) -> bytes:
    """Every event, in order of time."""
    years: dict[str, str] = {}
    for moment in moments:  # the first of a year has the address of the year
        if moment.year is not None and f"y-{moment.year}" not in years.values():
            years[moment.event] = f"y-{moment.year}"
    return _page("events.html", shown, "events", events=moments, years=years)


def actors(shown: Shown) -> bytes:
    """Every actor."""
    found = [shown.composer.actor(actor) for actor in shown.kb.actors.values()]
    return _page("actors.html", shown, "actors", actors=found)


def sources(shown: Shown) -> bytes:
    """Every source, those that are archived first."""
    found = shown.kb.sources.values()
    return _page(
        "sources.html",
        shown,
        "sources",
        archived=[source for source in found if source.archive],
        others=[source for source in found if not source.archive],
    )


def search(shown: Shown) -> bytes:
    """What searches names, statements, quotations and texts, with all that it searches."""
    scripts = ("fold.js", "search.js")
    return _page("search.html", shown, "search", scripts=scripts, index=searching.index(shown))


def about(shown: Shown, what: str, hash_: str) -> bytes:
    """What is proved, by what, and how anyone can repeat it; and what the hash of the data is."""
    kb = shown.kb
    quotes = list(kb.quotes.values())
    broken = [quote.id for quote in quotes if shown.passage(quote).problem]
    files = [(source.id, source.archive) for source in kb.archived if source.archive]
    return _page(
        "about.html",
        shown,
        "about",
        reach=str(extent(kb)),
        kb_counts=_counts(kb),
        quotes=len(quotes),
        proved=len(quotes) - len(broken),
        broken=broken,
        archived=[id_ for id_, _ in files],
        files=files,
        file=kb.path.name,
        what=what,
        hash=hash_,
        version=__version__,
        words=(("certainty", CERTAINTIES), ("scope", SCOPES), ("stance", STANCES)),
    )


def moments_of(shown: Shown) -> Sequence[MomentRecord]:
    """Every event, in order of time."""
    return timeline(shown.composer).events


def _counts(kb: Knowledge) -> str:
    """How much there is, in words."""
    kinds = Counter(
        "quoted" if any(item.quote for item in claim.evidence) else "referenced"
        for claim in kb.claims.values()
        if claim.status == "accepted"
    )
    quoted, referenced = kinds["quoted"], kinds["referenced"]
    claims = (
        f"{count(kinds.total(), 'claim')}: {quoted} by quotation, {referenced} by reference alone"
    )
    return f"{claims}; {count(len(kb.events), 'event')}; {count(len(kb.sources), 'source')}"


def _page(
    template: str, shown: Shown, here: str, *, scripts: Sequence[str] = (), **values: Any
) -> bytes:
    titles: Mapping[str, str] = {"home": "Who buys", "about": "What is proved"}
    return render.page(
        template,
        scripts=scripts,
        title=titles.get(here, here.capitalize()),
        here=here,
        legend=shown.legend,
        shown=shown,
        sources=Sources(shown),
        **values,
    )
