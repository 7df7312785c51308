"""The knowledge base at a glance: how many of what."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from targetmarkets.kb.classify import Classifier, evidence_kind, known, layer
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.model.activities import ACTIVITY_TYPES
from targetmarkets.model.objects import Claim
from targetmarkets.model.types import SHOWN
from targetmarkets.model.vocabulary import CERTAINTIES, EVIDENCE_KINDS, LAYERS
from targetmarkets.records.reports import StatisticsRecord, Table

NO_CATEGORY = "none"
"""Column for claims that concern no category."""

LARGEST: Final = 7
"""Rows of a table in one screen."""


def statistics(kb: Knowledge) -> StatisticsRecord:
    """Count everything once."""
    classifier = Classifier(kb)
    accepted = [claim for claim in kb.claims.values() if claim.status == "accepted"]
    return StatisticsRecord(
        totals={
            **{type_.plural: len(kb.among([type_.plural])) for type_ in SHOWN},
            "claims": len(accepted),
        },
        tables=(
            _customers(kb, classifier),
            _activities(kb, classifier, accepted),
            _claims(accepted),
            _sources(kb, accepted),
        ),
    )


def brief(record: StatisticsRecord) -> StatisticsRecord:
    """The same for one screen: of a long table the largest rows."""
    return record.model_copy(update={"tables": tuple(map(_largest, record.tables))})


def _largest(table: Table) -> Table:
    """The rows of a table with the largest sums; its name says so if there are others."""
    if len(table.rows) <= LARGEST:
        return table
    rows = sorted(table.rows, key=lambda row: -sum(row[1]))[:LARGEST]
    name = f"{table.name}: the {LARGEST} largest of {len(table.rows)}"
    return table.model_copy(update={"rows": tuple(rows), "name": name})


def _table(
    name: str, rows: Iterable[str], columns: Iterable[str], pairs: Iterable[tuple[str, str]]
) -> Table:
    counts = Counter(pairs)
    columns = tuple(columns)
    return Table(
        name=name,
        columns=columns,
        rows=tuple((row, tuple(counts[row, column] for column in columns)) for row in rows),
    )


def _customers(kb: Knowledge, classifier: Classifier) -> Table:
    pairs = []
    for id_ in kb.customers:
        classification = classifier.of(id_)
        how = known(classification.basis) if classification.basis else "not known"
        pairs.append((classification.category or NO_CATEGORY, how))
    columns = sorted({how for _, how in pairs})
    rows = [*kb.categories, *([NO_CATEGORY] if any(p[0] == NO_CATEGORY for p in pairs) else [])]
    return _table("customers by category and how it is known", rows, columns, pairs)


def _activities(kb: Knowledge, classifier: Classifier, claims: list[Claim]) -> Table:
    """A claim counts once in each category that it concerns, be it of one customer, of several
    together or of a group, and whatever the outcome.
    """
    pairs = [
        (claim.activity.type, category)
        for claim in claims
        if claim.activity and claim.stance == "asserted"
        for category in classifier.categories(claim) or [NO_CATEGORY]
    ]
    used = {type_ for type_, _ in pairs}
    rows = [type_ for type_ in ACTIVITY_TYPES if type_ in used]
    return _table(
        "activity claims by type and category", rows, [*kb.categories, NO_CATEGORY], pairs
    )


def _claims(claims: list[Claim]) -> Table:
    pairs = [(claim.certainty, name) for claim in claims for name in _sorts(claim)]
    return _table(
        "claims by certainty, evidence and layer", CERTAINTIES, [*EVIDENCE_KINDS, *LAYERS], pairs
    )


def _sorts(claim: Claim) -> tuple[str, str]:
    return evidence_kind(claim), layer(claim)


def _sources(kb: Knowledge, claims: list[Claim]) -> Table:
    pairs = [(id_, layer(claim)) for claim in claims for id_ in kb.sources_of(claim)]
    cited = {id_ for id_, _ in pairs}
    rows = [id_ for id_ in kb.sources if id_ in cited]
    return _table("claims by source and layer", rows, LAYERS, pairs)
