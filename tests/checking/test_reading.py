"""What is read of drafts, and whether each character is found again in its file."""

import shutil

import pytest

from targetmarkets.checking import latex, marks
from targetmarkets.checking.check import Checker
from targetmarkets.checking.citing import citations
from targetmarkets.checking.draft import Draft
from targetmarkets.checking.markdown import CODE
from targetmarkets.checking.reading import read
from targetmarkets.errors import DocumentError, UsageError
from targetmarkets.kb.json_file import load
from targetmarkets.kb.paths import bundled
from tests.conftest import ROOT
from tests.importing.packages import docx


def words(draft: Draft) -> list[str]:
    return [marked.text(b.text) for b in draft.blocks for marked in marks.quotations(b.text).found]


MARKDOWN = """\
---
title: "not read here"
---
# A “head of three words”

It *said “so with* some **emphasis** here” and [a “link that leads”](http://x.example/b "a title").
Some `"code that is not"` and \\"an escape\\", then <q>an element of HTML</q>; “over a
line end” too.[^1]

> A block of
> two lines.

> [!NOTE]
> “An alert is no block quotation.”

- an item “with three words”
  and “more on a
  second line”

| a cell “of three words” | “another of them” |
|---|---|
| “and in a row” | x |

[^1]: See “a note of three”.

    And “its second paragraph here”.

[link]: http://x.example/ "the title of it"

```
"fenced code is none" <!-- claim: not-this -->
```

<!-- claims: one-claim, two -->
A [span]{claim="three"}.
"""


def test_markdown_is_read_with_every_quotation_at_its_place() -> None:
    draft = read(MARKDOWN.encode(), "draft.md")
    found = words(draft)
    assert found == [
        "head of three words", "so with some emphasis here", "link that leads", "an escape",
        "an element of HTML", "over a\nline end", "An alert is no block quotation.",
        "with three words", "more on a\nsecond line", "of three words", "another of them",
        "and in a row", "a note of three", "its second paragraph here",
    ]  # fmt: skip
    assert draft.source == MARKDOWN
    for block in draft.blocks:
        assert len(block.text) == len(block.places)
        for character, place in zip(block.text, block.places, strict=True):
            if character not in f"“”\n{CODE}":
                assert MARKDOWN[place] in {character, "\\"}
    assert [b.text for b in draft.blocks if b.quoted] == ["A block of\ntwo lines."]
    assert [b.text[:5] for b in draft.notes["1"]] == ["See “", "And “"]
    assert [mark.claim for mark in draft.marks] == ["one-claim", "two", "three"]


def test_lines_and_columns_are_those_of_the_file() -> None:
    draft = read(b"# One\r\n\r\nA *very* \xe2\x80\x9cgood place here\xe2\x80\x9d.\r\n", "d.md")
    block = draft.blocks[1]
    at = block.text.index("good")
    assert draft.position(block.place(at)) == (3, 11)
    assert draft.position(None) is None


def test_plain_text_has_paragraphs_and_quoted_lines() -> None:
    draft = read(b'One "two three\nfour" five.\n\n> a quoted\n> letter\n\n*no mark-up*\n', "a.txt")
    assert [(b.text, b.quoted) for b in draft.blocks] == [
        ('One "two three\nfour" five.', False), ("a quoted\nletter", True), ("*no mark-up*", False),
    ]  # fmt: skip
    assert draft.source is not None
    quoted = draft.blocks[1]
    assert [draft.source[place] for place in quoted.places] == list("a quoted\nletter")


def test_documents_are_read_by_our_own_readers() -> None:
    data = docx("<w:p><w:r><w:t>He said “these three words” then.</w:t></w:r></w:p>")
    draft = read(data, "draft.docx")
    assert (draft.kind, draft.source) == ("DOCX", None)
    assert words(draft) == ["these three words"]
    page = "<html><body><p>One “two three four”.</p><p>Five.</p></body></html>"
    assert words(read(page.encode(), "draft.html")) == ["two three four"]
    with pytest.raises(DocumentError):
        read(b"PK\x03\x04 and no more", "draft.odt")
    with pytest.raises(DocumentError, match="not UTF-8"):
        read(b"caf\xe9", "draft.md", "markdown")


