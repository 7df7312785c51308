"""What nothing needs: objects to which nothing refers, and files that no source names.

Neither is wrong: a quotation is there before the claim that rests on it. But after a merge of which
somebody took one side, it is what is left of claims that were lost.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from targetmarkets import limits
from targetmarkets.errors import UnreadableError
from targetmarkets.evidence.archive import folders
from targetmarkets.evidence.proofs import path_of
from targetmarkets.kb.files import read_bytes
from targetmarkets.kb.opening import load
from targetmarkets.kb.paths import file_of
from targetmarkets.model.findings import CheckResult, Finding, Verification
from targetmarkets.model.integrity import CHECKS as STRUCTURE
from targetmarkets.model.objects import Claim
from targetmarkets.text.json_source import dump, show_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.kb.paths import Place

CHECKS: Final[dict[str, str]] = {
    "use": "something refers to every object that is not a claim",
    "file": "every file among the archived texts is one that a source names",
}
"""What is looked for, with what it would be like without."""


def leftovers(verification: Verification, place: Place) -> Iterator[Finding]:
    """Everything that nothing needs in what was verified at a place; of a file that does not load,
    nothing. `verification.file` is no place: it lacks the password of an address.
    """
    structure = [check for check in verification.checks if check.name in STRUCTURE]
    if all(check.status == "passed" for check in structure):
        yield from _leftovers(load(place))


def with_leftovers(verification: Verification, findings: Sequence[Finding]) -> Verification:
    """What `verify` found, with what nothing needs as findings of checks of their own."""
    found = Counter(finding.check for finding in findings)
    ran = {check.name: check for check in verification.checks}
    kinds = {"use": ran["ids"].checked - ran["evidence"].checked, "file": found["file"]}
    results = [
        CheckResult(
            name=name,
            description=CHECKS[name],
            status="failed" if found[name] else "passed",
            checked=checked,
            findings=found[name],
        )
        for name, checked in kinds.items()
    ]
    return verification.model_copy(
        update={
            "ok": verification.ok and not findings,
            "checks": (*verification.checks, *results),
            "findings": (*verification.findings, *findings),
        }
    )


def _leftovers(kb: Knowledge) -> Iterator[Finding]:
    for item in kb.objects.values():
        if not isinstance(item, Claim) and not kb.is_mentioned(item.id):
            yield Finding(
                check="use",
                file=str(kb.path),
                line=None,
                path=show_path(path_of(kb, item)),
                id=item.id,
                message=f"nothing refers to this {item.word()}: {item.label}",
                remedy=f"make a claim that does, or take it away: tm remove {item.id}",
            )
    yield from _kept_texts(kb) if kb.keeps_texts else _files(kb)


def _kept_texts(kb: Knowledge) -> Iterator[Finding]:
    """Texts that a store keeps and that no source names."""
    named = _named(kb)
    for name in kb.text_names():
        if name not in named:
            yield Finding(
                check="file",
                file=str(kb.path),
                line=None,
                path=name,
                id=None,
                message=f"no source names the archived text {name}",
                remedy="tm add source archives it; tm copy to a new store leaves it out",
            )


def _named(kb: Knowledge) -> set[str]:
    """The archived files that sources name."""
    archives = (source.archive for source in kb.archived)
    return {record.file for archive in archives if archive for record in archive.kept}


def _files(kb: Knowledge) -> Iterator[Finding]:
    """Files in the folder of archived texts that neither this file names nor one beside it."""
    path = file_of(kb.path, "this")
    folder = folders(path)[0]
    if folder.is_symlink() or not folder.is_dir():
        return
    named = _named(kb)
    spare = sorted(
        path for path in folder.iterdir()
        if path.is_file() and not path.name.startswith(".") and path.name not in named
    )  # fmt: skip
    beside = _others(path) if spare else []
    for left in spare:
        if not any(dump(left.name).encode() in text for text in beside):
            yield Finding(
                check="file",
                file=str(left),
                line=None,
                path=None,
                id=None,
                message="no source names this file",
                remedy="tm add source archives it; or delete it",
            )


def _others(path: Path) -> list[bytes]:
    """The other JSON files of its folder: knowledge bases there share their archived texts."""
    texts = []
    for other in path.parent.glob("*.json"):
        if other.name != path.name:
            try:
                texts.append(read_bytes(other, limits.KNOWLEDGE_BASE))
            except UnreadableError:
                continue
    return texts
