"""Questions that people ask of the database, with the SQL that answers them, and what Datasette is
told of its tables and columns.
"""

from typing import Any, Final, NamedTuple

from targetmarkets.exports.tables import schema
from targetmarkets.exports.tables.described import description
from targetmarkets.exports.views import ABOUT_VIEWS
from targetmarkets.text.json_source import dump

DATABASE: Final = "targetmarkets"
"""The name of the database for which the metadata are: its file's, without the ending."""


class Question(NamedTuple):
    """One question."""

    name: str
    title: str
    sql: str
    about: str = ""


QUESTIONS: Final = (
    # Wherever a statement stands, there stands what it must not be read without.
    Question(
        "who-buys-what",
        "Who gets what?",
        "SELECT about, scope, goods, form, outcome, stance, known, certainty_of, hedge, said_by,\n"
        "    statement, citation, claim\n"
        "FROM activities WHERE stance = 'asserted' AND NOT negative\n"
        "    AND about LIKE '%' || :customer || '%'\n"
        "ORDER BY about, goods",
        "A part of the customer's name, or nothing for all. Several names in a row are said of all "
        "of them together, with no word on who did what.",
    ),
    Question(
        "when",
        "What happened between two days?",
        "SELECT period, about, scope, goods, form, outcome, stance, known, certainty_of, hedge,\n"
        "    said_by, statement, citation, claim\n"
        "FROM activities WHERE stance = 'asserted' AND NOT negative AND period IS NOT NULL\n"
        "    AND coalesce(latest, '9999') >= :from_day AND coalesce(earliest, '0000') <= :to_day\n"
        "ORDER BY coalesce(earliest, latest)",
        "Days as 2009-11-30. A period is there if any day of it may lie between them.",
    ),
    Question(
        "how-sure",
        "How sure is it?",
        "SELECT known, certainty_of, count(*) AS claims FROM claims\n"
        "WHERE status = 'accepted' AND stance = 'asserted'\n"
        "GROUP BY known, certainty_of ORDER BY claims DESC",
        "The certainty is the source's, and is of the statement as it stands.",
    ),
    Question(
        "on-whose-word",
        "On whose word?",
        "SELECT said_by, layer, count(*) AS claims,\n"
        "    sum(evidence_kind = 'quoted') AS quoted, sum(stance = 'denied') AS denials\n"
        "FROM claims WHERE status = 'accepted'\n"
        "GROUP BY said_by, layer ORDER BY claims DESC",
    ),
    Question(
        "denials",
        "Who denies what?",
        "SELECT d.said_by, d.statement, d.stance, d.known, d.certainty_of, d.hedge,\n"
        "    o.said_by AS against, o.statement AS denied, o.status AS denied_status,\n"
        "    l.other_id, d.id AS claim\n"
        "FROM claims d LEFT JOIN claim_links l ON l.claim = d.id AND l.relation = 'denies'\n"
        "LEFT JOIN claims o ON o.id = l.other\n"
        "WHERE d.stance = 'denied' AND d.status = 'accepted' ORDER BY d.rowid, l.position",
    ),
    Question(
        "retracted",
        "What was retracted, and why?",
        "SELECT id, stance, known, certainty_of, hedge, said_by, statement, retraction\n"
        "FROM claims WHERE status = 'retracted'",
    ),
    Question(
        "unproved",
        "What rests on references alone?",
        "SELECT c.id, c.stance, c.known, c.certainty_of, c.hedge, c.said_by, c.statement,\n"
        "    w.citation, w.address\n"
        "FROM claims c JOIN claims_with_evidence w ON w.claim = c.id\n"
        "WHERE c.evidence_kind = 'referenced' AND c.status = 'accepted'\n"
        "ORDER BY c.rowid, w.position",
        "Nothing here proves these; what is quoted stands in the view proof.",
    ),
    Question(
        "by-category",
        "Which customers are in which category, and how is that known?",
        "SELECT ca.name AS category, cu.name AS customer, c.stance, c.known, c.certainty_of,\n"
        "    c.hedge, c.said_by, c.statement, c.id AS claim\n"
        "FROM claims c JOIN claim_about a ON a.claim = c.id\n"
        "JOIN customers cu ON cu.id = a.customer\n"
        "JOIN claim_about b ON b.claim = c.id JOIN categories ca ON ca.id = b.category\n"
        "WHERE c.kind = 'classification' AND c.status = 'accepted'\n"
        "ORDER BY ca.rowid, cu.rowid, c.rowid",
    ),
    Question(
        "disputed",
        "Which claims are denied, or cannot both be right?",
        "SELECT o.id AS claim, o.stance, o.known, o.certainty_of, o.hedge, o.said_by,\n"
        "    o.statement, l.relation, c.id AS by_claim, c.stance AS by_stance,\n"
        "    c.known AS by_known, c.certainty_of AS by_certainty_of, c.hedge AS by_hedge,\n"
        "    c.said_by AS by_said_by, c.statement AS by_statement\n"
        "FROM claim_links l JOIN claims c ON c.id = l.claim JOIN claims o ON o.id = l.other\n"
        "WHERE c.status = 'accepted' AND o.status = 'accepted' ORDER BY o.rowid, c.rowid",
    ),
    Question(
        "by-source",
        "What does a source say?",
        "SELECT source, claim, stance, known, certainty_of, hedge, said_by, statement, evidence,\n"
        "    quotation, citation\n"
        "FROM claims_with_evidence WHERE source = :source AND status = 'accepted'\n"
        "ORDER BY start_at, claim",
        "The source by its id.",
    ),
)
"""The ten questions."""


def metadata(about: str) -> str:
    """What Datasette is told (`--metadata`), as JSON: what the tables, views and columns hold, and
    the questions.
    """
    database: dict[str, Any] = {
        "description": about,
        "tables": {
            **{
                table.name: {
                    "description": table.about,
                    "columns": {column.name: description(column) for column in table.columns},
                }
                for table in schema.TABLES
            },
            **{name: {"description": words} for name, words in ABOUT_VIEWS.items()},
        },
        "queries": {
            question.name: {
                "title": question.title,
                "description": question.about,
                "sql": question.sql,
            }
            for question in QUESTIONS
        },
    }
    return dump({"title": "targetmarkets", "databases": {DATABASE: database}})
