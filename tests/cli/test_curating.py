"""Adding without tears: what is missing told at once, many things from a file, questions."""

import json
import os
import pty
import select
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from targetmarkets.cli.commands.add.from_file import KINDS
from targetmarkets.writing.rows import ENDINGS, READERS
from tests.conftest import ROOT
from tests.running import TM, Run

TEXT = (
    "The Outlet says that Northland may have received helmets. "
    "Southland got none of the ships. In May 2011 Eastland bought ten radios and paid for them."
)


@pytest.fixture
def kb(tm: Run, tmp_path: Path) -> Path:
    """An empty workspace with one source."""
    tm("init", "kb", "--empty")
    (tmp_path / "outlet.txt").write_text(TEXT)
    words = ("--title", "Helmets", "--container", "The Outlet", "--descriptor", "An article.")
    done = tm("add", "source", "outlet.txt", "--id", "outlet-2026", *words, "--kb", "kb")
    assert done.returncode == 0
    return tmp_path / "kb"


def stored(kb: Path) -> dict[str, list[dict[str, object]]]:
    content: dict[str, list[dict[str, object]]] = json.loads((kb / "customers.json").read_text())
    return content


CLAIM = {
    "statement": "Eastland bought ten radios.",
    "about": ["Eastland"],
    "goods": "communications",
    "speaker": ["journalist:The Outlet:narrates"],
    "source": "outlet-2026",
    "passage": "In May 2011 Eastland bought ten radios",
    "period": "2011-05",
}
CUSTOMER = {"add": "customer", "name": "Eastland", "kind": "state", "region": "Eastern Asia"}


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (("customer",), ("NAME", "--kind", "--region")),
        (("customer", "X", "--kind", "state"), ("--region",)),
        (("category",), ("NAME", "--chapter")),
        (("group",), ("WORDS",)),
        (("event",), ("NAME", "--kind")),
        (("actor", "X"), ("--kind",)),
        (("quote",), ("SOURCE", "TEXT")),
        (("source",), ("--title", "--descriptor")),
        (("claim",), ("STATEMENT", "--kind", "--speaker", "--quote")),
        (("claim", "X", "--goods", "ships", "--reference", "outlet-2026"), ("--speaker",)),
    ],
)
def test_all_that_is_missing_is_told_at_once_by_option(
    tm: Run, kb: Path, arguments: tuple[str, ...], options: tuple[str, ...]
) -> None:
    done = tm("add", *arguments, cwd=kb)
    assert (done.returncode, done.stdout) == (2, "")
    lines = [line.split(":")[0].split(" or ")[0].strip() for line in done.stderr.splitlines()]
    found = [line for line in lines if line.startswith("--") or line.isupper()]
    assert tuple(found) == options


def test_a_claim_on_a_passage_is_proposed_its_speaker_and_told_its_words(tm: Run, kb: Path) -> None:
    passage = ("--source", "outlet-2026", "--passage", "Northland may have received helmets")
    done = tm("add", "claim", "Northland got helmets.", *passage, cwd=kb)
    assert done.returncode == 2
    assert "proposed: --speaker 'journalist:The Outlet:narrates'" in done.stderr
    assert "the passage has: may" in done.stderr


def test_a_word_of_doubt_or_denial_is_refused_by_option_until_it_is_recorded(
    tm: Run, kb: Path
) -> None:
    usual = ("--kind", "market", "--speaker", "journalist:The Outlet:narrates")
    source = ("--source", "outlet-2026", "--passage")
    doubt = (
        "add",
        "claim",
        "Helmets came.",
        *usual,
        *source,
        "Northland may have received helmets",
    )
    before = stored(kb)
    refused = tm(*doubt, cwd=kb)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "  --hedge: is stated, and its quotation has the word 'may'; record it" in refused.stderr
    assert stored(kb) == before
    assert tm(*doubt, "--certainty", "possible", "--hedge", "may", cwd=kb).returncode == 0
    denial = ("add", "claim", "Ships came.", *usual, *source, "Southland got none of the ships")
    refused = tm(*denial, cwd=kb)
    assert refused.returncode == 2
    assert "  --negative: its quotation has the word 'none'" in refused.stderr
    assert tm(*denial, "--hedge-note", "None is said of others.", cwd=kb).returncode == 0
    assert tm("verify", cwd=kb).returncode == 0


