"""North Korea's military customers in the sanctions era, and who says so.

    >>> import targetmarkets
    >>> kb = targetmarkets.load()
    >>> kb["syria"].name, kb["syria"].category
    ('Syria', 'resilient')

The models load when they are first asked for, so that `tm --help` need not wait for them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from targetmarkets.api import KnowledgeBase, load
    from targetmarkets.errors import TargetMarketsError
    from targetmarkets.evidence.verification import verify

__version__ = "0.2.0.dev0"

__all__ = ["KnowledgeBase", "TargetMarketsError", "__version__", "load", "verify"]

_HOMES = {
    "KnowledgeBase": "targetmarkets.api",
    "TargetMarketsError": "targetmarkets.errors",
    "load": "targetmarkets.api",
    "verify": "targetmarkets.evidence.verification",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
