"""Prove a knowledge base: that it loads, and that every quotation stands in its source."""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from targetmarkets import structure
from targetmarkets.anchor import ArchivedText, Span, open_archive
from targetmarkets.errors import UnreadableError
from targetmarkets.findings import CheckResult, Finding, Verification
from targetmarkets.jsontext import Path as JsonPath
from targetmarkets.locate import find
from targetmarkets.models import Claim, KnowledgeFile, Source
from targetmarkets.store import inspect
from targetmarkets.structure import Fault, place
from targetmarkets.vocabulary import HEDGES

PROOFS: Final[dict[str, str]] = {
    "archive": "every archived text is there, a regular file of UTF-8 in its folder",
    "hash": "every archived text has the SHA-256 that is recorded for it",
    "span": "every span lies within its archived text",
    "quotation": "every passage stands at its span, code point by code point",
    "hedge": "every hedge stands, as whole words, in a quotation, and goes with the certainty",
}
"""The checks that `verify` makes beyond those of loading."""

CHECKS: Final[dict[str, str]] = {**structure.CHECKS, **PROOFS}
"""All checks by name, in the order in which they run, with what each proves."""


def verify(kb: str | os.PathLike[str] | None = None) -> Verification:
    """Run every check over a knowledge base and its archived texts.

    `kb` is the file or its folder, as for `load`; the bundled one unless it is named. Raises
    `DataError` where there is no JSON to read; everything else is a finding.
    """
    path = find(kb)
    inspection = inspect(path)
    findings = list(inspection.findings)
    checked: Counter[str] = Counter()
    repeated = place(inspection.text, str(path), structure.repeated_keys(inspection.text))
    findings += repeated
    if inspection.content:
        proof = _Proof(inspection.content, path)
        findings += proof.findings(inspection.text)
        checked = proof.checked
    order = list(CHECKS)
    findings.sort(key=lambda finding: order.index(finding.check))
    failed = Counter(finding.check for finding in findings)
    return Verification(
        ok=not findings,
        file=str(path),
        checks=tuple(
            CheckResult(
                name=name,
                description=CHECKS[name],
                status="failed" if failed[name] else "passed" if _ran(name, checked) else "not run",
                checked=checked[name],
                findings=failed[name],
            )
            for name in CHECKS
        ),
        findings=tuple(findings),
    )


def _ran(name: str, checked: Mapping[str, int]) -> bool:
    """Whether a check ran. Without an archived text that can be read, three of them cannot."""
    lost = name in {"hash", "span", "quotation"} and checked.get("archive") and not checked[name]
    return name in checked and not lost


