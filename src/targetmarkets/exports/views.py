"""What a database has beside its tables: indexes, full-text search, and views for people."""

from collections.abc import Mapping, Sequence
from typing import Final

from targetmarkets.exports.tables import schema

INDEXES: Final = (
    *(
        f'CREATE UNIQUE INDEX "{table.name}_key" ON "{table.name}" '
        + "({});\n".format(", ".join(f'"{name}"' for name in table.key))
        for table in schema.TABLES
        if len(table.key) > 1
    ),
    *(
        f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}" ("{column.name}");\n'
        for table in schema.TABLES
        for column in table.columns
        if column.to and column.name != table.key[0]
    ),
)
"""The keys of what objects have several of, and one for each reference, so that both ways are
quick.
"""

SEARCHED: Final[Mapping[str, Sequence[str]]] = {
    "claims": ("statement", "said_by", "hedge", "note"),
    "quotes": ("exact",),
    "sources": ("title", "descriptor"),
    "texts": ("text",),
}
"""The columns in which words are searched, by their tables."""


def searchable(table: str, columns: Sequence[str]) -> str:
    """The statements that make full-text search of a table. The quotation marks are those by which
    Datasette and sqlite-utils know it.
    """
    listed = ", ".join(f'"{column}"' for column in columns)
    return (
        f'CREATE VIRTUAL TABLE "{table}_fts" USING fts5 (\n    {listed},\n'
        f'    tokenize="unicode61 remove_diacritics 2", content="{table}"\n);\n'
        f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'rebuild\');\n'
    )


_SUBJECTS: Final = """
    SELECT a.claim, group_concat(coalesce(cu.name, ca.name, g.name), ' | ') AS about
    FROM (SELECT * FROM claim_about ORDER BY claim, position) a
    LEFT JOIN customers cu ON cu.id = a.customer
    LEFT JOIN categories ca ON ca.id = a.category
    LEFT JOIN "groups" g ON g.id = a.named_group
    GROUP BY a.claim"""

VIEWS: Final = (
    """
CREATE VIEW "claims_with_evidence" AS
SELECT c.id AS claim, e.position, c.statement, c.stance, c.known, c.certainty, c.certainty_of,
    c.hedge, c.said_by, c.scope, c.period, c.status, c.retraction, e.kind AS evidence,
    q.exact AS quotation, coalesce(q.source, e.reference) AS source,
    coalesce(q.citation, e.citation) AS citation, coalesce(e.consulted_at, s.url) AS address,
    q.id AS quote, q.start_at, q.end_at, s.archive_sha256
FROM claims c
JOIN evidence e ON e.claim = c.id
LEFT JOIN quotes q ON q.id = e.quote
JOIN sources s ON s.id = coalesce(q.source, e.reference);
""",
    f"""
CREATE VIEW "activities" AS
SELECT c.id AS claim, a.about, c.goods, c.form, c.outcome, c.period, c.earliest, c.latest, c.era,
    c.statement, c.stance, c.negative, c.known, c.certainty_of, c.hedge, c.scope, c.said_by,
    ev.name AS event,
    (SELECT group_concat(item, ' | ') FROM
        (SELECT item FROM claim_items i WHERE i.claim = c.id ORDER BY position)) AS items,
    (SELECT group_concat(source, ' | ') FROM
        (SELECT DISTINCT source FROM claims_with_evidence w WHERE w.claim = c.id
         ORDER BY w.position)) AS sources,
    (SELECT group_concat(citation, '; ') FROM
        (SELECT citation FROM claims_with_evidence w WHERE w.claim = c.id
         ORDER BY w.position)) AS citation,
    (SELECT group_concat(address, ' | ') FROM
        (SELECT DISTINCT address FROM claims_with_evidence w WHERE w.claim = c.id
         ORDER BY w.position)) AS address
FROM claims c
LEFT JOIN ({_SUBJECTS}) a ON a.claim = c.id
LEFT JOIN events ev ON ev.id = c.event
WHERE c.kind = 'activity' AND c.status = 'accepted';
""",
    """
CREATE VIEW "proof" AS
SELECT q.id AS quote, q.source, q.start_at, q.end_at, q.exact,
    substr(t.text, q.start_at + 1, q.end_at - q.start_at) AS stands_there,
    t.sha256 = s.archive_sha256
        AND substr(t.text, q.start_at + 1, q.end_at - q.start_at) = q.exact AS proved
FROM quotes q
JOIN sources s ON s.id = q.source
LEFT JOIN texts t ON t.source = q.source;
""",
)
"""Views for people."""

ABOUT_VIEWS: Final = {
    "claims_with_evidence": "Each item of evidence of each claim: quotation or reference, the "
    "citation, the address.",
    "activities": "Supplies and services that accepted claims tell of: about whom, what, in what "
    "form, what came of it, when, how sure, on whose word, where it stands. Where negative is 1, "
    "the statement is that it was not so; where stance is denied, somebody denies it.",
    "proof": "Whether each quotation stands in its archived text, counted in code points as substr "
    "does: proved is 1 where it does and the text is the recorded one, 0 where it does not, and "
    "empty where the text is not here.",
}
"""What each of them shows."""
