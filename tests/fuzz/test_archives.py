"""Archived texts that are missing, of another kind, or hold anything, under every command."""

import hashlib
import json
import os
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz import hostile
from tests.fuzz.box import TEXT, Box
from tests.fuzz.budget import cases
from tests.fuzz.commands import SOUND, Path, formats
from tests.fuzz.running import run
from tests.fuzz.test_data_file import dry_run

STATES = (
    "missing", "folder", "fifo", "loop", "dangling", "outside", "empty", "no folder",
    "folder is file",
    "folder is link", "bytes", "utf-16", "cut", "recorded", "recorded", "span", "span", "huge",
)  # fmt: skip

PATHS = [
    *(
        ("show",),
        ("search",),
        ("cite",),
        ("verify",),
        ("coverage",),
        ("stats",),
        ("list",),
        ("fmt",),
    ),
    *(("anchor",), ("add", "quote"), ("add", "source"), ("add", "claim"), ("retract",), ("edit",)),
]

HUGE = [0, 1, -1, 10**4, 2**31, 2**53, 2**63 - 1, 2**63, 2**64, 10**30]


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_no_archived_text_breaks_a_command(box: Box, path: Path) -> None:
    @cases(12 if path == ("cite",) else 30)
    @given(st.data(), st.sampled_from(formats(path)), st.booleans(), st.booleans())
    def holds(data: st.DataObject, format_: tuple[str, ...], terminal: bool, dry: bool) -> None:
        box.restore()
        spoil(box, data.draw(st.sampled_from(STATES)), data)
        words = SOUND[path].words()
        if path == ("show",):
            words = data.draw(st.sampled_from((["article"], ["q-odd", "syria-masks"], ["report"])))
        run(box, *path, *words, *format_, *dry_run(path, dry), terminal=terminal)

    holds()


def spoil(box: Box, state: str, data: st.DataObject) -> None:
    """Bring the archived text of the article into a state."""
    text = box.sources / "article.txt"
    match state:
        case "no folder":
            shutil.rmtree(box.sources)
        case "folder is file":
            shutil.rmtree(box.sources)
            box.sources.write_text("not a folder")
        case "folder is link":
            box.sources.rename(box.folder / "folder" / "moved")
            box.sources.symlink_to(box.folder / "folder" / "moved")
        case "recorded":
            record(box, data.draw(texts))
        case "span" | "huge":
            respan(box, data)
        case _:
            text.unlink()
            replace(box, state, data)


def replace(box: Box, state: str, data: st.DataObject) -> None:
    """Put something else in the place of the article's text."""
    text = box.sources / "article.txt"
    match state:
        case "folder":
            text.mkdir()
        case "fifo":
            os.mkfifo(text)
        case "loop":
            text.symlink_to(text.name)
        case "dangling":
            text.symlink_to("nothing")
        case "outside":
            text.symlink_to(box.folder / "report.txt")
        case "empty":
            text.write_bytes(b"")
        case "utf-16":
            text.write_bytes(TEXT.encode("utf-16"))
        case "cut":
            text.write_bytes(TEXT.encode()[: data.draw(st.integers(0, len(TEXT)))])
        case "bytes":
            text.write_bytes(data.draw(hostile.binaries))


texts = st.one_of(
    st.just(TEXT),
    st.lists(st.one_of(st.just("Syria got two masks"), hostile.texts), max_size=8).map("\n".join),
)


def record(box: Box, text: str) -> None:
    """Give the article another text, whose hash is recorded: spans may lead anywhere."""
    encoded = text.encode("utf-8", "surrogatepass")
    (box.sources / "article.txt").write_bytes(encoded)
    content = json.loads(box.file.read_text("utf-8"))
    content["sources"][0]["archive"]["sha256"] = hashlib.sha256(encoded).hexdigest()
    box.file.write_text(json.dumps(content), "utf-8")


def respan(box: Box, data: st.DataObject) -> None:
    """Give quotations, passages that are set aside, and pages other places and passages."""
    content = json.loads(box.file.read_text("utf-8"))
    pages = content["sources"][1]["archive"]["pages"]
    for passage in (*content["quotes"], *content["sources"][0]["set_aside"], *pages):
        for name in sorted(data.draw(st.sets(st.sampled_from(("start", "end", "exact", "label"))))):
            if name in passage:
                hard = hostile.texts if name in {"exact", "label"} else st.sampled_from(HUGE)
                passage[name] = data.draw(hard)
    box.file.write_text(json.dumps(content), "utf-8")
