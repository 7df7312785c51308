"""Time that grows in proportion to the input: CPU seconds at two sizes, beside each other in one
run, so that no machine is too slow for it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_TIMES: Final = 8
_AT_MOST: Final = 30
"""How much longer 8 times the size may take: by the square it would be 64."""
_TRIES: Final = 3


def takes_time_in_proportion(work: Callable[[int], object], size: int) -> None:
    """Fails unless 8 times the size takes less than 30 times as long, in the best of three tries: a
    neighbour on the machine spoils one, and work by the square all of them.

    `work` does what is measured on an input of the size that it is given.
    """
    work(size)  # what is made once is made
    ratios = []
    for _ in range(_TRIES):
        ratios.append(_seconds(work, _TIMES * size) / _seconds(work, size))
        if ratios[-1] < _AT_MOST:
            return
    raise AssertionError(f"{_TIMES} times the size takes {ratios} times as long")


def _seconds(work: Callable[[int], object], size: int) -> float:
    begun = time.process_time()
    work(size)
    return max(time.process_time() - begun, 0.001)