def test_a_pdf_has_lines_of_the_page_and_paragraphs_all_the_same() -> None:
    path = ROOT / "docs" / "tutorial" / "article.pdf"
    draft = read(path.read_bytes(), path.name)
    report = Checker(load(bundled())).check([draft])
    assert report.verdicts["exact"] + report.verdicts["same words"] > 5
    assert report.verdicts["altered"] == report.verdicts["absent"] == 0


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc reads it")
def test_latex_is_read_by_pandoc() -> None:
    text = r"He said ``these three words'' \cite[p.~3]{work}. \input{/etc/passwd}"
    draft = read(text.encode(), "draft.tex")
    assert words(draft) == ["these three words"]
    assert [c.shown for b in draft.blocks for c in citations(b.text)] == ["@work, p. 3"]
    assert not any("root:" in block.text for block in draft.blocks)


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc reads it")
def test_latex_that_pandoc_cannot_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DocumentError, match="pandoc cannot read it"):
        read(b"\\begin{quote} never ended", "draft.tex")
    monkeypatch.setattr(latex, "SECONDS", 0.001)
    with pytest.raises(DocumentError, match="took over"):
        read(b"text", "draft.tex")


def test_latex_without_pandoc_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(UsageError) as error:
        read(b"text", "draft.tex")
    assert "install pandoc" in str(error.value.remedy)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“one” and \"two\" and 'three'", ["one", "two", "three"]),
        ("« une chose » et „eine Sache“ och ”en sak”", [" une chose ", "eine Sache", "en sak"]),
        ("»andersherum« und ›klein‹", ["andersherum", "klein"]),
        ("「日本の」と『本』", ["日本の", "本"]),
        ("“outer ‘inner’ “same” end”", ["outer ‘inner’ “same” end"]),
        ("don’t and the ’90s, the firms’ goods, rock ’n’ roll", []),
        ('a 5" pipe and a 6" one', []),
        ("``as TeX has it''", ["as TeX has it"]),
    ],
)
def test_every_style_of_marks(text: str, found: list[str]) -> None:
    assert [marked.text(text) for marked in marks.quotations(text).found] == found


def test_marks_that_may_be_apostrophes_keep_every_end() -> None:
    text = "‘the firms’ goods were sold’ then"
    (marked,) = marks.quotations(text).found
    assert [text[marked.start : end] for end in (marked.end, *marked.ends)] == [
        "the firms", "the firms’ goods were sold",
    ]  # fmt: skip


def test_what_nothing_closes_is_told_or_goes_on() -> None:
    assert marks.quotations("He said “so and went.").unclosed == [8]
    going = marks.quotations("“So it went on", goes_on=True)
    assert (going.found[0].start, going.unclosed) == (1, [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[@a, p. 3; see @b-c, pp. 4-5]", ["@a, p. 3", "@b-c, p. 4-5"]),
        ("@a [line 14] and -@b", ["@a, line 14", "@b"]),
        ("[@{https://x.example/1}, 12]", ["@https://x.example/1, p. 12"]),
        ("mail me@x.example, [@a{}, page header]", ["@a"]),
        ("[see the link](http://x/@a)", []),
        ("[@berger-2015; quoted in @nknews-2015]", ["@berger-2015", "@nknews-2015"]),
    ],
)
def test_citations(text: str, found: list[str]) -> None:
    assert [cited.shown for cited in citations(text)] == found


def test_a_range_of_places_holds_each() -> None:
    (cited,) = citations("[@a, lines 14-6, 20]")
    assert cited.numbers() >= {"14", "15", "16", "20"}
