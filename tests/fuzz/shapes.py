"""Documents and bibliographies from a grammar of what they are made of."""

from typing import Final

from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.fuzz import hostile

_ARTICLE: Final = (ROOT / "docs" / "tutorial" / "article.pdf").read_bytes()


@st.composite
def scrambled(draw: st.DrawFn, text: str) -> bytes:
    """A text whose lines, words or bytes were exchanged, doubled, left out or spoilt."""
    by = draw(st.sampled_from(("\n", " ", "")))
    parts = text.split(by) if by else list(text)
    for _ in range(draw(st.sampled_from((0, 1, 1, 2, 5, 20)))):
        index = draw(st.integers(0, max(0, len(parts) - 1)))
        match draw(st.sampled_from(("put", "insert", "delete", "double", "long"))):
            case "put":
                parts[index : index + 1] = [draw(hostile.texts)]
            case "insert":
                parts.insert(index, draw(hostile.texts))
            case "delete":
                del parts[index : index + 1]
            case "double":
                parts[index:index] = parts[index : index + 1] * draw(st.sampled_from((1, 2, 100)))
            case "long":
                long = "".join(parts[index : index + 3])
                parts[index : index + 1] = [long * (50 if len(long) < 1_000 else 1)]
    encoding = draw(st.sampled_from(("utf-8", "utf-8", "utf-8", "utf-16", "utf-8-sig", "latin-1")))
    return by.join(parts).encode(encoding, "surrogatepass" if "utf" in encoding else "replace")


_LATEX: Final = st.one_of(
    hostile.texts,
    st.sampled_from((
        "\\", "\\x", "\\'e", "\\'{e}", '{\\"o}', "$x^2$", "$", "\\frac{1}", "\\begin{x}",
        "\\end{x}",
        "\\input{/etc/passwd}", "\\def\\x{\\x}\\x", "{", "}", "{{", "%", "\\%", "~", "\\url{x}",
        "\\char300", "\\symbol{9999999}", "\\verb|x", "\\textbf", "\\unicode", "\\accent",
        "\\sqrt[",
        "#", "@", '"', "and", "and and", ", ,", "a, b, c, d", "{RUSI}", "von der", "others",
    )),
)  # fmt: skip

_FIELD_NAMES: Final = (
    "title", "author", "editor", "year", "month", "date", "url", "doi", "number", "pages",
    "journal",
    "booktitle", "note", "TITLE", "x", "", "1", "é", "institution", "series", "volume", "pagetotal",
)  # fmt: skip


@st.composite
def _entry(draw: st.DrawFn) -> str:
    kind = draw(
        st.sampled_from(("book", "article", "misc", "comment", "string", "preamble", "x", ""))
    )
    key = draw(st.sampled_from(("one", "two", "", "a b", "é", "{", "one,")))
    names = draw(st.lists(st.sampled_from(_FIELD_NAMES), max_size=5))
    quotes = st.sampled_from(("{}", '""', "{}", "{", '"', ""))
    fields = []
    for name in names:
        marks = draw(quotes)
        value = "".join(draw(st.lists(_LATEX, max_size=3)))
        fields.append(f"{name} = {marks[:1]}{value}{marks[1:]}")
    end = draw(st.sampled_from(("}", "}", "}", "", ")", "}}")))
    return f"@{kind}{{{key}, {', '.join(fields)}{end}\n"


bibtex: Final = st.lists(_entry(), min_size=1, max_size=3).map(
    lambda entries: "".join(entries).encode("utf-8", "surrogatepass")
)

ris: Final = st.lists(
    st.tuples(st.sampled_from(("TY", "TI", "AU", "PY", "ER", "X")), hostile.texts), max_size=5
).map(lambda rows: "".join(f"{tag}  - {value}\n" for tag, value in rows).encode("utf-8", "replace"))
"""RIS, which is not read: it is refused in words."""

_PIECES: Final = (
    "<!DOCTYPE html>", "<html>", "<head>", "</head>", "<body>", "</body>", "<p>", "</p>", "<br>",
    "<pre>",
    "</pre>", "<table>", "<td>", "<tr>", "</table>", "<ul><li>", "<div hidden>",
    "<p style='display:none'>",
    "<script>", "</script>", "<style>", "<!--", "-->", "<![CDATA[", "]]>", "<svg>", "<math>",
    "<template>",
    "<frameset>", "<noscript>", "<textarea>", "<title>", "</title>",
    "<meta name=author content='A B'>",
    "<meta charset=utf-16>", "<meta charset=x>", "<meta charset=utf-7>", "<meta charset=shift_jis>",
    "<meta property=og:title>", "<meta content>", "<meta name=citation_title content='\x1b[31m'>",
    "<link rel=canonical href='\x1b]0;x\x07'>", "<link rel=canonical>", "<a href=x", "<x:y z=1>",
    "&#0;",
    "&#xD800;", "&#x202E;", "&#27;", "&#x9b;", "&bogus;", "&amp", "\x00", "\x0c", "\r", "word",
    " two words ",
    "<meta property='article:published_time' content='2015-99-99'>", "<body hidden>",
    "<?xml version='1'?>",
    "<meta property='article:published_time' content='0000-00-00'>", "<div>" * 200, "x" * 50_000,
)  # fmt: skip

pages: Final = st.tuples(
    st.lists(st.one_of(st.sampled_from(_PIECES), hostile.texts), min_size=1, max_size=25),
    st.sampled_from(("utf-8", "utf-8", "utf-16", "latin-1", "utf-8-sig", "shift_jis")),
).map(
    lambda made: ("<html>" + "".join(made[0])).encode(
        made[1], "surrogatepass" if "utf" in made[1] else "replace"
    )
)
"""Pages of pieces in any order.

Elements in one another take a parser time that grows with the square of their depth. A process that
reads a document is stopped after a minute; here they are not so deep.
"""


@st.composite
def pdfs(draw: st.DrawFn) -> bytes:
    """A sound PDF with bytes changed, cut, or doubled."""
    data = bytearray(_ARTICLE)
    for _ in range(draw(st.sampled_from((1, 5, 50)))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.sampled_from(("put", "put", "put", "insert", "cut", "double"))):
            case "put":
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case "insert":
                data[at:at] = draw(hostile.binaries)
            case "cut":
                del data[at : at + draw(st.integers(0, 3_000))]
            case "double":
                data[at:at] = data[at : at + 1_000]
    return b"%PDF-1.4\n" + bytes(data)
