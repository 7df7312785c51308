"""What checkers of accessibility and of HTML find on every kind of page: nothing."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.site.browser import module, opened
from tests.site.kinds import KINDS

SETTINGS = [(scheme, width) for scheme in ("light", "dark") for width in (320, 1440)]


@pytest.mark.long
@pytest.mark.parametrize(("scheme", "width"), SETTINGS)
def test_axe_finds_nothing(browser: Any, site: Path, scheme: str, width: int) -> None:
    axe = module("axe-core/axe.min.js").read_text("utf-8")
    found: list[tuple[Any, ...]] = []
    with opened(
        browser, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    ) as watched:
        page = watched.page
        for kind, path in KINDS.items():
            watched.goto(f"{site.as_uri()}/{path}")
            if kind == "archived source":
                page.click("#prove")
                page.wait_for_selector("#proved.good")
            page.evaluate(axe)
            results = page.evaluate('axe.run({exclude: ["svg[aria-hidden] text"]})')
            for outcome in ("violations", "incomplete"):
                for rule in results[outcome]:
                    found += [
                        (kind, outcome, rule["id"], node["html"][:200], node["any"][:1])
                        for node in rule["nodes"]
                    ]
            scrolls = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            found += [(kind, "is wider than the screen")] if scrolls else []
    assert not found, "\n".join(map(str, found[:20]))


CONTRAST = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((value) => value / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll("svg text")].map((text) => {
    const disc = text.parentElement.querySelector(":scope.tag > circle");
    const page = getComputedStyle(document.body).backgroundColor;
    const below = disc ? getComputedStyle(disc).fill : page;
    const [dark, bright] = [light(getComputedStyle(text).fill), light(below)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_in_pictures_can_be_read(browser: Any, site: Path, scheme: str) -> None:
    """axe cannot tell what lies below words of a picture."""
    with opened(browser, color_scheme=scheme) as watched:
        watched.goto(f"{site.as_uri()}/index.html")
        contrasts = watched.page.evaluate(CONTRAST)
    assert len(contrasts) > 30
    assert min(contrasts) >= 4.5


def test_html_validate_finds_nothing(site: Path, attacked_site: Path, tmp_path: Path) -> None:
    program = module("html-validate/bin/html-validate.mjs")
    paths = [site / path.partition("#")[0] for path in KINDS.values()]
    paths += sorted(attacked_site.glob("*/*-2?.html"))
    config = Path(__file__).parent / "html-validate.json"
    told = tmp_path / "told.json"  # to a pipe it writes no more than fits
    with told.open("wb") as file:
        done = subprocess.run(
            ["node", program, "--config", config, "-f", "json", *paths],
            stdout=file, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    found = [
        (Path(result["filePath"]).name, message["ruleId"], message["line"], message["message"])
        for result in json.loads(told.read_text("utf-8") or "[]")
        for message in result["messages"]
    ]
    assert not found, "\n".join(map(str, found[:40])) + done.stderr
    assert done.returncode == 0, done.stderr
