"""Read LaTeX by pandoc, in its sandbox: it then opens no file but the one that it is given."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from targetmarkets import limits
from targetmarkets.checking import markdown
from targetmarkets.errors import DocumentError, UsageError

if TYPE_CHECKING:
    from targetmarkets.checking.draft import Block, Draft

SECONDS: Final = 60
"""Seconds that pandoc is given."""

_COMMAND: Final = (
    *("--sandbox", "--from=latex", "--to=markdown-smart-raw_tex-raw_html", "--wrap=none"),
    *("+RTS", "-M1024M", "-RTS"),
)


def read(text: str, name: str) -> Draft:
    """The draft that a text in LaTeX is. Its places are paragraphs, since pandoc keeps no lines.

    Raises `UsageError` where there is no pandoc, and `DocumentError`.
    """
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        remedy = "install pandoc 2.15 or newer (pandoc.org), or check a DOCX or Markdown of it"
        raise UsageError(f"{name} is LaTeX, which pandoc reads, and pandoc is not here", remedy)
    try:
        done = subprocess.run(  # noqa: S603 - a program of this machine, and no shell
            [pandoc, *_COMMAND], input=text.encode(), capture_output=True, timeout=SECONDS,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        message = f"{name}: pandoc took over {SECONDS} s to read it"
        raise DocumentError(message, "check a part of it") from error
    if done.returncode:
        reason = " ".join(done.stderr.decode("utf-8", "replace").split())[:300]
        raise DocumentError(f"{name}: pandoc cannot read it: {reason}", "mend it there")
    if len(done.stdout) > limits.INPUT.most:
        raise DocumentError(*limits.INPUT.exceeded(name, len(done.stdout)))
    draft = markdown.read(done.stdout.decode("utf-8", "replace"), name)
    blocks = [_placeless(block) for block in draft.blocks]
    gaps = [gap._replace(place=None) for gap in draft.gaps]
    return replace(draft, kind="LaTeX", blocks=blocks, source=None, gaps=gaps)


def _placeless(block: Block) -> Block:
    return replace(block, places=())
