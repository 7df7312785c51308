"""Colours of styles: legible on dark and on light in the palettes that terminals come with."""

import pytest

from targetmarkets.formats.styles import _CODES, STYLES, painted

COLOURS = {"red": 1, "green": 2, "yellow": 3, "blue": 4, "magenta": 5, "cyan": 6}

PALETTES = {
    "xterm": ((205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205)),
    "VGA": ((170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170)),
    "Tango": ((204, 0, 0), (78, 154, 6), (196, 160, 0), (52, 101, 164), (117, 80, 123),
              (6, 152, 154)),
}  # fmt: skip
"""The six colours of palettes, in the order of their codes."""

WEAKEST = 1.9
"""The contrast of the cyan of xterm on white; its yellow has 1.7 there, VGA's blue on black 1.6."""


def luminance(colour: tuple[int, int, int]) -> float:
    """As WCAG has it."""
    parts = [c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrasts(colour: tuple[int, int, int]) -> tuple[float, float]:
    """On white, and on black."""
    return 1.05 / (luminance(colour) + 0.05), (luminance(colour) + 0.05) / 0.05


@pytest.mark.parametrize("palette", PALETTES)
def test_every_colour_is_legible_on_dark_and_on_light(palette: str) -> None:
    used = {word for look in STYLES.values() for word in look.split()} & COLOURS.keys()
    assert len(used) >= 4
    for name in used:
        assert min(contrasts(PALETTES[palette][COLOURS[name] - 1])) >= WEAKEST, name
        assert _CODES[name] == str(30 + COLOURS[name])


def test_the_measure_tells_what_is_not_legible() -> None:
    assert min(contrasts(PALETTES["xterm"][COLOURS["yellow"] - 1])) < WEAKEST
    assert min(contrasts(PALETTES["VGA"][COLOURS["blue"] - 1])) < WEAKEST


def test_what_has_no_style_has_no_codes() -> None:
    assert painted("words", "plain") == "words"
    assert painted("words", "bad") == "\x1b[1;31mwords\x1b[0m"