def test_several_mistakes_of_a_claim_are_told_together(tm: Run, kb: Path) -> None:
    done = tm(
        "add", "claim", "X", "--about", "nobody", "--speaker", "nobody", "--kind", "thing",
        "--source", "outlet-2026", "--passage", "Eastland sold ten radios", cwd=kb,
    )  # fmt: skip
    assert done.returncode == 2
    for wrong in ("called 'nobody'", "is no speaker", "no kind of claim 'thing'", "⟦bought⟧"):
        assert wrong in done.stderr


def written(folder: Path, kind: str, *rows: Mapping[str, object]) -> str:
    """A file with rows, by a writer that is not ours where there is one."""
    import csv

    import yaml

    path = folder / f"facts.{kind}"
    if kind == "yaml":
        text = json.dumps(rows)  # without references among them
        path.write_text(yaml.safe_dump(json.loads(text), allow_unicode=True))
    elif kind == "jsonl":
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    else:
        names = list(dict.fromkeys(name for row in rows for name in row))
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            for row in rows:
                writer.writerow(
                    {n: " | ".join(v) if isinstance(v, list) else v for n, v in row.items()}
                )
    return str(path)


@pytest.mark.parametrize("kind", KINDS)
def test_claims_and_customers_are_added_from_a_file_together(
    tm: Run, tmp_path: Path, kb: Path, kind: str
) -> None:
    second = {**CLAIM, "statement": "Eastland paid for radios.", "kind": "market", "goods": ""}
    file = written(tmp_path, kind, CLAIM, CUSTOMER, second)
    before = stored(kb)
    tried = tm("add", "from", file, "--dry-run", cwd=kb)
    assert tried.returncode == 0
    assert "added: Eastland bought ten radios." in tried.stdout
    assert stored(kb) == before
    done = tm("add", "from", file, cwd=kb)
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "eastland"
    assert len(done.stdout.splitlines()) == 4  # the quotation once, for both claims
    assert tm("verify", cwd=kb).returncode == 0
    after = stored(kb)
    assert [len(after[name]) for name in ("customers", "quotes", "claims")] == [1, 1, 2]
    assert {"statement": CLAIM["statement"], "period": "2011-05"}.items() <= after["claims"][
        0
    ].items()


@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_of_a_file_is_told_with_its_line_and_nothing_is_added(
    tm: Run, tmp_path: Path, kb: Path, kind: str
) -> None:
    rows: list[Mapping[str, object]] = [
        CUSTOMER,
        {**CLAIM, "passage": "Eastland sold ten radios", "speaker": "nobody"},
        {**CLAIM, "about": "Westland", "goods": "radios"},
        {**CLAIM, "certainly": "stated"},
        {**CLAIM, "passage": "Northland may have received helmets"},
        {"add": "customer", "name": "X"},
        {"add": "thing"},
    ]
    before = stored(kb)
    file = written(tmp_path, kind, *rows)
    done = tm("add", "from", file, cwd=kb)
    assert (done.returncode, done.stdout) == (2, "")
    assert stored(kb) == before
    for wrong in (
        "⟦bought⟧", "'nobody' is no speaker", "called 'Westland'", "no kind of goods 'radios'",
        "has no 'certainly'; did you mean certainty?", "hedge: is stated, and its quotation has",
        "kind: whether it is a state", "region: where it is", "no 'thing' to add",
    ):  # fmt: skip
        assert wrong in done.stderr, wrong
    places = [line for line in done.stderr.splitlines() if line.startswith("line ")]
    if kind != "yaml":
        shift = 1 if kind == "csv" else 0
        assert {f"line {n + shift}:" for n in (2, 3, 4, 5, 6, 7)} == {*places}
    else:
        text = Path(file).read_text().splitlines()
        for place in places:
            assert text[int(place.split()[1].rstrip(":")) - 1].startswith("- ")
        assert len({*places}) == 6


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("a.yaml", "- a: [", "this is not YAML"),
        ("a.yaml", "- statement: &x y\n  note: *x", "an alias (*) is not taken"),
        ("a.yaml", "- note: x\n  note: y", "it has 'note' twice"),
        ("a.yaml", "- note: {a: b}", "is no text"),
        ("a.yaml", "- word", "this is no list of fields"),
        ("a.yaml", "", "there is nothing in it to add"),
        ("a.jsonl", "[1]", "this is no JSON object"),
        ("a.jsonl", '{"note": 1, "note": 2}', "in one way"),
        ("a.jsonl", '{"joint": "perhaps"}', "neither true nor false"),
        ("a.csv", "note,note\nx,y", "two columns have one name"),
        ("a.csv", "note\nx,y", "more cells than the 1 columns"),
        ("a.csv", 'note\n"x', "this is not CSV"),
        ("a.txt", "x", "names no kind of file"),
    ],
)
def test_what_cannot_be_read_is_said(
    tm: Run, tmp_path: Path, kb: Path, name: str, text: str, wrong: str
) -> None:
    (tmp_path / name).write_text(text)
    done = tm("add", "from", str(tmp_path / name), cwd=kb)
    assert (done.returncode, done.stdout) == (2, "")
    assert wrong in done.stderr


