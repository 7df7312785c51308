"""Counts, against the claims themselves."""

from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.query.stats import LARGEST, brief, statistics


def test_every_table_adds_up(kb: FileKnowledge) -> None:
    record = statistics(kb)
    tables = {table.name: table for table in record.tables}
    assert record.totals["claims"] == len(kb.claims)
    customers = tables["customers by category and how it is known"]
    assert sum(sum(counts) for _, counts in customers.rows) == len(kb.customers) == 14
    claims = tables["claims by certainty, evidence and layer"]
    for name, counts in claims.rows:
        number = sum(claim.certainty == name for claim in kb.content.claims)
        assert sum(counts[:2]) == number, "quoted and referenced"
        assert sum(counts[2:]) == number, "book, author and context"
    for table in record.tables:
        assert all(len(counts) == len(table.columns) for _, counts in table.rows)


def test_activities_are_counted_in_each_category_that_they_concern(kb: FileKnowledge) -> None:
    (table,) = [t for t in statistics(kb).tables if t.name.startswith("activity claims")]
    assert table.columns == ("resilient", "reluctant", "ad-hoc", "none")
    rows = dict(table.rows)
    assert rows["weapon-designs"] == (1, 0, 0, 0)
    steadfast = [c for c in kb.content.claims if c.id == "steadfast-materiel"]
    assert len(steadfast) == 1
    assert rows["materiel"][0] >= 1


def test_a_brief_table_has_its_largest_rows_and_says_so(kb: FileKnowledge) -> None:
    whole = statistics(kb)
    short = brief(whole)
    assert short.totals == whole.totals
    for table, full in zip(short.tables, whole.tables, strict=True):
        if len(full.rows) <= LARGEST:
            assert table == full
            continue
        assert table.name == f"{full.name}: the {LARGEST} largest of {len(full.rows)}"
        kept = [sum(counts) for _, counts in table.rows]
        left = [sum(counts) for row, counts in full.rows if (row, counts) not in table.rows]
        assert kept == sorted(kept, reverse=True)
        assert min(kept) >= max(left)
