"""The bibliographic record of a source, as options of `tm add source`."""

from typing import Annotated, Any, NamedTuple

import typer

from targetmarkets.importing.bibliography import date_of, name_of


def _option(metavar: str, about: str, *flags: str) -> Any:
    return typer.Option(*flags, metavar=metavar, help=about, show_default=False)


class Recorded(NamedTuple):
    """A bibliographic record that stands elsewhere."""

    record: Annotated[
        str | None,
        _option("FILE|-", "A file of CSL-JSON, BibTeX or RIS with its bibliographic record."),
    ] = None
    key: Annotated[str | None, _option("KEY", "Which record of that file, if it has several.")] = (
        None
    )


class WorkFields(NamedTuple):
    """What was typed of a work, in the order of the help."""

    title: Annotated[str | None, _option("TEXT", "Title of the work.")] = None
    author: Annotated[
        list[str] | None, _option("NAME", "'Family, Given', or the name of a body; repeatable.")
    ] = None
    date: Annotated[
        str | None,
        _option("DATE", "Date of publication: 2015, 2015-12, 2015-12-08, or in EDTF: 2015~."),
    ] = None
    type_: Annotated[
        str | None, _option("TYPE", "CSL type: book, report, webpage, article-newspaper…", "--type")
    ] = None
    container: Annotated[str | None, _option("TEXT", "Work or outlet in which it appeared.")] = None
    publisher: Annotated[str | None, _option("TEXT", "Publisher.")] = None
    number: Annotated[
        str | None,
        _option("TEXT", "Number or symbol of a report or document."),
    ] = None
    url: Annotated[str | None, _option("URL", "Address of the work.")] = None

    def record(self) -> dict[str, Any]:
        """The record that they give, in CSL-JSON. Raises `UsageError` for what is no date."""
        given = {
            "title": self.title,
            "author": [name_of(person) for person in self.author] if self.author else None,
            "issued": date_of(self.date) if self.date is not None else None,
            "type": self.type_,
            "container-title": self.container,
            "publisher": self.publisher,
            "number": self.number,
            "URL": self.url,
        }
        return {name: value for name, value in given.items() if value is not None}
