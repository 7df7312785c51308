"""What is there under two ids is found, and is not added."""

import json
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.errors import RefusedError
from targetmarkets.evidence import twins
from targetmarkets.evidence.verification import verify
from targetmarkets.model.objects import Customer
from targetmarkets.writing.copying import copy
from targetmarkets.writing.edits import build
from targetmarkets.writing.transaction import begin
from tests.build import claim, content, customer, source

SYRIA = {"alpha_2": "SY", "alpha_3": "SYR", "numeric": "760"}


def work(id_: str, bibliography: Any, **fields: Any) -> dict[str, Any]:
    whole = {"type": "report", "title": f"Title of {id_}", **bibliography}
    return source(id_, bibliography=whole, **fields)


def saved(folder: Path, **lists: Any) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "customers.json"
    path.write_text(json.dumps(content(**lists)), "utf-8")
    return path


def found(path: Path) -> list[tuple[str | None, str]]:
    return [(f.id, f.message) for f in verify(path).findings if f.check == "twins"]


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ({"DOI": "10.1000/ABC"}, {"DOI": "https://doi.org/10.1000/abc"}, "DOI"),
        ({"DOI": "10.1000/ABC"}, {"DOI": "doi:10.1000/abc"}, "DOI"),
        ({"URL": "https://www.example.org/a/"}, {"URL": "http://example.org/a#page=3"}, "address"),
        ({"URL": "https://example.org/a"}, {"URL": "https://example.org/b"}, None),
        ({"URL": "https://example.org/#/a"}, {"URL": "https://example.org/#/b"}, None),
        ({"URL": "https://example.org/#!a"}, {"URL": "https://example.org/"}, None),
        ({"URL": "https://e.org/#/a/"}, {"URL": "https://e.org/#/a#page=3"}, "address"),
        ({"DOI": "10.1000/1"}, {"DOI": "10.1000/2"}, None),
        ({"URL": "https://e.org", "number": "1"}, {"URL": "https://e.org", "number": "2"}, None),
        ({"URL": "https://e.org", "number": "1"}, {"URL": "https://e.org"}, "address"),
    ],
)
def test_sources_that_are_one_work(
    tmp_path: Path, one: dict[str, str], other: dict[str, str], what: str | None
) -> None:
    path = saved(tmp_path, sources=[work("a", one), work("b", other)])
    told = f"has the {what} that b has: the two count as independent"
    assert found(path) == ([("a", told)] if what else [])
    stored = copy(path, tmp_path / "kb.sqlite")
    assert found(stored) == found(path)


def test_those_that_report_on_one_work_are_not_independent_anyhow(tmp_path: Path) -> None:
    url = {"URL": "https://example.org/a"}
    third = work("c", {})
    both = [work("a", url, reports_on=["c"]), work("b", url, reports_on=["c"])]
    assert found(saved(tmp_path, sources=[third, *both])) == []
    one = [work("a", url, reports_on=["b"]), work("b", url)]
    assert found(saved(tmp_path, sources=one)) == []
    assert len(found(saved(tmp_path, sources=[work("a", url), work("b", url), third]))) == 1


def test_works_of_which_nothing_is_known_are_not_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with each, they would take time by the square."""
    monkeypatch.setattr(twins, "_numbered", lambda *_: pytest.fail("two are compared"))
    unknown = [work(f"work-{nth}", {"URL": "https://"} if nth % 2 else {}) for nth in range(9)]
    assert found(saved(tmp_path, sources=unknown)) == []


def test_of_many_copies_each_is_told_once(tmp_path: Path) -> None:
    copies = [work(f"copy-{nth}", {"DOI": "10.1000/1"}) for nth in range(9)]
    assert len(found(saved(tmp_path, sources=copies))) == 8
    address = {"URL": "https://example.org/a"}
    both = work("both", {"DOI": "10.1000/1", **address})
    told = found(saved(tmp_path, sources=[copies[0], both, work("there", address)]))
    assert [message.split(": ")[0] for _, message in told] == [
        "has the DOI that both has",
        "has the address that there has",
    ]


def test_one_text_under_two_ids(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "sources" / name).write_text("Words.")
    import hashlib

    hash_ = hashlib.sha256(b"Words.").hexdigest()
    sources = [
        source(name, archive={"file": f"{name}.txt", "sha256": hash_, "media_type": "text/plain"})
        for name in ("a", "b")
    ]
    path = saved(tmp_path, sources=sources)
    assert [message[:20] for _, message in found(path)] == ["has the text that b "]


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ({"name": "Syria"}, {"name": "Syria"}, "Syria"),
        ({"name": "Syria"}, {"name": "SYRIA"}, "Syria"),
        ({"name": "Syria"}, {"name": "Suriya", "aliases": ["Syria"]}, "Syria"),
        ({"name": "Suriya", "aliases": ["Syria"]}, {"name": "Syria"}, "Syria"),
        ({"iso_3166": SYRIA}, {"iso_3166": SYRIA}, "SY"),
        ({"aliases": ["Congo"]}, {"aliases": ["Congo"]}, None),
        ({"aliases": ["X"]}, {"aliases": ["Y"]}, None),
    ],
)
def test_customers_that_neither_is_found_by(
    tmp_path: Path, one: dict[str, Any], other: dict[str, Any], name: str | None
) -> None:
    path = saved(tmp_path, customers=[customer("a", **one), customer("b", **other)])
    told = f"goes by {name!r}, and so does b: neither is found by it"
    assert found(path) == ([("a", told)] if name else [])
    assert found(copy(path, tmp_path / "kb.sqlite")) == found(path)


@pytest.mark.parametrize("store", [False, True])
def test_neither_is_added(tmp_path: Path, store: bool) -> None:  # noqa: FBT001 - a parameter
    path = saved(tmp_path, customers=[customer("syria")], claims=[claim("c", "syria")])
    kb = copy(path, tmp_path / "kb.sqlite") if store else path
    for fields in ({"name": "Syria"}, {"name": "Suriya", "aliases": ["Syria"]}):
        with begin(kb) as transaction:
            transaction.add(build(Customer, customer("another", **fields)))
            with pytest.raises(RefusedError) as caught:
                transaction.commit()
        (finding,) = caught.value.findings
        assert (finding.check, finding.id) == ("twins", "another")
        assert "so does syria" in finding.message
    with begin(kb) as transaction:  # what is wrong already stops nothing else
        transaction.add(build(Customer, customer("iran")))
        transaction.commit()
