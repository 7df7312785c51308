"""Write what `verify` found as a document."""

from collections.abc import Sequence

from targetmarkets.formats.document import Document, Piece
from targetmarkets.model.findings import Finding, Verification


def write_verification(verification: Verification) -> Document:
    """Each check with its result, then each finding with its place and its remedy."""
    document = Document()
    for check in verification.checks:
        mark, result = {
            "passed": (Piece("✓", "good"), f"{check.checked} checked"),
            "failed": (Piece("✗", "bad"), f"{check.findings} found wrong"),
            "not run": (Piece("–", "muted"), "not run"),
        }[check.status]
        label = f" {check.name:<12}{result:<16}"
        explanation = Piece(check.description, "muted")
        document.add(mark, label, explanation, indent=2, hang=len(label) + 1)
    if any(check.status == "not run" for check in verification.checks):
        message = "Not run: without the shape of a knowledge base, or without an archived text."
        document.add(Piece(message, "muted"))
    if verification.ok:
        quoted = next(check.checked for check in verification.checks if check.name == "quotation")
        message = "Every quotation stands in its source."
        document.add(Piece(message if quoted else "Nothing is quoted here.", "good"))
        return document
    document.heading("Findings")
    write_findings(document, verification.findings)
    return document


def write_findings(document: Document, findings: Sequence[Finding]) -> None:
    """Each with its place and its remedy."""
    for finding in findings:
        where = finding.file + (f":{finding.line}" if finding.line else "")
        place = ", ".join(part for part in (where, finding.path, finding.id) if part)
        document.add(Piece(f"{finding.check}  ", "bad"), Piece(place, "label"), indent=2, hang=2)
        document.add(finding.message, indent=4)
        document.add(Piece(f"→ {finding.remedy}", "muted"), indent=4, hang=2)
