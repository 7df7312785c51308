"""How many cases there are, and whether they are the same each time.

In CI a fixed set, the same in every run. On demand `TM_TEST_FUZZ=100` runs a hundred times as many,
random ones; `TM_TEST_SEED` repeats them.
"""

import os
import random
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import hypothesis
from hypothesis import HealthCheck, Phase, settings

FACTOR: Final = float(os.environ.get("TM_TEST_FUZZ") or 0)
"""How many times the cases of CI are run; 0 is CI itself."""

SEED: Final = int(os.environ.get("TM_TEST_SEED") or random.SystemRandom().randrange(2**32))
"""What the cases on demand are made of."""

os.environ["TM_TEST_SEED"] = str(SEED)  # for the processes that share the work

COUNTED: Final[Counter[str]] = Counter()
"""How many cases were run, by kind."""

Test = Callable[..., None]


def cases(number: int) -> Callable[[Test], Test]:
    """Let a property hold for a number of cases in CI, and for more of them on demand."""

    def decorate(test: Test) -> Test:
        chosen: Any = settings(
            max_examples=max(1, round(number * (FACTOR or 1))),
            derandomize=not FACTOR,
            database=None,  # what failed becomes an example in the test; nothing lies about
            deadline=None,  # a slow machine is no failure; a hang is, and the runner sees it
            report_multiple_bugs=False,  # one at a time, sooner
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),  # a case runs a program, and is slow
        )
        decorated: Test = chosen(test)
        return hypothesis.seed(SEED)(decorated) if FACTOR else decorated

    return decorate
