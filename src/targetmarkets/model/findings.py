"""What `verify` finds, and what stops a knowledge base from loading."""

from typing import Literal

from targetmarkets.model.base import Record


class Finding(Record):
    """One thing that is wrong with a knowledge base or its archived texts."""

    object: Literal["finding"] = "finding"
    """What this record is."""
    check: str
    """Name of the check that found it."""
    file: str
    """The file in which it is."""
    line: int | None
    """The line of that file, from 1, where there is one."""
    path: str | None
    """The JSON path within the knowledge base, such as `quotes[3].exact`."""
    id: str | None
    """Id of the object concerned."""
    message: str
    """What is wrong."""
    remedy: str
    """What to do next."""


class CheckResult(Record):
    """What one check came to."""

    name: str
    """Name of the check."""
    description: str
    """What it proves."""
    status: Literal["passed", "failed", "not run"]
    """Its result; `not run` where the file has no readable shape to check."""
    checked: int
    """How many things were checked."""
    findings: int
    """How many of them were found wrong."""


class Verification(Record):
    """What `tm verify` found."""

    object: Literal["verification"] = "verification"
    """What this record is."""
    ok: bool
    """Whether nothing was found."""
    file: str
    """The knowledge base."""
    checks: tuple[CheckResult, ...]
    """Every check, in the order in which they ran."""
    findings: tuple[Finding, ...]
    """Everything found, in the order of the checks."""
