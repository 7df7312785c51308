"""What is there already is said when it is added again, kept or refused, and never dropped."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.importing.extract import extract
from targetmarkets.kb.files import sha256
from targetmarkets.kb.opening import load
from targetmarkets.query.diff import diff
from tests.cli.test_curating import CLAIM, CUSTOMER, kb, stored, written
from tests.running import Run

__all__ = ["kb"]

PASSAGE = ("--source", "outlet-2026", "--passage", "In May 2011 Eastland bought ten radios")
SAYING = ("--speaker", "journalist:The Outlet:narrates", *PASSAGE)
BOUGHT = ("add", "claim", "Eastland bought ten radios.", "--about", "eastland", *SAYING)
RADIOS = ("--goods", "communications")


@pytest.fixture(params=["kb", "kb.sqlite"])
def base(request: pytest.FixtureRequest, tm: Run, kb: Path) -> Sequence[str]:
    """A file or a store with a customer and a claim."""
    name: str = request.param
    if name != "kb":
        tm("copy", "kb", name)
    to = ("--kb", name)
    assert tm("add", "customer", "Eastland", "--kind", "state", "--region", "Eastern Asia", *to)
    done = tm(*BOUGHT, *RADIOS, "--period", "2011-05", "--id", "bought", *to)
    assert (done.returncode, done.stderr) == (0, "")
    return to


def count(tm: Run, base: Sequence[str], list_: str) -> int:
    return len(json.loads(tm("list", list_, "--json", *base).stdout))


def test_a_claim_that_is_there_is_told_and_not_added_twice(tm: Run, base: Sequence[str]) -> None:
    when = (*RADIOS, "--period", "2011-05")
    done = tm(*BOUGHT, *when, *base)
    assert (done.returncode, done.stdout) == (0, "bought\n")
    assert "'Eastland bought ten radios.' is here already, as bought" in done.stderr
    other = tm(*BOUGHT[:2], "EASTLAND  bought ten radios.", *BOUGHT[3:], *when, "--id", "x", *base)
    assert (other.returncode, other.stdout) == (0, "bought\n")
    assert "tm rename bought x gives it that id" in other.stderr
    assert count(tm, base, "claims") == 1


def test_what_was_given_otherwise_is_refused_and_named(tm: Run, base: Sequence[str]) -> None:
    before = tm("show", "bought", "--json", *base).stdout
    when = (*RADIOS, "--period", "2011-05")
    done = tm(*BOUGHT, *when, "--outcome", "delivered", "--note", "New.", *base)
    assert (done.returncode, done.stdout) == (2, "")
    assert "outcome 'delivered', there 'unstated'" in done.stderr
    assert "note 'New.', there nothing" in done.stderr
    assert "tm edit bought changes it" in done.stderr
    assert tm("show", "bought", "--json", *base).stdout == before


def test_a_claim_about_the_same_with_the_same_passage_is_noticed(
    tm: Run, base: Sequence[str]
) -> None:
    other = (*BOUGHT[:2], "Ten radios went to Eastland.", *BOUGHT[3:])
    for more, there in ((("--dry-run",), 1), ((), 2)):
        done = tm(*other, *RADIOS, *base, *more)
        assert done.returncode == 0
        assert "bought is about the same, on the same passage: 'Eastland bought" in done.stderr
        assert count(tm, base, "claims") == there
    tm("add", "customer", "Norway", "--kind", "state", "--region", "Northern Europe", *base)
    elsewhere = tm(*BOUGHT[:2], "X.", "--about", "norway", *SAYING, *RADIOS, *base)
    assert "about the same" not in elsewhere.stderr


def test_what_was_retracted_may_be_said_again_and_is_told(tm: Run, base: Sequence[str]) -> None:
    tm("retract", "bought", "--reason", "Read wrongly.", *base)
    done = tm(*BOUGHT, *RADIOS, "--period", "2011-05", "--id", "again", *base)
    assert (done.returncode, done.stdout) == (0, "again\n")
    assert "bought said the same, and was retracted: Read wrongly." in done.stderr


def test_claims_as_json_are_there_already_too(tm: Run, base: Sequence[str], tmp_path: Path) -> None:
    (claim,) = load(tmp_path / base[1]).claims.values()
    fields = claim.model_dump(mode="json", exclude_defaults=True)
    (tmp_path / "c.json").write_text(json.dumps([fields, {**fields, "id": "second"}]))
    done = tm("add", "claim", "--from", "c.json", *base)
    assert (done.returncode, done.stdout) == (0, "bought\nbought\n")
    (tmp_path / "c.json").write_text(
        json.dumps({**fields, "certainty": "implied", "reasoning": "X"})
    )
    done = tm("add", "claim", "--from", "c.json", *base)
    assert done.returncode == 2
    assert "certainty 'implied', there 'stated'" in done.stderr
    one, two = ({**fields, "id": id_, "statement": "New."} for id_ in ("one", "two"))
    (tmp_path / "c.json").write_text(json.dumps([one, two]))
    done = tm("add", "claim", "--from", "c.json", *base)
    assert (done.returncode, "one" in done.stderr and "two" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("add", "other"),
    [
        (("customer", "Syria", "--kind", "state", "--region", "Western Asia"), ("--alias", "S")),
        (("category", "Good", "--chapter", "I"), None),
        (("group", "some of them"), ("--member", "eastland")),
        (("event", "A visit, 2013", "--kind", "visit"), ("--alias", "the visit")),
        (("actor", "OMM", "--kind", "firm"), ("--country", "KP")),
    ],
)
def test_a_name_that_is_there_is_noticed(
    tm: Run, base: Sequence[str], add: Sequence[str], other: Sequence[str] | None
) -> None:
    first = tm("add", *add, *base)
    again = tm("add", add[0], add[1].upper(), *add[2:], *base)
    assert (again.returncode, again.stdout) == (0, first.stdout)
    assert f"is here already, as {first.stdout}" in again.stderr
    if other:
        refused = tm("add", *add, *other, *base)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert f"{other[0][2:5]}" in refused.stderr
        assert "there nothing" in refused.stderr
    apart = tm("add", *add, "--id", "another", *base)
    if add[0] == "customer":  # neither would be found by its name, which the check twins refuses
        assert apart.returncode == 2
        assert "so does syria" in apart.stderr
    else:
        assert apart.stdout == "another\n"
        assert f"{first.stdout.strip()} goes by the name of another, too" in apart.stderr


def test_a_file_that_was_added_is_there_already(
    tm: Run, base: Sequence[str], tmp_path: Path
) -> None:
    quote = {"add": "quote", "source": "outlet-2026", "passage": "none of the ships"}
    event = {"add": "event", "name": "A visit", "kind": "visit"}
    file = written(tmp_path, "yaml", {**CUSTOMER, "name": "Northland"}, quote, event,
                   {**CLAIM, "about": ["Northland"]})  # fmt: skip
    first = tm("add", "from", file, *base)
    assert (first.returncode, first.stderr) == (0, "")
    before = load(tmp_path / base[1])
    again = tm("add", "from", file, *base)
    assert again.returncode == 0
    assert {*again.stdout.split()} <= {*first.stdout.split()}
    for line, what in ((1, "'Northland'"), (4, "'none of the ships'"), (7, "'A visit'")):
        assert any(f"{what} is here already, as" in told for told in again.stderr.splitlines()), (
            line
        )
    assert not diff(before, load(tmp_path / base[1])).changes


def test_rows_that_say_one_thing_are_told(tm: Run, base: Sequence[str], tmp_path: Path) -> None:
    visit = {"add": "event", "name": "A visit", "kind": "visit"}
    done = tm("add", "from", written(tmp_path, "jsonl", visit, visit), *base)
    assert (done.returncode, done.stdout) == (0, "a-visit\n")
    assert "line 2: it says what line 1 says, a-visit" in done.stderr
    new = {**visit, "name": "A new visit"}
    done = tm("add", "from", written(tmp_path, "jsonl", new, {**new, "kind": "other"}), *base)
    assert done.returncode == 2
    assert "a-new-visit is what line 1 adds, and otherwise" in done.stderr
    claims = [{**CLAIM, "statement": "New.", "id": id_} for id_ in ("one", "two")]
    done = tm("add", "from", written(tmp_path, "jsonl", *claims), *base)
    assert done.returncode == 2
    assert "says what one says" in done.stderr or "says what two says" in done.stderr
    assert count(tm, base, "events") == 1


def test_nothing_is_written_where_all_is_there(tm: Run, kb: Path) -> None:
    tm("add", "event", "A visit", "--kind", "visit", "--kb", "kb")
    before = (
        (kb / "customers.json").read_bytes(),
        json.loads(tm("log", "--json", "--kb", "kb").stdout),
    )
    tm("add", "event", "A visit", "--kind", "visit", "--kb", "kb")
    after = (
        (kb / "customers.json").read_bytes(),
        json.loads(tm("log", "--json", "--kb", "kb").stdout),
    )
    assert before == after
    assert len(stored(kb)["events"]) == 1


PAGE = "<html><head><title>Helmets</title></head><body><p>Some words.</p></body></html>"


def work(tm: Run, id_: str, base: Sequence[str]) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(tm("show", id_, "--json", *base).stdout)
    return record


def test_a_document_that_is_there_gets_what_its_record_lacks(
    tm: Run, base: Sequence[str], tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    described = ("--descriptor", "A page.", "--id", "page")
    assert tm("add", "source", "page.html", *described, *base).stdout == "page\n"
    more = ("--url", "https://example.org/x", "--author", "Doe, Jane", "--title", "Other")
    again = ("add", "source", "page.html", *more, "--id", "mine", "--descriptor", "Mine.", *base)
    assert "added to it: author, URL" in tm(*again, "--dry-run").stderr
    assert "URL" not in work(tm, "page", base)["bibliography"]
    done = tm(*again)
    assert (done.returncode, done.stdout) == (0, "page\n")
    record = work(tm, "page", base)
    bibliography = record["bibliography"]
    assert (bibliography["URL"], bibliography["title"]) == ("https://example.org/x", "Helmets")
    assert (bibliography["author"][0]["family"], record["descriptor"]) == ("Doe", "A page.")
    for told in (
        "a source with this document is here already, as page",
        "added to it: author, URL",
        "kept: title 'Helmets', and not 'Other'",
        "kept: descriptor 'A page.', and not 'Mine.'",
        "tm rename page mine gives it that one",
    ):
        assert told in done.stderr
    third = tm(*again)
    assert (third.returncode, "added to it" in third.stderr) == (0, False)


@pytest.mark.parametrize(
    ("option", "value", "other", "what"),
    [
        ("--url", "https://example.org/a/", "http://www.example.org/a#page=3", "address"),
        ("--record", "10.1000/ABC", "https://doi.org/10.1000/abc", "DOI"),
    ],
)
def test_a_work_of_one_address_is_there_already_and_gets_its_document(
    tm: Run, base: Sequence[str], tmp_path: Path, option: str, value: str, other: str, what: str
) -> None:
    (tmp_path / "page.html").write_text(PAGE)

    def given(text: str) -> tuple[str, str]:
        (tmp_path / "r.json").write_text(json.dumps([{"type": "report", "DOI": text}]))
        return option, "r.json" if option == "--record" else text

    named = (
        "--title",
        "Helmets",
        "--descriptor",
        "A report.",
        "--id",
        "report",
        "--type",
        "report",
    )
    tm("add", "source", *named, *given(value), *base)
    done = tm("add", "source", "page.html", "--number", "7", *given(other), *base)
    assert (done.returncode, done.stdout) == (0, "report\n"), done.stderr
    assert f"a source with this {what} is here already, as report" in done.stderr
    assert "added to it: number, the document" in done.stderr
    record = work(tm, "report", base)
    assert (record["bibliography"]["number"], record["archive"]["file"]) == ("7", "report.txt")
    assert tm("add", "quote", "report", "Some words", *base).returncode == 0
    assert tm("verify", *base).returncode == 0
    (tmp_path / "other.txt").write_text("Another text.")
    refused = tm(
        "add", "source", "other.txt", "--title", "X", "--descriptor", "X.", *given(other), *base
    )
    assert (refused.returncode, refused.stdout) == (2, "")
    assert f"has the {what} that report has" in refused.stderr
    part = ("--title", "A part", "--descriptor", "X.", "--reports-on", "report", "--id", "part")
    assert tm("add", "source", *part, *given(other), *base).stdout == "part\n"


REPORT = ("--title", "Helmets", "--date", "2011-05-03", "--url", "https://example.org/a")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--title", "Boots"), "title 'Boots', there 'Helmets'"),
        (("--date", "2016-05"), "issued '2016-05', there '2011-05-03'"),
        (("--id", "mine"), "id 'mine', there 'report'"),
    ],
)
def test_another_work_of_one_address_is_refused_and_completes_nothing(
    tm: Run, base: Sequence[str], given: Sequence[str], told: str
) -> None:
    described = ("--descriptor", "A report.")
    tm("add", "source", *REPORT, *described, "--id", "report", *base)
    before = work(tm, "report", base)
    other = ("--author", "Doe, Jane", "--url", "https://example.org/a#other", *described, *base)
    done = tm("add", "source", *given, *other)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"report has this address already, and this is given otherwise: {told}" in done.stderr
    assert work(tm, "report", base) == before
    part = tm("add", "source", "--title", "Part", *given, *other, "--reports-on", "report")
    assert part.returncode == 0, part.stderr


def test_a_work_of_one_address_is_completed_by_what_agrees(tm: Run, base: Sequence[str]) -> None:
    described = ("--descriptor", "A report.", "--id", "report")
    tm("add", "source", *REPORT, *described, *base)
    same = ("--title", "HELMETS", "--date", "2011-05", *REPORT[4:], "--author", "Doe, Jane")
    done = tm("add", "source", *same, *base)
    assert (done.returncode, done.stdout) == (0, "report\n"), done.stderr
    assert "added to it: author" in done.stderr
    assert work(tm, "report", base)["bibliography"]["issued"] == {"date-parts": [[2011, 5, 3]]}


def test_a_name_that_several_have_is_ambiguous(
    tm: Run, base: Sequence[str], tmp_path: Path
) -> None:
    for name in ("DRC", "Republic of the Congo"):
        region = ("--kind", "state", "--region", "Middle Africa", "--alias", "Congo")
        assert tm("add", "customer", name, *region, *base).returncode == 0
    congo = ("add", "customer", "Congo", "--kind", "state", "--region", "Middle Africa")
    done = tm(*congo, *base)
    assert (done.returncode, done.stdout) == (2, "")
    assert "may be drc (DRC) or republic-of-the-congo (Republic of the Congo)" in done.stderr
    visit = {"add": "event", "name": "A visit", "kind": "visit"}
    named = [{**visit, "id": id_} for id_ in ("one", "two")]
    assert tm("add", "from", written(tmp_path, "jsonl", *named), *base).returncode == 0
    done = tm("add", "from", written(tmp_path, "jsonl", visit), *base)
    assert (done.returncode, done.stdout) == (2, "")
    assert "line 1:" in done.stderr
    assert "may be one (A visit) or two (A visit)" in done.stderr
    assert tm("add", "from", written(tmp_path, "jsonl", named[1]), *base).stdout == "two\n"


def test_a_name_is_rather_that_of_which_it_is_the_main_name(tm: Run, base: Sequence[str]) -> None:
    event = ("--kind", "visit", *base)
    tm("add", "event", "A journey", "--alias", "The visit", *event)
    tm("add", "event", "The visit", "--id", "second", *event)
    assert tm("add", "event", "the visit", *event).stdout == "second\n"


def test_claims_of_one_wording_on_other_goods_or_of_another_time_are_two(
    tm: Run, base: Sequence[str]
) -> None:
    ships = ("--goods", "ships", "--period", "2011-05")
    others = {
        "goods 'ships', there 'communications'": ships,
        "period '2012', there '2011-05'": (*RADIOS, "--period", "2012"),
        "period nothing, there '2011-05'": RADIOS,
    }
    for nth, (told, given) in enumerate(others.items()):
        done = tm(*BOUGHT, *given, "--id", f"other-{nth}", *base)
        assert (done.returncode, done.stdout) == (0, f"other-{nth}\n"), done.stderr
        assert "bought is about the same, on the same passage: in the same words" in done.stderr
        assert told in done.stderr
    assert tm("verify", *base).returncode == 0


def test_a_file_of_a_text_that_is_there_is_taken_or_told(
    tm: Run, base: Sequence[str], tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "again.html").write_text(PAGE.replace("</html>", "<!-- saved again --></html>"))
    described = ("--descriptor", "A page.", "--id", "page")
    tm("add", "source", "page.html", *described, *base)
    before = work(tm, "page", base)["archive"]
    again = ("add", "source", "again.html", *base)
    done = tm(*again)
    assert (done.returncode, done.stdout) == (0, "page\n"), done.stderr
    assert "a source with this text is here already, as page" in done.stderr
    assert "not taken: the file, as page has another of this text" in done.stderr
    assert work(tm, "page", base)["archive"] == before
    apart = tm(*again, "--descriptor", "Again.", "--id", "again", "--reports-on", "page")
    assert (apart.returncode, apart.stdout) == (0, "again\n"), apart.stderr


def test_a_text_gets_the_document_that_it_is_the_text_of(
    tm: Run, base: Sequence[str], tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    text = extract(PAGE.encode(), "page.html").text
    (tmp_path / "page.txt").write_text(text)
    described = ("--title", "Helmets", "--descriptor", "A page.", "--id", "page")
    tm("add", "source", "page.txt", *described, *base)
    before = work(tm, "page", base)["archive"]
    done = tm("add", "source", "page.html", *base)
    assert (done.returncode, done.stdout) == (0, "page\n"), done.stderr
    assert "added to it: the document" in done.stderr
    archive = work(tm, "page", base)["archive"]
    assert archive["original"]["sha256"] == sha256(PAGE.encode())
    assert (archive["file"], archive["sha256"]) == (before["file"], before["sha256"])
    assert tm("verify", *base).returncode == 0
