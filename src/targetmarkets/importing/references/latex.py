"""LaTeX as the text that it stands for, by pandoc, with the marks of CSL-JSON."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from targetmarkets.importing.pandoc import PandocError, inlines, pandoc

_READ: Final = ("-f", "latex-smart+raw_tex-latex_macros", "-t", "json")
_SPECIAL: Final = re.compile(r"[\\{}$%~`'^_&#\"]|--")
"""What LaTeX may read as anything but itself."""

_DOTLESS: Final = re.compile("([ıȷ])([\u0300-\u036f])")
"""What pandoc makes of an accent on `\\i`; it has no dot to make place for one."""

_QUOTE: Final = "\ue001"
"""Stands for a straight apostrophe, which pandoc would bend; this character is nobody's."""

SIGNS: Final[Mapping[str, str]] = {
    "AE": "Æ", "DH": "Ð", "DJ": "Đ", "L": "Ł", "NG": "Ŋ", "O": "Ø", "OE": "Œ", "SS": "ẞ", "TH": "Þ",
    "ae": "æ", "dh": "ð", "dj": "đ", "l": "ł", "ng": "ŋ", "o": "ø", "oe": "œ", "ss": "ß", "th": "þ",
    "dag": "†", "ddag": "‡", "degree": "°", "textbar": "|", "textcent": "¢", "textdegree": "°",
    "textdiv": "÷", "textellipsis": "…", "textemdash": "—", "textendash": "–", "texteuro": "€",
    "textexclamdown": "¡", "textnumero": "№", "textohm": "Ω", "textordfeminine": "ª",
    "textordmasculine": "º", "textperiodcentered": "·", "textpm": "±", "textquestiondown": "¿",
    "texttimes": "×", "texttrademark": "™", "enskip": " ", "enspace": " ", "nobreakspace": " ",
    "qquad": " ", "quad": " ", "space": " ", "thinspace": " ",
}  # fmt: skip
"""Commands that stand for a character. Pandoc does not know most of them, and drops them."""

_PLAIN: Final = (
    "NoCaseChange|hbox|mbox|nocase|normalfont|protect|relax|sf|small|text|textlf|upshape"
)
"""Commands that change nothing of the words; pandoc drops some with what stands behind them."""

_GUARDED: Final = re.compile(
    r"(?P<address>\\(?:url|path|nolinkurl|href)\s*\{[^{}]*\})"
    r"|\\(?P<logo>[A-Za-z]*TeXe?)(?![A-Za-z])(?:\{\})?"
    rf"|\\(?P<letter>{'|'.join(SIGNS)})(?![A-Za-z])(?:\{{\}}|\s+)?"
    rf"|\\(?P<plain>{_PLAIN})(?![A-Za-z])\s*|(?P<caps>\\sc)(?![A-Za-z])|(?P<space>\\[;:])"
    r"|(?P<none>\\!)|(?P<command>\\(?:[A-Za-z]+\s?|.))|(?P<dash>-{2,3})|(?P<open>``)|(?P<close>'')"
    r"|`(?P<single>[^`'{}\\]+)'(?!')|(?P<tick>[`'])|(?P<tie>~)|(?P<sign>[%&#])|(?P<dollar>\$)",
    re.DOTALL,
)
"""What is not left to pandoc, which takes a bare `%` for the beginning of a comment."""

_INSTEAD: Final = {
    "open": "“", "close": "”", "tie": " ", "space": " ", "plain": "", "none": "",
    "caps": r"\scshape",
}  # fmt: skip

_MARKS: Final = {
    "Emph": ("<i>", "</i>"),
    "Strong": ("<b>", "</b>"),
    "Superscript": ("<sup>", "</sup>"),
    "Subscript": ("<sub>", "</sub>"),
    "SmallCaps": ('<span style="font-variant:small-caps;">', "</span>"),
}
_BLANKS: Final = frozenset({"Space", "SoftBreak", "LineBreak"})
_MOST: Final = 2_000
"""Texts that are given to pandoc together."""


class Decoded(NamedTuple):
    """What some LaTeX stands for."""

    text: str
    unknown: tuple[str, ...] = ()
    """Commands, with what they are given, that are not known; none of it is in the text."""


class Decoder:
    """Texts that are to be decoded, so that pandoc is run once for all of them."""

    def __init__(self) -> None:
        self._known: dict[str, Decoded] = {}
        self._waiting: dict[str, None] = {}

    def __getitem__(self, latex: str) -> Decoded:
        if latex not in self._known and not _SPECIAL.search(latex):
            return Decoded(" ".join(latex.split()))
        if latex not in self._known:
            self.want(latex)
            self._run()
        return self._known[latex]

    def want(self, *latex: str) -> None:
        """Texts that will be asked for."""
        self._waiting |= dict.fromkeys(text for text in latex if _SPECIAL.search(text))

    def _run(self) -> None:
        waiting = [text for text in self._waiting if text not in self._known]
        self._waiting.clear()
        for start in range(0, len(waiting), _MOST):
            part = waiting[start : start + _MOST]
            self._known |= dict(zip(part, _decoded(part), strict=True))


