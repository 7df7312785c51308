"""Write what `verify` found as a document."""

from targetmarkets.findings import Verification
from targetmarkets.formats.document import Document, Piece


def report(verification: Verification) -> Document:
    """Each check with its result, then each finding with its place and its remedy."""
    document = Document()
    document.add(Piece(verification.file, "title"))
    for check in verification.checks:
        mark = {"passed": Piece("✓", "good"), "failed": Piece("✗", "bad")}.get(check.status)
        counts = f"{check.checked} checked"
        if check.findings:
            counts += f", {check.findings} found wrong"
        result = Piece("not run: the file does not load", "muted") if not mark else counts
        document.add(
            mark or Piece("–", "muted"), f" {check.name:<11}", result,
            Piece(f"  {check.description}", "muted"), indent=2, hang=14,
        )  # fmt: skip
    if verification.ok:
        document.add(Piece("Every quotation stands in its source.", "good"))
        return document
    document.heading("Findings")
    for finding in verification.findings:
        where = finding.file + (f":{finding.line}" if finding.line else "")
        place = ", ".join(part for part in (where, finding.path, finding.id) if part)
        document.add(Piece(f"{finding.check}  ", "bad"), Piece(place, "label"), indent=2, hang=2)
        document.add(finding.message, indent=4)
        document.add(Piece(f"→ {finding.remedy}", "muted"), indent=4, hang=2)
    return document