class _Proof:
    """One run of the proofs over the content of a knowledge base."""

    def __init__(self, content: KnowledgeFile, path: Path) -> None:
        self.content = content
        self.path = path
        objects = sum(len(getattr(content, name)) for name in structure.LISTS)
        self.checked = Counter(
            dict.fromkeys(PROOFS, 0)
            | {
                "shape": 1,
                "ids": objects,
                "references": sum(1 for _ in structure.references(content)),
                "evidence": len(content.claims),
                "scope": len(content.claims),
            }
        )

    def findings(self, text: str) -> list[Finding]:
        """Everything that does not hold; `text` is the text of the knowledge base."""
        in_archives: list[Finding] = []
        faults: list[Fault] = []
        spans = self._spans()
        for index, source in enumerate(self.content.sources):
            if source.archive is None:
                continue
            archived, finding = self._archive(source, index, len(spans[source.id]))
            in_archives += finding
            if archived:
                faults += self._passages(archived, spans[source.id])
        faults += self._hedges()
        return in_archives + place(text, str(self.path), faults)

    def _spans(self) -> dict[str, list[tuple[JsonPath, str, Span]]]:
        """Every recorded passage by its source: JSON path, id of its object, passage."""
        spans: dict[str, list[tuple[JsonPath, str, Span]]] = defaultdict(list)
        for index, quote in enumerate(self.content.quotes):
            spans[quote.source].append((("quotes", index), quote.id, quote))
        for index, source in enumerate(self.content.sources):
            for nth, passage in enumerate(source.set_aside):
                path = ("sources", index, "set_aside", nth)
                spans[source.id].append((path, source.id, passage))
        return spans

    def _archive(
        self, source: Source, index: int, passages: int
    ) -> tuple[ArchivedText | None, list[Finding]]:
        """The archived text of a source if it can be read, and what is wrong with it."""
        unproved = f"; {passages} recorded passages of it are not proved"
        assert source.archive is not None
        self.checked["archive"] += 1

        def finding(check: str, file: Path, field: str, message: str, remedy: str) -> Finding:
            path = f"sources[{index}].archive.{field}"
            return Finding(
                check=check, file=str(file), line=None, path=path, id=source.id,
                message=message, remedy=remedy,
            )  # fmt: skip

        try:
            archived = open_archive(self.path, source.archive)
        except UnreadableError as error:
            message, remedy = error.message, error.remedy or ""
            return None, [finding("archive", self.path, "file", message + unproved, remedy)]
        self.checked["hash"] += 1
        found = []
        if archived.sha256 != source.archive.sha256:
            message = (
                f"its SHA-256 is {archived.sha256}, and {source.archive.sha256} is recorded: "
                "either the text or the record was changed"
            )
            remedy = "restore the archived text, or the recorded hash, from where it came"
            found.append(finding("hash", archived.path, "sha256", message, remedy))
        try:
            archived.text  # noqa: B018 - decoding is the check
        except UnicodeDecodeError as error:
            message = f"byte {error.start} is not UTF-8{unproved}"
            found.append(
                finding("archive", archived.path, "file", message, "restore the archived text")
            )
            return None, found
        return archived, found

    def _passages(
        self, archived: ArchivedText, spans: list[tuple[JsonPath, str, Span]]
    ) -> Iterator[Fault]:
        for path, id_, span in spans:
            self.checked["span"] += 1
            self.checked["quotation"] += 1
            if not archived.holds(span):
                message = f"the span {span.start}-{span.end} does not lie in {archived.path.name}, "
                message += f"which has {len(archived.text)} code points"
                yield Fault("span", path, id_, message, _where(archived, span))
            elif not archived.has(span):
                message = _difference(archived, span)
                yield Fault("quotation", path, id_, message, _where(archived, span))

    def _hedges(self) -> Iterator[Fault]:
        quotes = {quote.id: quote.exact for quote in self.content.quotes}
        for index, claim in enumerate(self.content.claims):
            cited = [quotes.get(item.quote, "") for item in claim.evidence if item.quote]
            if claim.hedge is None and not (cited and claim.certainty in HEDGES):
                continue
            self.checked["hedge"] += 1
            if problem := _hedge_problem(claim, cited):
                path = ("claims", index, "hedge" if claim.hedge else "certainty")
                yield Fault("hedge", path, claim.id, *problem)


def _hedge_problem(claim: Claim, cited: list[str]) -> tuple[str, str] | None:
    """What is wrong with the hedge of a claim and its certainty, and what to do."""
    remedy = "take hedge and certainty from the quotation together"
    if claim.hedge is None:
        return f"is {claim.certainty}, and has no hedge from its quotation", remedy
    words = re.compile(rf"(?<!\w){re.escape(claim.hedge)}(?!\w)")
    if not any(map(words.search, cited)):
        message = f"the hedge {_excerpt(claim.hedge)} stands in no quotation of the claim"
        return message, "take the words from the quotation; a reference has none to take"
    if claim.certainty == "stated":
        return f"is stated, and has the hedge {_excerpt(claim.hedge)}", remedy
    known = HEDGES.get(claim.certainty, ())
    if known and not any(word in claim.hedge.casefold() for word in known):
        return f"the hedge {_excerpt(claim.hedge)} does not make it {claim.certainty}", remedy
    return None


def _difference(archived: ArchivedText, span: Span) -> str:
    """What the archived text has and what is recorded, from just before they part."""
    there = archived.text[span.start : span.end]
    pairs = zip(there, span.exact, strict=False)
    same = min(len(there), len(span.exact))
    first = next((i for i, (one, other) in enumerate(pairs) if one != other), same)
    begin = max(0, first - 20)
    return (
        f"from character {span.start + first} {archived.path.name} has {_excerpt(there[begin:])}, "
        f"and {_excerpt(span.exact[begin:])} is recorded"
    )


def _where(archived: ArchivedText, span: Span) -> str:
    """Remedy for a passage that is not where it is said to be."""
    found = archived.find(span.exact)
    if not found:
        return "the passage is nowhere in that text: restore the one that was changed"
    if len(found) > 1:
        return "the passage stands there more than once: correct the span"
    end = found[0] + len(span.exact)
    return f"the passage stands at {found[0]}-{end}: correct the span, or restore the text"


def _excerpt(text: str, length: int = 60) -> str:
    """A text on one line, shortened, every character visible."""
    return repr(text if len(text) <= length else text[: length - 1] + "…")
