"""A picture of a terminal in which a command has run, as SVG, for a page.

python scripts/picture.py "tm show syria" docs/images/show-syria.svg

The command runs on a terminal of 80 columns, in colour; what it printed there is drawn by Rich.
The same output gives the same picture, and the picture loads nothing: Rich's own frame of SVG asks
for a font from another site, and ours names those that are there.
"""

import argparse
import sys
from html import escape
from io import StringIO
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

sys.path.insert(0, str(Path(__file__).parent))
from console import COLUMNS, run

TALLEST: Final = 48
"""Lines of a picture; what a command prints beyond them is counted."""

FRAME: Final = """\
<svg role="img" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>CAPTION</title>
<style>
.{unique_id}-matrix {{
  font-family: "Fira Code", "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
.{unique_id}-title {{ font: bold 18px sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""The frame into which Rich draws, after its own."""


def picture(command: str) -> str:
    """The picture of a terminal in which a command has run."""
    lines = Text.from_ansi(run(command, colour=True)).split("\n")
    drawn = [Text(f"$ {command}", style="bold"), *lines[:TALLEST]]
    if len(lines) > TALLEST:
        drawn.append(Text(f"… and {len(lines) - TALLEST} more lines", style="dim"))
    console = Console(
        record=True,
        file=StringIO(),
        width=COLUMNS,
        _environ={},
        force_terminal=True,
        color_system="standard",
        highlight=False,
    )
    for line in drawn:
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
    caption = escape(f"A terminal, after {command}").replace("{", "{{").replace("}", "}}")
    svg = console.export_svg(
        title=command, code_format=FRAME.replace("CAPTION", caption), unique_id="tm"
    )
    return "".join(f"{line.rstrip()}\n" for line in svg.splitlines())


def main() -> int:
    """Draw what the command line names."""
    parser = argparse.ArgumentParser(description="Draw a terminal in which a command has run.")
    parser.add_argument("command")
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    options.file.parent.mkdir(parents=True, exist_ok=True)
    options.file.write_text(picture(options.command), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
