"""Measure whether sentences of real documents are found in what is archived of them.

    python benchmarks/passages.py FILE.pdf FILE.html FILE.txt ... [--sentences 500]
        [--misquoted 60] [--seed 1]

First as they are copied, by another program than the archive's: `pdftotext` (poppler-utils) for
PDF, and for HTML a browser (`chromium`) or `w3m`; a text is not copied. Sentences are drawn from
the copy and looked up. A false match, one whose letters and digits are not those of the sentence,
counts as an error: exit code 1.

Then misquoted, in several ways. None of that is found; counted is how often the first hint is the
sentence that was meant, or most of it.

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
from collections.abc import Callable, Sequence
from pathlib import Path
from string import ascii_lowercase
from typing import Final

from targetmarkets.importing.extract import extract
from targetmarkets.text.matching import Searchable
from targetmarkets.text.nearest import nearest

_SENTENCE = re.compile(r"[A-Z][^.!?]{30,400}[.!?]")


def copied(path: Path) -> str:
    """The text of a document as another program shows it; nothing of what is a text."""
    if path.suffix.lower() == ".txt":
        return ""
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


Words = list[str]


def one_other(words: Words, others: Sequence[str]) -> Words:
    """One word replaced by another of the document."""
    at = random.randrange(len(words))
    return [*words[:at], random.choice(others), *words[at + 1 :]]


def mistyped(words: Words, others: Sequence[str]) -> Words:
    """In every word of two letters or more: two swapped, or one left out, added or replaced."""
    return [_mistyped(word) if len(word) > 1 else word for word in words]


def _mistyped(word: str) -> str:
    at = random.randrange(len(word) - 1)
    letter = random.choice(ascii_lowercase)
    swapped = word[at + 1] + word[at]
    new, length = random.choice([(swapped, 2), ("", 1), (letter, 0), (letter, 1)])
    return word[:at] + new + word[at + length :]


def left_out(words: Words, others: Sequence[str]) -> Words:
    """Every third word left out, by chance which."""
    kept = sorted(random.sample(range(len(words)), len(words) * 2 // 3))
    return [words[at] for at in kept]


def turned(words: Words, others: Sequence[str]) -> Words:
    """What begins the sentence at its end."""
    at = random.randint(len(words) // 3, len(words) * 2 // 3)
    return words[at:] + words[:at]


def capitals(words: Words, others: Sequence[str]) -> Words:
    """Capitals throughout."""
    return [word.upper() for word in words]


WAYS: Final[dict[str, Callable[[Words, Sequence[str]], Words]]] = {
    "one word is another": one_other,
    "every word mistyped": mistyped,
    "every third word left out": left_out,
    "the beginning at the end": turned,
    "capitals": capitals,
}


def measure_hints(searchable: Searchable, count: int) -> tuple[int, Counter[str], float]:
    """Sentences that were misquoted, how often the hint was right by way, and seconds for each."""
    others = searchable.text.split()
    right: Counter[str] = Counter()
    drawn = [
        (sentence, searchable.find(sentence)) for sentence in sentences(searchable.text, count)
    ]
    meant = [(sentence, found.places[0]) for sentence, found in drawn if len(found.places) == 1]
    searchable.folded(case=True)
    begun = time.perf_counter()
    for sentence, (start, end) in meant:
        for way, misquote in WAYS.items():
            passage = " ".join(misquote(sentence.split(), others))
            for first, last in nearest(searchable, passage)[:1]:
                right[way] += min(end, last) - max(start, first) > (end - start) / 2
    seconds = time.perf_counter() - begun
    return len(meant), right, seconds / max(1, len(meant) * len(WAYS))


def main() -> int:
    """Measure each document."""
    parser = argparse.ArgumentParser(description="Measure how passages are found.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sentences", type=int, default=500)
    parser.add_argument("--misquoted", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    columns = ("exact", "normalised", "ambiguous", "missing", "false")
    print(f"{'document':<32}{'pages':>6}{'kB':>7}{'s':>6}", *(f"{name:>11}" for name in columns))
    wrong = meant = 0
    right: Counter[str] = Counter()
    times: dict[str, float] = {}
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
        some, hits, times[path.name] = measure_hints(
            searchable, -(-arguments.misquoted // len(arguments.files))
        )
        meant += some
        right += hits
    print(f"\n{'misquoted':<32}{'of':>6}{'first hint':>12}")
    for way in WAYS:
        print(f"{way:<32}{meant:>6}{right[way]:>12}{right[way] / max(1, meant):>8.0%}")
    print("ms for each:", *(f"{name} {1000 * spent:.0f}" for name, spent in times.items()))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