def test_yaml_is_read_as_it_is_written(tm: Run, tmp_path: Path, kb: Path) -> None:
    """`no` is a code and no falsehood, and a date stays one."""
    rows = "- {add: customer, name: Norge, kind: state, region: Northern Europe, iso: no}\n"
    (tmp_path / "n.yaml").write_text(rows)
    assert tm("add", "from", str(tmp_path / "n.yaml"), cwd=kb).stdout == "norge\n"
    assert stored(kb)["customers"][0]["iso_3166"]["alpha_2"] == "NO"  # type: ignore[index] # it is plain JSON


def test_a_file_is_added_to_a_store_too(tm: Run, tmp_path: Path, kb: Path) -> None:
    tm("copy", "kb", "kb.sqlite")
    group = {"add": "group", "name": "both", "member": ["Eastland"]}
    file = written(tmp_path, "jsonl", CLAIM, group, CUSTOMER)
    assert tm("add", "from", file, "--dry-run", "--kb", "kb.sqlite").returncode == 0
    assert tm("list", "--kb", "kb.sqlite", "--format", "tsv").stdout.count("\n") == 1
    done = tm("add", "from", file, "--kb", "kb.sqlite")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 4)
    assert tm("verify", "--kb", "kb.sqlite").returncode == 0
    bad = written(tmp_path, "jsonl", {**CUSTOMER, "name": "Other"}, {**CLAIM, "about": "nobody"})
    assert tm("add", "from", bad, "--kb", "kb.sqlite").returncode == 2
    assert "Other" not in tm("list", "--kb", "kb.sqlite").stdout


@pytest.mark.parametrize("kind", KINDS)
def test_templates_are_added_as_they_are(tm: Run, tmp_path: Path, kb: Path, kind: str) -> None:
    assert {*KINDS} == {*READERS} == {*ENDINGS.values()}
    made = tm("add", "from", "--template", kind)
    assert made.returncode == 0
    (tmp_path / f"t.{kind}").write_text(made.stdout)
    done = tm("add", "from", str(tmp_path / f"t.{kind}"), cwd=kb)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("northland\n")


class Person:
    """Somebody at a terminal, who waits for what is asked and answers."""

    def __init__(self, leader: int) -> None:
        self.leader = leader
        self.seen = ""

    def until(self, words: str, seconds: float = 30) -> None:
        """Read until some words are shown."""
        end = time.monotonic() + seconds
        at = self.seen.find(words)
        while at < 0:
            assert time.monotonic() < end, f"{words!r} is not shown in {self.seen!r}"
            if select.select([self.leader], [], [], 0.1)[0]:
                with suppress(OSError):
                    self.seen += os.read(self.leader, 65536).decode()
            at = self.seen.find(words)
        self.seen = self.seen[at + len(words) :]

    def says(self, question: str, answer: str = "") -> None:
        self.until(question)
        os.write(self.leader, f"{answer}\n".encode())


