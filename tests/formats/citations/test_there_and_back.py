"""What each format makes of a record is read as that record again."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from targetmarkets.formats.interface import Citing, Look
from targetmarkets.formats.registry import set_citations
from targetmarkets.importing.bibliography import read_record
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.model.csl import TYPES, Bibliography
from targetmarkets.model.objects import Source
from targetmarkets.records.citation import Citation
from targetmarkets.records.works import Work
from targetmarkets.writing.edits import build
from tests.build import knowledge, source

FORMATS = ("csl-json", "bibtex", "ris")


def dumped(work: Bibliography) -> dict[str, Any]:
    return work.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def check(works: dict[str, Source], format_: str) -> None:
    file = set_citations(Citing([Citation(id_) for id_ in works], works), format_, Look())
    for id_, work in works.items():
        read = read_record(file, id_)
        assert (read.left_out, read.key) == ((), id_)
        assert dumped(build(Bibliography, read.fields)) == dumped(Work.of(work))


@pytest.mark.parametrize("format_", FORMATS)
def test_every_bundled_source_comes_back(kb: FileKnowledge, format_: str) -> None:
    check(dict(kb.sources), format_)


LETTERS = "abcdeFGH éŁ朝أ"
SIGNS = "’–—“”‘.,:;!?()[]{}<>@#$%^&*_~`|\\/\"'-+=0123"
TEXTS = st.text(LETTERS + LETTERS + SIGNS, min_size=1, max_size=16).map(
    lambda text: " ".join(text.split()) or "x"
)
RICH = st.one_of(
    TEXTS,
    st.tuples(TEXTS, st.sampled_from(["i", "b", "sup", "sub"]), TEXTS).map(
        lambda parts: f"a{parts[0]} <{parts[1]}>{parts[2]}x</{parts[1]}>"
    ),
)
PEOPLE = st.one_of(
    st.fixed_dictionaries({"literal": TEXTS}),
    st.fixed_dictionaries(
        {"family": TEXTS},
        optional={
            "given": TEXTS, "suffix": TEXTS, "dropping-particle": st.sampled_from(["de", "da la"]),
            "non-dropping-particle": st.sampled_from(["La", "von", "al-", "van der"]),
        },
    ),
)  # fmt: skip
NAMES = st.tuples(st.lists(PEOPLE, min_size=1, max_size=3), st.booleans()).map(
    lambda pair: [*pair[0], {"literal": "others"}] if pair[1] else pair[0]
)
DATES = st.one_of(
    st.tuples(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28), st.integers(1, 3)).map(
        lambda p: {"date-parts": [list(p[: p[3]])]}
    ),
    st.sampled_from(
        [
            {"date-parts": [[1998]], "circa": True, "edtf": "1998~"},
            {"date-parts": [[2004]], "circa": True, "edtf": "2004?"},
            {"date-parts": [[2015]], "season": 1, "edtf": "2015-21"},
            {"date-parts": [[2011], [2012, 3]], "edtf": "2011/2012-03"},
            {"date-parts": [[2009]], "literal": "since 2009", "edtf": "2009/.."},
            {"literal": "2010s", "edtf": "201X"},
            {"literal": "in press"},
        ]
    ),
)
LINES = ("container-title", "collection-title", "collection-number", "publisher", "volume", "issue",
         "page", "number", "number-of-pages", "authority", "genre", "version", "event-title",
         "archive", "archive_location", "note")  # fmt: skip
WORKS = st.fixed_dictionaries(
    {"type": st.sampled_from(sorted(TYPES)), "title": RICH},
    optional={
        **dict.fromkeys(LINES, TEXTS),
        **dict.fromkeys(("author", "editor", "translator", "container-author"), NAMES),
        **dict.fromkeys(("issued", "accessed", "original-date"), DATES),
        "language": st.sampled_from(["en", "en-GB", "pt-BR", "fr"]),
        "DOI": st.just("10.1002/(SICI)1096-987X(199803)19:4<377::AID-JCC1>3.0.CO;2-P"),
        "URL": st.just("https://example.org/ä?q=a&c=%20#x_~y"),
    },
)


@pytest.mark.parametrize("format_", FORMATS)
def test_any_record_comes_back(format_: str) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(WORKS, min_size=1, max_size=8))
    @example([{"type": "book", "title": "T", "container-title": "T", "page": "A-12"}])
    @example([{"type": "report", "title": "A <i>b</i> 50%", "page": "225-229, 240"}])
    @example([{"type": "book", "title": "T", "author": [{"family": "others"}, {"literal": "and"}]}])
    def holds(bibliographies: list[dict[str, Any]]) -> None:
        sources = [source(f"w{n}", bibliography=b) for n, b in enumerate(bibliographies)]
        check(dict(knowledge(sources=sources).sources), format_)

    holds()


def test_what_has_no_place_in_a_format_is_named(kb: FileKnowledge) -> None:
    from targetmarkets.formats.registry import lost

    citing = Citing([Citation(id_) for id_ in kb.sources], kb.sources)
    assert lost(citing, "csl-json") == {}
    assert lost(citing, "bibtex") == {}
    assert lost(citing, "ris")["author"] > 1
    work = {"type": "treaty", "title": "T", "authority": "A", "publisher": "B", "issue": "1"}
    citing = Citing(
        [Citation("w")], {"w": knowledge(sources=[source("w", bibliography=work)]).sources["w"]}
    )
    assert lost(citing, "ris") == {"type": 1, "authority": 1, "issue": 1}
    assert json.loads(set_citations(citing, "csl-json", Look()))[0]["type"] == "treaty"
