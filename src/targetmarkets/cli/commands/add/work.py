"""The bibliographic record of a source, as options of `tm add source`."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from targetmarkets.importing.bibliography import date_of, name_of


def _option(metavar: str, about: str, *flags: str) -> Any:
    return typer.Option(*flags, metavar=metavar, help=about, show_default=False)


Record = Annotated[
    str | None, _option("FILE|-", "A file of CSL-JSON or BibTeX with its bibliographic record.")
]
Key = Annotated[str | None, _option("KEY", "Which record of that file, if it has several.")]
Title = Annotated[str | None, _option("TEXT", "Title of the work.")]
Author = Annotated[
    list[str] | None, _option("NAME", "'Family, Given', or the name of a body; repeatable.")
]
Date = Annotated[str | None, _option("DATE", "Date of publication: 2015, 2015-12, 2015-12-08.")]
Type = Annotated[
    str | None, _option("TYPE", "CSL type: book, report, webpage, article-newspaper…", "--type")
]
Container = Annotated[str | None, _option("TEXT", "Work or outlet in which it appeared.")]
Publisher = Annotated[str | None, _option("TEXT", "Publisher.")]
Number = Annotated[str | None, _option("TEXT", "Number or symbol of a report or document.")]
Url = Annotated[str | None, _option("URL", "Address of the work.")]


def fields(
    title: str | None,
    author: Sequence[str] | None,
    date: str | None,
    type_: str | None,
    container: str | None,
    publisher: str | None,
    number: str | None,
    url: str | None,
) -> dict[str, Any]:
    """The record that these options give, in CSL-JSON. Raises `UsageError` for what is no date."""
    given = {
        "title": title,
        "author": [name_of(person) for person in author] if author else None,
        "issued": date_of(date) if date is not None else None,
        "type": type_,
        "container-title": container,
        "publisher": publisher,
        "number": number,
        "URL": url,
    }
    return {name: value for name, value in given.items() if value is not None}
