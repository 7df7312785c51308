"""The verdict on quotations: each kind of honest edit, and each kind of false one."""

import json
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.checking.check import Checker
from targetmarkets.checking.fix import fixed
from targetmarkets.checking.reading import read
from targetmarkets.kb.json_file import load
from tests.build import claim, source
from tests.checking.building import LETTER, REPORT, check, checker, knowledge, only, quote

HONEST = [
    ("It was paid in copper", "exact", []),
    ("which the ministry did not declare", "exact", []),
    ('"We have never seen such crates," the harbour master', "same words", ["typography"]),
    ("owners broke the rules of the port, their insurers found, and misstated the cargo",
     "same words", ["typography"]),
    ("The crates were moved on a barge", "same words", ["note mark"]),
    ("the firm of Rey reportedly sold ten rockets", "same words", ["case"]),
    ("[t]he firm of Rey reportedly sold ten rockets", "same words", ["bracket"]),
    ("It was paid in copper.", "same words", ["final stop"]),
    ("‘We have never seen such crates,’ the harbour master", "same words",
     ["inner marks", "inner marks"]),
    ("He recieved [sic] two boxes of fuses", "same words", ["sic"]),
    ("The [sealed] hold was never opened", "exact", []),
    ("It [the firm] was paid in copper", "same words", ["bracket"]),
    ("[The firm] was paid in copper", "same words", ["bracket"]),
    ("He receive[s] two boxes of fuses", "absent or altered", []),
    ("He recieve[s] two boxes of fuses", "same words", ["bracket"]),
    ("The crates … were moved on a barge named Heron", "same words", ["ellipsis", "note mark"]),
    ("The firm of Rey reportedly sold … rockets to the garrison. . . . It was paid in copper",
     "same words", ["ellipsis", "ellipsis"]),
    ("…was paid in copper…", "same words", ["ellipsis", "ellipsis"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    return checker(tmp_path_factory.mktemp("kb"))


@pytest.mark.parametrize(("words", "verdict", "edits"), HONEST)
def test_honest_edits_are_the_same_words(
    checks: Checker, words: str, verdict: str, edits: list[str]
) -> None:
    found = only(check(checks, f"> {words}\n"))
    if verdict == "absent or altered":
        assert not found.ok
        return
    assert (found.verdict, [edit.kind for edit in found.edits]) == (verdict, edits), found.message
    passage = found.passages[0]
    text = {"report": REPORT, "letter": LETTER}[passage.source]
    assert text[passage.start : passage.end] == passage.exact


FALSE = [
    ("The firm of Rey sold ten rockets to the garrison", "omission", "hedge", ("reportedly",), ()),
    ("which the ministry did declare", "omission", "negation", ("not",), ()),
    ("It was not paid in copper", "addition", "negation", (), ("not",)),
    ("The firm of Rey reportedly sold six rockets to the garrison", "words changed", "number",
     ("ten",), ("six",)),
    ("The firm of Rey … sold ten rockets to the garrison", "omission", "hedge", ("reportedly",),
     ()),
    ("the ministry [did] declare", "omission", "negation", ("not",), ()),
    ("moved on a barge named Heron, and [also] on two others", "omission", "hedge", ("perhaps",),
     ()),
]  # fmt: skip


@pytest.mark.parametrize(("words", "kind", "what", "source_", "draft"), FALSE)
def test_what_weighs_and_was_lost_is_said_first(
    checks: Checker,
    words: str,
    kind: str,
    what: str,
    source_: tuple[str, ...],
    draft: tuple[str, ...],
) -> None:
    found = only(check(checks, f"“{words}”"))
    assert (found.verdict, found.kind, found.ok) == ("altered", kind, False), found.message
    assert (found.lost[0].what, found.lost[0].source, found.lost[0].draft) == (what, source_, draft)
    assert found.message.startswith(what)
    assert found.passages[0].source == "report"


def test_other_words_are_marked_beside_the_source(checks: Checker) -> None:
    found = only(check(checks, "“It was paid in silver, which the ministry did not declare”"))
    assert (found.verdict, found.kind) == ("altered", "words changed")
    changed = [(p.source, p.draft) for p in found.pieces if p.kind != "same"]
    assert changed == [("copper", "silver")]


def test_punctuation_and_case_within_are_not_free(checks: Checker) -> None:
    found = only(check(checks, "“which the Ministry did not declare”"))
    assert (found.verdict, found.kind) == ("altered", "punctuation")


def test_a_splice_is_called_one(checks: Checker) -> None:
    words = "It was paid in copper, the harbour was quiet that night, and the lamps were out"
    found = only(check(checks, f"“{words}”"))
    assert (found.verdict, found.kind) == ("altered", "splice")
    assert [passage.source for passage in found.passages] == ["report", "letter"]


def test_a_part_of_a_word_is_no_quotation(checks: Checker) -> None:
    found = only(check(checks, "“tated the cargo. The [sealed] hold”"))
    assert (found.verdict, found.kind) == ("altered", "part of a word")


def test_what_is_nowhere_gets_no_passage(checks: Checker) -> None:
    found = only(check(checks, "“an orchard of pears grows beside my aunt’s old mill”"))
    assert (found.verdict, found.passages) == ("absent", ())


def test_short_ones_are_counted_apart_and_prove_nothing(checks: Checker) -> None:
    report = check(checks, "The “garrison” and a “made-up”.")
    assert report.verdicts["short"] == 2
    assert all(quotation.ok for quotation in report.quotations)
    assert (report.checked, report.ok) == (0, False)


def test_several_places_are_ambiguous_until_one_is_named(checks: Checker) -> None:
    found = only(check(checks, "“A barge came in at dawn” [@letter]"))
    assert (found.verdict, len(found.passages)) == ("ambiguous", 2)
    found = only(check(checks, "“A barge came in at dawn” [@letter, line 4]"))
    assert (found.verdict, found.passages[0].line) == ("exact", 4)


def test_another_source_is_looked_through_before_absent_is_said(checks: Checker) -> None:
    found = only(check(checks, "“It was paid in copper” [@letter]"))
    assert (found.verdict, found.passages[0].source) == ("misattributed", "report")
    assert only(check(checks, "“It was paid in copper” [@letter; @report]")).verdict == "exact"


def test_a_wrong_line_is_a_warning_beside_a_true_quotation(checks: Checker) -> None:
    report = check(checks, "“He recieved two boxes of fuses” [@report, line 4]")
    assert report.ok
    assert [warning.kind for warning in only(report).warnings] == ["locator"]
    assert not only(check(checks, "“He recieved two boxes of fuses” [@report, line 5]")).warnings


def test_a_hedge_left_out_of_the_same_sentence_is_told(checks: Checker) -> None:
    found = only(check(checks, "“sold ten rockets to the garrison”"))
    assert [warning.kind for warning in found.warnings] == ["hedge"]
    assert "reportedly" in found.warnings[0].message
    said = only(check(checks, "It reportedly “sold ten rockets to the garrison”"))
    assert not said.warnings


def test_a_block_quotation_has_its_credit_apart(checks: Checker) -> None:
    draft = "Rey wrote:\n\n> “It was paid in copper,\n> which the ministry did not declare.”\n"
    draft += "> — the report [@report, line 1]\n"
    found = only(check(checks, draft))
    assert (found.verdict, found.block, found.cited) == ("same words", True, ("@report, line 1",))


def test_a_note_brings_its_citation(checks: Checker) -> None:
    found = only(check(checks, "He said “It was paid in copper.”[^a]\n\n[^a]: @letter, p. 3.\n"))
    assert found.cited == ("@letter",)
    assert found.verdict == "misattributed"


def test_what_is_cited_and_not_archived(tmp_path: Path) -> None:
    checks = checker(tmp_path, others=[source("book")])
    found = only(check(checks, "“an orchard of pears grows beside the mill” [@book, p. 3]"))
    assert (found.verdict, found.ok) == ("not archived", False)
    found = only(check(checks, "“It was paid in copper” [@book]"))
    assert (found.verdict, found.passages[0].source) == ("not archived", "report")
    unknown = check(checks, "“It was paid in copper” [@bok]").citations[0]
    assert (unknown.known, unknown.ok) == (False, False)


NEVER = "We have never seen such crates"


def spoken(tmp_path: Path, **more: object) -> Checker:
    master = {"role": "third-party", "name": "Ada Crane", "mode": "remark"}
    teller = {"role": "journalist", "name": "The Gazette", "mode": "quotes"}
    other = {"role": "author", "name": "Bela Moor", "mode": "narrates"}
    made = [
        claim("seen", speakers=[teller, master], evidence=[{"quote": "q"}], **more),
        claim("else", speakers=[other]),
        claim("against", denies=["paid"], stance="denied"),
        claim("paid", evidence=[{"quote": "p"}]),
        claim("gone", evidence=[{"quote": "p"}], status="retracted", retraction="It was a slip."),
    ]
    quotes = [
        quote("p", "report", REPORT, "It was paid in copper"),
        quote("q", "report", REPORT, NEVER),
    ]
    return checker(tmp_path, claims=made, quotes=quotes, others=[source("work")])


def test_another_speakers_words_are_misattributed(tmp_path: Path) -> None:
    checks = spoken(tmp_path)
    for named in (f"Ada Crane said: “{NEVER}”.", f"“{NEVER},” said Crane.", f"“{NEVER}”, it said."):
        assert only(check(checks, named)).verdict in {"exact", "same words"}
    found = only(check(checks, f"Bela Moor said: “{NEVER}”."))
    assert (found.verdict, found.named) == ("misattributed", "Bela Moor")
    assert "Ada Crane" in found.message


def test_claims_that_are_cited_stand_or_do_not(tmp_path: Path) -> None:
    checks = spoken(tmp_path)
    report = check(
        checks, "See [@report, line 1].\n\n<!-- claim: gone -->\n\n<!-- claim: paid -->\n"
    )
    place, gone, paid = report.citations
    assert {c.id: c.standing for c in place.claims} == {"paid": "disputed", "gone": "retracted"}
    assert (place.ok, gone.ok, paid.ok) == (True, False, True)
    assert "It was a slip." in gone.message
    assert "against" in paid.message
    assert not report.ok


def test_ids_of_claims_may_be_keys_and_unknown_ones_are_told(tmp_path: Path) -> None:
    checks = spoken(tmp_path)
    report = check(checks, "See [@gone] and [@sean].\n\n<!-- claims: seem, seen -->\n")
    gone, sean, seem, seen = report.citations
    assert (gone.known, gone.ok, gone.claims[0].standing) == (True, False, "retracted")
    assert (sean.known, seem.known, seen.known) == (False, False, True)
    assert "no claim called seem" in seem.message
    assert seen.place.line == 3


def test_a_bare_key_is_a_citation_in_markdown_alone(checks: Checker) -> None:
    draft = "Ask @somebody, or see @letter.\n"
    assert [c.key for c in check(checks, draft).citations] == ["somebody", "letter"]
    assert [c.key for c in check(checks, draft, "draft.txt").citations] == ["letter"]


def test_fix_corrects_words_and_never_what_weighs(checks: Checker) -> None:
    draft = (
        "“It was paid in silver, which the ministry did not declare” and\n"
        "“The firm of Rey sold ten rockets to the garrison” and\n"
        "“It was *paid* in silver, which the ministry did not declare”.\n"
    )
    done = fixed(checks, read(draft.encode(), "draft.md"))
    assert (done.corrected, done.left) == (1, 2)
    first, second, third = done.text.splitlines()
    assert first == "“It was paid in copper, which the ministry did not declare” and"
    assert [second, third] == draft.splitlines()[1:]
    verdicts = [q.verdict for q in check(checks, first).quotations]
    assert verdicts == ["same words"]


@pytest.mark.parametrize(
    ("draft", "copy"),
    [
        ("'It was paid in tin, which the ministry did not declare.'",
         "'It was paid in copper, which the ministry did not declare.'"),
        ("“the crates were shipped on a barge named Heron”",
         "“The crates were moved on a barge named Heron”"),
        ("“It was paid in copper, the harbour was quiet that night, and the lamps were out”", None),
        ("“tated the cargo. The [sealed] hold”", None),
        ("“It was paid in silver, which the ministry did not declare” [@letter]", None),
    ],
)  # fmt: skip
def test_fix_leaves_what_is_not_sure(checks: Checker, draft: str, copy: str | None) -> None:
    done = fixed(checks, read(draft.encode(), "draft.txt"))
    assert done.text == (copy or draft)
    assert (done.corrected, done.left) == ((1, 0) if copy else (0, 1))


def test_fix_escapes_what_markdown_would_read(tmp_path: Path) -> None:
    text = "Our firm sold *two* crates of [sealed] goods to the northern mill.\n"
    checks = Checker(load(knowledge(tmp_path, {"report": text})))
    draft = "> Our firm sold *two* crates of sealed wares to the northern mill.\n"
    plain = draft.replace("*", "")
    assert fixed(checks, read(draft.encode(), "d.md")).corrected == 0
    done = fixed(checks, read(plain.encode(), "d.md"))
    assert (
        done.text
        == "> Our firm sold \\*two\\* crates of \\[sealed\\] goods to the northern mill.\n"
    )
    assert check(checks, done.text).ok


def test_of_two_sources_the_one_that_is_cited_is_meant(checks: Checker) -> None:
    assert only(check(checks, "“barge named Heron”")).verdict == "ambiguous"
    for name in "report", "letter":
        found = only(check(checks, f"“barge named Heron” [@{name}]"))
        assert (found.verdict, found.passages[0].source) == ("exact", name)


PAGES = "The first page says little of it.\fThe second page tells of a mill by the weir.\n"


def test_pages_are_places_too(tmp_path: Path) -> None:
    path = knowledge(tmp_path, {"report": PAGES})
    content = json.loads(path.read_text("utf-8"))
    starts = [{"label": "iv", "start": 0}, {"label": "5", "start": PAGES.index("\f") + 1}]
    content["sources"][0]["archive"]["pages"] = starts
    path.write_text(json.dumps(content), "utf-8")
    checks = Checker(load(path))
    right = only(check(checks, "“tells of a mill by the weir” [@report, p. 5]"))
    assert (right.verdict, right.passages[0].page, right.warnings) == ("exact", "5", ())
    wrong = only(check(checks, "“tells of a mill by the weir” [@report, p. iv]"))
    assert [warning.kind for warning in wrong.warnings] == ["locator"]


def test_a_work_may_be_quoted_by_way_of_another(tmp_path: Path) -> None:
    book = {"role": "book", "name": "The Book", "mode": "narrates", "work": "book"}
    teller = {"role": "journalist", "name": "The Gazette", "mode": "paraphrases"}
    writer = {"role": "author", "name": "Ada Crane", "mode": "unclear"}
    lists: dict[str, Any] = {
        "claims": [
            claim("told", speakers=[teller, book], evidence=[{"quote": "p"}]),
            claim("own", speakers=[teller], evidence=[{"quote": "q"}]),
            claim("put", speakers=[teller, writer], evidence=[{"quote": "r"}]),
        ],
        "quotes": [
            quote("p", "report", REPORT, "It was paid in copper"),
            quote("q", "report", REPORT, NEVER),
            quote("r", "report", REPORT, "The [sealed] hold was never opened"),
        ],
        "others": [source("book"), source("work")],
    }
    path = knowledge(tmp_path, {"report": REPORT, "letter": LETTER}, **lists)
    content = json.loads(path.read_text("utf-8"))
    content["sources"][0]["reports_on"] = ["book"]
    path.write_text(json.dumps(content), "utf-8")
    checks = Checker(load(path))
    through = only(check(checks, "“It was paid in copper” [@book, p. 3]"))
    assert (through.verdict, through.warnings[0].kind) == ("exact", "through")
    own = only(check(checks, f"“{NEVER}” [@book]"))
    assert (own.verdict, own.passages[0].source) == ("misattributed", "report")
    put = only(check(checks, "Ada Crane writes “The [sealed] hold was never opened”."))
    assert "paraphrase" in [warning.kind for warning in put.warnings]


def test_the_nearest_passage_of_another_source_is_told(checks: Checker) -> None:
    found = only(
        check(checks, "“It was paid in silver, which the ministry did not declare” [@letter]")
    )
    assert found.verdict == "altered"
    assert [warning.kind for warning in found.warnings] == ["source"]


def test_the_line_before_a_block_quotation_may_cite_it(checks: Checker) -> None:
    intro = "The letter has it [@letter, line 3]:\n\n> It was paid in copper\n"
    assert only(check(checks, intro)).verdict == "misattributed"
    after = "> It was paid in copper\n\n[@letter]\n"
    assert only(check(checks, after)).cited == ("@letter",)
    note = "> It was paid in copper[^1]\n\n[^1]: @letter\n"
    assert only(check(checks, note)).text == "It was paid in copper"


def test_single_marks_end_where_the_words_are_real(checks: Checker) -> None:
    found = only(
        check(checks, "‘the owners broke the rules of the port, their insurers found’ it said")
    )
    assert found.verdict == "exact"


def test_what_is_open_is_counted_as_not_read(checks: Checker) -> None:
    report = check(checks, "<p>A block of HTML</p>\n\nHe said “It was paid and went.\n\nOn.\n")
    assert [item.line for item in report.unread] == [1, 3]
    report = check(checks, "<div>\n<5 million weapons were “sold in secret”.\n")
    assert [item.line for item in report.unread] == [1]
    assert not check(checks, "<div>\n<p class='x\n").unread
