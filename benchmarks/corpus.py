"""Measure whether true sentences are found, and false ones are not, in documents of known words.

    python benchmarks/corpus.py [--sentences 200] [--false 1000] [--keep FOLDER] [--names]

Real programs make the documents, of one text of known words (`corpus_words.py`,
`corpus_documents.py`): LaTeX, LibreOffice, Chromium, pandoc. On Debian, they are the packages
texlive-latex-recommended, texlive-fonts-recommended, lmodern, libreoffice-writer, chromium, pandoc;
poppler-utils for pdftotext. What is not installed is named and left out.

For each document: how many true sentences are found, how many more are missing where `tm` shows
that something there was not read, and how many false passages are proved. Then the same for the
text that other programs read in it, with a plain search for the words, white space aside. The
packages of Python are installed in an environment of their own, which needs an index of packages.

Exit code 1 if `tm` proves a false passage.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from corpus_documents import Made, made, run
from corpus_words import false_passages, sentences
from targetmarkets.importing.extract import extract
from targetmarkets.model.gaps import UNREAD
from targetmarkets.text.breaks import AsRead
from targetmarkets.text.nearest import nearest
from targetmarkets.writing.quoting import Searched

PACKAGES: Final = ("pypdf", "pdfminer.six", "PyMuPDF", "trafilatura")
WITH: Final = ("lxml_html_clean",)
"""What one of them needs and does not bring."""

RIVALS: Final[Mapping[str, tuple[str, ...]]] = {
    "pdftotext": (".pdf",),
    "pypdf": (".pdf",),
    "pdfminer.six": (".pdf",),
    "PyMuPDF": (".pdf", ".epub"),
    "trafilatura": (".html",),
    "pandoc": (".html", ".docx", ".odt", ".epub"),
}
"""What each reads of what is made."""


class Count(NamedTuple):
    """What came of a document."""

    found: int
    told: int
    """True sentences that are missing, where it is told that not all was read."""
    proved: Counter[str]
    """False passages by kind."""
    missing: Sequence[str] = ()
    wrong: Sequence[str] = ()

    def shown(self) -> str:
        """In a cell: what is found, what more is told, and what is false."""
        told = f" +{self.told}" if self.told else ""
        return f"{self.found}{told} / {self.proved.total()}"


def by_tm(path: Path, true: Sequence[str], false: Sequence[tuple[str, str]]) -> Count:
    """What `tm add quote` would take."""
    read = extract(path.read_bytes(), path.name)
    searched = Searched(AsRead.over(read.text, read.breaks))

    def stands(passage: str) -> bool:
        found = searched.find(passage)
        return bool(found.places) and found.whole

    missing = [passage for passage in true if not stands(passage)]
    wrong = [(kind, passage) for kind, passage in false if stands(passage)]
    told = sum(shows_what_is_unread(searched, passage) for passage in missing)
    counts = Counter(kind for kind, _ in wrong)
    return Count(len(true) - len(missing), told, counts, missing, [p for _, p in wrong])


def shows_what_is_unread(searched: Searched, passage: str) -> bool:
    """Whether the first hint for a passage that is missing has a mark for what was not read."""
    near = nearest(searched.running, passage)
    return bool(near) and UNREAD in searched.running.text[slice(*near[0])]


def by_search(text: str, true: Sequence[str], false: Sequence[tuple[str, str]]) -> Count:
    """What a search for the words finds, white space aside."""
    there = " ".join(text.split())
    found = sum(" ".join(passage.split()) in there for passage in true)
    wrong = [(kind, passage) for kind, passage in false if " ".join(passage.split()) in there]
    return Count(found, 0, Counter(kind for kind, _ in wrong))


def readers(folder: Path) -> Iterator[tuple[str, Callable[[Path], str]]]:
    """The other programs that are there, or can be installed."""
    if shutil.which("pdftotext"):
        yield "pdftotext", lambda path: run("pdftotext", path, "-").decode("utf-8", "replace")
    else:
        print("pdftotext is not installed")
    place = folder / "environment"
    python = place / "bin" / "python"
    try:
        if not python.exists():
            venv.create(place, with_pip=True)
            run(python, "-m", "pip", "install", "--quiet", *PACKAGES, *WITH)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"{', '.join(PACKAGES)} cannot be installed: {str(error)[:100]}")
    else:
        script = Path(__file__).with_name("corpus_rivals.py")
        for name in PACKAGES:
            yield name, partial(_by_package, python, script, name)
    if shutil.which("pandoc"):
        yield "pandoc", lambda path: run("pandoc", "-t", "plain", "--wrap=none", path).decode()
    else:
        print("pandoc is not installed")


def _by_package(python: Path, script: Path, name: str, path: Path) -> str:
    return run(python, script, name, path).decode()


def measured(
    document: Made, others: Mapping[str, Callable[[Path], str]],
    true: Sequence[str], false: Sequence[tuple[str, str]], *, names: bool,
) -> tuple[dict[str, str], int]:  # fmt: skip
    """The cells of a document, and how many false passages `tm` proved."""
    assert document.path is not None
    ours = by_tm(document.path, true, false)
    if names:
        for sign, passages in (("-", ours.missing), ("+", ours.wrong)):
            print(*(f"  {sign} {passage}" for passage in passages), sep="\n")
    cells = {"tm": ours.shown()}
    for name, text_of in others.items():
        if document.path.suffix not in RIVALS[name]:
            continue
        try:
            cells[name] = by_search(text_of(document.path), true, false).shown()
        except (subprocess.SubprocessError, UnicodeDecodeError):
            cells[name] = "fails"
    return cells, ours.proved.total()


def main() -> int:
    """Make the documents, read them, and print the table."""
    parser = argparse.ArgumentParser(description="Measure what is proved in known words.")
    parser.add_argument("--sentences", type=int, default=200)
    parser.add_argument("--false", type=int, default=1000)
    parser.add_argument("--keep", type=Path, help="folder in which documents are made and stay")
    parser.add_argument("--names", action="store_true", help="print what is missing or false")
    arguments = parser.parse_args()
    drawn = sentences(arguments.sentences)
    true = [sentence.true for sentence in drawn]
    false = false_passages(drawn, arguments.false)
    kinds = Counter(kind for kind, _ in false)
    print(f"{len(true)} true sentences, {len(false)} false passages:")
    print(*(f"  {count:>4} {kind}" for kind, count in kinds.most_common()), sep="\n")
    columns = ("tm", *RIVALS)
    proved = 0
    with tempfile.TemporaryDirectory() as passing:
        folder = (arguments.keep or Path(passing)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        others = dict(readers(folder))
        print(f"\n{'found +told / false':<26}", *(f"{name:>14}" for name in columns), sep="")
        for document in made(drawn, folder):
            if document.path is None:
                print(f"{document.program:<26} not made: {document.why_not}")
                continue
            cells, wrong = measured(document, others, true, false, names=arguments.names)
            proved += wrong
            shown = (f"{cells.get(name, ''):>14}" for name in columns)
            print(f"{document.program:<26}", *shown, sep="", flush=True)
    return int(bool(proved))


if __name__ == "__main__":
    sys.exit(main())
