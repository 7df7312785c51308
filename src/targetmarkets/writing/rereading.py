"""Read the kept documents again, and compare what comes out with the archived texts."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from targetmarkets.errors import TargetMarketsError
from targetmarkets.evidence.archive import Archives, open_kept
from targetmarkets.importing.extract import extract
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.opening import load
from targetmarkets.kb.paths import Place
from targetmarkets.model.findings import CheckResult, Finding, Verification
from targetmarkets.model.objects import Source
from targetmarkets.model.parts import Archive
from targetmarkets.writing.archiving import read_otherwise, reading_fields
from targetmarkets.writing.edits import build
from targetmarkets.writing.reanchoring import reanchor

CHECK: Final = "document"

DESCRIPTION: Final = "every kept document, read again, gives its archived text"

Progress = Callable[[int, int], None]

_CERTAIN: Final = frozenset({"kept", "moved", "chosen"})
"""What may become of a passage without a change of its characters."""


def with_documents(
    verification: Verification, place: Place, progress: Progress | None = None
) -> Verification:
    """What `verify` found at a place, and what a reader of today finds otherwise in the documents
    that are kept there.

    What it cannot read any more is a finding too. Of a file that does not load, nothing is read.
    """
    sound = all(check.status == "passed" for check in verification.checks if check.name == "shape")
    kb = load(place) if sound else None
    kept = [source for source in kb.archived if _has_original(source)] if kb else []
    findings: list[Finding] = []
    for number, source in enumerate(kept, start=1):
        if kb:
            findings += _of(kb, source)
        if progress:
            progress(number, len(kept))
    result = CheckResult(
        name=CHECK,
        description=DESCRIPTION,
        status="failed" if findings else "passed" if kb else "not run",
        checked=len(kept),
        findings=len(findings),
    )
    return verification.model_copy(
        update={
            "ok": verification.ok and not findings,
            "checks": (*verification.checks, result),
            "findings": (*verification.findings, *findings),
        }
    )


def _has_original(source: Source) -> bool:
    """Whether a document is kept that was read here; a text that was given is nobody's to read."""
    original = source.archive.original if source.archive else None
    return original is not None and original.extractor != "given as a text"


def _of(kb: Knowledge, source: Source) -> Iterator[Finding]:
    archive = source.archive
    assert archive is not None
    assert archive.original is not None
    file = archive.original.file
    archives = Archives(kb)
    if archives.problem(source.id):
        return  # found by the other checks
    old = archives.text(source.id).text
    try:
        found = extract(open_kept(kb, file).data, file)
        fates = reanchor(kb, source.id, old, found.text).record.passages
        same = {"file": archive.file, "sha256": archive.sha256, "media_type": archive.media_type}
        others = read_otherwise(build(Archive, {**same, **reading_fields(found)}), archive)
    except TargetMarketsError as error:
        yield _finding(source, file, f"cannot be read again: {error.message}", error.remedy)
        return
    if found.text == old:
        if others:
            message = f"read again by {found.extractor}, it gives the same text, and other "
            remedy = f"tm anchor {source.id} records them"
            yield _finding(source, file, message + ", ".join(others), remedy)
        return
    lines = Counter(old.split("\n")), Counter(found.text.split("\n"))
    gone, come = (lines[0] - lines[1]).total(), (lines[1] - lines[0]).total()
    changed = sum(passage.fate not in _CERTAIN for passage in fates)
    of = f"; {changed} of its {len(fates)} passages are not the same there" if changed else ""
    message = (
        f"read again by {found.extractor}, it gives another text than {archive.original.extractor}"
        f" did: {gone:,} lines are gone and {come:,} are new{of}"
    )
    remedy = f"tm anchor {source.id} --dry-run shows each passage; without --dry-run, it is taken"
    yield _finding(source, file, message, remedy)


def _finding(source: Source, file: str, message: str, remedy: str | None) -> Finding:
    return Finding(
        check=CHECK,
        file=file,
        line=None,
        path=None,
        id=source.id,
        message=message,
        remedy=remedy or "see the document",
    )
