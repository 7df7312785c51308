"""What can be added by words alone: the fields of each thing, and how it is made of them.

The commands of `tm add`, what they ask for on a terminal, the rows of a file that is added as a
whole, and its templates all take their fields from here. A field has the name of its option.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from targetmarkets.errors import SeveralError, UsageError, shorten
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.resolve import free_id, resolve, resolve_term
from targetmarkets.model.activities import (
    ACTIVITY_TYPES,
    ACTOR_KINDS,
    EVENT_KINDS,
    FORMS,
    GOODS,
    OUTCOMES,
)
from targetmarkets.model.objects import Actor, Category, Customer, Event, Group, Quote
from targetmarkets.model.stored import Stored
from targetmarkets.model.vocabulary import (
    CERTAINTIES,
    CLAIM_KINDS,
    CUSTOMER_KINDS,
    REGIONS,
    STANCES,
)
from targetmarkets.writing.drafts import (
    ClaimDraft,
    Wrong,
    activity,
    draft_claim,
    identifier,
    iso_codes,
    period,
    place,
    quantity,
    speaker,
)
from targetmarkets.writing.edits import build
from targetmarkets.writing.quoting import quote

Made = TypeVar("Made", bound=Stored)

Given = Mapping[str, Any]
"""What was typed, by the names of fields: a text, a list of texts, or whether; absent if not."""


class Field(NamedTuple):
    """Something that is typed of an object."""

    name: str
    what: str
    """What it is, in the words of a question."""
    terms: Mapping[Any, str] = {}
    """The choices, each with its definition; empty where any text will do."""
    needed: bool = False
    many: bool = False
    flag: bool = False
    instead: Sequence[str] = ()
    """Fields of which one may be given in its place."""
    asked: bool = False
    """Whether a person who is asked at all is asked for it too, though it may be left out."""
    argument: str = ""
    """How it is called as an argument of its command; empty for an option."""
    read: Callable[[str], object] | None = None
    """Reads what is typed of it, or each of several; raises `UsageError` for what cannot be meant.
    None where any text will do, or other objects have to be known."""

    @property
    def option(self) -> str:
        """How a person gives it to its command."""
        return self.argument or f"--{self.name.replace('_', '-')}"


class Form(NamedTuple):
    """An object as it is typed."""

    fields: Sequence[Field]
    make: Callable[[Knowledge, Given, Collection[str]], Sequence[Stored]]
    """The object that is meant, after what comes with it; it may refer to others that are added
    with it, by their ids. Raises `RequestError` and `PassageError`."""

    def lacks(self, given: Given) -> Iterator[Field]:
        """The fields that are needed and not given."""
        for field in self.fields:
            if field.needed and not any(given.get(name) for name in (field.name, *field.instead)):
                yield field

    def refuse_incomplete(
        self, word: str, given: Given, more: Mapping[str, str], *, options: bool = True
    ) -> None:
        """Raises `SeveralError` with everything that is needed and not given, by option or else by
        name; `more` says more of some of them.
        """
        lines = []
        for field in self.lacks(given):
            named = [each for each in self.fields if each.name in {field.name, *field.instead}]
            shown = " or ".join(each.option if options else each.name for each in named)
            choices = f" ({', '.join(map(str, field.terms))})" if field.terms else ""
            lines.append(f"  {shown}: {field.what}{choices}{more.get(field.name, '')}")
        if lines:
            raise incomplete(word, lines, asks=options)


def incomplete(word: str, lines: Sequence[str], *, asks: bool = True) -> SeveralError:
    """The error for what is missing of an object, a field in each line; `asks` says whether a
    person at a terminal would be asked for it.
    """
    message = f"to add {'an' if word[0] in 'aeiou' else 'a'} {word}, this is missing:"
    return SeveralError(message, "give it; on a terminal, tm asks for it" if asks else None, lines)


def field_at(path: str | None) -> str:
    """The name of the field in which a JSON path ends; empty without one."""
    return (path or "").rpartition(".")[2].partition("[")[0]


def _customer(kb: Knowledge, given: Given, _: Collection[str]) -> list[Customer]:
    return _built(
        Customer,
        {
            "id": _id(kb, given),
            "name": given["name"],
            "aliases": given.get("alias") or [],
            "kind": resolve_term(given["kind"], CUSTOMER_KINDS, "kind of customer"),
            "iso_3166": iso_codes(given["iso"]) if given.get("iso") is not None else None,
            "region": resolve_term(given["region"], REGIONS, "sub-region"),
        },
    )


def _category(kb: Knowledge, given: Given, _: Collection[str]) -> list[Category]:
    fields = {"id": _id(kb, given), "name": given["name"], "chapter": given["chapter"]}
    return _built(Category, fields)


def _group(kb: Knowledge, given: Given, _: Collection[str]) -> list[Group]:
    customers = kb.customers
    members = [resolve(other, customers, "customer").id for other in given.get("member") or ()]
    return _built(Group, {"id": _id(kb, given), "name": given["name"], "members": members})


def _event(kb: Knowledge, given: Given, _: Collection[str]) -> list[Event]:
    return _built(
        Event,
        {
            "id": _id(kb, given),
            "name": given["name"],
            "aliases": given.get("alias") or [],
            "kind": resolve_term(given["kind"], EVENT_KINDS, "kind of event"),
        },
    )


def _actor(kb: Knowledge, given: Given, _: Collection[str]) -> list[Actor]:
    country = given.get("country")
    return _built(
        Actor,
        {
            "id": _id(kb, given),
            "name": given["name"],
            "aliases": given.get("alias") or [],
            "kind": resolve_term(given["kind"], ACTOR_KINDS, "kind of actor"),
            "country": country.upper() if country else None,
            "identifiers": [identifier(text) for text in given.get("identifier") or ()],
        },
    )


def _id(kb: Knowledge, given: Given) -> str:
    return given.get("id") or free_id(kb, given["name"])


def _built(model: type[Made], fields: object) -> list[Made]:
    return [build(model, fields)]


def _quote(kb: Knowledge, given: Given, _: Collection[str] = ()) -> list[Quote]:
    nth = str(given.get("nth") or "")
    if nth and not nth.isdecimal():
        raise UsageError(f"nth: {shorten(nth)} is no number", "count from 1")
    quoted = quote(
        kb, given["source"], given["passage"], id_=given.get("id"), nth=int(nth) if nth else None
    )
    return [quoted.quote]


def _claim(kb: Knowledge, given: Given, others: Collection[str]) -> list[Stored]:
    wrong = Wrong()
    if given.get("passage") and not given.get("source"):
        raise UsageError("a passage is of a source, which is not given", "name the source too")
    passages = [{**given, "id": None}] if given.get("passage") else []
    quotes = [each for made in wrong.each(passages, lambda row: _quote(kb, row)) for each in made]
    new = [each.id for each in quotes]
    claims = wrong.each([given], lambda row: draft_claim(kb, claim_draft(row), others, new))
    wrong.settle()
    return [*(each for each in quotes if each.id not in kb.quotes), *claims]


def claim_draft(given: Given) -> ClaimDraft:
    """A claim as it is typed. Raises `UsageError` for what is wrong with its activity."""
    named = {
        "items": given.get("item") or [],
        "quantities": given.get("quantity") or [],
        "outcome": given.get("outcome") or "unstated",
    }
    supply = activity(given.get("type"), given.get("goods"), given.get("form"), named)
    as_typed = ("hedge", "hedge_note", "reasoning", "period", "said", "note")
    return ClaimDraft(
        statement=given.get("statement") or "",
        id=given.get("id"),
        about=given.get("about") or (),
        speakers=given.get("speaker") or (),
        quotes=given.get("quote") or (),
        references=given.get("reference") or (),
        consulted_at=given.get("consulted_at"),
        event=given.get("event"),
        parties=given.get("party") or (),
        places=given.get("place") or (),
        fields={
            "kind": given.get("kind") or ("activity" if supply else None),
            "activity": supply,
            "certainty": given.get("certainty") or "stated",
            "certainty_basis": "collected" if given.get("collected") else "source",
            "negative": bool(given.get("negative")),
            "joint": bool(given.get("joint")),
            "stance": given.get("stance") or "asserted",
            "denies": given.get("denies") or [],
            "conflicts_with": given.get("conflicts_with") or [],
            **{name: given.get(name) for name in as_typed},
        },
    )


_ID: Final = Field("id", "its id; made of its words unless given")
_ALIASES: Final = Field("alias", "other names that find it", many=True)

_CLAIM_FIELDS: Final = (
    Field(
        "statement",
        "the claim in your own words; it says no more than its evidence",
        needed=True,
        argument="STATEMENT",
    ),
    Field("about", "the customers, categories and groups that it is about", many=True),
    Field(
        "kind", "what sort of statement it is", CLAIM_KINDS, needed=True, instead=("goods", "type")
    ),
    Field("goods", "of an activity: what is supplied", GOODS),
    Field("form", "of an activity: in what form", FORMS),
    Field("type", "of an activity: an old word for goods and form together", ACTIVITY_TYPES),
    Field("item", "of an activity: what the source names", many=True),
    Field(
        "quantity",
        "of an activity: about 445 cylinders, 11-15 officers",
        many=True,
        read=quantity,
    ),
    Field("outcome", "of an activity: what came of it", OUTCOMES),
    Field("event", "the event that it speaks of"),
    Field("party", "who takes part, as PART:NAME", many=True),
    Field("place", "a place that it names, as RELATION:PLACE", many=True, read=place),
    Field("certainty", "how sure the speaker is of it", CERTAINTIES),
    Field("collected", "whether the certainty is its collector's grade", flag=True),
    Field("negative", "whether it says that something is not so", flag=True),
    Field("hedge", "the hedging words, verbatim"),
    Field("hedge_note", "why a word of doubt or denial in the passage has no bearing on it"),
    Field(
        "speaker",
        "who says it, outermost first, as ROLE:NAME:MODE",
        needed=True,
        many=True,
        read=speaker,
    ),
    Field(
        "quote",
        "what proves it",
        needed=True,
        many=True,
        instead=("reference", "passage"),
    ),
    Field("source", "the archived source of a passage"),
    Field("passage", "the passage that proves it, copied from the source"),
    Field("nth", "which, if the passage stands in several places"),
    Field("reference", "a reference, as SOURCE, LOCATOR", many=True),
    Field("consulted_at", "where the references were read"),
    Field("joint", "whether all of its evidence is needed", flag=True),
    Field("reasoning", "how the evidence gives the claim"),
    Field("stance", "whether the speaker asserts it", STANCES),
    Field("denies", "the claims that it denies", many=True),
    Field("conflicts_with", "the claims that cannot be right with it", many=True),
    Field("period", "when, if the source says, in EDTF: 2011, 2011-03/..", read=period),
    Field("said", "when it was said or denied, if that is another time", read=period),
    Field("note", "what a reader should know to judge it"),
    _ID,
)


def _name(what: str, argument: str = "NAME") -> Field:
    return Field("name", what, needed=True, argument=argument)


FORM_OF: Final[Mapping[str, Form]] = {
    "claim": Form(_CLAIM_FIELDS, _claim),
    "quote": Form(
        (
            Field("source", "the archived source", needed=True, argument="SOURCE"),
            Field("passage", "the passage, copied from the source", needed=True, argument="TEXT"),
            Field("nth", "which, if it stands in several places"),
            _ID,
        ),
        _quote,
    ),
    "customer": Form(
        (
            _name("its name, as the source has it"),
            Field("kind", "whether it is a state", CUSTOMER_KINDS, needed=True),
            Field("region", "where it is, or chiefly operates", REGIONS, needed=True),
            Field(
                "iso",
                "a code of a state in ISO 3166-1; the others follow",
                asked=True,
                read=iso_codes,
            ),
            _ALIASES,
            _ID,
        ),
        _customer,
    ),
    "category": Form(
        (
            _name("its name, as the book has it"),
            Field("chapter", "the number of the chapter that treats it", needed=True),
            _ID,
        ),
        _category,
    ),
    "group": Form(
        (
            _name("the words of the text itself", "WORDS"),
            Field("member", "customers that the text names as of it", many=True),
            _ID,
        ),
        _group,
    ),
    "event": Form(
        (
            _name("what, where and when, in a few words"),
            Field("kind", "what sort of occurrence it is", EVENT_KINDS, needed=True),
            _ALIASES,
            _ID,
        ),
        _event,
    ),
    "actor": Form(
        (
            _name("its usual name"),
            Field("kind", "what it is", ACTOR_KINDS, needed=True),
            Field("country", "ISO 3166-1 code of its country, if a claim says so"),
            Field("identifier", "a number of it, as SCHEME:NUMBER", many=True, read=identifier),
            _ALIASES,
            _ID,
        ),
        _actor,
    ),
}
"""What can be added by words alone, by the word for it."""
