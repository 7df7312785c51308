"""Beyond each limit what comes from outside is refused in words, and within them it may grow."""

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from targetmarkets import limits
from targetmarkets.errors import DocumentError
from targetmarkets.importing.extract import extract
from targetmarkets.kb.files import sha256
from targetmarkets.limits import LIMITS
from tests.build import archive, claim, content, source
from tests.conftest import ROOT
from tests.importing.test_extract import page
from tests.running import TM, Run

SMALL: Final = "A line of words.\n"


def written(folder: Path, **lists: Any) -> Path:
    """A knowledge base that is written as it is given, right or wrong."""
    path = folder / "customers.json"
    path.write_text(json.dumps(content(**lists)), "utf-8")
    return path


def sparse(path: Path, size: int) -> Path:
    """A file of zeros that takes no room on the disk."""
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)
    return path


def of_one_text(folder: Path, size: int) -> Path:
    """A knowledge base whose archived text has so many bytes."""
    sparse(folder / "sources" / "text.txt", size)
    archived = {"file": "text.txt", "sha256": "0" * 64, "media_type": "text/plain"}
    return written(folder, sources=[source(archive=archived)])


@contextmanager
def lowered(name: str, most: int) -> Iterator[None]:
    """A limit that a test reaches with little."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, name, LIMITS[name]._replace(most=most))
        patch.setattr(limits, "BYTES_PER_SECOND", 10**9)
        yield


def quantity(value: int) -> dict[str, Any]:
    supply = {"goods": "arms", "form": "whole", "outcome": "unstated"}
    return claim(
        "c", kind="activity", activity={**supply, "quantities": [{"value": value, "unit": "x"}]}
    )


def issued(year: int) -> dict[str, Any]:
    work = {"type": "book", "title": "T", "issued": {"date-parts": [[year]]}}
    return source(bibliography=work)


CASES: dict[str, Callable[[Path, Run], Any]] = {
    "INTEGER": lambda folder, tm: tm("list", "--kb", str(written(folder, quotes=[
        {"id": "q", "source": "work", "exact": "x", "start": limits.INTEGER.most + 1, "end": 1}]))),
    "QUANTITY": lambda folder, tm: tm("list", "--kb", str(written(
        folder, claims=[quantity(limits.QUANTITY.most + 1)]))),
    "YEAR": lambda folder, tm: tm("list", "--kb", str(written(
        folder, sources=[issued(limits.YEAR.most + 1)]))),
    "ID": lambda folder, tm: tm("list", "--kb", str(written(
        folder, sources=[source("x" * (limits.ID.most + 1))]))),
    "LINE": lambda folder, tm: tm("list", "--kb", str(written(
        folder, claims=[claim("c", statement="x" * (limits.LINE.most + 1))]))),
    "FILE_NAME": lambda folder, tm: tm("list", "--kb", str(written(folder, sources=[source(archive={
        "file": "x" * (limits.FILE_NAME.most + 1), "sha256": "0" * 64, "media_type": "text/plain",
    })]))),
    "KNOWLEDGE_BASE": lambda folder, tm: tm("list", "--kb", str(
        sparse(folder / "customers.json", limits.KNOWLEDGE_BASE.most + 1))),
    "TEXT": lambda folder, tm: tm("coverage", "--kb", str(
        of_one_text(folder, limits.TEXT.most + 1))),
    "DOCUMENT": lambda folder, tm: tm(
        "add", "source", str(sparse(folder / "x" / "a.pdf", limits.DOCUMENT.most + 1)),
        "--title", "T", "--descriptor", "A.", "--kb", str(archive(folder, SMALL))),
    "INPUT": lambda folder, tm: tm(
        "add", "quote", "work", "-", "--kb", str(archive(folder, SMALL)),
        input="x" * (limits.INPUT.most + 1)),
    "PASSAGE": lambda folder, tm: tm(
        "add", "quote", "work", "-", "--kb", str(archive(folder, SMALL)),
        input="x" * (limits.PASSAGE.most + 1)),
    "SENTENCES": lambda folder, tm: tm("coverage", "--kb", str(
        archive(folder, "a b\n" * (limits.SENTENCES.most + 1)))),
    "CANDIDATES": lambda folder, tm: tm(
        "add", "quote", "work", "b" * 9, "--kb",
        str(archive(folder, "b" * (limits.CANDIDATES.most + 10)))),
    "PLACES": lambda folder, tm: tm(
        "add", "quote", "work", "a", "--nth", "1001", "--kb", str(archive(folder, SMALL))),
    "ROWS": lambda _, tm: tm("list", "--limit", str(limits.ROWS.most + 1)),
    "TERMS": lambda _, tm: tm("search", " ".join(map(str, range(limits.TERMS.most + 1)))),
}  # fmt: skip
"""What goes beyond each limit; those that cost more to reach have tests of their own, below."""

OF_READERS: Final = {"PART", "NESTED", "STYLES", "FORMS", "LAYERS", "PIXELS", "AUTHORS", "FIELD"}
"""Those of importing/test_limits_of_readers.py."""

REACHED_BELOW: Final = {
    *("LINES", "DEPTH", "REPORTED", "PAGES", "MEMORY", "ANSWER", "SECONDS"),
    "STYLE",  # formats/citations/test_csl.py
    *("CHANGES", "HISTORY"),  # cli/test_history.py
    "WAIT",  # writing/test_lock.py
    "WITNESS",  # importing/test_witness.py
    *OF_READERS,
}


def test_every_limit_is_reached_and_says_why() -> None:
    assert CASES.keys() | REACHED_BELOW == LIMITS.keys()
    assert not CASES.keys() & REACHED_BELOW
    for limit in LIMITS.values():
        assert limit.reason
        assert limit.what
        assert bool(limit.remedy) != bool(limit.beyond), "what is refused has a remedy"


def test_every_limit_is_printed_with_its_number_and_with_what_comes_of_more(tm: Run) -> None:
    told = " ".join(tm("help", "limits").stdout.split())
    refused, passed_over = told.split("Beyond these nothing is refused")
    for limit in LIMITS.values():
        line = f" {limit.what}: {limit.shown}{f'; {limit.beyond}' if limit.beyond else ''}"
        assert line in (passed_over if limit.beyond else refused)


def test_the_limits_bring_no_models() -> None:
    """The process that reads documents starts without them."""
    told = "import sys; from targetmarkets import limits; print('pydantic' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "False\n"


def shown(most: int) -> set[str]:
    return {str(most), f"{most:,}"}


@pytest.mark.parametrize("name", CASES)
def test_what_goes_beyond_a_limit_is_refused_by_its_number(
    tmp_path: Path, tm: Run, name: str
) -> None:
    done = CASES[name](tmp_path, tm)
    assert done.returncode in {1, 2, 3}
    assert done.stdout == ""
    assert "fault of tm" not in done.stderr
    assert any(number in done.stderr for number in shown(LIMITS[name].most)), done.stderr


@pytest.mark.parametrize("year", [10**30, -(10**30), 0, 10_000, True, 1.5])
def test_a_date_of_any_number_is_refused_in_words(tmp_path: Path, tm: Run, year: Any) -> None:
    for place in range(3):
        parts = [2015, 1, 1][: place + 1]
        parts[place] = year
        work = {"type": "book", "title": "T", "issued": {"date-parts": [parts]}}
        path = written(tmp_path, sources=[source(bibliography=work)])
        done = tm("list", "--kb", str(path))
        assert done.returncode == 3
        assert "issued" in done.stderr
        assert "unexpected" not in done.stderr


NUMBERS: Final = (10**30, -(10**30), 2**63, -(2**63), 2**53)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_whole_number_of_the_file_is_beyond_what_is_exact(
    tmp_path: Path, tm: Run, number: int
) -> None:
    """Wherever the file has a number, by going through its schema."""
    lists = _numbers_of_the_file()
    assert len(lists) >= 8
    for name, items in lists.items():
        filled = json.loads(json.dumps(items).replace('"NUMBER"', str(number)))
        done = tm("verify", "--kb", str(written(tmp_path, **filled)))
        assert "unexpected" not in done.stderr, name
        assert done.returncode in {1, 3}, name


def _numbers_of_the_file() -> dict[str, dict[str, Any]]:
    n = "NUMBER"
    archived = {"file": "text.txt", "sha256": "0" * 64, "media_type": "text/plain"}
    quote = {"id": "q", "source": "work", "exact": "x"}
    aside = {"exact": "x", "reason": "r"}
    supply = {"goods": "arms", "form": "whole", "outcome": "unstated"}
    judged = {"reliability": "A", "by": "b", "why": "w"}

    def setting_aside(passage: dict[str, Any]) -> dict[str, Any]:
        return {"sources": [source(archive=archived, set_aside=[passage])]}

    def amount(**fields: Any) -> dict[str, Any]:
        given = {**supply, "quantities": [{"unit": "x", **fields}]}
        return {"claims": [claim("c", kind="activity", activity=given)]}

    return {
        "start": {"quotes": [{**quote, "start": n, "end": 1}]},
        "end": {"quotes": [{**quote, "start": 0, "end": n}]},
        "page": {"sources": [source(archive={**archived, "pages": [{"label": "1", "start": n}]})]},
        "aside start": setting_aside({**aside, "start": n, "end": 1}),
        "aside end": setting_aside({**aside, "start": 0, "end": n}),
        "value": amount(value=n),
        "to": amount(value=1, to=n),
        "credibility": {"claims": [claim("c", assessment={**judged, "credibility": n})]},
        "version": {"schema_version": n},
    }  # fmt: skip


@pytest.mark.parametrize("depth", [limits.DEPTH.most + 1, 150, 500, 100_000])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_that_is_nested_too_deeply_is_refused(
    tmp_path: Path, tm: Run, depth: int, opening: str
) -> None:
    closing = "]" if opening == "[" else "}"
    text = opening * depth + "1" + closing * depth
    path = tmp_path / "customers.json"
    path.write_text(text, "utf-8")
    done = tm("list", "--kb", str(path))
    assert done.returncode == 3
    assert f"over {limits.DEPTH.most} levels" in done.stderr
    base = archive(tmp_path / "kb", SMALL)
    for arguments in (("add", "claim", "--from", str(path)), ("edit", "work", "--from", str(path))):
        done = tm(*arguments, "--kb", str(base))
        assert done.returncode == 2
        assert "deep" in done.stderr or "recursion" in done.stderr


def test_json_as_deep_as_the_limit_is_read(tmp_path: Path, tm: Run) -> None:
    (tmp_path / "r.json").write_text("[" * limits.DEPTH.most + "]" * limits.DEPTH.most, "utf-8")
    base = archive(tmp_path / "kb", SMALL)
    done = tm("edit", "work", "--from", str(tmp_path / "r.json"), "--kb", str(base))
    assert "deep" not in done.stderr


def test_a_report_has_only_so_many_sentences(tmp_path: Path, tm: Run) -> None:
    (tmp_path / "sources").mkdir()
    sources = []
    for number in range(3):
        (tmp_path / "sources" / f"{number}.txt").write_text("a b\n" * 5, "utf-8")
        archived = {
            "file": f"{number}.txt",
            "sha256": sha256(b"a b\n" * 5),
            "media_type": "text/plain",
        }
        sources.append(source(f"s{number}", archive=archived))
    path = str(written(tmp_path, sources=sources))
    with lowered("REPORTED", 10):
        assert tm("coverage", "s0", "s1", "--kb", path).returncode == 1
        done = tm("coverage", "--kb", path)
    assert (done.returncode, done.stdout) == (3, "")
    assert "over 10 sentences" in done.stderr


def test_a_text_of_too_many_lines_is_not_shown_but_named(tmp_path: Path, tm: Run) -> None:
    path = str(archive(tmp_path, "a\n" * 11))
    with lowered("LINES", 10):
        done = tm("show", "work", "--full", "--kb", path)
    assert done.returncode == 0
    assert "it has 11 lines, and 10 are read at most; read the file itself" in done.stdout
    with lowered("LINES", 11):
        done = tm("show", "work", "--full", "--kb", path)
    assert "read at most" not in done.stdout


@pytest.mark.parametrize(
    ("name", "most", "said"),
    [("SECONDS", 0, "takes over 0 s"), ("ANSWER", 40, "cannot be extracted")],
)
def test_a_document_is_read_within_limits(name: str, most: int, said: str) -> None:
    with lowered(name, most), pytest.raises(DocumentError, match=said) as caught:
        extract(page(b"BT /F1 9 Tf (words) Tj ET"), "a.pdf")
    assert caught.value.remedy


def stdout_of(child: str, data: bytes) -> dict[str, Any]:
    """What the process that reads documents answers, with a line of ours before."""
    line = f"{child}; from targetmarkets.importing.extract_child import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", f"from targetmarkets import limits; {line}", "application/pdf", "9"],
        input=data, capture_output=True, check=True, cwd=ROOT,
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_a_document_of_too_many_pages_is_refused() -> None:
    lower = "limits.PAGES = limits.PAGES._replace(most=0)"
    answer = stdout_of(lower, page(b"BT /F1 9 Tf (words) Tj ET"))
    assert answer["problem"] == "it has 1 pages, and 0 are read at most"


def test_the_memory_of_the_process_is_that_of_the_limit() -> None:
    told = (
        "import resource; from targetmarkets.importing.confinement import confine; confine(5);"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert int(done.stdout) == limits.MEMORY.most


def test_a_stdin_that_never_ends_is_left(tmp_path: Path) -> None:
    """And what was read of it is no more than the limit."""
    base = archive(tmp_path, SMALL)
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            [TM, "add", "quote", "work", "-", "--kb", str(base)],
            stdin=endless, capture_output=True, text=True, check=False, timeout=60,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30)),
        )  # fmt: skip
    assert done.returncode == 3
    assert f"stdin has over {limits.INPUT.most:,} bytes" in done.stderr


def test_a_pipe_in_place_of_a_file_that_grows_is_bounded(tmp_path: Path, tm: Run) -> None:
    done = tm("add", "claim", "--from", "-", "--kb", str(archive(tmp_path, SMALL)),
              input=" " * (limits.INPUT.most + 1))  # fmt: skip
    assert done.returncode == 3
    assert f"{limits.INPUT.most:,} bytes" in done.stderr
