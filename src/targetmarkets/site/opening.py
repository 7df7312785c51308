"""The site of a knowledge base in the cache, and a browser that shows it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from targetmarkets.errors import OutputError
from targetmarkets.kb import disposable
from targetmarkets.kb.files import sha256
from targetmarkets.kb.paths import told_apart
from targetmarkets.site import build, folder

if TYPE_CHECKING:
    from targetmarkets.kb.knowledge import Knowledge


def kept(kb: Knowledge, page: str) -> str:
    """The address of a page of the site in the cache, which is made unless it is fresh.

    Raises `OutputError` where nothing can be kept.
    """
    place = disposable.folder()
    if place is None:
        message = "there is no folder in which pages can be kept"
        raise OutputError(message, "tm site FOLDER writes them where you say")
    name = sha256(told_apart(kb.path))[:32]
    site = place / f"site-{name}"
    made_from = build.made_from(kb)
    if folder.made_from(site) != made_from:
        folder.write(site, build.pages(kb), made_from)
    path, _, anchor = page.partition("#")
    return (site / path).as_uri() + (f"#{anchor}" if anchor else "")


def has_display() -> bool:
    """Whether there is a screen, or a browser was named that needs none."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def show(uri: str) -> bool:
    """Have a browser show an address; False where none can be started."""
    import webbrowser  # slow to import

    return webbrowser.open(uri)
