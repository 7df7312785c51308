"""Hypothesis: the file that its client imports, an annotation for each claim and quotation."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from targetmarkets.exports.about import about
from targetmarkets.exports.bracket import bracket, sure
from targetmarkets.exports.interface import Export
from targetmarkets.exports.passages import (
    BY_REFERENCE,
    BY_REFERENCE_WHY,
    UNPROVED,
    Passages,
    count_by_reference,
)
from targetmarkets.model.objects import Actor, Category, Customer, Event, Group, Quote, Source
from targetmarkets.text.addresses import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from targetmarkets.exports.interface import Losses
    from targetmarkets.exports.passages import Passage
    from targetmarkets.exports.selection import Selection
    from targetmarkets.model.objects import Claim

_OF_QUOTATIONS: Final = ("quotation_part_of_word", "quotation_formerly")

_FIELDS: Final = (
    "id", "kind", "about", "statement", "certainty", "certainty_of", "certainty_basis", "hedge",
    "hedge_note", "speakers", "scope", "stance", "denies", "conflicts_with", "event", "period",
    "said", "places", "parties", "activity", "evidence", "joint", "reasoning", "note",
    "assessment", "status", "retraction", "formerly", *_OF_QUOTATIONS,
)  # fmt: skip
"""What the text of an annotation says of its claim, one to a line, in this order."""

_MARKS: Final = re.compile(r"(?<=[wW.])\.|(?<= ) |[^A-Za-z0-9 ,;?’‘“”–—…()/.%-]")
"""What Markdown, HTML, TeX or a finder of addresses might take for more than a sign."""

UNUSED: Final = "quotations that no claim rests on"
RECORDED: Final = "sources, customers, categories, groups, events and actors"

_LACKS: Final[Mapping[str, str]] = {
    BY_REFERENCE: BY_REFERENCE_WHY,
    UNUSED: "an annotation says what a claim says",
    RECORDED: "claims give their ids, and quotations those of their sources; the rest has no place",
    UNPROVED: "no program would find them; tm verify says why",
}

_CARRIES: Final[Mapping[str, str]] = {
    "Source.id": "`user`, before `@targetmarkets`",
    "Quote.id": "`id`, before `--`",
    "Quote.part_of_word": "`text`: `quotation_part_of_word: …`",
    "Quote.formerly": "`text`: `quotation_formerly: …`",
    "Quote.source": "`user`, before `@targetmarkets`",
    "Quote.exact": "`exact` of the TextQuoteSelector",
    "Quote.start": "`start` of the TextPositionSelector, in units of UTF-16",
    "Quote.end": "`end` of the TextPositionSelector, in units of UTF-16",
    **{
        f"Claim.{field}": f"`text`: `{field}: …`"
        for field in _FIELDS
        if field not in {"certainty_of", *_OF_QUOTATIONS}
    },
    "Claim.negative": "`text`: `certainty_of: …`",
}


def write(selection: Selection, path: Path, losses: Losses) -> None:
    """Write an object with a list of annotations, one a line; of the rest the client reads
    nothing.
    """
    count_by_reference(selection, losses)
    for model in (Source, Customer, Category, Group, Event, Actor):
        losses.note(RECORDED, sum(1 for _ in selection.objects(model)))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"annotations": [')
        for number, annotation in enumerate(_annotations(selection, losses)):
            file.write(",\n" if number else "\n")
            file.write(json.dumps(annotation, ensure_ascii=False))
        told: dict[str, object] = {key.replace(" ", "_"): value for key, value in about(selection)}
        told["not_carried"] = [lost._asdict() for lost in losses]
        file.write(f'\n], "export": {json.dumps(told, ensure_ascii=False)}}}\n')


def _annotations(selection: Selection, losses: Losses) -> Iterator[dict[str, Any]]:
    passages = Passages(selection)
    for quote in selection.objects(Quote):
        claims = list(selection.on_quote(quote.id))
        losses.note(UNUSED, not claims)
        passage = passages.of(quote)
        if passage is None:
            losses.note(UNPROVED)
            continue
        for claim in claims:
            yield _annotation(selection, quote, passage, claim)


def _annotation(
    selection: Selection, quote: Quote, passage: Passage, claim: Claim
) -> dict[str, Any]:
    """A claim at a quotation. The client puts all that it imports on the page that is open, and
    asks whose annotations it is to take: so each source is a user.
    """
    source = selection.kb.sources[quote.source]
    address = web_address(source.bibliography.address) or f"urn:targetmarkets:source:{source.id}"
    selectors = [
        {"type": "TextPositionSelector", "start": passage.utf16.start, "end": passage.utf16.end},
        {
            "type": "TextQuoteSelector",
            "exact": quote.exact,
            "prefix": passage.before,
            "suffix": passage.after,
        },
    ]
    return {
        "id": f"{quote.id}--{claim.id}",
        "user": f"acct:{source.id}@targetmarkets",
        "user_info": {"display_name": selection.shared.work(source.id)},
        "uri": address,
        "document": {"title": [source.title]},
        "target": [{"source": address, "selector": selectors}],
        "text": text(selection, quote, claim),
        "tags": _tags(selection, claim),
        "permissions": {"read": [f"acct:{source.id}@targetmarkets"], "update": [], "delete": []},
    }


def _tags(selection: Selection, claim: Claim) -> list[str]:
    """What is shown below the text, and asked for: a certainty never without what it is of."""
    tags = [claim.kind, sure(selection.shared.claim(claim)), claim.stance, *claim.about]
    return [*tags, "retracted"] if claim.status == "retracted" else tags


def text(selection: Selection, quote: Quote, claim: Claim) -> str:
    """What an annotation says, in Markdown: the statement, after how sure it is and whether it is a
    denial or retracted; who says so; every field in JSON; and what else there is of the quotation.
    """
    record = selection.shared.claim(claim)
    fields = claim.model_dump(mode="json", exclude_none=True)
    fields["certainty_of"] = record.certainty_of
    fields["quotation_part_of_word"] = quote.part_of_word or None
    fields["quotation_formerly"] = list(quote.formerly)
    statement = f"{bracket(record, record.hedge)} {record.statement}"
    lines = [f"**{literal(statement)}**", f"Said by {literal(record.said_by)}."]
    lines += [
        f"{literal(name)}: {literal(_json(fields[name]))}"
        for name in _FIELDS
        if fields.get(name) not in (None, [])
    ]
    return "\n\n".join(lines)


def literal(words: str) -> str:
    """Words as Markdown, HTML and TeX show them, and take them for nothing else: every sign that
    may mean more is given by its number.
    """
    return _MARKS.sub(lambda sign: f"&#{ord(sign[0])};", words)


def _json(value: object) -> str:
    """A value in JSON; in ASCII where a page would not show each of its signs."""
    written = json.dumps(value, ensure_ascii=False)
    return written if written.isprintable() else json.dumps(value)


EXPORT: Final = Export(write, _CARRIES, _LACKS)
