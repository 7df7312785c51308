"""The pages of single objects: dossiers, the text of a source, a claim with its evidence."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from targetmarkets.errors import UnreadableError
from targetmarkets.evidence.coverage import measure
from targetmarkets.formats.citations.as_bibtex import citations as bibtex
from targetmarkets.formats.citations.as_pandoc import key
from targetmarkets.formats.dossier.customer import equates
from targetmarkets.formats.dossier.values import LABELS, event_values, voices
from targetmarkets.formats.interface import Citing, Look
from targetmarkets.model.activities import ACTOR_KINDS, EVENT_KINDS
from targetmarkets.model.vocabulary import (
    CERTAINTY_BASES,
    ERAS,
    LAYERS,
    MODES,
    ROLES,
    SCOPES,
    STANCES,
)
from targetmarkets.records.accounts import alone, show_place, show_quantity
from targetmarkets.records.summing import contests, event_lines, summarize
from targetmarkets.site import render
from targetmarkets.site.marked import marked
from targetmarkets.site.shown import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from targetmarkets.model.objects import (
        Actor,
        Category,
        Claim,
        Customer,
        Event,
        Group,
        Source,
    )
    from targetmarkets.records.claims import ClaimRecord
    from targetmarkets.records.events import ActorRecord, EventRecord
    from targetmarkets.records.overview import Summary
    from targetmarkets.site.shown import Shown

    PartRow = tuple[str, str, str | None, Summary]
    ValueRow = tuple[str, str, str, Summary]

ROOT: Final = "../"

COLOURS: Final = 6
"""Patterns of categories, which begin anew after as many."""


def colour(shown: Shown, category: str | None) -> int:
    """The number of the pattern of a category."""
    ids = list(shown.kb.categories)
    return ids.index(category) % COLOURS if category in ids else COLOURS - 1


def customer(shown: Shown, item: Customer) -> bytes:
    """A customer: the overview first, then everything claim by claim."""
    record = shown.composer.customer(item)
    drivers = [claim for claim in record.claims if claim.kind == "driver"]
    return _page(
        "customer.html",
        shown,
        record.name,
        record=record,
        view=record.overview,
        drivers=drivers,
        others=[claim for claim in record.claims if claim.kind != "driver"],
        colour=colour(shown, record.category),
    )


def category(shown: Shown, item: Category) -> bytes:
    """A category: its customers, what defines it, why they buy, and everything else."""
    record = shown.composer.category(item)
    told: dict[str, list[ClaimRecord]] = defaultdict(list)
    for claim in record.claims:
        kind = "equations" if equates(claim) else claim.kind
        told[kind if kind in {"equations", "definition", "driver"} else "rest"].append(claim)
    names = ("definition", "driver", "rest", "equations")
    return _page(
        "category.html",
        shown,
        f"{record.name} customers",
        record=record,
        told={name: told[name] for name in names},
        colour=colour(shown, record.id),
    )


def group(shown: Shown, item: Group) -> bytes:
    """A group as a text names it."""
    record = shown.composer.group(item)
    scopes: dict[str, list[ClaimRecord]] = {scope: [] for scope in SCOPES}
    for claim in record.claims:
        scopes[claim.scope or "group"].append(claim)
    return _page("group.html", shown, record.name, record=record, scopes=scopes)


def event(shown: Shown, item: Event) -> bytes:
    """An event: each value that its claims give with those claims, then the claims."""
    record = shown.composer.event(item)
    own, others = alone(record)
    return _page(
        "event.html",
        shown,
        record.name,
        record=record,
        meaning=EVENT_KINDS[record.kind],
        own=own,
        with_others=others,
        rows=list(_rows(shown, record)),
        positive=[claim for claim in record.claims if not claim.negative],
        negative=[claim for claim in record.claims if claim.negative],
    )


def _rows(shown: Shown, record: EventRecord) -> Iterator[ValueRow]:
    """The values of an event, each with who says so where others say otherwise, and with what its
    claims come to.
    """
    for value in event_values(shown.kb, record):
        by = ", ".join(voices(value.claims)) if value.contested else ""
        claims = [*value.claims.values()]
        yield LABELS[value.field], value.words, by, summarize(shown.composer.shared, claims)


def actor(shown: Shown, item: Actor) -> bytes:
    """An actor: what it does, with whom, in which events; then the claims."""
    record = shown.composer.actor(item)
    shared = shown.composer.shared
    return _page(
        "actor.html",
        shown,
        record.name,
        record=record,
        meaning=ACTOR_KINDS[record.kind],
        parts=[*_own_parts(shown, record), *_other_parts(shown, record)],
        events=event_lines(shared, record.claims),
        contests=contests(shared, record.claims),
    )


def _own_parts(shown: Shown, record: ActorRecord) -> Iterator[PartRow]:
    """What an actor does, each part with what its claims come to."""
    for part in record.parts:
        claims = [shown.claim(id_) for id_ in part.claims]
        yield part.value, record.name, None, summarize(shown.composer.shared, claims)


def _other_parts(shown: Shown, record: ActorRecord) -> Iterator[PartRow]:
    """Who else takes part in what is said of it."""
    found: dict[tuple[str, str, str | None], list[ClaimRecord]] = defaultdict(list)
    for claim_ in record.claims:
        for party in claim_.parties:
            if party.id != record.id:
                link = f"{party.object}/{party.id}" if party.id else None
                found[party.part, shown.party(party), link].append(claim_)
    for (part, who, link), claims in found.items():
        yield part, who, link, summarize(shown.composer.shared, claims)


def source(shown: Shown, item: Source) -> bytes:
    """A source: of an archived one the whole text with each quotation marked; of others what they
    are cited for.
    """
    record = shown.composer.source(item)
    claims = [shown.claim(id_) for id_ in record.claims]
    text = shown.text(item.id) if record.archive else None
    standing = set(record.claims)
    resting = {
        quote.id: [
            shown.claim(c.id) for c in shown.kb.claims_on_quote(quote.id) if c.id in standing
        ]
        for quote in record.quotes
    }
    measured = None
    if text is not None:
        try:
            measured = measure(shown.kb, shown.archives, item.id)
        except UnreadableError:
            measured = None
    return _page(
        "source.html",
        shown,
        record.id,
        scripts=("prove.js",) if text is not None else (),
        record=record,
        address=shown.address(item.id),
        text=text,
        lines=marked(text, record.quotes) if text is not None else (),
        measure=measured,
        problem=shown.archives.problem(item.id) if record.archive else None,
        resting=resting,
        spans=[
            {"start": q.start, "end": q.end, "exact": q.exact, "id": q.id} for q in record.quotes
        ],
        referring=[claim for claim in claims if not _quotes(claim, item.id)],
    )


def _quotes(claim: ClaimRecord, source: str) -> bool:
    return any(item.quote and item.quote.source == source for item in claim.evidence)


def claim(shown: Shown, item: Claim, entries: Mapping[str, str]) -> bytes:
    """A claim: its evidence in context, who says it, what bears on it, how to cite it."""
    record = shown.composer.claim(item)
    cited = record.citations()
    works = dict.fromkeys(key_ for citation in cited for key_ in citation.keys)
    keys = dict.fromkeys(key(citation) for citation in cited)
    return _page(
        "claim.html",
        shown,
        record.id,
        scripts=("copy.js",),
        record=record,
        formerly=item.formerly,
        roles=ROLES,
        modes=MODES,
        scopes=SCOPES,
        stances=STANCES,
        bases=CERTAINTY_BASES,
        eras=ERAS,
        layers=LAYERS,
        quantities=", ".join(map(show_quantity, record.activity.quantities))
        if record.activity
        else "",
        places=", ".join(map(show_place, record.places)),
        citations=(
            ("citation", "citation", f"{record.citation}."),
            ("BibTeX", "bibtex", "".join(entries[work] for work in works).strip()),
            ("pandoc key", "pandoc", "\n".join(keys)),
        ),
    )


def entries(shown: Shown) -> dict[str, str]:
    """The entry of each source in BibTeX. Raises `MissingExtraError`."""
    from targetmarkets.records.citation import Citation

    sources = shown.kb.sources
    return {id_: bibtex(Citing([Citation(id_)], sources), Look()) for id_ in sources}


def _page(
    template: str, shown: Shown, title: str, *, scripts: Sequence[str] = (), **values: Any
) -> bytes:
    return render.page(
        template,
        root=ROOT,
        scripts=scripts,
        title=title,
        here="",
        legend=shown.legend,
        shown=shown,
        sources=Sources(shown),
        **values,
    )
