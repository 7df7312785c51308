"""What a ZIP archive is: a document of a word processor, a book, or something else."""

from targetmarkets.importing.readers import docx, epub, odt
from targetmarkets.importing.readers.package import Package
from targetmarkets.importing.readers.reading import Reading, UnfitError

_OTHERS = {
    "xl/": ("a spreadsheet (XLSX)", "save its sheets as PDF"),
    "ppt/": ("a presentation (PPTX)", "save it as PDF"),
    "Index/": ("a document of Apple's iWork", "save it as PDF or DOCX"),
}


def read(data: bytes, name: str = "") -> Reading:
    """The text of the document that an archive is."""
    package = Package(data)
    kind = (package.part("mimetype") or b"").strip().decode("ascii", "replace")
    if kind == epub.MEDIA_TYPE or "META-INF/container.xml" in package.names:
        return epub.read(data, name)
    if "word/document.xml" in package.names:
        return docx.read(data, name)
    if kind == odt.MEDIA_TYPE or (not kind and "content.xml" in package.names):
        return odt.read(data, name)
    for start, (what, remedy) in _OTHERS.items():
        if any(part.startswith(start) for part in package.names):
            raise UnfitError(f"it is {what}", remedy)
    what = kind.rpartition(".")[2] if kind.startswith("application/vnd.oasis") else ""
    if what:
        raise UnfitError(f"it is an OpenDocument {what}", "save it as PDF")
    raise UnfitError("it is a ZIP archive", "unpack it, and add the documents that are in it")
