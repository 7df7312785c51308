"""Readers of what `tm` prints that share nothing with its own escaping."""

import re
import unicodedata
from typing import Any

import pyte

SGR = re.compile("\x1b\\[(?:0|1|2|3|4|22|23|24|31|32|33|34|35|36|39)(?:;(?:[1-4]|3[1-6]))*m")
"""The sequences that `tm` has for its styles. No other may reach a terminal."""

JOINERS = "\u200c\u200d\ufe0e\ufe0f"

IGNORABLE = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Code points that Unicode has shown as nothing (DerivedCoreProperties), and annotations."""


class Recorder:
    """A terminal that draws nothing, and records whatever it is told beyond words and styles."""

    HARMLESS = frozenset({"draw", "linefeed", "carriage_return", "tab", "select_graphic_rendition"})

    def __init__(self) -> None:
        self.told: list[str] = []

    def __getattr__(self, name: str) -> Any:
        def record(*arguments: object, **_: object) -> None:
            if name not in self.HARMLESS:
                self.told.append(f"{name}{arguments}")

        return record


def told(output: str) -> list[str]:
    """What a terminal is told by an output, beyond words, lines, tabs and styles."""
    recorder = Recorder()
    pyte.Stream(recorder).feed(output)  # type: ignore[arg-type] # it has every method
    return recorder.told


def unsafe(output: str) -> set[str]:
    """What must never stand in an output, colours apart: what controls, hides or reorders."""
    plain = SGR.sub("", output)
    found = {c for c in set(plain) - {"\n", "\t"} if _is_unsafe(c)}
    joiners = re.findall(f"[\0-\u02ff\u2000-\u206f{JOINERS}][{JOINERS}]", plain)
    found |= {pair for pair in joiners if pair != "\ufe0f\u200d"}
    return found | set(re.findall(r"[\u0300-\u036f\u0489\u0e49\u064b]{7}", plain))


def controls(output: str) -> set[str]:
    """What must not even stand in data: what controls a terminal, and what no text may hold."""
    categories = {"Cc", "Cs"}
    return {c for c in set(output) - {"\n", "\t"} if unicodedata.category(c) in categories}


def _is_unsafe(character: str) -> bool:
    if character in JOINERS:
        return False  # that depends on what stands before it
    ignorable = any(first <= ord(character) <= last for first, last in IGNORABLE)
    return ignorable or unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def shown(text: str) -> str:
    """What a reader is to see of a text: its characters, and escapes for those that are unsafe."""
    pieces = []
    before = " "
    for character in text:
        alone = character in JOINERS and (before < "\u0300" or _is_unsafe(before))
        hidden = alone or _is_unsafe(character) or character in "\n\t"
        pieces.append(ascii(character)[1:-1] if hidden else character)
        before = character
    return "".join(pieces)