def _decoded(texts: list[str]) -> list[Decoded]:
    """What each text stands for. One that pandoc cannot read stays as it is."""
    document = "\n\n".join(f"\\begin{{quote}}{_guarded(t)}\\end{{quote}}" for t in texts)
    try:
        blocks = json.loads(pandoc(document, *_READ, purpose="reading BibTeX"))["blocks"]
        if [block["t"] for block in blocks] == ["BlockQuote"] * len(texts):
            contents = [inlines(block["c"]) for block in blocks]
            return _finished(contents)
    except PandocError:
        pass
    if len(texts) == 1:
        return [Decoded(" ".join(texts[0].split()))]
    middle = len(texts) // 2
    return [*_decoded(texts[:middle]), *_decoded(texts[middle:])]


def _guarded(latex: str) -> str:
    """LaTeX that pandoc reads as LaTeX does, and that is nothing but one paragraph."""
    dollars = len(re.findall(r"(?<!\\)(?:\\\\)*\$", latex))

    def guard(match: re.Match[str]) -> str:
        kind, text = match.lastgroup, match[0]
        match kind:
            case "dash":
                return "—" if len(text) == 3 else "–"
            case "logo" | "letter":
                return SIGNS.get(match[kind], match[kind])
            case "single":
                return f"‘{match['single']}’"
            case "tick":
                return _QUOTE if text == "'" else "{`}"
            case "sign":
                return rf"\{text}"
            case "dollar":
                return rf"\{text}" if dollars % 2 else text
            case "command" if text == "\\ ":
                return "{} "
            case "address":
                return re.sub(r"(?<!\\)%", r"\\%", text)
        return _INSTEAD.get(kind or "", text)

    return _GUARDED.sub(guard, " ".join(latex.split()))


def _finished(contents: list[list[dict[str, Any]]]) -> list[Decoded]:
    """Texts of inline elements, with what is set as formulas in them."""
    formulas = dict.fromkeys(f for content in contents for f in _formulas(content))
    set_: dict[str, str] = {}
    if formulas:
        blocks = [{"t": "Plain", "c": [_math(formula)]} for formula in formulas]
        version = [1, 23, 1]
        document = json.dumps({"pandoc-api-version": version, "meta": {}, "blocks": blocks})
        page = pandoc(document, "-f", "json", "-t", "html", "--wrap=none", purpose="reading BibTeX")
        lines = re.findall(r'<span class="math inline">(.*?)</span>', page, re.DOTALL)
        set_ = dict(zip(formulas, map(_marked, lines), strict=True))
    found = []
    for content in contents:
        unknown: list[str] = []
        text = "".join(_texts(content, set_, unknown)).replace(_QUOTE, "'")
        text = _DOTLESS.sub(_dotted, text)
        told = tuple(source.replace(_QUOTE, "'") for source in unknown)
        found.append(Decoded(re.sub(" {2,}", " ", text).strip(), told))
    return found


def _dotted(letter: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", f"{'i' if letter[1] == 'ı' else 'j'}{letter[2]}")


def _math(formula: str) -> dict[str, Any]:
    return {"t": "Math", "c": [{"t": "InlineMath"}, formula]}


def _marked(page: str) -> str:
    """A formula that pandoc has set for a page, with no marks but those of CSL-JSON."""
    from html import unescape

    return unescape(re.sub(r"</?(?!/?su[bp]>)[a-z][^>]*>", "", page))


def _formulas(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        if content.get("t") == "Math":
            yield content["c"][1]
        else:
            yield from _formulas(content.get("c"))
    elif isinstance(content, list):
        for part in content:
            yield from _formulas(part)


def _texts(content: Iterable[Any], formulas: dict[str, str], unknown: list[str]) -> Iterator[str]:
    """The pieces of text of some inline elements; what has none goes to the unknown."""
    for element in content:
        kind, inner = element["t"], element.get("c")
        if kind in _BLANKS:
            yield " "
        elif kind == "Str":
            yield inner
        elif kind == "Code":
            yield inner[1]
        elif kind == "Math":
            yield formulas[inner[1]]
        elif kind in _MARKS:
            opening, closing = _MARKS[kind]
            text = "".join(_texts(inner, formulas, unknown))
            yield f"{opening}{text}{closing}" if text else ""
        elif kind == "Quoted":
            marks = "“”" if inner[0]["t"] == "DoubleQuote" else "‘’"
            yield marks[0] + "".join(_texts(inner[1], formulas, unknown)) + marks[1]
        elif kind in {"Span", "Link", "Underline", "Strikeout"}:
            yield from _texts(inner if isinstance(inner[0], dict) else inner[1], formulas, unknown)
        else:
            unknown.append(_source(inner))


def _source(content: Any) -> str:
    """What an element was in LaTeX, as far as pandoc has kept it."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return _source(content.get("c", ""))
    parts = content if isinstance(content, list) else []
    if len(parts) == 2 and parts[0] in ("latex", "tex"):
        return str(parts[1])
    return " ".join(filter(None, map(_source, parts)))
