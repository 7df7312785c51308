"""Fill templates. What others wrote is text to every one of them, and nothing that is not there is
taken for empty.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from targetmarkets.errors import MissingExtraError
from targetmarkets.formats.escape import visible, visible_lines
from targetmarkets.formats.pictures.drawing import show_goods
from targetmarkets.formats.wording import show_outcome, show_period, without_date
from targetmarkets.records.wording import both_ends, count, cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2 import Environment

    from targetmarkets.records.overview import OutcomeCount

HERE: Final = Path(__file__).parent
ASSETS: Final = HERE / "assets"
TEMPLATES: Final = HERE / "templates"

STYLES: Final = {
    "home.html": ("home.css",),
    "matrix.html": ("home.css",),
    "source.html": ("source.css",),
    "search.html": ("search.css",),
}
"""What pages have of style beside what all have."""

NAME: Final = "North Korea’s military customers"
"""What the site is called."""

LONGEST_TITLE: Final = 70
"""Characters of the title of a page that are shown anywhere."""

_NOT_IN_HTML: Final = re.compile("[<>&\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""What may not stand as it is in the JSON of a page, or might end it."""


def page(
    template: str, *, title: str, root: str = "", scripts: Sequence[str] = (), **values: Any
) -> bytes:
    """A page, whole: its style and its scripts stand in it, and by their hashes nothing else runs.

    `root` is the way from the page to the home page.
    """
    codes = [asset(name) for name in scripts]
    look = style(template)
    filled = _environment().get_template(template)
    text = filled.render(
        root=root,
        name=NAME,
        window=_window(visible(title)),
        style=look,
        codes=codes,
        policy=policy((look,), codes),
        **values,
    )
    return text.encode()


def _window(title: str) -> str:
    """What a browser calls the page: few show more."""
    both = f"{title} · {NAME}"
    if len(both) <= LONGEST_TITLE:
        return both
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


def part(template: str, **values: Any) -> Any:
    """A part of pages, as mark-up that is not escaped again."""
    from markupsafe import Markup

    return Markup(_environment().get_template(template).render(**values))  # noqa: S704 - escaped


def policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """The content security policy of a page with these styles and scripts, and nothing else."""
    run = " ".join(map(_hash, scripts)) or "'none'"
    allowed = [
        "default-src 'none'",
        f"style-src {' '.join(map(_hash, styles))}",
        f"script-src {run}",
        "img-src data:",  # the icon, which else browsers ask the server for
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(allowed)


def data(value: Any) -> Any:
    """A value as JSON that stands in a page, where its parser gives back the same value."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(  # noqa: S704 - what could end the element is escaped
        _NOT_IN_HTML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    )


@cache
def style(template: str) -> str:
    """The style of a page, without what only readers of the style need."""
    sheets = "".join(map(asset, ("style.css", *STYLES.get(template, ()))))
    text = re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,>]) ?", r"\1", text).replace(": ", ":").strip()


@cache
def asset(name: str) -> str:
    """The text of a file that comes with the site."""
    return (ASSETS / name).read_text("utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _environment() -> Environment:
    try:
        import jinja2  # only the site needs it
        import markupsafe
    except ModuleNotFoundError as error:
        raise MissingExtraError("the site", "site") from error

    def harmless(value: Any) -> Any:
        """A text with what controls or hides made visible, wherever a template shows one."""
        return visible(value) if type(value) is str else value

    def lines(text: str) -> Any:
        """A text of several lines, which stay lines."""
        return markupsafe.escape(visible_lines(text))

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "count": count,
        "data": data,
        "cut": cut,
        "ends": both_ends,
        "goods": show_goods,
        "lines": lines,
        "outcome": show_outcome,
        "outcomes": show_outcomes,
        "period": show_period,
        "undated": without_date,
    }
    return environment


def show_outcomes(outcomes: Sequence[OutcomeCount]) -> str:
    """How things ended: `stopped`, `2 stopped, tried`."""
    return ", ".join(
        show_outcome(item.outcome)
        if len(outcomes) == 1 or item.occurrences == 1
        else f"{item.occurrences} {show_outcome(item.outcome)}"
        for item in outcomes
    )
