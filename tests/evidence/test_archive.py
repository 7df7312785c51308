"""Archived texts: found in their folder, and nowhere else; passages proved at their spans."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from targetmarkets.errors import UnreadableError
from targetmarkets.evidence.archive import ArchivedText, Archives, Proof, open_archive, page_starts
from targetmarkets.kb.json_file import load
from targetmarkets.model.objects import Quote
from tests.build import archive
from tests.conftest import Workspace

FILE = "text.txt"


def span_(exact: str, start: int, end: int) -> Quote:
    return Quote(id="q", source="work", exact=exact, start=start, end=end)


def archived(text: str) -> ArchivedText:
    return ArchivedText(Path("text.txt"), text.encode())


@pytest.mark.parametrize("folder", ["kb/sources", "kb/seeds", "seeds"])
def test_the_text_is_found_in_each_of_its_folders(tmp_path: Path, folder: str) -> None:
    (tmp_path / "kb").mkdir()
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    (tmp_path / folder / "text.txt").write_bytes(b"a\r\nb")
    text = open_archive(tmp_path / "kb" / "customers.json", FILE)
    assert text.text == "a\r\nb"
    assert text.sha256 == hashlib.sha256(b"a\r\nb").hexdigest()


def test_the_nearest_folder_wins(tmp_path: Path) -> None:
    for folder in ("kb/sources", "kb/seeds", "seeds"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "text.txt").write_text(folder)
    assert open_archive(tmp_path / "kb" / "customers.json", FILE).text == "kb/sources"


def test_a_missing_text_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        open_archive(tmp_path / "customers.json", FILE)
    assert str(tmp_path / "sources") in caught.value.message


@pytest.mark.parametrize("target", ["outside.txt", "text.txt", "/etc/hostname", "until/text.txt"])
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "outside.txt").write_text("secret")
    (tmp_path / "until").mkdir()
    (tmp_path / "until" / "text.txt").write_text("secret")
    (tmp_path / "text.txt").write_text("secret")
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "text.txt").symlink_to(target if target.startswith("/") else f"../{target}")
    with pytest.raises(UnreadableError, match="link that leads out"):
        open_archive(tmp_path / "customers.json", FILE)


def test_links_in_a_circle_and_folders_are_refused(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "text.txt").symlink_to("text.txt")
    with pytest.raises(UnreadableError):
        open_archive(tmp_path / "customers.json", FILE)
    (sources / "text.txt").unlink()
    (sources / "text.txt").mkdir()
    with pytest.raises(UnreadableError):
        open_archive(tmp_path / "customers.json", FILE)


def test_a_folder_that_cannot_be_looked_into_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(
        "targetmarkets.evidence.archive.stay", lambda _: None
    )  # it looks there, too
    monkeypatch.setattr(Path, "lstat", refused)
    with pytest.raises(UnreadableError, match="cannot be looked up"):
        open_archive(tmp_path / "customers.json", FILE)


def test_lines_and_pages_are_counted_from_the_start() -> None:
    text = archived("a\nb\n\nc")
    assert [text.line_of(offset) for offset in range(6)] == [1, 1, 2, 2, 3, 4]
    assert page_starts("a\fbc\f") == [0, 2, 5]


def test_sixty_characters_stand_around_a_passage() -> None:
    text = "".join(chr(0x4E00 + n) for n in range(200))
    assert archived(text).around(90, 100) == (text[30:90], text[100:160])
    assert archived(text).around(10, 190) == (text[:10], text[190:])


@pytest.mark.parametrize(
    ("read", "fields"),
    [(archived("a"), ("path", "data")), (Proof(None), ("problem", "line", "before", "after"))],
)
def test_what_was_read_and_proved_stays_as_it_was(
    read: ArchivedText | Proof, fields: Sequence[str]
) -> None:
    for field in fields:
        with pytest.raises(AttributeError):
            setattr(read, field, None)


@pytest.mark.parametrize("digit", "0f")
def test_nothing_is_proved_by_a_text_with_another_hash(tmp_path: Path, digit: str) -> None:
    path = archive(tmp_path / "kb", "abc", ("q", 0, 1, "a"))
    recorded = hashlib.sha256(b"abc").hexdigest()
    path.write_text(path.read_text().replace(recorded, digit * 64))
    kb = load(path)
    assert "recorded SHA-256" in str(Archives(kb).prove(kb.quotes["q"]).problem)


@given(st.text(min_size=1), st.data())
def test_a_passage_is_had_at_its_span_and_at_no_other(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = span_(text[start:end], start=start, end=end)
    assert archived(text).has(span)
    moved = data.draw(st.integers(0, len(text) + 3))
    assume(text[moved : moved + len(span.exact)] != span.exact)
    assert not archived(text).has(span_(span.exact, start=moved, end=moved + end - start))
    assert not archived(text).has(span_(span.exact + "x", start=start, end=end))


@pytest.mark.parametrize(("start", "end"), [(0, 4), (3, 4), (2, 1), (1, 1), (10**15, 10**15 + 1)])
def test_a_span_outside_the_text_holds_nothing(start: int, end: int) -> None:
    assert not archived("abc").holds(span_("x", start=start, end=end))


def test_code_points_are_counted_and_newlines_untouched(tmp_path: Path) -> None:
    path = archive(tmp_path / "kb", "é\r\n🙂‘x’\n", ("q", 3, 4, "🙂"), ("r", 4, 7, "‘x’"))
    kb = load(path)
    archives = Archives(kb)
    for quote in kb.content.quotes:
        proof = archives.prove(quote)
        assert (proof.problem, proof.line) == (None, 2)
    assert archives.prove(kb.quotes["r"]).before == "é\r\n🙂"
    assert archives.prove(kb.quotes["r"]).after == "\n"


def test_nothing_is_proved_in_a_text_that_was_changed(workspace: Workspace) -> None:
    seed = workspace.seeds / "002_8016e1862c79e43b.txt"
    seed.write_bytes(seed.read_bytes() + b" ")
    kb = load(workspace.file)
    archives = Archives(kb)
    assert archives.prove(kb.quotes["nknews-headline"]).problem is None
    problem = archives.prove(kb.quotes["rusi-drc-entry"]).problem
    assert problem is not None
    assert "SHA-256" in problem
    seed.write_bytes(b"\xff")
    assert "not UTF-8" in str(Archives(kb).prove(kb.quotes["rusi-drc-entry"]).problem)
    seed.unlink()
    assert "is not in" in str(Archives(kb).prove(kb.quotes["rusi-drc-entry"]).problem)
    with pytest.raises(UnreadableError, match="no archived text"):
        archives.text("berger-2015")


def test_a_changed_span_or_passage_is_not_proved(workspace: Workspace) -> None:
    content = workspace.read()
    content["quotes"][0]["exact"] = content["quotes"][0]["exact"].replace(
        "a", "а", 1
    )  # a Cyrillic letter
    content["quotes"][1]["start"] += 1
    workspace.write(content)
    kb = load(workspace.file)
    archives = Archives(kb)
    assert archives.prove(kb.content.quotes[0]).problem
    assert archives.prove(kb.content.quotes[1]).problem
    assert archives.prove(kb.content.quotes[2]).problem is None
