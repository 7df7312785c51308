"""The pandoc that comes with the extra `cite`: a program of its own, which is given text alone."""

import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from targetmarkets.errors import MissingExtraError

SECONDS: Final = 120
"""Seconds that it is given; it needs less than one, unless the input is hostile."""

_MEMORY: Final = ("+RTS", "-M1g", "-A16m", "-RTS")
"""At most a gigabyte; and so much before it is looked for what is no longer needed."""


class PandocError(ValueError):
    """Pandoc cannot read what it was given."""


def pandoc(text: str, *arguments: str, purpose: str) -> str:
    """What pandoc makes of a text, in a sandbox: it reads no file that is not named.

    Raises `PandocError`, and `MissingExtraError` where it is not installed.
    """
    command = [_path(purpose), "--sandbox", *arguments, *_MEMORY]
    try:
        done = subprocess.run(  # noqa: S603 # our own program, and arguments of our own
            command, input=text, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PandocError(f"it takes over {SECONDS} seconds") from error
    if done.returncode:
        raise PandocError(" ".join(done.stderr.split())[:200])
    return done.stdout


def _path(purpose: str) -> str:
    """Where the program is. Its package is not imported: that asks it for its version."""
    spec = find_spec("pypandoc")
    for folder in (spec and spec.submodule_search_locations) or ():
        for name in ("pandoc", "pandoc.exe"):
            if (program := Path(folder) / "files" / name).is_file():
                return str(program)
    raise MissingExtraError(purpose, "cite")


def inlines(blocks: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """The inline elements of the paragraphs among some blocks, one after the other."""
    found: list[dict[str, object]] = []
    for block in blocks:
        content = block.get("c")
        if block["t"] in {"Para", "Plain"} and isinstance(content, list):
            found += [{"t": "Space"}] if found else []
            found += content
        elif block["t"] in {"Div", "BlockQuote"} and isinstance(content, list):
            found += inlines(content[1] if block["t"] == "Div" else content)
        else:
            found.append(block)
    return found
