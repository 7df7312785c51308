"""Where a place on the globe lies on the map: the Equal Earth projection, which keeps areas.

Šavrič, Patterson and Jenny, “The Equal Earth map projection” (2018). North Korea's customers lie
near the equator and far from it; none looks larger than it is.
"""

from math import asin, cos, radians, sin, sqrt
from typing import Final

WIDTH: Final = 9600
"""Units from the western end of the map to the eastern."""

HEIGHT: Final = 4140
"""Units from the northern end to the southern, which leaves Antarctica out."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M: Final = sqrt(3) / 2
_SCALE: Final = WIDTH / 2 / 2.7066299836
"""Units for one of the projection: half its width, at the equator."""

_TOP: Final = 1.3173627591574
"""How far north the pole lies."""


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """A place in degrees as units from the upper left corner of the map.

    >>> [round(value) for value in project(0, 0)]
    [4800, 2336]
    """
    theta = asin(_M * sin(radians(latitude)))
    square = theta * theta
    sixth = square**3
    x = (
        radians(longitude)
        * cos(theta)
        / (_M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
    )
    y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return WIDTH / 2 + x * _SCALE, (_TOP - y) * _SCALE
