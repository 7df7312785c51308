"""Some of what was worked out, the last that was asked for."""

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


class Held(OrderedDict[str, Value]):
    """What was worked out, by a name; what was not asked for longest goes where there is too
    much.
    """

    def __init__(self, most: int | None) -> None:
        """None holds everything."""
        super().__init__()
        self.most = most

    def of(self, key: str, work_out: Callable[[], Value]) -> Value:
        """What is held, or else what is worked out now."""
        if key in self:
            if self.most is not None:
                self.move_to_end(key)
            return self[key]
        return self.put(key, work_out())

    def put(self, key: str, value: Value) -> Value:
        """Hold what is not held yet."""
        self[key] = value
        while self.most is not None and len(self) > self.most:
            self.popitem(last=False)
        return value
