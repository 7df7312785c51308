"""What DOCX and ODT have in common, their elements told apart: rows, cells, raised marks."""

from abc import ABC, abstractmethod
from typing import Any

from targetmarkets.importing.readers.reading import Gaps
from targetmarkets.importing.readers.sheet import Sheet, Way


class LaidOut(ABC):
    """A document that is laid out. XML that is deeper than a few hundred was refused."""

    def __init__(self, gaps: Gaps) -> None:
        self._gaps = gaps
        self._sheet = Sheet()
        self._in_cell = False

    @abstractmethod
    def _each(self, element: Any) -> None:
        """Lay out what is in an element."""

    def _row(self, element: Any) -> None:
        before, self._in_cell = self._in_cell, True
        self._sheet.line()
        self._each(element)
        self._sheet.line()
        self._in_cell = before

    def _cell(self, element: Any) -> None:
        self._sheet.words(self._apart(element), exact=True)
        self._sheet.cell()

    def _apart(self, element: Any) -> str:
        """The words of a cell or a note, line by line."""
        before = self._sheet, self._in_cell
        self._sheet, self._in_cell = Sheet(), True
        self._each(element)
        words = self._sheet.text().strip()
        self._sheet, self._in_cell = before
        return words

    def _raised(self, text: str, way: Way = "raised") -> None:
        self._sheet.begin(way)
        self._sheet.words(text)
        self._sheet.end()
