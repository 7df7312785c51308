"""What the search page searches: every text, and its words as they are looked for.

The words are those of `text/words.py`, one blank before and after each, and behind them what else
they can be asked for by. The page folds what is typed by the same rules (`assets/fold.js`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from targetmarkets.kb.store.texts import paragraphs
from targetmarkets.kb.words import is_searched, words_of
from targetmarkets.model.types import SHOWN
from targetmarkets.records.wording import gloss
from targetmarkets.text.words import aliases, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from targetmarkets.site.shown import Shown

Entry = list[str]
"""Kind, address, text, gloss, words."""


def index(shown: Shown) -> list[Entry]:
    """Everything that is found, names first."""
    return [*_objects(shown), *_passages(shown)]


def _objects(shown: Shown) -> Iterator[Entry]:
    for type_ in SHOWN:
        for item in shown.kb.among([type_.plural]).values():
            if not is_searched(item):
                continue
            text = words_of(shown.kb, item)
            shown_text, told = text, ""
            if type_.word == "claim":
                shown_text, told = item.statement, gloss(item)
            elif type_.word == "quote":
                shown_text, told = item.exact, shown.passage(item).sign.text + " " + item.source
            href = f"{type_.word}/{item.id}.html"
            if type_.word == "quote":
                href = shown.passage(item).href
            yield [type_.word, href, shown_text, told, folded(text)]


def _passages(shown: Shown) -> Iterator[Entry]:
    """The paragraphs of the archived texts, each with the nearest quotation in it."""
    for source in shown.kb.archived:
        text = shown.text(source.id)
        if text is None:
            continue
        quotes = shown.kb.quotes_from(source.id)
        at = 0
        for start, end in paragraphs(text):
            words = text[start:end].strip()
            if not words:
                continue
            while at < len(quotes) and quotes[at].end <= start:
                at += 1
            anchor = f"q-{quotes[at].id}" if at < len(quotes) else "text-label"
            yield ["text", f"source/{source.id}.html#{anchor}", words, source.id, folded(words)]


def folded(text: str) -> str:
    """The words of a text as they are looked for, and what else they can be asked for by."""
    words = words_in(text)
    more = dict.fromkeys(alias for alias, _ in aliases(text))
    return f" {words} " + "".join(f"| {alias} " for alias in more)
