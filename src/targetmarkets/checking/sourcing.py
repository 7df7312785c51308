"""Whether a passage is where, and whose, a draft says that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from targetmarkets.evidence.doubt import Cited as Quoting
from targetmarkets.model.vocabulary import LOCATOR_ABBREVIATIONS
from targetmarkets.records.checks import PROVED, VERDICTS, WarningRecord
from targetmarkets.text.sentences import around

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from targetmarkets.checking.check import Checker, Quoted
    from targetmarkets.checking.citing import Cited
    from targetmarkets.checking.verdict import Finding, Place
    from targetmarkets.model.objects import Claim
    from targetmarkets.records.checks import Verdict

_FROM_SOURCE: Final = "copy the passage from the archived text; tm show SOURCE --full prints it"


class Sourcing(NamedTuple):
    """A verdict that knows what the draft says beside the quotation."""

    verdict: Verdict
    places: tuple[Place, ...]
    message: str
    remedy: str
    warnings: tuple[WarningRecord, ...] = ()
    claims: tuple[Claim, ...] = ()


def sourced(checker: Checker, finding: Finding, quoted: Quoted, known: Sequence[str]) -> Sourcing:
    """The verdict on a quotation, of which is known where its words stand."""
    verdict = finding.verdict
    if verdict in PROVED:
        return _stands(checker, finding, quoted, known)
    if verdict == "short":
        count = len(finding.places)
        where = f"stands in {count} places" if count else "stands in no archived text"
        message = f"one word or two: {where}, which proves nothing"
        return Sourcing("short", finding.places, message, "")
    texts = checker.library.texts
    unarchived = [source for source in known if source not in texts]
    if verdict == "absent" and known and len(unarchived) == len(known):
        message = (
            f"the text of {' and '.join(unarchived)} is not archived here, and no other has it"
        )
        return Sourcing(
            "not archived", (), message, "look it up in the work itself, or archive its text: "
            "tm add source",
        )  # fmt: skip
    if verdict == "absent":
        message = f"stands in none of {len(texts)} archived texts, nor anything like it"
        return Sourcing("absent", (), message, "take it out, or archive the source that has it")
    return _altered(checker, finding, known)


def _altered(checker: Checker, finding: Finding, known: Sequence[str]) -> Sourcing:
    place = finding.places[0]
    where = _where(checker, place)
    lost = [
        f"{_lost(loss.what, loss.source, loss.draft)}" for loss in finding.lost
    ]  # what was lost is said first
    what = "; ".join([*lost, finding.kind or "words changed"])
    message = f"{what}: {where} has other words"
    if finding.kind == "splice":
        both = " and ".join(_where(checker, other) for other in finding.places)
        message = f"{what}: its parts stand apart, in {both}"
    elif finding.kind == "part of a word":
        message = f"{what}: begins or ends within a word of {where}"
    warnings = []
    if known and place.source not in known:
        text = f"the nearest passage is in {place.source}, and {' and '.join(known)} is cited"
        warnings.append(WarningRecord(kind="source", message=text))
    claims = tuple(checker.standings.quoting(*place))
    remedy = "a person decides what was meant" if lost else "--fix takes the source's words"
    if finding.kind == "splice":
        remedy = "quote each by itself"
    return Sourcing("altered", finding.places, message, remedy, tuple(warnings), claims)


def _lost(what: str, source: Sequence[str], draft: Sequence[str]) -> str:
    parts = []
    if source:
        parts.append(f"{what} lost ({', '.join(source)})")
    if draft:
        parts.append(f"{what} added ({', '.join(draft)})")
    return ", ".join(parts)


def _stands(checker: Checker, finding: Finding, quoted: Quoted, known: Sequence[str]) -> Sourcing:
    """Whether a passage with the words of an archived text is the one that is cited."""
    places = [place for place in finding.places if place.source in known] or list(finding.places)
    cited_here = any(place.source in known for place in places)
    right = [place for place in places if _fits(checker, place, quoted.cited)]
    warnings = [] if right or not cited_here else list(_misplaced(checker, places, quoted.cited))
    places = right or places
    if known and not cited_here:
        return _elsewhere(checker, finding, quoted, known, places)
    if len(places) > 1:
        where = "; ".join(_where(checker, place) for place in places[:3])
        message = f"stands in {len(finding.places)} places: {where}"
        remedy = "cite the source with its line or page, or quote more of it"
        return Sourcing("ambiguous", tuple(places), message, remedy)
    (place,) = places
    if wrong := _spoken(checker, place, quoted):
        return wrong._replace(warnings=(*warnings, *wrong.warnings))
    warnings += _beside(checker, place, quoted)
    claims = tuple(checker.standings.quoting(*place))
    message = f"{VERDICTS[finding.verdict].partition(';')[0]}: {_where(checker, place)}"
    if finding.verdict == "exact":
        message = f"stands in {_where(checker, place)}"
    return Sourcing(finding.verdict, (place,), message, "", tuple(warnings), claims)


def _elsewhere(
    checker: Checker,
    finding: Finding,
    quoted: Quoted,
    known: Sequence[str],
    places: Sequence[Place],
) -> Sourcing:
    """A passage that stands in another source than those that are cited."""
    kb, texts = checker.kb, checker.library.texts
    place = places[0]
    where = _where(checker, place)
    works = " and ".join(known)
    unarchived = [source for source in known if source not in texts]
    for work in unarchived:
        voices = checker.standings.voices(*place)
        if work in kb.sources[place.source].reports_on and (
            not voices
            or any(s.work == work or s.role == "book" for v in voices for s in v.speakers)
        ):
            message = f"{work} is quoted by way of {place.source}: cite both"
            warning = WarningRecord(kind="through", message=message)
            wrong = _spoken(checker, place, quoted)
            if wrong:
                return wrong
            claims = tuple(checker.standings.quoting(*place))
            more = tuple(_beside(checker, place, quoted))
            said = f"stands in {where}"
            return Sourcing(finding.verdict, (place,), said, "", (warning, *more), claims)
    if len(unarchived) == len(known):
        related = any(work in kb.sources[place.source].reports_on for work in unarchived)
        if not related:
            message = f"the text of {works} is not archived here; the words stand in {where}"
            return Sourcing("not archived", (place,), message, "look it up in the work itself")
    message = f"stands in {where}, and not in {works}"
    return Sourcing("misattributed", tuple(places), message, f"cite {place.source}")


def _spoken(checker: Checker, place: Place, quoted: Quoted) -> Sourcing | None:
    """What is wrong with who is named beside a passage; None where nothing is known to be."""
    if quoted.named is None:
        return None
    standings = checker.standings
    voices = standings.voices(*place)
    if not voices or any(standings.speaks(quoted.named, voice) for voice in voices):
        return None
    said = " or ".join(dict.fromkeys(voice.shown() for voice in voices))
    message = f"the words are those of {said}, and not of {quoted.named}: {_where(checker, place)}"
    claims = tuple(standings.quoting(*place))
    remedy = f"name who says it; tm show {voices[0].claim} has the chain"
    return Sourcing("misattributed", (place,), message, remedy, (), claims)


def _beside(checker: Checker, place: Place, quoted: Quoted) -> Iterator[WarningRecord]:
    """What else to look at beside a true quotation."""
    text = checker.library.texts[place.source]
    first, last = around(text, place.start, place.end)
    quoting = Quoting(place.source, place.start, place.end, text[first:last], first)
    outside = f"{quoted.block.text[: quoted.start]} {quoted.block.text[quoted.end :]}".casefold()
    left = [word.text for word in quoting.left_out() if word.text.casefold() not in outside]
    if left:
        words = ", ".join(dict.fromkeys(left))
        message = f"leaves out {words}, which stands in the same sentence of {place.source}"
        yield WarningRecord(kind="hedge", message=message)
    if quoted.named:
        voices = checker.standings.voices(*place)
        through = [checker.standings.paraphrases(quoted.named, voice) for voice in voices]
        if voices and all(through):
            message = f"the words are {through[0]}’s, which paraphrases {quoted.named}"
            yield WarningRecord(kind="paraphrase", message=message)


def _fits(checker: Checker, place: Place, cited: Sequence[Cited]) -> bool:
    """Whether a place is one that a citation names; one that names none fits every place."""
    given = [c for c in cited if c.label in {"line", "page"} and _names(checker, c, place)]
    return not given or any(_there(checker, place)[c.label or ""] & c.numbers() for c in given)


def _names(checker: Checker, cited: Cited, place: Place) -> bool:
    """Whether a citation is of the source of a place, and its locator one that can be checked."""
    source = checker.standings.source(cited.key)
    if source != place.source:
        return False
    return cited.label == "line" or checker.library.page(place.source, place.start) is not None


def _there(checker: Checker, place: Place) -> dict[str, set[str]]:
    """The lines and pages on which a place lies."""
    line, page = checker.library.line, checker.library.page
    last = max(place.start, place.end - 1)
    lines = range(line(place.source, place.start), line(place.source, last) + 1)
    pages = {page(place.source, place.start), page(place.source, last)}
    return {
        "line": {str(number) for number in lines},
        "page": {label.casefold() for label in pages if label},
    }


def _misplaced(
    checker: Checker, places: Sequence[Place], cited: Sequence[Cited]
) -> Iterator[WarningRecord]:
    for c in cited:
        place = places[0]
        if c.label in {"line", "page"} and _names(checker, c, place):
            there = ", ".join(sorted(_there(checker, place)[c.label], key=lambda n: (len(n), n)))
            short = "line" if c.label == "line" else LOCATOR_ABBREVIATIONS["page"]
            message = f"{c.key} has it on {short} {there}, and {short} {c.value} is cited"
            yield WarningRecord(kind="locator", message=message)


def _where(checker: Checker, place: Place) -> str:
    """A place in few words."""
    page = checker.library.page(place.source, place.start)
    at = f"p. {page}" if page else f"line {checker.library.line(place.source, place.start)}"
    return f"{place.source}, {at}"
