"""The known words of the corpus as documents, by the programs that make documents.

Each is a report of numbered paragraphs with notes at the foot of the page, a running head, a table,
a part in two columns, and where the program has such things a form, a layer that is off, hidden
words and tracked changes.
"""

import html
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from corpus_words import Sentence, leads

HEAD: Final = "Report on the trade of the yards"
NOTE: Final = (
    "Letter to the Committee of {year}, file {number}; it may have been sent later, and two copies"
    " of it are known."
)
TIMEOUT: Final = 300


class Made(NamedTuple):
    """A document that a program made, or why it made none."""

    program: str
    path: Path | None
    why_not: str = ""


class Maker(NamedTuple):
    """How a document is made."""

    program: str
    needs: tuple[str, ...]
    """The commands without which it cannot be."""
    make: Callable[[Sequence[Sentence], Path], Path]


def run(*command: str | Path, cwd: Path | None = None) -> bytes:
    """Start a program, and give what it says. Raises `subprocess.SubprocessError`."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=True, timeout=TIMEOUT)
    return done.stdout


def _note(number: int) -> str:
    return NOTE.format(year=1990 + number % 20, number=1000 + number)


# --- LaTeX -----------------------------------------------------------------------------------

_FONTS: Final = {
    "Computer Modern": "",
    "bitmap fonts": r"\usepackage[T1]{fontenc}",
    "Latin Modern": r"\usepackage[T1]{fontenc}\usepackage{lmodern}",
}
_LATEX: Final = r"""\documentclass[11pt,a4paper]{article}
%s
\usepackage[utf8]{inputenc}\usepackage{textcomp}\usepackage{fancyhdr}
\DeclareUnicodeCharacter{2212}{\ensuremath{-}}
\usepackage{hyperref}
\pagestyle{fancy}\fancyhf{}\fancyhead[L]{%s}\fancyhead[R]{S/2014/999}\fancyfoot[C]{\thepage}
\pdfobj{<</Type/OCG/Name(Draft)>>}\edef\off{\the\pdflastobj}
\pdfrefobj\off
\pdfcatalog{/OCProperties<</OCGs[\off\space 0 R]/D<</OFF[\off\space 0 R]>>>>}
\edef\names{/Properties<</Draft \off\space 0 R>>}\pdfpageresources\expandafter{\names}
\newcommand\hide[1]{\pdfliteral page{/OC /Draft BDC}#1\pdfliteral page{EMC}}
\begin{document}
%s
\end{document}
"""
_TEX: Final = {"%": r"\%", "$": r"\$", "&": r"\&", "#": r"\#", "×": r"\ensuremath{\times}",
               "€": r"\texteuro{}"}  # fmt: skip


def _tex(sentence: Sentence, notes: Iterator[int]) -> str:
    texts = []
    for kind, text in sentence.parts:
        words = "".join(_TEX.get(character, character) for character in text)
        if kind == "note":
            texts.append(rf"\footnote{{{_note(next(notes))}}}")
        elif kind == "up":
            texts.append(rf"\textsuperscript{{{words}}}")
        elif kind == "down":
            texts.append(rf"\textsubscript{{{words}}}")
        elif kind == "text":
            texts.append(words)
        else:
            texts.append(rf"\hide{{{words}}}")
    return "".join(texts)


def latex(font: str) -> Callable[[Sequence[Sentence], Path], Path]:
    """A maker of a PDF by LaTeX with one of the set-ups of fonts."""

    def make(sentences: Sequence[Sentence], folder: Path) -> Path:
        notes = count(1)
        body = []
        half, rows = len(sentences) * 3 // 5, len(sentences) * 9 // 10
        for number, (lead, sentence) in enumerate(
            zip(leads(rows), sentences[:rows], strict=True), start=1
        ):
            if number == half:
                body.append(r"\twocolumn")
            body.append(f"{number}. {lead} {_tex(sentence, notes)}\n")
        body.append(r"\onecolumn\noindent\begin{tabular}{|l|p{11cm}|}\hline")
        for number, sentence in enumerate(sentences[rows : rows + 12]):
            body.append(rf"Row {number} & {_tex(_plain(sentence), notes)} \\ \hline")
        body.append(r"\end{tabular}\clearpage")
        body.append(r"\begin{Form}")
        for number, sentence in enumerate(sentences[rows + 12 :]):
            value = _tex(sentence, notes)
            field = f"name=f{number},width=15cm,charsize=7pt,value={{{value}}}"
            words = rf"\noindent\TextField[{field}]{{{number}:}}"
            body.append(words if value.isascii() and "\\" not in value else value)
            body.append("")
        body.append(r"\end{Form}")
        (folder / "report.tex").write_text(_LATEX % (_FONTS[font], HEAD, "\n".join(body)))
        for _ in range(2):
            run("pdflatex", "-interaction=batchmode", "report.tex", cwd=folder)
        return folder / "report.pdf"

    return make


def _plain(sentence: Sentence) -> Sentence:
    """A sentence without notes, for the cell of a table."""
    return Sentence(sentence.marked.replace("[n]", ""))


# --- LibreOffice -----------------------------------------------------------------------------

_SPACES: Final = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{where}:1.0"'
    for name, where in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"),
        ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
_FODT: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:style style:name="Up" style:family="text"><style:text-properties
 style:text-position="super 58%%"/></style:style>
<style:style style:name="Down" style:family="text"><style:text-properties
 style:text-position="sub 58%%"/></style:style>
<style:style style:name="Hidden" style:family="text"><style:text-properties
 text:display="none"/></style:style>
<style:style style:name="Two" style:family="section"><style:section-properties>
<style:columns fo:column-count="2" fo:column-gap="0.5cm"/></style:section-properties></style:style>
<style:style style:name="P" style:family="paragraph"><style:paragraph-properties
 fo:margin-bottom="0.2cm"/><style:text-properties fo:language="en" fo:country="GB"
 fo:hyphenate="true"/></style:style>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.5cm"
 fo:margin-right="2.5cm"/><style:header-style><style:header-footer-properties
 fo:min-height="1cm" fo:margin-bottom="0.5cm"/></style:header-style><style:footer-style>
<style:header-footer-properties fo:min-height="1cm" fo:margin-top="0.5cm"/></style:footer-style>
</style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
<style:header><text:p>{HEAD}</text:p></style:header>
<style:footer><text:p>Page <text:page-number/></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>%s%s</office:text></office:body></office:document>
"""


def _odf(sentence: Sentence, notes: Iterator[int], changes: list[str]) -> str:
    texts = []
    for kind, text in sentence.parts:
        words = html.escape(text, quote=False).replace("  ", " <text:s/>")
        if kind == "note":
            number = next(notes)
            texts.append(
                f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>'
                f"{number}</text:note-citation><text:note-body><text:p>{_note(number)}</text:p>"
                "</text:note-body></text:note>"
            )
        elif kind == "gone":
            id_ = f"c{len(changes)}"
            changes.append(
                f'<text:changed-region text:id="{id_}" xml:id="{id_}"><text:deletion>'
                "<office:change-info><dc:creator>A</dc:creator><dc:date>2014-01-01T00:00:00"
                f"</dc:date></office:change-info><text:p>{words}</text:p></text:deletion>"
                "</text:changed-region>"
            )
            texts.append(f'<text:change text:change-id="{id_}"/>')
        elif kind == "text":
            texts.append(words)
        else:
            style = {"up": "Up", "down": "Down", "hidden": "Hidden"}[kind]
            texts.append(f'<text:span text:style-name="{style}">{words}</text:span>')
    return "".join(texts)


def _writer(ending: str, kind: str) -> Callable[[Sequence[Sentence], Path], Path]:
    """A maker of a document by LibreOffice Writer."""

    def make(sentences: Sequence[Sentence], folder: Path) -> Path:
        notes, changes = count(1), list[str]()
        rows, half = len(sentences) * 9 // 10, len(sentences) * 3 // 5
        made = [
            f'<text:p text:style-name="P">{number}. {lead} {_odf(sentence, notes, changes)}'
            "</text:p>"
            for number, (lead, sentence) in enumerate(
                zip(leads(rows), sentences[:rows], strict=True), start=1
            )
        ]
        made.insert(half, '<text:section text:style-name="Two" text:name="Two">')
        made.append("</text:section><table:table><table:table-column/><table:table-column/>")
        for number, sentence in enumerate(sentences[rows:]):
            cells = f"Row {number}", _odf(_plain(sentence), notes, changes)
            made.append("<table:table-row>")
            made += [f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>"
                     for cell in cells]  # fmt: skip
            made.append("</table:table-row>")
        made.append("</table:table>")
        tracked = f"<text:tracked-changes>{''.join(changes)}</text:tracked-changes>"
        (folder / "report.fodt").write_text(_FODT % (tracked, "".join(made)))
        run(
            "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", kind, "--outdir", folder, folder / "report.fodt",
        )  # fmt: skip
        return folder / f"report.{ending}"

    return make


# --- HTML, and browsers ----------------------------------------------------------------------

_HTML: Final = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>%s</title>
<style>body { font: 12pt serif; hyphens: auto; text-align: justify } .draft { display: none }
.two { columns: 2 } .notes { font-size: 80%% } td { border: 1px solid }</style></head>
<body><h1>%s</h1>%s</body></html>
"""


def _marked_up(sentence: Sentence, notes: Iterator[int]) -> str:
    texts = []
    for kind, text in sentence.parts:
        words = html.escape(text, quote=False)
        if kind == "note":
            number = next(notes)
            texts.append(f'<sup id="r{number}"><a href="#n{number}">{number}</a></sup>')
        elif kind == "text":
            texts.append(words)
        elif kind == "hidden":
            texts.append(f'<span class="draft">{words}</span>')
        else:
            tag = {"up": "sup", "down": "sub", "gone": "del"}[kind]
            texts.append(f"<{tag}>{words}</{tag}>")
    return "".join(texts)


def page(sentences: Sequence[Sentence], folder: Path, *, struck: bool = True) -> Path:
    """A page of the web, written by hand. What is struck out is legible where it is drawn."""
    notes = count(1)
    rows, half = len(sentences) * 9 // 10, len(sentences) * 3 // 5
    made = []
    for number, (lead, sentence) in enumerate(
        zip(leads(rows), sentences[:rows], strict=True), start=1
    ):
        shown = sentence if struck else _corrected(sentence)
        made.append(f"<p>{number}. {lead} {_marked_up(shown, notes)}</p>")
    made.insert(half, '<div class="two">')
    made.append("</div><table>")
    for number, sentence in enumerate(sentences[rows:]):
        cell = _marked_up(_plain(sentence if struck else _corrected(sentence)), notes)
        made.append(f"<tr><td>Row {number}</td><td>{cell}</td></tr>")
    made.append("</table><ol class=notes>")
    made += [f'<li id="n{number}">{_note(number)}</li>' for number in range(1, next(notes))]
    path = folder / "report.html"
    path.write_text(_HTML % (HEAD, HEAD, "".join(made) + "</ol>"))
    return path


def _corrected(sentence: Sentence) -> Sentence:
    """A sentence without what was deleted."""
    marked = "".join(
        {"text": text, "note": "[n]", "up": f"^{{{text}}}", "down": f"_{{{text}}}",
         "hidden": f"{{{{{text.rstrip()}}}}} ", "gone": ""}[kind]
        for kind, text in sentence.parts
    )  # fmt: skip
    return Sentence(marked)


def _browser(*options: str, address: str, folder: Path) -> bytes:
    return run(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", f"--user-data-dir={folder / 'profile'}", *options,
        address,
    )  # fmt: skip


def printed(sentences: Sequence[Sentence], folder: Path) -> Path:
    """A page as Chromium prints it, with its running heads."""
    source = page(sentences, folder, struck=False)
    path = folder / "report.pdf"
    _browser(f"--print-to-pdf={path}", address=source.as_uri(), folder=folder)
    return path


def saved(sentences: Sequence[Sentence], folder: Path) -> Path:
    """A page as Chromium saves it in one file, by its protocol for developers."""
    from corpus_browser import snapshot  # it needs a socket, and no other maker does

    path = folder / "report.mhtml"
    path.write_bytes(snapshot(page(sentences, folder).as_uri(), folder))
    return path


# --- pandoc ----------------------------------------------------------------------------------


def _markdown(sentence: Sentence, notes: Iterator[int]) -> str:
    texts = []
    for kind, text in sentence.parts:
        words = "".join(f"\\{c}" if c in "$%^~*_<>[]\\'\"" else c for c in text)
        if kind == "note":
            texts.append(f"^[{_note(next(notes))}]")
        elif kind == "text":
            texts.append(words)
        elif kind == "up":
            texts.append(f"^{words}^")
        elif kind == "down":
            texts.append(f"~{words}~")
        elif kind == "gone":
            texts.append(f"~~{words.rstrip()}~~ ")
    return "".join(texts)


def pandoc(ending: str) -> Callable[[Sequence[Sentence], Path], Path]:
    """A maker of a document by pandoc."""

    def make(sentences: Sequence[Sentence], folder: Path) -> Path:
        notes = count(1)
        rows = len(sentences) * 9 // 10
        made = [f"% {HEAD}\n"]
        made += [
            f"{number}\\. {lead} {_markdown(sentence, notes)}\n"
            for number, (lead, sentence) in enumerate(
                zip(leads(rows), sentences[:rows], strict=True), start=1
            )
        ]
        made += ["| Row | Finding |", "|---|-----------------------|"]
        made += [f"| {number} | {_markdown(_plain(sentence), notes)} |"
                 for number, sentence in enumerate(sentences[rows:])]  # fmt: skip
        (folder / "report.md").write_text("\n".join(made) + "\n")
        path = folder / f"report.{ending}"
        run("pandoc", "-s", "-f", "markdown", "-o", path, folder / "report.md")
        return path

    return make


MAKERS: Final = (
    *(Maker(f"LaTeX, {font}", ("pdflatex",), latex(font)) for font in _FONTS),
    Maker("LibreOffice, PDF", ("soffice",), _writer("pdf", "pdf:writer_pdf_Export")),
    Maker("LibreOffice, DOCX", ("soffice",), _writer("docx", "docx:MS Word 2007 XML")),
    Maker("LibreOffice, ODT", ("soffice",), _writer("odt", "odt:writer8")),
    Maker("Chromium, PDF", ("chromium",), printed),
    Maker("Chromium, MHTML", ("chromium",), saved),
    Maker("HTML by hand", (), page),
    *(Maker(f"pandoc, {ending.upper()}", ("pandoc",), pandoc(ending))
      for ending in ("docx", "odt", "epub", "html")),
)  # fmt: skip


def made(sentences: Sequence[Sentence], folder: Path) -> Iterator[Made]:
    """The document of each program; of one that is not there, why there is none."""
    for maker in MAKERS:
        missing = [command for command in maker.needs if shutil.which(command) is None]
        if missing:
            yield Made(maker.program, None, f"{missing[0]} is not installed")
            continue
        place = folder / maker.program.replace(", ", "-").replace(" ", "-").lower()
        place.mkdir(parents=True, exist_ok=True)
        try:
            yield Made(maker.program, maker.make(sentences, place))
        except (subprocess.SubprocessError, OSError) as error:
            yield Made(maker.program, None, str(error)[:200])
