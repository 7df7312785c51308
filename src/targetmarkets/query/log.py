"""The last changes of a knowledge base."""

from itertools import islice

from targetmarkets.kb.history import PastChange, with_standing
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.resolve import holders
from targetmarkets.records.reports import LoggedChange, LogRecord


def log(kb: Knowledge, id_: str | None = None, limit: int | None = None) -> LogRecord:
    """Its changes, or those of one object by any id that it had, the newest first.

    The id may be of what is there no more. Raises `UnreadableError`.
    """
    ids = [] if id_ is None else [id_, *(old for item in holders(kb, id_) for old in item.ids)]
    changes = with_standing(kb.history(ids))
    return LogRecord(changes=tuple(_logged(*pair) for pair in islice(changes, limit)))


def _logged(change: PastChange, stands: bool) -> LoggedChange:  # noqa: FBT001 - one of a pair
    def those(*, was: bool, is_: bool) -> tuple[str, ...]:
        return tuple(
            id_
            for id_, (before, after) in change.objects.items()
            if (before is not None, after is not None) == (was, is_)
        )

    return LoggedChange(
        number=change.number,
        version=change.version,
        at=change.at,
        who=change.who,
        why=change.why,
        stands=stands,
        added=those(was=False, is_=True),
        changed=those(was=True, is_=True),
        removed=those(was=True, is_=False),
    )
