"""Prove a knowledge base: that it loads, and that every quotation stands in its source."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from targetmarkets.evidence import consistency, twins
from targetmarkets.evidence.archive import (
    Archives,
)
from targetmarkets.evidence.consistency import CHECKS as CONSISTENCY
from targetmarkets.evidence.proofs import PROOFS, Proof, path_of, touched_part, whole
from targetmarkets.kb.files import read_text
from targetmarkets.kb.json_file import FileKnowledge, inspect_text
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.paths import Named, Place, file_of, is_store, locate
from targetmarkets.kb.resolve import holders
from targetmarkets.model import integrity
from targetmarkets.model.findings import CheckResult, Finding, Verification
from targetmarkets.model.integrity import Fault, faults_of, place, taken_id
from targetmarkets.model.objects import Claim, Source
from targetmarkets.model.stored import Stored
from targetmarkets.model.types import AMONG, LISTS

CHECKS: Final[dict[str, str]] = {
    **integrity.CHECKS,
    **PROOFS,
    **CONSISTENCY,
    **twins.CHECKS,
}
"""All checks by name, in the order in which they run, with what each proves."""


def verify(kb: Named | None = None) -> Verification:
    """Run every check over a knowledge base and its archived texts.

    `kb` is the file, its folder, a store or an address, as for `load`; the bundled one unless it
    is named. Raises `DataError` where there is no JSON to read; everything else is a finding.
    """
    path = locate(kb)
    if is_store(path):
        from targetmarkets.evidence.stored import prove_store  # it builds on what is here

        return prove_store(path)
    path = file_of(path, "this")
    return prove(read_text(path), path)


def prove(text: str, path: Path, files: Mapping[str, bytes] | None = None) -> Verification:
    """Run every check over the text of a knowledge base before or after it is written.

    `files` holds, by name, archived files that are not yet where they are to be. Raises
    `InvalidError` where there is no JSON to read.
    """
    inspection = inspect_text(text, path)
    findings = list(inspection.findings)
    checked: Counter[str] = Counter()
    if content := inspection.content:
        proof = Proof(whole(content), path, files or {})
        findings += proof.findings(text)
        checked = proof.checked
        checked.update(dict.fromkeys(CONSISTENCY, 0))
        objects = [item for name in LISTS for item in getattr(content, name)]
        if not inspection.findings:
            kb = FileKnowledge(content, path)
            checked.update(consistency.counted(kb))
            texts = Archives(kb, files or {}).as_read
            consistent = consistency.faults(kb, kb.objects.values(), partial(path_of, kb), texts)
            findings += place(text, str(path), consistent)
            twice = twins.faults(kb, kb.objects.values(), KnownBy(kb))
            findings += place(text, str(path), twice)
            checked["twins"] = sum(
                len(getattr(content, name)) for name in ("sources", "customers", "claims")
            )
        checked.update(
            {
                "shape": 1,
                "ids": len(objects),
                "references": sum(1 for item in objects for _ in item.mentions()),
                "evidence": len(content.claims),
                "scope": len(content.claims),
            }
        )
    return summed_up(path, findings, checked)


def summed_up(path: Place, findings: list[Finding], checked: Mapping[str, int]) -> Verification:
    """What was found, in the order of the checks, and what each of them came to."""
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


def prove_change(
    kb: Knowledge,
    added: Collection[str],
    changed: Collection[str],
    files: Mapping[str, bytes],
    removed: Collection[str] = (),
) -> list[Finding]:
    """Everything that is wrong with a knowledge base as it would be after a change.

    The objects that were added or changed, by their ids, are proved, and so is what refers to them
    or to what was removed, and nothing else. To what was added, only what was added can refer.
    `files` holds archived files that are not in place yet.
    """
    touched = {id_: kb.objects[id_] for id_ in (*added, *changed)}
    led_to = (*changed, *removed)
    referring = {item.id: item for id_ in led_to for item in kb.mentioning(id_)}
    led_from = _led_from(kb, changed)
    resting = {claim.id: claim for id_ in led_from for claim in kb.claims_on_source(id_)}
    known = KnownBy(kb)
    items = (touched | referring | resting).values()
    faults = [fault for item in items for fault in faults_of(item, known, path_of(kb, item))]
    faults += [fault for item in touched.values() for fault in _taken_before(kb, item)]
    if faults:
        return place(None, str(kb.path), faults)
    # What merely reports on a changed source has its own archive, which is as it was.
    others = [item for id_, item in referring.items() if not isinstance(item, Source)]
    proved = [*touched.values(), *others]
    findings = Proof(touched_part(kb, proved), kb.path, files, kb).findings(None)
    told = {item.event: None for item in proved if isinstance(item, Claim) and item.event}
    events = [kb.events[id_] for id_ in told if id_ not in touched]
    texts = Archives(kb, files).as_read
    consistent = consistency.faults(kb, [*proved, *events], partial(path_of, kb), texts)
    twice = twins.faults(kb, touched.values(), known)
    return findings + place(None, str(kb.path), [*consistent, *twice])


def _taken_before(kb: Knowledge, item: Stored) -> Iterator[Fault]:
    """Ids that an object had before and that it shares with another, or names twice."""
    for nth, old in enumerate(item.formerly):
        others = [other for other in holders(kb, old) if other.id != item.id]
        if others or item.ids.count(old) > 1:
            path = (*path_of(kb, item), "formerly", nth)
            yield taken_id(path, item.id, old, [*others, item][0].word())


def _led_from(kb: Knowledge, ids: Iterable[str]) -> set[str]:
    """The sources among some objects, and those that report on them, directly or through others."""
    ahead = [id_ for id_ in ids if id_ in kb.sources]
    reached = set(ahead)
    while ahead:
        for item in kb.mentioning(ahead.pop()):
            if isinstance(item, Source) and item.id not in reached:
                reached.add(item.id)
                ahead.append(item.id)
    return reached


def _ran(name: str, checked: Mapping[str, int]) -> bool:
    """Whether a check ran. Without an archived text that can be read, four of them cannot."""
    lost = (
        name in {"hash", "span", "quotation", "word"}
        and checked.get("archive")
        and not checked[name]
    )
    return name in checked and not lost


class KnownBy:
    """What integrity asks, answered by a knowledge base."""

    def __init__(self, kb: Knowledge) -> None:
        self.kb = kb

    def has(self, id_: str, among: str) -> bool:
        if among == "archived":
            return id_ in self.kb.sources and self.kb.sources[id_].archive is not None
        return id_ in self.kb.among(AMONG.get(among, [among]))

    def reports_on(self, source: str) -> Sequence[str]:
        return self.kb.sources[source].reports_on if source in self.kb.sources else ()

    def source_of(self, quote: str) -> str | None:
        return self.kb.quotes[quote].source if quote in self.kb.quotes else None
