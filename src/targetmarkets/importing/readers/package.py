"""Documents that are ZIP archives of XML: opened so that what is in them does no harm."""

import io
import zipfile
import zlib
from typing import Any, Final

from lxml import etree

from targetmarkets import limits
from targetmarkets.importing.readers.reading import UnfitError

_REMEDY: Final = "open it in the program that made it, and save it anew"

XML: Final = f"lxml {etree.__version__}"


class Package:
    """An archive whose parts are asked for by name."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self.names = set(self._archive.namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise UnfitError(f"it is a damaged archive: {error}", _REMEDY) from error

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none."""
        if name not in self.names:
            return None
        try:
            with self._archive.open(name) as file:
                data = file.read(limits.PART.most + 1)
        except RuntimeError as error:  # or packed in a way that is not known
            raise UnfitError("it is encrypted", "save it without a password") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise UnfitError(f"its part {name} is damaged", _REMEDY) from error
        if len(data) > limits.PART.most:
            raise UnfitError(*limits.PART.exceeded(f"its part {name}"))
        return data

    def xml(self, name: str) -> Any:
        """The root of a part in XML; None where there is none, or it is no XML."""
        data = self.part(name)
        if data is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            return None


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for what is none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute of an element in whatever namespace; empty where it has none."""
    if element is not None:
        for key, value in element.attrib.items():
            if key.rpartition("}")[2] == name:
                return str(value)
    return ""


def child(element: Any, *names: str) -> Any:
    """The first child with a name, and its with the next; None where there is none."""
    for name in names:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


def texts(root: Any, name: str) -> list[str]:
    """What stands in all elements with a name."""
    if root is None:
        return []
    found = (
        "".join(element.itertext()).strip() for element in root.iter() if local(element) == name
    )
    return [text for text in found if text]
