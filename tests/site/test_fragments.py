"""Links into originals: what they are made of, and that a real browser finds the place by them."""

import base64
import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.evidence.archive import Archives
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.site.fragments import original, text_fragment
from targetmarkets.text.addresses import web_address
from tests.site.browser import opened


@pytest.mark.parametrize(
    ("text", "passage", "directive"),
    [
        ("He sold a T-54 to them.", "T-54", "text=T%2D54"),
        ("It is Korea’s own.", "Korea", "text=Korea,-%E2%80%99s"),
        ("It sold licences⁹ then.", "licences", "text=licences,-%E2%81%B9"),
        ("The T-54/55 tank.", "55", "text=T%2D54%2F-,55"),
        ("a & b, c", "a & b, c", "text=a%20%26%20b%2C%20c"),
        ("One thing. It ends.\nIt begins.", "ends.\nIt begins.", "text=ends.,It%20begins."),
        ("the man saw the man", "the man", "text=the%20man"),
    ],
)
def test_what_a_link_is_made_of(text: str, passage: str, directive: str) -> None:
    start = text.index(passage)
    assert text_fragment(text, start, start + len(passage)) == directive


def test_what_begins_alike_before_is_told_apart() -> None:
    text = "He saw the man. She saw the man."
    start = text.rindex("the man")
    assert text_fragment(text, start, start + 7) == "text=She%20saw-,the%20man,-."


@pytest.mark.parametrize(
    "address",
    [None, "", "javascript:alert(1)", "data:text/html,x", "http://a b", "https://a/\x1b", "//a"],
)
def test_only_the_web_is_linked_to(address: str | None) -> None:
    assert web_address(address) is None
    assert original(address, "words", 0, 5) is None


def test_an_address_with_a_fragment_keeps_it() -> None:
    assert original("https://a.example/b#c", "words", 0, 5) == "https://a.example/b#c:~:text=words"
    assert original("https://a.example/b", "words", 0, 5) == "https://a.example/b#:~:text=words"


STYLE = (
    "body{font:9px/1.4 sans-serif;width:760px;margin:4px}p{margin:3px 0}"
    "::target-text{background:#f0f;color:#000}"
)
COLOURED = """async ([shot, x, y, width, height]) => {
  const image = await createImageBitmap(await (await fetch(shot)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const count = (x, y, width, height) => {
    const { data } = context.getImageData(x, y, Math.max(width, 1), Math.max(height, 1));
    let found = 0;
    for (let at = 0; at < data.length; at += 4) {
      found += data[at] > 200 && data[at + 1] < 90 && data[at + 2] > 200;
    }
    return found;
  };
  return [count(x, y, width, height), count(0, 0, image.width, image.height)];
}"""
RECTS = """([start, end]) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const rects = [];
  for (let at = 0, node; (node = walker.nextNode());) {
    const length = [...node.data].length;
    for (let n = 0; n < length; n += 1) {
      const offset = at + n;
      if (offset !== start && offset !== end - 1) continue;
      const unit = [...node.data].slice(0, n).join("").length;
      const range = document.createRange();
      range.setStart(node, unit);
      range.setEnd(node, unit + 1);
      const { x, y, width, height } = range.getBoundingClientRect();
      rects.push([x, y + scrollY, width, height]);
    }
    at += length + 1;
  }
  return rects;
}"""


def pages(text: str) -> Iterator[str]:
    """The text as a page of paragraphs, and as one with line breaks."""
    lines = [html.escape(line) for line in text.split("\n")]
    head = f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>"
    yield head + "".join(f"<p>{line}</p>" for line in lines if line)
    yield head + f"<p>{'<br>'.join(lines)}</p>"


@pytest.mark.long
def test_a_browser_finds_every_quotation(browser: Any, kb: FileKnowledge, tmp_path: Path) -> None:
    archives = Archives(kb)
    missed = []
    with (
        opened(browser, viewport={"width": 780, "height": 900}) as shown,
        opened(browser) as canvas,
    ):
        for source in kb.archived:
            text = archives.text(source.id).text
            for kind, page in enumerate(pages(text)):
                file = tmp_path / f"{source.id}-{kind}.html"
                file.write_text(page, "utf-8")
                for quote in kb.quotes_from(source.id):
                    link = original("https://x.example/", text, quote.start, quote.end)
                    assert link is not None
                    shown.goto(
                        f"{file.as_uri()}?{quote.id}{link.removeprefix('https://x.example/')}"
                    )
                    shot = shown.page.screenshot()
                    data = f"data:image/png;base64,{base64.b64encode(shot).decode()}"
                    first, last = _ends(shown.page, text, quote.start, quote.end)
                    for rect in (first, last):
                        inside, everywhere = canvas.page.evaluate(COLOURED, [data, *rect])
                        if not inside or not everywhere:
                            missed.append((kind, quote.id, link))
                            break
    assert not missed, "\n".join(map(str, missed))


def _ends(page: Any, text: str, start: int, end: int) -> list[list[float]]:
    """Where the first and the last character of a passage stand on the page."""
    start, end = (at - _empty(text[:at]) for at in (start, end))
    rects: list[list[float]] = page.evaluate(RECTS, [start, end])
    scrolled = page.evaluate("scrollY")
    return [[x, y - scrolled, width, height] for x, y, width, height in rects][:2] * (
        2 if len(rects) == 1 else 1
    )


def _empty(text: str) -> int:
    """How many lines of a text are empty: they are no text of a page."""
    lines = text.split("\n")[:-1]
    return sum(not line for line in lines)
