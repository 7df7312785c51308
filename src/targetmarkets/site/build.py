"""All pages of a site: their paths and their bytes, the same for the same knowledge base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from targetmarkets import __version__
from targetmarkets.evidence.archive import Archives
from targetmarkets.kb.files import read_bytes, sha256
from targetmarkets.kb.paths import file_of
from targetmarkets.model.types import LIST_OF
from targetmarkets.records.compose import Composer
from targetmarkets.site import dossiers, overviews, render
from targetmarkets.site.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from targetmarkets.kb.knowledge import Knowledge
    from targetmarkets.model.stored import Stored

DOSSIERS: Final[Mapping[str, Callable[[Shown, Any], bytes]]] = {
    "customer": dossiers.customer,
    "category": dossiers.category,
    "group": dossiers.group,
    "event": dossiers.event,
    "actor": dossiers.actor,
    "source": dossiers.source,
}
"""What makes the page of an object, by its word."""


def pages(kb: Knowledge, archives: Archives | None = None) -> Iterator[tuple[str, bytes]]:
    """Every page with its path. Raises `MissingExtraError` where packages are not installed."""
    shown = Shown(Composer(kb), archives or Archives(kb))
    entries = dossiers.entries(shown)
    moments = overviews.moments_of(shown)
    yield "index.html", overviews.home(shown, moments)
    yield "events.html", overviews.events(shown, moments)
    yield "matrix.html", overviews.whole_matrix(shown)
    yield "actors.html", overviews.actors(shown)
    yield "sources.html", overviews.sources(shown)
    yield "search.html", overviews.search(shown)
    what = "Version of the store" if kb.says("version") else "SHA-256 of"
    yield "about.html", overviews.about(shown, what, _version(kb))
    for word, make in DOSSIERS.items():
        for item in kb.among([LIST_OF[word]]).values():
            yield f"{word}/{item.id}.html", make(shown, item)
    for claim in kb.claims.values():
        yield f"claim/{claim.id}.html", dossiers.claim(shown, claim, entries)
    yield from _former(kb)


def unproved(archives: Archives) -> int:
    """How many archived texts pages show with what is wrong with them, or not at all."""
    return sum(archives.problem(source.id) is not None for source in archives.kb.archived)


def made_from(kb: Knowledge, archives: Archives | None = None) -> str:
    """SHA-256 of all that goes into a site: the file, the archived texts, this program."""
    archives = archives or Archives(kb)
    parts = [__version__, _version(kb)]
    parts += [archives.problem(source.id) or f"{source.id} as recorded" for source in kb.archived]
    for folder in (render.ASSETS, render.TEMPLATES):
        parts += [sha256(path.read_bytes()) for path in sorted(folder.iterdir())]
    return sha256("\n".join(parts).encode())


def _version(kb: Knowledge) -> str:
    """SHA-256 of the file, or the version of the store."""
    return kb.says("version") or sha256(read_bytes(file_of(kb.path, "this")))


def address(item: Stored) -> str:
    """The path of the page of an object, and for a quotation the place in it."""
    source = getattr(item, "source", None)
    if item.word() == "quote" and source:
        return f"source/{source}.html#q-{item.id}"
    return f"{item.word()}/{item.id}.html"


def _former(kb: Knowledge) -> Iterator[tuple[str, bytes]]:
    """Pages for ids that objects had before, which lead to these."""
    former: dict[str, list[tuple[str, Stored]]] = {}
    for item in kb.objects.values():
        for id_ in item.formerly:
            word = item.word()
            if word != "quote":
                former.setdefault(f"{word}/{id_}.html", []).append((word, item))
    for path, found in former.items():
        id_ = path.partition("/")[2].removesuffix(".html")
        yield (
            path,
            render.page(
                "formerly.html", root="../", title=id_, here="", legend=(), id=id_, found=found
            ),
        )
