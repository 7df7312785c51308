"""Older versions of the file format, and how the content of each becomes that of the next.

Nothing is lost, and nothing is added that the older version does not say.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from targetmarkets.model.activities import AXES
from targetmarkets.model.objects import SCHEMA_VERSION

Content = dict[str, Any]
"""The content of a file as JSON has it, of any shape."""


_VERSION: Final = re.compile(rb'(?<!\\)"schema_version"\s*:\s*(\d{1,9})\b')


def version_of(data: bytes) -> int | None:
    """The version that a file gives, without parsing it; None where it gives none."""
    match = _VERSION.search(data)
    return int(match[1]) if match else None


def upgraded(content: Content) -> Content | None:
    """Content of an older version as the present one has it; None where it is not of one.

    What it is given stays as it is. Whether the result has the right shape is for the models.
    """
    version = content.get("schema_version")
    if type(version) is not int or version not in _STEPS:
        return None
    while version < SCHEMA_VERSION:
        content = _STEPS[version](content)
        version += 1
    return {**content, "schema_version": SCHEMA_VERSION}


def _with_two_axes(content: Content) -> Content:
    """Version 1 had one list of types of activity, in which goods and form were mixed."""
    claims = content.get("claims")
    if not isinstance(claims, list):
        return content
    return {**content, "claims": [_claim(claim) for claim in claims]}


def _claim(claim: object) -> object:
    if not isinstance(claim, dict) or not isinstance(claim.get("activity"), dict):
        return claim
    activity = dict(claim["activity"])
    type_ = activity.pop("type", None)
    if not (isinstance(type_, str) and type_ in AXES):
        return claim  # the models say what is wrong
    axes = AXES[type_]
    return {**claim, "activity": {"goods": axes[0], "form": axes[1], **activity}}


_STEPS: Final[Mapping[int, Callable[[Content], Content]]] = {1: _with_two_axes}
"""What brings a version to the next one."""
