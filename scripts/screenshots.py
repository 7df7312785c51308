"""Pictures of pages, for the README: home, and a source with its quotations marked.

    python scripts/screenshots.py [docs/images]

Needs Chromium, and what the extra `test` brings. The same pages and the same fonts give the same
pictures.
"""

import sys
import tempfile
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.site.browser import launched, opened

from targetmarkets.kb.json_file import load
from targetmarkets.kb.paths import bundled
from targetmarkets.site import build, folder

SHOTS: Final = {
    "site-home.png": ("index.html", "main h2 >> text=Map"),
    "site-source.png": ("source/nknews-2015.html", "#q-nknews-trafficking"),
}
"""Each picture: the page, and what stands at its top."""


def main(target: Path) -> None:
    """Make the pages, and take the pictures."""
    with tempfile.TemporaryDirectory() as place:
        site = Path(place) / "pages"
        folder.write(site, build.pages(load(bundled())), "")
        with launched() as browser:
            for name, (path, top) in SHOTS.items():
                size = {"width": 1100, "height": 620}
                with opened(browser, viewport=size, color_scheme="light") as watched:
                    watched.goto(f"{site.as_uri()}/{path}")
                    watched.page.locator(top).first.evaluate(
                        "element => scrollTo(0, element.getBoundingClientRect().top + scrollY - 24)"
                    )
                    watched.page.screenshot(path=target / name)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images"))
