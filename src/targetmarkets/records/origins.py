"""How many sources are independent of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from targetmarkets.kb.knowledge import Knowledge


def origins(kb: Knowledge, ids: Iterable[str]) -> int:
    """Into how many lines sources fall, if those that report on one another, or on the same
    work, count as one. What nobody read adds none.
    """
    sources = kb.sources
    ids = list(ids)
    if len(ids) == 1:  # as most claims have it
        return int(sources[ids[0]].read)
    if not any(sources[id_].reports_on for id_ in ids):
        return sum(sources[id_].read for id_ in set(ids))
    leader: dict[str, str] = {}

    def find(id_: str) -> str:
        while (up := leader.setdefault(id_, id_)) != id_:
            leader[id_] = id_ = leader[up]
        return id_

    ahead, reached = list(ids), set(ids)
    while ahead:
        id_ = ahead.pop()
        for other in sources[id_].reports_on:
            leader[find(other)] = find(id_)
            if other not in reached:
                reached.add(other)
                ahead.append(other)
    return len({find(id_) for id_ in ids if sources[id_].read})
