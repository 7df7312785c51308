"""Measure whether sentences copied from real documents are found in what is archived of them.

    python benchmarks/passages.py FILE.pdf FILE.html ... [--sentences 500] [--seed 1]

The reader's copy comes from another program than the archive: `pdftotext` (poppler-utils) for PDF,
and for HTML a browser (`chromium`) or `w3m`. Sentences are drawn from it and looked up. A false
match, one whose letters and digits are not those of the sentence, counts as an error: exit code 1.
Any long documents will do; Debian's -doc packages have some of several hundred pages.
"""

import argparse
import html
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from pathlib import Path

from targetmarkets.importing.extract import extract
from targetmarkets.text.matching import Searchable

_SENTENCE = re.compile(r"[A-Z][^.!?]{30,400}[.!?]")


def copied(path: Path) -> str:
    """The text of a document as another program shows it."""
    if path.suffix.lower() == ".pdf":
        return _run("pdftotext", str(path), "-")
    browser = shutil.which("chromium")
    if browser is None:
        return _run("w3m", "-dump", "-cols", "100", "-T", "text/html", str(path))
    with tempfile.TemporaryDirectory() as profile:
        page = _run(
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", f"--user-data-dir={profile}",
            "--virtual-time-budget=10000", "--dump-dom", _asking(path, profile),
        )  # fmt: skip
    return html.unescape(page.partition("<pre>")[2].partition("</pre>")[0])


def _asking(path: Path, folder: str) -> str:
    """Address of a page that replaces itself by the text that the browser shows of a document."""
    script = (
        "<script>addEventListener('load', () => { const text = document.body.innerText;"
        "document.body.innerHTML = '<pre></pre>';"
        "document.querySelector('pre').textContent = text; })</script>"
    )
    copy = Path(folder) / "page.html"
    copy.write_bytes(path.read_bytes() + script.encode())
    return copy.as_uri()


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def letters(text: str) -> str:
    """Letters and digits alone, by which a false match would show."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text))).casefold()


def sentences(text: str, count: int) -> list[str]:
    """Some sentences of the paragraphs of a text, line ends and all, as they would be copied."""
    paragraphs = re.split(r"\n\s*\n|\f", text)
    matches = (match[0] for part in paragraphs for match in _SENTENCE.finditer(part))
    found = [sentence for sentence in matches if sentence.count(" ") >= 4]
    return random.sample(found, min(count, len(found)))


def main() -> int:
    """Measure each document."""
    parser = argparse.ArgumentParser(description="Measure how passages are found.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sentences", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    columns = ("exact", "normalised", "ambiguous", "missing", "false")
    print(f"{'document':<32}{'pages':>6}{'kB':>7}{'s':>6}", *(f"{name:>11}" for name in columns))
    wrong = 0
    for path in arguments.files:
        begun = time.perf_counter()
        extraction = extract(path.read_bytes(), path.name)
        seconds = time.perf_counter() - begun
        searchable = Searchable(extraction.text)
        counts: Counter[str] = Counter()
        for sentence in sentences(copied(path), arguments.sentences):
            found = searchable.find(sentence)
            counts[found.status] += 1
            for start, end in found.places:
                counts["false"] += letters(extraction.text[start:end]) != letters(sentence)
        wrong += counts["false"]
        size = f"{len(extraction.pages):>6}{len(extraction.text) // 1000:>7}{seconds:>6.1f}"
        print(f"{path.name[:31]:<32}{size}", *(f"{counts[name]:>11}" for name in columns))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
