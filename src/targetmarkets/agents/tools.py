"""What agents can ask: each tool as a function of a knowledge base. They change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field

from targetmarkets.agents import answers
from targetmarkets.agents.answers import MAX_LISTED, NOTICE
from targetmarkets.checking.check import Checker
from targetmarkets.checking.reading import read
from targetmarkets.errors import UsageError
from targetmarkets.evidence.archive import Archives
from targetmarkets.formats.interface import STYLE, Citing, Dossiers, Look
from targetmarkets.formats.registry import CITATION_FORMATS, set_citations, set_dossiers
from targetmarkets.kb.filters import Filters
from targetmarkets.kb.opening import load
from targetmarkets.kb.resolve import resolve
from targetmarkets.query.search import Within, search
from targetmarkets.query.select import select
from targetmarkets.records.compose import Composer
from targetmarkets.records.wording import cite_work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from targetmarkets.kb.knowledge import Knowledge

What = Literal["customers", "events", "actors", "claims"]
Limit = Annotated[int, Field(ge=1, le=MAX_LISTED, description="Items of one answer.")]
PageNumber = Annotated[int, Field(ge=1, le=100_000, description="Which page of the answer.")]
Words = Annotated[str, Field(max_length=1_000, description="Words to search for; empty: all.")]
Name = Annotated[str, Field(max_length=200)]

MAX_TEXT: Final = 1_000_000
"""Characters of a text that is checked."""

MAX_IDS: Final = 50
"""Objects that are cited at once."""


class Tools:
    """The tools over one knowledge base, which is read once."""

    def __init__(self, kb: Knowledge) -> None:
        self._hold(kb)

    def _hold(self, kb: Knowledge) -> None:
        self.kb = kb
        self.composer = Composer(kb)
        self.archives = Archives(kb)
        self._checker: Checker | None = None

    def open_anew(self) -> None:
        """Go on with the knowledge base as it is now: the connection to it was lost.

        Raises what `load` raises.
        """
        self._hold(load(self.kb.path))

    @property
    def checker(self) -> Checker:
        """Checks drafts; its index is made when it is first needed."""
        if self._checker is None:
            self._checker = Checker(self.kb)
        return self._checker

    async def find(
        self,
        what: Annotated[What, Field(description="What to look for.")] = "customers",
        query: Words = "",
        customer: Annotated[Name, Field(description="Id or name of a customer.")] = "",
        category: Annotated[Name, Field(description="resilient, reluctant or ad-hoc.")] = "",
        certainty: Annotated[
            Name, Field(description="stated, likely, possible, alleged or implied.")
        ] = "",
        limit: Limit = 10,
        page: PageNumber = 1,
    ) -> dict[str, Any]:
        """Find customers, events, actors or claims, by words or by filters.

        Every claim comes with its hedge, who says it, whether it is proved by a quotation, and the
        citation key to use. Then call show with an id.
        """
        given = {"customer": customer, "category": category, "certainty": certainty}
        filters = Filters(**{name: (value,) for name, value in given.items() if value})
        if query.strip():
            if certainty:
                raise UsageError("certainty does not go with query", "leave one of them out")
            ids = self._searched(what, query, filters)
            found = self.kb.foresee(self.kb.several(ids))
            records: Sequence[Any] = [self.composer.record(item) for item in found]
        else:
            records = select(self.kb, what, filters, composer=self.composer)
        shown: dict[str, Callable[[Any], dict[str, Any]]] = {
            "customers": answers.customer,
            "events": answers.event,
            "actors": answers.actor,
            "claims": lambda record: answers.claim(record, self.archives),
        }
        return {"notice": NOTICE, **answers.some(records, shown[what], limit, page)}

    def _searched(self, what: What, query: str, filters: Filters) -> list[str]:
        """Ids of the objects that a search finds, the best first."""
        kind = what.removesuffix("s")
        hits = search(self.kb, query, Within((kind,), filters)).hits
        return list(dict.fromkeys(hit.id for hit in hits if hit.kind == kind))

    async def show(
        self,
        id: Annotated[Name, Field(description="Id or name of anything: a customer, a claim, …")],  # noqa: A002 - the word of the program
        full: Annotated[bool, Field(description="Everything, by pages; else one screen.")] = False,
        page: PageNumber = 1,
    ) -> dict[str, Any]:
        """Show one object: its overview on a screen, or with full the whole record by pages.

        A claim comes with its quotations, each proved just now, its speakers and its hedge.
        """
        item = resolve(id, self.kb.objects, "object")
        record = self.composer.record(item)
        look = Look()
        text = set_dossiers(Dossiers([record], self.archives, full=full), "text", look)
        part, pages = answers.page_of(text, page)
        if page > pages:
            raise UsageError(f"there is no page {page} of {pages}", f"ask for page 1 to {pages}")
        answer: dict[str, Any] = {
            "notice": NOTICE, "id": item.id, "object": record.object, "page": page, "pages": pages,
            "text": part,
        }  # fmt: skip
        if record.object == "claim":
            answer["claim"] = answers.claim(record, self.archives)
        if page < pages:
            answer["next"] = f"page {page + 1} goes on"
        return answer

    async def verify_quotation(
        self,
        quotation: Annotated[
            str, Field(max_length=20_000, description="The words, without marks.")
        ],
        source: Annotated[Name, Field(description="Id of the source that is cited.")] = "",
        speaker: Annotated[Name, Field(description="Who is said to say it.")] = "",
    ) -> dict[str, Any]:
        """Say whether words stand in the archived texts: exact, same words, altered or absent.

        Of altered words it gives the nearest passage, and what was lost: a hedge, a negation, a
        number. Quote only what is exact or same words.
        """
        if not quotation.strip():
            raise UsageError("there is no quotation", "give the words that are quoted")
        found = self.checker.passage_of(quotation, source, speaker)
        return {"notice": NOTICE, **answers.quotation(found)}

    async def check_text(
        self,
        text: Annotated[str, Field(max_length=MAX_TEXT, description="The draft.")],
        format: Annotated[  # noqa: A002 - the word of the program
            Literal["markdown", "text"], Field(description="What the draft is.")
        ] = "markdown",
    ) -> dict[str, Any]:
        """Check every quotation and citation of a draft, as tm check does.

        Citations are pandoc's: [@nknews-2015, line 7]. Call it before you hand in a text.
        """
        name = "draft.md" if format == "markdown" else "draft.txt"
        draft = read(text.encode("utf-8", "replace"), name, format)
        return {"notice": NOTICE, **answers.report(self.checker.check([draft]))}

    async def cite(
        self,
        ids: Annotated[
            list[Name], Field(min_length=1, max_length=MAX_IDS, description="Ids or names.")
        ],
        format: Annotated[  # noqa: A002 - the word of the program
            Literal["pandoc", "text", "bibtex", "ris", "csl-json"],
            Field(description="pandoc gives keys with their places."),
        ] = "pandoc",
        page: PageNumber = 1,
    ) -> dict[str, Any]:
        """Give the citations of objects: keys for a manuscript, or references."""
        assert format in CITATION_FORMATS
        records = self.composer.named(ids)
        cited = [citation for record in records for citation in record.citations()]
        text = set_citations(Citing(cited, self.kb.sources, STYLE), format, Look())
        part, pages = answers.page_of(text, page)
        answer: dict[str, Any] = {"format": format, "page": page, "pages": pages, "text": part}
        if not cited:
            answer["next"] = "no claim rests on it; find claims about it first"
        return answer

    async def sources(
        self,
        query: Words = "",
        archived: Annotated[bool, Field(description="Only those whose text is here.")] = False,
        limit: Limit = 20,
        page: PageNumber = 1,
    ) -> dict[str, Any]:
        """List the sources: key, work, what it reports on, whether its text is here to quote."""
        listed = [s for s in self.kb.sources.values() if s.archive or not archived]
        words = query.casefold().split()
        shown = [s for s in listed if all(word in _told(s).casefold() for word in words)]

        def item(source: Any) -> dict[str, Any]:
            return {
                "id": source.id, "work": cite_work(source),
                "descriptor": source.descriptor, "archived": source.archive is not None,
                "reports_on": list(source.reports_on), "cite": f"[@{source.id}]",
            }  # fmt: skip

        return {"notice": NOTICE, **answers.some(shown, item, limit, page)}


def _told(source: Any) -> str:
    return f"{source.id} {cite_work(source)} {source.descriptor}"
