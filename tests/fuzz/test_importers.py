"""What is given to be taken in: documents, bibliographies, claims, objects and texts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targetmarkets.importing import extract_child
from targetmarkets.importing.readers.reading import UnfitError
from tests.fuzz import hostile
from tests.fuzz.box import BETTER, BIBTEX, CSL, PAGE, TEXT, Box, content
from tests.fuzz.budget import cases
from tests.fuzz.mutation import mutated
from tests.fuzz.running import run
from tests.fuzz.shapes import bibtex, pages, pdfs, ris, scrambled

ADD = ("add", "source", "--descriptor", "Ours.", "--title", "T")


@cases(150)
@given(st.data())
def test_no_record_of_csl_json_breaks_the_import(box: Box, data: st.DataObject) -> None:
    box.restore()
    works = data.draw(WORKS)
    words = data.draw(st.sampled_from(((), ("--key", "one"), ("--key", "two"), ("--title", "T"))))
    words = ("--record", "-", "--descriptor", "Ours.", *words)
    done = run(box, "add", "source", *words, stdin=works, terminal=data.draw(st.booleans()))
    if done.code == 0:
        proved(box, done.stdout.strip())


WORKS = st.one_of(mutated(json.dumps(CSL)), mutated(json.dumps(CSL[0])))


@cases(150)
@given(st.one_of(bibtex, scrambled(BIBTEX), ris), st.sampled_from(("one", "two", "", None)))
def test_no_bibliography_breaks_the_import(box: Box, works: bytes, key: str | None) -> None:
    box.restore()
    chosen = () if key is None else ("--key", key)
    done = run(box, "add", "source", "--record", "-", "--descriptor", "D.", *chosen, stdin=works)
    if done.code == 0:
        proved(box, done.stdout.strip())


@cases(150)
@given(mutated(json.dumps(content()["claims"][:2])), st.booleans())
def test_no_json_of_claims_breaks_the_import(box: Box, claims: bytes, dry: bool) -> None:
    box.restore()
    changes(box, "add", "claim", "--from", "-", *["--dry-run"] * dry, stdin=claims)


OBJECTS = [
    *((item, content()[name][0]) for name, item in (
        ("sources", "article"), ("quotes", "q-masks"), ("customers", "syria"),
        ("categories", "resilient"), ("groups", "many"), ("claims", "syria-class"),
    )),
]  # fmt: skip


@pytest.mark.parametrize(("name", "stored"), OBJECTS, ids=[name for name, _ in OBJECTS])
def test_no_json_of_an_object_breaks_the_edit(
    box: Box, name: str, stored: dict[str, object]
) -> None:
    @cases(30)
    @given(mutated(json.dumps(stored)))
    def holds(text: bytes) -> None:
        box.restore()
        changes(box, "edit", name, "--from", "-", stdin=text)

    holds()


@cases(80)
@given(st.one_of(scrambled(TEXT), scrambled(BETTER), hostile.binaries), st.data())
def test_no_text_breaks_the_anchoring(box: Box, text: bytes, data: st.DataObject) -> None:
    box.restore()
    choices = data.draw(st.lists(st.sampled_from(("q-masks", "q-odd", "q-page", "x")), max_size=2))
    words = [f"--passage={id_}={data.draw(hostile.arguments)}" for id_ in choices]
    changes(box, "anchor", "article", "-", *words, stdin=text)


@cases(80)
@given(hostile.texts, st.booleans(), st.sampled_from((None, "1", "2", "99")))
def test_no_passage_breaks_the_quoting(box: Box, text: str, ignore: bool, nth: str | None) -> None:
    box.restore()
    words = [*["--ignore-case"] * ignore, *(["--nth", nth] if nth else [])]
    changes(
        box, "add", "quote", "article", "-", *words, stdin=text.encode("utf-8", "surrogatepass")
    )


@cases(300)
@given(st.one_of(pages, scrambled(PAGE)))
def test_no_page_breaks_its_reader(page: bytes) -> None:
    """The reader of the confined process, run here, as a process for each would take too long."""
    try:
        answer = extract_child.answer(extract_child.reader("text/html")(page, ""))
    except UnfitError as error:
        answer = {"text": " / ".join(error.args)}
    assert answer["text"].strip()
    assert not hostile.UNFIT.search(json.dumps(answer, ensure_ascii=False))


@cases(25)
@given(st.one_of(pages, scrambled(PAGE), pdfs(), pdfs(), hostile.binaries), st.booleans())
def test_no_document_breaks_the_import(box: Box, document: bytes, terminal: bool) -> None:
    box.restore()
    (box.folder / "page.html").write_bytes(document)
    changes(box, *ADD, "page.html", terminal=terminal)


def changes(box: Box, *words: str, stdin: bytes = b"", terminal: bool = False) -> None:
    """Run a line that writes; what it wrote is proved, and can be shown."""
    done = run(box, *words, stdin=stdin, terminal=terminal)
    if done.code == 0 and "--dry-run" not in words:
        proved(box, *done.stdout.split()[:1] if words[0] == "add" else ())


def proved(box: Box, *ids: str) -> None:
    assert run(box, "verify").code == 0
    if ids:
        assert run(box, "show", *ids, terminal=True).code == 0
        assert run(box, "cite", "--format", "csl-json", *ids).code == 0
