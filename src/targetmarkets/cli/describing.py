"""Ask a person at a terminal how a source is described, proposing what its document says."""

from typing import Any, Final

import typer

from targetmarkets.cli.asking import ask, asks, confirmed
from targetmarkets.cli.loading import open_knowledge
from targetmarkets.cli.options import knowledge_base
from targetmarkets.cli.output import tell
from targetmarkets.errors import UsageError
from targetmarkets.importing.bibliography import date_of, name_of
from targetmarkets.writing.archiving import Document, SourceDraft
from targetmarkets.writing.forms import Field, incomplete
from targetmarkets.writing.known_works import known_work

_TYPES: Final = {
    "article-newspaper": "an article in a newspaper or of a news agency",
    "article-magazine": "an article in a magazine",
    "article-journal": "an article in a scholarly journal",
    "report": "a report of an institution, such as a panel of experts",
    "webpage": "a page of a site",
    "book": "a book",
    "document": "anything else",
}
"""The types of CSL that are offered; --type takes any."""

_TITLE: Final = Field("title", "its title", needed=True)
_RECORD: Final = (
    _TITLE,
    Field("type", "what it is", _TYPES, needed=True),
    Field(
        "author", "its authors, as 'Family, Given' or the name of a body, with | between", many=True
    ),
    Field("issued", "when it was published: 2015, 2015-12, 2015-12-08"),
    Field("container-title", "the work or outlet in which it appeared"),
)
_DESCRIPTOR: Final = Field(
    "descriptor", "one sentence on it: what it is, who made it, its limits", needed=True
)


def is_known(
    context: typer.Context, kb: str | None, draft: SourceDraft, document: Document | None
) -> bool:
    """Whether a knowledge base has a source, so that nothing of it is asked for."""
    return known_work(open_knowledge(knowledge_base(context, kb)), draft, document) is not None


def described(draft: SourceDraft, document: Document | None, *, no_input: bool) -> SourceDraft:
    """A source with all that it needs: as it is given, or as a person says.

    Raises `SeveralError` for what is missing.
    """
    found = {**(document.extraction.record if document else {}), **draft.record}
    lacking = [] if found.get("title") else [_TITLE]
    lacking += [] if draft.descriptor else [_DESCRIPTOR]
    if not lacking:
        return draft
    if not asks(no_input):
        lines = [f"  {field.option}: {field.what}" for field in lacking]
        raise incomplete("source", lines)
    tell("what is missing of the source is asked for; Ctrl-C leaves without saving")
    record = dict(draft.record)
    for field in _RECORD:
        if field.name not in draft.record:
            said = ask(field, _shown(found.get(field.name)), needed=field.needed)
            record |= _as_csl(field.name, said, found)
    descriptor = draft.descriptor or ask(_DESCRIPTOR, needed=True)
    lines = [f"  {name}: {_shown(value)}" for name, value in record.items()]
    tell("this is going to be saved:", None, [*lines, f"  descriptor: {descriptor}"])
    if not confirmed("save it", default=True):
        tell("nothing was saved")
        raise typer.Abort
    return draft._replace(record=record, descriptor=descriptor)


def _as_csl(name: str, said: Any, found: dict[str, Any]) -> dict[str, Any]:
    """What a person says of a field of the record, in CSL-JSON; empty where that is nothing. A
    date that is none is asked for again.
    """
    while name == "issued" and said and said != _shown(found.get(name)):
        try:
            return {name: date_of(said)}
        except UsageError as error:
            tell(error.message, error.remedy)
            said = ask(_RECORD[3])
    if not said:
        return {}
    if name == "author":
        return {name: [name_of(person) for person in said]}
    return {name: found[name] if said == _shown(found.get(name)) else said}


def _shown(value: Any) -> str:
    """A field of a record as a person would type it."""
    if isinstance(value, dict):
        parts = value.get("date-parts", [[]])[0]
        return "-".join(f"{part:02}" for part in parts)
    if isinstance(value, list):
        people = (
            person.get("literal") or f"{person.get('family', '')}, {person.get('given', '')}"
            for person in value
        )
        return " | ".join(people)
    return str(value or "")
