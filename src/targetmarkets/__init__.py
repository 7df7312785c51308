"""North Korea's military customers in the sanctions era, and who says so.

    >>> import targetmarkets
    >>> kb = targetmarkets.load()
    >>> kb.customers["syria"].name
    'Syria'

The models load when they are first asked for, so that `tm --help` need not wait for them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from targetmarkets.errors import TargetMarketsError
    from targetmarkets.store import Knowledge, load
    from targetmarkets.verification import verify

__version__ = "0.1.0"

__all__ = ["Knowledge", "TargetMarketsError", "__version__", "load", "verify"]

_HOMES = {
    "Knowledge": "targetmarkets.store",
    "TargetMarketsError": "targetmarkets.errors",
    "load": "targetmarkets.store",
    "verify": "targetmarkets.verification",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
