"""The database: what tools that are not ours read in it, and that nothing was lost on the way."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import sqlite_utils

from targetmarkets.exports.questions import QUESTIONS
from targetmarkets.exports.registry import TARGETS, export
from targetmarkets.exports.tables import schema
from targetmarkets.exports.tables.described import description
from targetmarkets.exports.tables.rows import _on_a_calendar
from targetmarkets.kb.classify import Classifier
from targetmarkets.kb.filtering import View
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.model.edtf import may_hold
from targetmarkets.model.objects import Claim
from targetmarkets.query.choose import choosing
from targetmarkets.records.schema import field_docs
from tests.exports import rich
from tests.exports.rebuilding import differing, rebuilt, without_curators
from tests.exports.served import served

SQLITE = TARGETS["sqlite"]


def put(
    kb: FileKnowledge,
    path: Path,
    asked: Mapping[str, Sequence[str]] | None = None,
    *,
    curators: bool = False,
) -> Path:
    export(kb, SQLITE, path, Filters(**(asked or {})), curators=curators)
    return path


def test_every_object_is_made_again_of_what_sqlite_utils_reads(
    whole: FileKnowledge, tmp_path: Path
) -> None:
    path = put(whole, tmp_path / "kb.db", curators=True)
    with closing(sqlite_utils.Database(path)) as database:
        made = rebuilt(lambda table: database[table].rows)
    assert differing(whole.content, made) == []


def test_every_object_is_made_again_of_what_datasette_serves(
    whole: FileKnowledge, tmp_path: Path
) -> None:
    path = put(whole, tmp_path / "kb.db", curators=True)
    with served(path) as datasette:
        made = rebuilt(datasette.rows)
    assert differing(whole.content, made) == []


def test_a_curator_is_named_only_where_that_is_asked_for(tmp_path: Path) -> None:
    kb = load(rich.build(tmp_path / "rich"))
    path = tmp_path / "kb.db"
    losses = export(kb, SQLITE, path, Filters())
    assert [(lost.kind, lost.number) for lost in losses if "curators" in lost.kind] == [
        ("names of curators", 2)
    ]
    assert rich.CURATOR.encode() not in path.read_bytes()
    with closing(sqlite_utils.Database(path)) as database:
        made = rebuilt(lambda table: database[table].rows)
    assert differing(without_curators(kb.content), made) == []
    put(kb, path, curators=True)
    assert rich.CURATOR.encode() in path.read_bytes()


def test_the_same_knowledge_base_gives_the_same_bytes(whole: FileKnowledge, tmp_path: Path) -> None:
    first = put(whole, tmp_path / "first.db").read_bytes()
    assert put(whole, tmp_path / "second.db").read_bytes() == first


def test_every_reference_leads_somewhere_whatever_is_left_out(
    whole: FileKnowledge, tmp_path: Path
) -> None:
    parts: tuple[Mapping[str, Sequence[str]], ...] = (
        {}, {"customer": ["syria"]}, {"stance": ["denied"]}, {"kind": ["activity"]},
    )  # fmt: skip
    for asked in parts:
        path = put(whole, tmp_path / "kb.db", asked)
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("SELECT count(*) FROM claims").fetchone()[0] > 0
            used = "SELECT quote FROM evidence WHERE quote IS NOT NULL"
            unused = database.execute(f"SELECT id FROM quotes WHERE id NOT IN ({used})")  # noqa: S608 - of words of ours
            assert not asked or unused.fetchall() == []


def test_filters_choose_the_claims_that_a_list_has(tmp_path: Path, kb: FileKnowledge) -> None:
    path = put(kb, tmp_path / "kb.db", {"customer": ["syria"], "stance": ["denied"]})
    with closing(sqlite3.connect(path)) as database:
        ids = [id_ for (id_,) in database.execute("SELECT id FROM claims ORDER BY rowid")]
        lost = dict(database.execute("SELECT kind, number FROM not_carried"))
        others = "SELECT other_id FROM claim_links WHERE other IS NULL"
        assert lost.get("references to claims that the filters leave out", 0) == len(
            database.execute(others).fetchall()
        )
    denied = [c.id for c in kb.claims.values() if "syria" in c.about and c.stance == "denied"]
    assert ids == denied != []


def test_retracted_claims_go_and_say_so_unless_a_status_is_asked_for(tmp_path: Path) -> None:
    kb = load(rich.build(tmp_path / "rich"))
    parts: tuple[tuple[Mapping[str, Sequence[str]], list[tuple[str, str]]], ...] = (
        ({}, [("gone", 'It was "wrong".')]),
        ({"status": ["accepted"]}, []),
    )
    for asked, there in parts:
        with closing(sqlite3.connect(put(kb, tmp_path / "kb.db", asked))) as database:
            found = database.execute("SELECT id, retraction FROM claims WHERE status = 'retracted'")
            assert found.fetchall() == there


def test_sql_proves_each_quotation_and_finds_a_changed_one(
    whole: FileKnowledge, tmp_path: Path
) -> None:
    path = put(whole, tmp_path / "kb.db")
    with closing(sqlite3.connect(path)) as database:
        proofs = dict(database.execute("SELECT quote, proved FROM proof"))
        with_null = [id_ for id_ in whole.quotes if "\0" in whole.quotes[id_].exact]
        assert proofs == {id_: None if id_ in with_null else 1 for id_ in whole.quotes}
        id_ = next(iter(whole.quotes))
        for change in (
            "UPDATE quotes SET start_at = start_at + 1",
            "UPDATE quotes SET end_at = end_at - 1",
            "UPDATE quotes SET exact = upper(exact) || '!'",
            "UPDATE texts SET sha256 = 'other'",
        ):
            database.execute("SAVEPOINT before")
            database.execute(change)
            assert database.execute(
                "SELECT proved FROM proof WHERE quote = ?", [id_]
            ).fetchone() == (0,)
            database.execute("ROLLBACK TO before")


def test_what_sql_cannot_hold_is_counted_in_the_database(tmp_path: Path) -> None:
    folder = tmp_path / "rich"
    path = rich.build(folder)
    (folder / "sources" / "rich.txt").unlink()
    kb = load(path)
    losses = export(kb, SQLITE, tmp_path / "kb.db", Filters())
    with closing(sqlite3.connect(tmp_path / "kb.db")) as database:
        assert database.execute("SELECT * FROM not_carried").fetchall() == [*losses]
    assert {lost.kind: lost.number for lost in losses} == {
        "names of curators": 2,
        "archived texts that cannot be read": 1,
        "archived texts with a null character": 1,
        "documents from which archived texts were extracted": 1,
    }


def test_datasette_searches_what_has_a_full_text_index(kb: FileKnowledge, tmp_path: Path) -> None:
    with served(put(kb, tmp_path / "kb.db")) as datasette:
        found = [row["id"] for row in datasette.rows("claims", _search="protection suits")]
        assert "syria-protection-suits" in found
        tables = {each["name"]: each["fts_table"] for each in datasette.get("")["tables"]}
    searched = {name for name, index in tables.items() if index and not name.endswith("_fts")}
    assert searched == {"claims", "quotes", "sources", "texts"}


def test_sqlite_utils_searches_the_same(kb: FileKnowledge, tmp_path: Path) -> None:
    path = put(kb, tmp_path / "kb.db")
    program = str(Path(sys.executable).with_name("sqlite-utils"))
    command = [program, "search", str(path), "claims", "protection suits", "-c", "id"]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert {"id": "syria-protection-suits"} in found


def test_an_activity_stands_in_one_row_with_its_evidence(kb: FileKnowledge, tmp_path: Path) -> None:
    path = put(kb, tmp_path / "kb.db")
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        rows = database.execute("SELECT * FROM activities").fetchall()
    wanted = [c for c in kb.claims.values() if c.activity and c.status == "accepted"]
    assert sorted(row["claim"] for row in rows) == sorted(claim.id for claim in wanted)
    assert all(row["citation"] and row["sources"] and row["known"] for row in rows)
    together = next(claim for claim in wanted if len(claim.about) > 1)
    (row,) = [row for row in rows if row["claim"] == together.id]
    assert row["about"].split(" | ") == [kb.subjects[id_].name for id_ in together.about]


def test_a_column_is_of_its_type(whole: FileKnowledge, tmp_path: Path) -> None:
    path = put(whole, tmp_path / "kb.db")
    with closing(sqlite3.connect(path)) as database:
        for table in schema.TABLES:
            query = f'PRAGMA table_list("{table.name}")'
            assert [strict for *_, strict in database.execute(query)] == [1]
        odd = "INSERT INTO claim_items VALUES ('x', 'first', 'y')"
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(odd)


def test_every_column_says_what_it_holds() -> None:
    for table in schema.TABLES:
        assert table.about.endswith("."), table.name
        for column in table.columns:
            assert description(column).endswith((".", "…")), (table.name, column.name)


def test_datasette_answers_each_of_the_ten_questions(kb: FileKnowledge, tmp_path: Path) -> None:
    path = put(kb, tmp_path / "targetmarkets.db")
    program = str(Path(sys.executable).with_name("sqlite-utils"))
    query = "select value from export where name = 'metadata.json'"
    command = [program, "query", str(path), query, "--raw"]
    told = subprocess.run(command, capture_output=True, check=True).stdout
    (tmp_path / "metadata.json").write_bytes(told)
    asked = {
        "who-buys-what": {"customer": "Tanzania"},
        "when": {"from_day": "2013-01-01", "to_day": "2013-12-31"},
        "by-source": {"source": "nknews-2015"},
    }
    with served(path, "--metadata", str(tmp_path / "metadata.json")) as datasette:
        answers = {
            question.name: datasette.get(
                f"/{question.name}", _shape="array", **asked.get(question.name, {})
            )
            for question in QUESTIONS
        }
    claims = kb.claims
    assert len(answers) == 10
    assert {name for name, rows in answers.items() if not rows} == {"retracted"}
    assert {row["claim"] for row in answers["who-buys-what"]} == {
        c.id
        for c in claims.values()
        if c.activity
        and "tanzania" in c.about
        and not c.negative
        and (c.stance, c.status) == ("asserted", "accepted")
    }
    assert {row["claim"] for row in answers["denials"]} == {
        c.id for c in claims.values() if c.stance == "denied"
    }
    assert {row["id"] for row in answers["unproved"]} == {
        c.id for c in claims.values() if not any(item.quote for item in c.evidence)
    }
    assert {row["claim"] for row in answers["by-source"]} == {
        c.id for c in kb.claims_on_source("nknews-2015")
    }
    assert all(row["period"][:4] <= "2013" for row in answers["when"])
    assert sum(row["claims"] for row in answers["on-whose-word"]) == len(claims)
    assert {row["customer"] for row in answers["by-category"]} >= {"Syria", "Iran"}


SAID = {"stance", "known", "certainty_of", "hedge", "said_by"}
"""What a statement must not be read without."""


def test_no_answer_has_a_statement_alone_or_tells_what_was_not_so_as_a_supply(
    tmp_path: Path,
) -> None:
    kb = load(rich.build(tmp_path / "rich"))
    asked = {"customer": "", "from_day": "0001-01-01", "to_day": "9999-12-31", "source": "work"}
    not_so = {c.id for c in kb.claims.values() if c.activity and c.negative}
    assert not_so
    with closing(sqlite3.connect(put(kb, tmp_path / "kb.db"))) as database:
        for question in QUESTIONS:
            cursor = database.execute(question.sql, asked)
            columns = [name for name, *_ in cursor.description]
            assert "statement" not in columns or set(columns) >= SAID, question.name
            if question.name in {"who-buys-what", "when"}:
                at = columns.index("claim")
                assert not not_so & {row[at] for row in cursor}, question.name
        shown = "SELECT claim FROM activities WHERE negative AND certainty_of IS NOT NULL"
        assert not_so <= {id_ for (id_,) in database.execute(shown)}


def test_a_denial_that_the_filters_leave_out_is_counted(kb: FileKnowledge, tmp_path: Path) -> None:
    losses = export(kb, SQLITE, tmp_path / "kb.db", Filters(stance=["asserted"]))
    going = {c.id: c for c in kb.claims.values() if c.stance == "asserted"}
    left = {
        (id_, other.id)
        for other in kb.claims.values()
        if other.id not in going and other.status == "accepted"
        for id_ in {*other.denies, *other.conflicts_with} & going.keys()
        if other.id not in {*going[id_].denies, *going[id_].conflicts_with}
    }
    assert left
    kind = "denials and contradictions that the filters leave out of claims that go"
    assert {lost.kind: lost.number for lost in losses}[kind] == len(left)
    losses = export(kb, SQLITE, tmp_path / "all.db", Filters())
    assert kind not in {lost.kind for lost in losses}


def test_the_ends_of_a_period_are_days_and_miss_nothing_that_a_list_finds(
    kb: FileKnowledge, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(put(kb, tmp_path / "kb.db"))) as database:
        ends = database.execute(
            "SELECT period, earliest, latest FROM claims WHERE period IS NOT NULL"
        ).fetchall()
        (when,) = [question.sql for question in QUESTIONS if question.name == "when"]
        found = database.execute(when, {"from_day": "2011-06-30", "to_day": "2011-07-31"})
        at = [name for name, *_ in found.description].index("claim")
        answered = {row[at] for row in found}
    for period, *days in ends:
        assert all(date.fromisoformat(day) for day in days if day), period
        assert any(days), period
    listed = Filters(kind=["activity"], stance=["asserted"], period=["2011-06-30/2011-07-31"])
    chosen = choosing(View(kb, Classifier(kb)), "claims", listed)
    wanted = {c.id for c in chosen if isinstance(c, Claim) and not c.negative}
    assert wanted == answered != set()


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2009-11", "2009-11-01", "2009-11-30"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2011-06~", "2011-05-01", "2011-07-31"),
        ("2004-24", "2003-12-01", "2005-02-28"),
        ("2009/..", "2009-01-01", None),
        ("/2009-11", None, "2009-11-30"),
        ("0001~", None, "0002-12-31"),
    ],
)
def test_a_period_ends_on_days_of_the_calendar(
    period: str, first: str | None, last: str | None
) -> None:
    assert [_on_a_calendar(day) for day in may_hold(period)] == [first, last]


def test_datasette_shows_what_each_column_holds(kb: FileKnowledge, tmp_path: Path) -> None:
    path = put(kb, tmp_path / "targetmarkets.db")
    with closing(sqlite3.connect(path)) as database:
        ((told,),) = database.execute("SELECT value FROM export WHERE name = 'metadata.json'")
        views = {
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'view'")
        }
    tables = json.loads(told)["databases"]["targetmarkets"]["tables"]
    assert tables.keys() == {table.name for table in schema.TABLES} | views
    hedge = tables["claims"]["columns"]["hedge"]
    assert hedge == field_docs(Claim)["hedge"]


def test_a_retracted_claim_answers_the_question_for_it(tmp_path: Path) -> None:
    kb = load(rich.build(tmp_path / "rich"))
    (question,) = (each for each in QUESTIONS if each.name == "retracted")
    with closing(sqlite3.connect(put(kb, tmp_path / "kb.db"))) as database:
        assert [row[0] for row in database.execute(question.sql)] == ["gone"]
