"""Memory and work grow at most in proportion to the input: measured at three sizes, each twice the
one before, by the peak of what Python allocates and by counts of work, and never by seconds.
"""

import json
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from targetmarkets import limits
from targetmarkets.evidence.coverage import report
from targetmarkets.importing.readers import html
from targetmarkets.kb.files import sha256
from targetmarkets.kb.json_file import load
from targetmarkets.text import folding, nearest
from targetmarkets.text.matching import Searchable
from targetmarkets.text.sentences import sentences
from tests.build import archive, category, claim, classification, content, customer, source
from tests.running import Run

Work = Callable[[], object]


def peak(work: Work) -> int:
    """The most that Python has allocated at once while something is done."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def steps(work: Work) -> int:
    """How many functions are called while something is done, those of C with them."""
    count = 0

    def counting(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counting)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def in_proportion(measured: Sequence[int]) -> bool:
    """Whether what was measured at twice the size is at most twice as much, and a tenth."""
    return all(larger <= 2.2 * smaller for smaller, larger in pairwise(measured))


LINE: Final = "A line of nine words stands here, and ends.\n"


def of_claims(folder: Path, size: int) -> Path:
    """A knowledge base of so many claims, each of which rests on a quotation of its own."""
    text = "".join(f"Line {number} tells of crates.\n" for number in range(size))
    quotes, place = [], 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        end = place + len(line) - 1
        quotes.append({"id": f"q{number}", "source": "work", "exact": line[:-1], "start": place,
                       "end": end})  # fmt: skip
        place = end + 1
    told = [claim(f"c{number}", "a", evidence=[{"quote": f"q{number}"}]) for number in range(size)]
    archived = {"file": "t.txt", "sha256": sha256(text.encode()), "media_type": "text/plain"}
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "t.txt").write_text(text, "utf-8")
    path = folder / "customers.json"
    lists = content(
        sources=[source(archive=archived)], quotes=quotes, customers=[customer("a")], claims=told
    )
    path.write_text(json.dumps(lists), "utf-8")
    return path


def showing(folder: Path, size: int, tm: Run, *more: str) -> Work:
    kb = archive(folder, LINE * size)
    return lambda: tm("show", "work", *more, "--kb", str(kb))


def quoting(folder: Path, size: int, tm: Run) -> Work:
    kb = archive(folder, "x" + "ab" * (8 * size))
    return lambda: tm("add", "quote", "work", "ab" * 40 + "a", "--kb", str(kb))


def with_hyphens(_folder: Path, size: int, _tm: Run) -> Work:
    return lambda: Searchable("a-" * (8 * size)).find("nowhere to be found")


def passage_on_stdin(folder: Path, size: int, tm: Run) -> Work:
    kb = archive(folder, LINE)
    return lambda: tm("add", "quote", "work", "-", "--kb", str(kb), input="word " * size)


def claims_on_stdin(folder: Path, size: int, tm: Run) -> Work:
    path = folder / "customers.json"
    folder.mkdir()
    path.write_text(json.dumps(content(customers=[customer("a")])), "utf-8")
    given = json.dumps([claim(f"c{number}", "a") for number in range(size // 4)])
    return lambda: tm("add", "claim", "--from", "-", "--dry-run", "--kb", str(path), input=given)


def deep_page(_folder: Path, size: int, _tm: Run) -> Work:
    page = f"<html><body>{'<div><ul><li>' * size}Words".encode()
    return lambda: html.read(page)


def long_page(_folder: Path, size: int, _tm: Run) -> Work:
    page = f"<html><body>{'<div><p class=x>Words <b>and</b> words.</div>' * size}".encode()
    return lambda: html.read(page)


def on_claims(folder: Path, size: int, tm: Run, *words: str) -> Work:
    kb = of_claims(folder, size // 4)
    return lambda: tm(*words, "--kb", str(kb))


def loading(folder: Path, size: int, _tm: Run) -> Work:
    kb = of_claims(folder, size // 4)
    return lambda: load(kb)


INPUTS: Final[dict[str, Callable[[Path, int, Run], Work]]] = {
    "an archive that is shown": showing,
    "all of it": lambda *given: showing(*given, "--full"),
    "a passage in a text that repeats itself": quoting,
    "a text of hyphens": with_hyphens,
    "a passage on stdin": passage_on_stdin,
    "claims on stdin": claims_on_stdin,
    "a page of elements within one another": deep_page,
    "a long page": long_page,
    "a knowledge base that is loaded": loading,
    "one that is verified": lambda *given: on_claims(*given, "verify"),
    "one that is listed": lambda *given: on_claims(*given, "list", "claims", "--json"),
    "one that is searched": lambda *given: on_claims(*given, "search", "crates"),
    "a customer of many claims": lambda *given: on_claims(*given, "show", "a"),
    "all of its claims": lambda *given: on_claims(*given, "show", "a", "--full"),
}
"""What comes from outside in any size: how something of a size is made ready to be measured."""


@pytest.mark.long
@pytest.mark.parametrize("measure", [peak, steps])
@pytest.mark.parametrize("name", INPUTS)
def test_memory_and_work_grow_with_the_input(
    tmp_path: Path, tm: Run, name: str, measure: Callable[[Work], int]
) -> None:
    ready = [INPUTS[name](tmp_path / str(size), size, tm) for size in (1_000, 2_000, 4_000)]
    ready[0]()  # what is made once is made before
    measured = [measure(work) for work in ready]
    assert in_proportion(measured), measured


def test_a_measure_of_work_sees_what_grows_by_the_square() -> None:
    def work(size: int) -> Work:
        return lambda: [[abs(one) for one in range(size)] for _ in range(size)]

    assert not in_proportion([steps(work(size)) for size in (20, 40, 80)])
    assert not in_proportion([peak(work(size)) for size in (100, 200, 400)])


def test_a_hyphen_that_stays_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    dash = folding._dash

    def counting(match: Any) -> str:
        looked.append(match[0])
        return dash(match)

    monkeypatch.setattr(folding, "_dash", counting)
    folded = folding.fold("a-" * 1_000 + "b–c -d e--f g- h i-").text
    assert folded == "a-" * 1_000 + "b-c -d e-f g-h i-"
    assert looked == ["–", "-", "--", "- ", "-"]


def of_categories(folder: Path, size: int) -> Path:
    """A knowledge base of so many customers in three categories, of which as much is said."""
    sorted_ = [
        classification(f"in{number}", f"c{number}", f"k{number % 3}") for number in range(size)
    ]
    told = [claim(f"of{number}", f"k{number % 3}", scope="group") for number in range(size)]
    lists = content(
        customers=[customer(f"c{number}") for number in range(size)],
        categories=[category(f"k{number}") for number in range(3)],
        claims=sorted_ + told,
    )
    folder.mkdir()
    path = folder / "customers.json"
    path.write_text(json.dumps(lists), "utf-8")
    return path


@pytest.mark.parametrize("measure", [peak, steps])
@pytest.mark.parametrize(
    "shown",
    [
        ("--format", "table"),
        ("--format", "table", "--sort", "name"),
        ("--format", "csv"),
        ("--format", "tsv", "--fields", "id,category_basis.citation"),
        ("--json", "--fields", "id,overview.last"),
        ("--json", "--fields", "name", "--sort", "region,name", "--reverse"),
    ],
)
def test_a_list_costs_what_it_shows(
    tmp_path: Path, tm: Run, shown: Sequence[str], measure: Callable[[Work], int]
) -> None:
    """A whole dossier holds all that is said of its category, which grows by the square."""

    def listing(size: int) -> Work:
        kb = of_categories(tmp_path / str(size), size)
        return lambda: tm("list", *shown, "--kb", str(kb))

    ready = [listing(size) for size in (60, 120, 240)]
    ready[0]()  # what is made once is made before
    measured = [measure(work) for work in ready]
    assert in_proportion(measured), measured


def peaks(work: Callable[[int], object], sizes: Sequence[int]) -> list[int]:
    """The peak for something of each size."""
    work(sizes[0])  # what is made once is made before
    return [peak(lambda size=size: work(size)) for size in sizes]  # type: ignore[misc]


def test_memory_of_coverage_grows_with_the_text(tmp_path: Path) -> None:
    def work(lines: int) -> object:
        folder = tmp_path / str(lines)
        base = folder / "customers.json"
        if not folder.exists():
            base = archive(folder, "a b c\n" * lines)
        return report(load(base))

    measured = peaks(work, [2_000, 4_000, 8_000])
    assert in_proportion(measured)
    assert measured[-1] < 8_000 * 1_600  # bytes for a sentence


def test_sentences_are_divided_one_at_a_time() -> None:
    """A text with too many of them is refused at the first that is too many."""
    measured = peaks(lambda lines: max(sentences("a b c\n" * lines)), [2_000, 4_000, 8_000])
    text = len("a b c\n" * 8_000)
    assert measured[-1] < text + 10_000, measured


@pytest.mark.parametrize("unit", ["ab", "a-", "a b ", "the quick brown fox. "])
def test_memory_to_find_a_passage_grows_with_the_text(unit: str) -> None:
    def work(size: int) -> object:
        searchable = Searchable(unit * (size // len(unit)))
        return searchable.find("nowhere to be found"), nearest.nearest(searchable, "aabaa" * 30)

    assert in_proportion(peaks(work, [200_000, 400_000, 800_000]))


@pytest.mark.parametrize("unit", ["ab", "a b", "aab"])
def test_places_that_are_compared_are_no_more_in_a_longer_text(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    fits = Searchable._fits

    def counting(self: Searchable, place: Any, *, whole: bool) -> bool:
        counted[-1] += 1
        return fits(self, place, whole=whole)

    monkeypatch.setattr(Searchable, "_fits", counting)
    for repeats in (75_000, 150_000, 300_000):
        counted.append(0)
        found = Searchable("x" + unit * repeats).find((unit * 50)[:-1])
        assert found.status in {"countless", "ambiguous"}
    assert max(counted) <= 4 * limits.CANDIDATES.most
    assert counted[2] <= counted[1]


def test_characters_that_are_compared_for_a_hint_are_no_more_in_a_longer_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """RapidFuzz takes seconds for each megabyte of a text that repeats itself."""
    compared: list[int] = []
    likest = nearest._likest

    def counting(text: str, sought: str, within: Any) -> Any:
        compared[-1] += within.end - within.start
        return likest(text, sought, within)

    monkeypatch.setattr(nearest, "_likest", counting)
    for repeats in (100_000, 200_000, 400_000):
        compared.append(0)
        nearest.nearest(Searchable("ab" * repeats), "abbabaabbaababba" * 12)
    assert max(compared) <= 2 * nearest.MAX_CHARACTERS_COMPARED
