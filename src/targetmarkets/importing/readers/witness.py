"""A second reader of PDF, which shares no code with the first: what both have is no slip of one."""

import io
import logging
from typing import Final

import pypdf

from targetmarkets.importing.readers.reading import Reading, UnfitError, clean

EXTRACTOR: Final = f"pypdf {pypdf.__version__}"

logging.disable()  # what it thinks of the document goes to nobody


def read(data: bytes, name: str = "") -> Reading:
    """The text of a document, page by page, as this reader has it; a page that it cannot read is
    empty.
    """
    try:
        document = pypdf.PdfReader(io.BytesIO(data))
        count = len(document.pages)
    except Exception as error:  # whatever a library may raise on what others made
        raise UnfitError("a second reader cannot read it", "") from error
    texts = [clean(_page(document, number)).replace("\f", "\n") for number in range(count)]
    labels = [str(number + 1) for number in range(count)]
    return Reading("\f".join(texts), EXTRACTOR, labels=labels)


def _page(document: pypdf.PdfReader, number: int) -> str:
    try:
        return document.pages[number].extract_text()
    except Exception:  # noqa: BLE001 - whatever a library may raise on what others made
        return ""