@contextmanager
def at_a_terminal(*arguments: str, cwd: Path) -> Iterator[tuple[Person, subprocess.Popen[bytes]]]:
    """`tm` with a person at it; stdout is a pipe, as in `id=$(tm add …)`."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(
        [TM, *arguments], stdin=follower, stderr=follower, stdout=subprocess.PIPE, cwd=cwd,
        env=environment,
    ) as process:  # fmt: skip
        os.close(follower)
        try:
            yield Person(leader), process
        finally:
            process.kill()
            os.close(leader)


def test_a_person_is_asked_for_what_is_missing_with_the_choices(kb: Path) -> None:
    with at_a_terminal("add", "customer", "Eastland", cwd=kb) as (person, process):
        person.until("1 state      the government or the forces of a state")
        person.says("or the word", "stat")
        person.says("there is no choice 'stat'")
        person.says("or the word", "1")
        person.says("or the word", "Eastern Asia")
        person.says("ISO 3166-1", "")
        person.until("region: Eastern Asia")
        person.says("Save it")
        assert process.stdout is not None
        assert process.stdout.read() == b"eastland\n"
        assert process.wait() == 0
    assert stored(kb)["customers"][0]["kind"] == "state"


def test_nothing_is_saved_that_is_not_agreed_to(kb: Path) -> None:
    before = stored(kb)
    for answer in ("n\n", "\x04"):  # no, and the end of what is typed
        with at_a_terminal("add", "group", cwd=kb) as (person, process):
            person.says("The words of the text itself", "some of them")
            person.until("Save it")
            os.write(person.leader, answer.encode())
            assert process.wait(30) == 130
    assert stored(kb) == before


def test_no_input_asks_for_nothing(kb: Path) -> None:
    with at_a_terminal("add", "group", "--no-input", cwd=kb) as (person, process):
        person.until("WORDS: the words of the text itself")
        assert process.wait(30) == 2


def test_a_source_is_described_by_what_its_document_says(tmp_path: Path, kb: Path) -> None:
    page = (
        "<html><head><title>Radios sold</title><meta name=author content='A. Person'></head>"
        "<body><p>Some words.</p></body></html>"
    )
    (tmp_path / "page.html").write_text(page)
    with at_a_terminal("add", "source", "../page.html", cwd=kb) as (person, process):
        person.says("Its title [Radios sold]")
        person.says("or the word", "webpage")
        person.says("Its authors")
        person.says("published", "soon")
        person.says("published", "2015-12")
        person.says("appeared", "The Outlet")
        person.says("One sentence on it", "A page.")
        person.until("descriptor: A page.")
        person.says("Save it", "y")
        assert process.wait(30) == 0
    (source,) = (each for each in stored(kb)["sources"] if each["descriptor"] == "A page.")
    assert {"title": "Radios sold", "type": "webpage", "container-title": "The Outlet"}.items() <= (
        source["bibliography"].items()  # type: ignore[attr-defined] # it is plain JSON
    )


def test_claims_are_asked_for_from_the_passage_on(kb: Path) -> None:
    with at_a_terminal("add", "claim", cwd=kb) as (person, process):
        person.says("or the word [outlet-2026]")
        person.says("an empty line ends it", "Northland has\nreceived helmets\n")
        person.until("source: Northland ⟦may have⟧ received helmets")
        person.says("an empty line ends it", "Northland may have\nreceived helmets\n")
        person.until("⟦Northland may have received helmets⟧")
        person.says("own words", "Northland may have got helmets.")
        person.says("it is about", "Northland")
        person.says("or the word", "customer")
        person.says("or the word", "non-state")
        person.says("or the word", "Western Asia")
        person.says("ISO 3166-1", "")
        person.says("or the word", "activity")
        person.says("or the word", "protective-equipment")
        person.says("or the word [unspecified]")
        person.says("what the source names", "helmets")
        person.says("or the word [unstated]")
        person.until("the passage or its sentence has: may")
        person.says("or the word [possible]")
        person.says("verbatim [may]")
        person.says("When, if the source says")
        person.says("Who says it", "")
        person.until("hedge: may")
        person.says("Save it")
        person.says("Another claim", "y")
        person.says("or the word [outlet-2026]")
        person.says("an empty line ends it", "Southland got none of the ships\n")
        person.says("own words", "Southland did not get the ships.")
        person.says("it is about", "")
        person.says("or the word", "market")
        person.says("or the word [stated]")
        person.until("the passage denies something: none")
        person.says("not so")
        person.says("When, if the source says")
        person.says("Who says it", "")
        person.says("Save it")
        person.says("Another claim", "")
        assert process.wait(30) == 0
    claims = stored(kb)["claims"]
    assert [claim["statement"] for claim in claims] == [
        "Northland may have got helmets.",
        "Southland did not get the ships.",
    ]
    first = {"certainty": "possible", "hedge": "may", "about": ["northland"]}
    assert first.items() <= claims[0].items()
    assert claims[1]["negative"] is True
    speaker = {"role": "journalist", "name": "The Outlet", "mode": "narrates"}
    assert claims[0]["speakers"] == [speaker]


def test_what_was_said_in_vain_is_shown_as_a_row(tm: Run, kb: Path) -> None:
    tm("add", "customer", "Eastland", "--kind", "non-state", "--region", "Eastern Asia", cwd=kb)
    with at_a_terminal("add", "customer", "Eastland", cwd=kb) as (person, process):
        person.says("or the word", "state")
        person.says("or the word", "Eastern Asia")
        person.says("ISO 3166-1", "ZZZZ")
        person.until("are no ISO 3166-1 codes")
        person.says("ISO 3166-1", "")
        person.says("Save it", "perhaps")
        person.until("neither y for yes nor n for no")
        person.says("Save it")
        person.until('{"add": "customer", "name": "Eastland", "kind": "state"')
        person.until("kind 'state', there 'non-state'")
        assert process.wait(30) == 2


def test_a_wrong_answer_is_said_at_once_and_asked_for_again(
    tm: Run, tmp_path: Path, kb: Path
) -> None:
    (tmp_path / "other.txt").write_text("Some other words stand here.")
    words = ("--title", "Other", "--descriptor", "A text.", "--id", "other")
    tm("add", "source", "../other.txt", *words, cwd=kb)
    with at_a_terminal("add", "claim", cwd=kb) as (person, process):
        person.says("or the word", "other")
        person.says("an empty line ends it", "Northland may have received helmets\n")
        person.until("it does not stand in other, but in outlet-2026, which is taken")
        person.until("⟦Northland may have received helmets⟧")
        person.says("own words", "Northland may have got helmets.")
        person.says("it is about", "Nordland")
        person.says("or the word", "")
        person.says("What is meant instead", "Northlands")
        person.until("called 'Northlands'")
        person.says("or the word", "customer")
        person.says("or the word", "non-state")
        person.says("or the word", "Western Asia")
        person.says("ISO 3166-1", "")
        person.says("or the word", "market")
        person.says("or the word [possible]")
        person.says("verbatim [may]", "might")
        person.until("'might' does not stand in the passage")
        person.says("verbatim [may]")
        person.says("When, if the source says", "in May")
        person.until("'in May' is no date")
        person.says("When, if the source says")
        person.says("Who says it", "The Outlet")
        person.until("'The Outlet' is no speaker")
        person.says("Who says it")
        person.says("Save it")
        person.says("Another claim", "y")
        person.says("or the word", "outlet-2026")
        person.says("an empty line ends it", "Northland may have received helmets\n")
        person.until("these claims rest on it already")
        person.until("Northland may have got helmets.")
        os.write(person.leader, b"\x04")  # the end of what is typed
        assert process.wait(30) == 130
    (claim,) = stored(kb)["claims"]
    assert {"hedge": "may", "about": ["northlands"]}.items() <= claim.items()
    assert "period" not in claim


def test_five_facts_from_a_pdf_and_a_page_take_six_commands(tm: Run, tmp_path: Path) -> None:
    """The session of docs/curating.md, and its one refusal: that of a slip in three places."""
    files = ROOT / "docs" / "tutorial"
    tm("init", "kb", "--empty")
    kb = tmp_path / "kb"
    facts = (files / "facts.yaml").read_text()
    slips = facts.replace("could be ongoing", "is ongoing").replace("hedge: may", "hedge: might")
    (tmp_path / "slips.yaml").write_text(slips.replace("goods: prot", "goods: pret"))
    nknews = ("--id", "nknews-2015", "--container", "NK News", "--descriptor", "An article.")
    page = ("--id", "page-2026", "--descriptor", "A page.")
    codes = [
        tm("add", *words, cwd=kb).returncode
        for words in (
            ("source", str(files / "article.pdf"), *nknews),
            ("source", str(files / "page.html"), *page),
            ("from", "../slips.yaml"),
            ("from", str(files / "facts.yaml")),
        )
    ]
    assert codes == [0, 0, 2, 0]
    assert tm("verify", cwd=kb).returncode == 0
    assert len(stored(kb)["claims"]) == 5
