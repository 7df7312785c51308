"""Elements of CSL styles: citeproc-py's, and in their place those that keep to the standard.

citeproc-py takes no notice of `initialize="false"`, of `disambiguate`, of numbers as locators and
of letters after a year; it prints labels without their values, and says again what a macro has put
in the place of a name; titles gain and lose capitals at hyphens and quotation marks. Each class
puts one of these right. The test is pandoc, which sets every source the same.
"""

import re
from typing import Any, Final

from citeproc import model
from citeproc.source import VariableError
from citeproc.string import String
from lxml import etree

NAMESPACE: Final = "{http://purl.org/net/xbiblio/csl}"

_SMALL: Final = frozenset(
    {
        *("a", "about", "an", "and", "as", "at", "but", "by", "de", "down", "for", "from", "in"),
        *("into", "nor", "of", "on", "onto", "or", "over", "so", "the", "till", "to", "up", "v"),
        *("v.", "van", "via", "von", "vs", "vs.", "with", "yet"),
    }
)
"""Words that a title in English keeps small."""

_NUMERIC: Final = re.compile(r"[a-z]*\d+[a-z]*(\s*[-–,&]\s*[a-z]*\d+[a-z]*)*", re.IGNORECASE)


class _Element:
    """A style does not change while it is used: what an element has found in it stays found."""

    def xpath_search(self, expression: str) -> Any:
        found = self.__dict__.setdefault("found", {})
        if expression not in found:
            found[expression] = super().xpath_search(expression)  # type: ignore[misc] # a mixin
        return found[expression]


class _Other(_Element, model.CitationStylesElement):
    pass


class _Cased:
    """Case is changed, and periods are dropped, in numbers and in what is in pieces too."""

    def strip_periods(self, string: Any) -> Any:
        return super().strip_periods(String(string))  # type: ignore[misc] # a mixin

    def case(self, text: Any, language: str | None = None) -> Any:
        return text and super().case(String(text), language)  # type: ignore[misc] # a mixin


class _DatePart(_Cased, model.Date_Part):
    pass


class _NamePart(_Cased, model.Name_Part):
    def format_part(self, given: Any, family: Any) -> tuple[Any, Any]:
        """The parts of a name as texts, which is what they are joined as."""
        given, family = super().format_part(given, family)
        return given and str(given), family and str(family)


class _Number(_Cased, model.Number):
    pass


class _Label(_Cased, model.Label):
    """A label goes with its value."""

    def calls_variable(self) -> bool:
        return True

    def process(self, item: Any, variable: str | None = None, *args: Any, **options: Any) -> Any:
        own = self.get("variable")
        known = item.has_locator if own == "locator" else own.replace("-", "_") in item.reference
        if variable is None and not known:
            raise VariableError
        return super().process(item, variable, *args, **options)


class _Name(model.Name):
    """Given names are cut to initials only where the style says so."""

    def get_option(self, name: str, *args: Any) -> Any:
        if name == "initialize-with" and self.get("initialize") == "false":
            return None
        return super().get_option(name, *args)

    def initialize(self, given: str, mark: str, context: Any) -> Any:
        """What is small after a hyphen has no initial: `Jae-soon` is `J.`."""
        return super().initialize(re.sub(r"(?<=\w)-[^\W\dA-Z_]\w*", "", given), mark, context)


class _Text(_Cased, model.Text):
    """Titles in capitals, and quotation marks within quotation marks."""

    def case(self, text: Any, language: str | None = None) -> Any:
        if self.get("text-case") != "title" or language != "en" or not text:
            return super().case(text, language)
        return String(capitalise(str(text)))

    def quote(self, string: Any) -> Any:
        terms = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
        opening, closing, *inner = (str(self.get_single_term(name=term)) for term in terms)
        text = str(string)
        if self.get("quotes") == "true" and opening in text and closing in text:
            string = String(text.replace(opening, inner[0]).replace(closing, inner[1]))
        return super().quote(string)

    def _variable(self, item: Any, context: Any) -> Any:
        text = super()._variable(item, context)
        if text:
            layout = context.get_layout()
            layout.said = [*(layout.said or ()), self.get("variable")]
        return text


