"""A browser for the tests of the pages: Debian's Chromium, driven by Playwright, one for a run."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

HERE: Final = Path(__file__).parent
MODULES: Final = HERE / "node_modules"
HOW: Final = (
    "not tested: {missing}. To run it: apt-get install chromium nodejs npm; "
    "npm ci --prefix tests/site"
)
NAMES: Final = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """The program; skips the test where there is none."""
    named = os.environ.get("TM_TEST_BROWSER")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        _skip("there is no Chromium")
    return found or ""


def module(name: str) -> Path:
    """A file of a package from npm; skips the test where there is none."""
    path = MODULES / name
    if not path.exists():
        _skip(f"there is no {name}")
    return path


def _skip(missing: str) -> None:
    """Skip a test, or fail where CI has seen to it that nothing is missing."""
    said = HOW.format(missing=missing)
    if os.environ.get("TM_TEST_NEEDS_BROWSER"):
        pytest.fail(said)
    pytest.skip(said)


@contextmanager
def launched() -> Iterator[Any]:
    """A browser that can reach nothing but files and this machine."""
    program = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """A page, and what it asked for, said or did while it was open."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", self._dialog)

    def _dialog(self, dialog: Any) -> None:
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def goto(self, address: str) -> None:
        """Open a page and forget what was before."""
        self.requests.clear()
        self.said.clear()
        self.page.goto(address)

    @property
    def asked_beside_itself(self) -> list[str]:
        """Every request but that for the page."""
        return self.requests[1:]


@contextmanager
def opened(browser: Any, **settings: Any) -> Iterator[Watched]:
    """A page in a context of its own."""
    context = browser.new_context(**settings)
    try:
        yield Watched(context.new_page())
    finally:
        context.close()
