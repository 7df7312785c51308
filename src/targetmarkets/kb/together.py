"""Filters that mean together what none of them means alone."""

from __future__ import annotations

from itertools import product

from targetmarkets.errors import UsageError
from targetmarkets.kb.filtering import Dated
from targetmarkets.kb.looks import role_of
from targetmarkets.kb.periods import ALWAYS, DATED, common


def in_time(asked: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same with the times that are asked for and how to lie to them as one filter, `dated`.

    Raises `UsageError` for times that have nothing in common.
    """
    parts = [asked.pop(name) for name in ("period", "since", "until") if name in asked]
    if not parts and "dated" not in asked:
        return asked
    times = [time for each in product(*parts) if (time := common(each))] if parts else [ALWAYS]
    if not times:
        message = "the times that are asked for have nothing in common"
        raise UsageError(message, "give --since the earlier and --until the later one")
    return asked | {"dated": Dated.to(asked.get("dated", DATED), times)}


def of_one_party(asked: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same where a role is that of an actor who is asked for, and not of just anybody."""
    if "actor" not in asked or "role" not in asked:
        return asked
    both = product(asked["role"], asked["actor"])
    return asked | {"role": [role_of(role, actor) for role, actor in both]}