class _Substitute(model.Substitute):
    """What stands where a name is missing is not said again, also where a macro says it."""

    def render(self, item: Any, context: Any = None, **options: Any) -> Any:
        layout = context.get_layout()
        before = len(layout.said or ())
        text = super().render(item, context, **options)
        if text:
            said = layout.repressed.setdefault(f"{NAMESPACE}text", [])
            said += (layout.said or [])[before:]
        return text


class _Key(model.Key):
    """Titles are sorted by their first word, not by the quotation mark before it."""

    def sort_keys(self, items: Any, context: Any) -> list[Any]:
        keys = super().sort_keys(items, context)
        return [re.sub(r"^[\W_]+", "", str(key)) if key else key for key in keys]


class _Date(model.Date):
    """A year with the letter that tells a work from others of that year."""

    def render(self, item: Any, *args: Any, **options: Any) -> Any:
        text = super().render(item, *args, **options)
        letter, issued = item.reference.get("letter"), item.reference.get("issued")
        if not (text and letter and issued) or self.get("variable") != "issued":
            return text
        return String(str(text).replace(str(issued.year), f"{issued.year}{letter}", 1))


class _Conditions:
    """Conditions on ambiguity, and on locators that are numbers."""

    get: Any

    def render(self, item: Any, *args: Any, **options: Any) -> Any:
        if self.get("disambiguate") == "true" and not item.reference.get("disambiguate"):
            raise model.ConditionFailed
        return super().render(item, *args, **options)  # type: ignore[misc] # a mixin

    def _is_numeric(self, item: Any) -> list[bool]:
        known = super()._is_numeric(item)  # type: ignore[misc] # a mixin
        place = item.locator.identifier if item.has_locator else ""
        number = _NUMERIC.fullmatch(place) is not None
        names = self.get("is-numeric").split()
        return [number if name == "locator" else it for name, it in zip(names, known, strict=True)]


class _If(_Conditions, model.If):
    pass


class _ElseIf(_Conditions, model.Else_If):
    pass


_CORRECTED: Final = {
    "date": _Date, "date-part": _DatePart, "else-if": _ElseIf, "if": _If, "key": _Key,
    "label": _Label, "name": _Name, "name-part": _NamePart, "number": _Number,
    "substitute": _Substitute, "text": _Text,
}  # fmt: skip

_KNOWN: Final = {
    class_.__name__.replace("_", "-").lower(): class_
    for class_ in model.CitationStylesElement.__subclasses__()
    if class_ is not _Other
}

_CLASSES: Final = {
    tag: type(class_.__name__, (_Element, class_), {})
    for tag, class_ in (_KNOWN | _CORRECTED).items()
}


WORDS: Final = frozenset({*_CLASSES, "info", "multiple", "single", "style-options", "terms"})
"""Names of the elements of CSL; what stands in `info` is for people, and may have others."""


def lookup() -> Any:
    """What tells a parser the class of each element."""
    classes = etree.ElementNamespaceClassLookup()
    namespace = classes.get_namespace(NAMESPACE[1:-1])
    namespace[None] = _Other
    namespace.update(_CLASSES)
    return classes


def capitalise(title: str) -> str:
    """A title in English with a capital for each word but small ones inside."""
    words = re.split(r"(\s+)", title)
    for index in range(0, len(words), 2):
        edge = index in {0, len(words) - 1} or words[index - 2][-1:] in {":", ".", "?", "!"}
        if edge or words[index].strip("“”‘’(),") not in _SMALL:
            first, *more = words[index].split("-")
            parts = (part if part in _SMALL else _great(part) for part in more)
            words[index] = "-".join([_great(first), *parts])
    return "".join(words)


def _great(word: str) -> str:
    """A word with a capital, unless it has capitals already."""
    if not word.islower():
        return word
    return re.sub(r"[^\W\d_]", lambda letter: letter[0].upper(), word, count=1)
