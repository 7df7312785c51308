"""Citations in any CSL style, by citeproc-py."""

from __future__ import annotations

import re
from contextlib import contextmanager
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from citeproc import Citation as Cluster
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc import Locator as Place
from citeproc.source.json import CiteProcJSON
from citeproc.string import String, normalize_seam
from lxml import etree

from targetmarkets.errors import UsageError, shorten
from targetmarkets.formats.citations.styles import StyleError, parse_style, read_style, safe_parser
from targetmarkets.formats.citations.works import csl_record
from targetmarkets.records.wording import cite_work

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from targetmarkets.model.objects import Source
    from targetmarkets.model.parts import Locator
    from targetmarkets.records.citation import Citation


class Processor:
    """A style at work on the works that one output cites."""

    def __init__(self, style: str, works: Sequence[Source]) -> None:
        """Raises `UsageError`, as all that it does, for a style that cannot be used."""
        self._name = style
        # For a style that has no words for such a work: a citation is never left out.
        self._plain = {work.id: cite_work(work) for work in works}
        with self._used():
            sheet = _Sheet(read_style(style))
            self._root = sheet.root
            # Kept: lxml makes an element anew when nobody holds it, without what it was told.
            self._citation = sheet.root.citation
            self._citation.cites = []  # it stays so: no citation is shortened for one before it
            self._layout = self._citation.layout
            self._works = _Works([csl_record(work) for work in works])
            self._bibliography = CitationStylesBibliography(sheet, self._works, formatter.plain)
            for work in works:
                self._bibliography.register(Cluster([CitationItem(work.id)]))
            self.in_notes = sheet.root.get("class") == "note"
            if not self.in_notes:
                if sheet.has_bibliography():
                    self._bibliography.sort()
                self._tell_apart()

    def cite(self, citation: Citation) -> str:
        """A citation, as if it were the first: in full, if the style cites in notes."""
        with self._used():
            text = self._one(citation.source, citation.locator)
            if citation.via:
                text = f"{self._one(citation.via.work)}, {citation.via.mode} {text}"
            text = self._layout.get("prefix", "") + text
            return self._punctuated(
                text + str(normalize_seam(text, self._layout.get("suffix", "")))
            )

    def references(self) -> list[str]:
        """The list of references, in the order of the style; empty where it has none."""
        if self._root.bibliography is None:
            return []
        with self._used():
            references = [self._punctuated(str(text)) for text in self._bibliography.bibliography()]
            if self._root.bibliography.get("second-field-align"):  # set as a column of its own
                return [re.sub(r"^(\[\d+\]|\(?\d+[.)]?)(?=\S)", r"\1 ", r) for r in references]
            return references

    def _one(self, key: str, locator: Locator | None = None) -> str:
        """One work at one place, without what the style puts around a citation.

        A place for which CSL has no label follows the citation, as it does with pandoc.
        """
        labelled = locator if locator and locator.label else None
        place = {"locator": Place(labelled.label, labelled.value)} if labelled else {}
        item = CitationItem(key, **place)
        Cluster([item]).bibliography = self._bibliography
        self._layout.repressed = {}
        text = str(self._layout.render_children(item) or "") or self._plain[key]
        return f"{text}, {locator.value}" if locator and not labelled else text

    def _tell_apart(self) -> None:
        """Have works that would be cited in the same words told apart, as the style does that."""
        for keys in self._alike():
            for key in keys:
                self._works[key]["disambiguate"] = True
        if self._citation.get("disambiguate-add-year-suffix") != "true":
            return
        explicit = self._root.xpath_search(".//cs:text[@variable='year-suffix']")
        for keys in self._alike():
            for index, key in enumerate(keys):
                self._works[key]["year_suffix" if explicit else "letter"] = _letters(index)

    def _alike(self) -> list[list[str]]:
        alike: dict[str, list[str]] = {}
        for key in self._bibliography.keys:
            alike.setdefault(self._one(key), []).append(key)
        return [keys for keys in alike.values() if len(keys) > 1]

    def _punctuated(self, text: str) -> str:
        """No full stop after a question; full stop and comma inside quotation marks, where the
        language has them there.
        """
        text = re.sub(r"(?<=[?!])\.(?=\s|$)", "", text)
        if self._root.get_locale_option("punctuation-in-quote") != "true":
            return text
        names = ("close-inner-quote", "close-quote")
        inner, outer = (re.escape(str(self._root.get_single_term(name=name))) for name in names)
        marks = rf"((?:{inner})?{outer})"
        text = re.sub(rf"([?!.,]){marks}[.,]", r"\1\2", text)
        return re.sub(rf"{marks}([.,])", r"\2\1", text)

    @contextmanager
    def _used(self) -> Iterator[None]:
        """Whatever a style makes the processor do, say that it cannot be used."""
        try:
            yield
        except UsageError:
            raise
        except Exception as error:
            # What other errors say is meant for who wrote the processor.
            known = isinstance(error, (StyleError, etree.XMLSyntaxError))
            reason = str(error) if known else "the processor cannot follow what it says"
            message = f"the style {shorten(self._name)} cannot be used: {reason}"
            raise UsageError(message, "choose another, or correct the file") from error


class _Sheet(CitationStylesStyle):
    """A style parsed without trust."""

    def __init__(self, text: str) -> None:
        parser = safe_parser()
        root = parse_style(text, parser)
        root.set_locale_list(root.get("default-locale", "en-US"), validate=False)
        root.locales = [_own(locale, root, parser) for locale in root.locales]
        self.root = root
        # Kept, so that they keep what they have found.
        self._elements = [element for tree in (root, *root.locales) for element in tree.iter()]


class _Works(CiteProcJSON):
    """Works whose texts are texts, whatever tags stand in them."""

    def parse_string(self, string: object) -> Any:
        return String(string)


def _own(locale: Any, root: Any, parser: Any) -> Any:
    """A locale with our elements: the style's own has them, those of the package have not."""
    if locale.getparent() is None:
        locale = etree.fromstring(etree.tostring(locale), parser)
        locale.style = root
    return locale


def _letters(index: int) -> str:
    """`a` to `z`, then `aa`."""
    before, last = divmod(index, 26)
    return (_letters(before - 1) if before else "") + ascii_lowercase[last]
