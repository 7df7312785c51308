"""What is said before a statement wherever it is seen first, without the fields beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from targetmarkets.records.claims import ClaimRecord


def bracket(record: ClaimRecord, hedge: str | None) -> str:
    """Whether a claim stands, whether it is a denial, how sure it is and of what, what it rests on,
    and its hedge, or as much of it as there is room for: `[DENIAL; likely; quoted; “perhaps”]`.
    """
    words = ["RETRACTED"] if record.status == "retracted" else []
    words += ["DENIAL"] if record.stance == "denied" else []
    words += [sure(record), "quoted" if record.evidence_kind == "quoted" else "by reference only"]
    words += [f"“{hedge}”"] if hedge else []
    return f"[{'; '.join(words)}]"


def sure(record: ClaimRecord) -> str:
    """How sure it is: `likely`, `likely, as collected`, `likely, that it is not so`."""
    words: str = record.certainty
    if record.certainty_basis == "collected":
        words += ", as collected"
    return f"{words}, {record.certainty_of}" if record.negative else words
