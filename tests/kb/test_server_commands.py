"""Commands on an address that write files or answer agents: what they do to the same in a folder.

They run as a login that may read and nothing else, with a password that nothing may repeat.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import unquote, urlsplit

import pytest
from mcp import Client
from mcp_types import TextContent

from targetmarkets.agents.server import server
from targetmarkets.exports.registry import TARGETS
from targetmarkets.kb.address import Address
from targetmarkets.kb.opening import load
from targetmarkets.kb.paths import Place, bundled
from targetmarkets.site import build
from targetmarkets.writing.copying import copy
from tests import postgres
from tests.build import claim, content, customer, source
from tests.kb.test_server import role
from tests.kb.test_server_copied import dropping
from tests.kb.test_server_lost import cut
from tests.running import Run
from tests.stores import STORES

SECRET = "geheim"  # noqa: S105 - nobody has it

NAMES = ("in-folder", "on-server")
"""What is written from each is called so."""

T = TypeVar("T")

DRAFT = """\
Syria is “likely one of North Korea’s most long standing collaborators” [@nknews-2015].
It is “likely one of North Korea’s most long-standing partners” [@nknews-2015, line 7].
Nobody said “that all of them were sold to the moon” [@nobody].
"""


class Both(NamedTuple):
    """A knowledge base in a folder, and the same on a server."""

    folder: Path
    server: Address


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    address = copy(bundled(), postgres.server().new())
    reader = role(address, f"commands_{address.name}", "read")
    with_password = postgres.server().address(address.name, f"commands_{address.name}", SECRET)
    assert str(with_password) != str(reader)
    return Both(copy(bundled(), tmp_path_factory.mktemp("commands") / "kb"), with_password)


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)


def given(place: Place) -> str:
    """What a person types for it."""
    return place.for_libpq if isinstance(place, Address) else str(place)


def said(tm: Run, both: Both, *command: str) -> list[tuple[int, str, str]]:
    """What a command says of each; `KB` in it is the name of that."""
    answers = []
    places: list[Place] = [*both]
    for name, place in zip(NAMES, places, strict=True):
        done = tm(*(part.replace("KB", name) for part in command), "--kb", given(place))
        assert SECRET not in done.stdout + done.stderr
        stdout, stderr = (text.replace(name, "KB") for text in (done.stdout, done.stderr))
        answers.append((done.returncode, stdout, stderr))
    return answers


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("options", [(), ("--customer", "syria", "--curators")])
def test_an_export_has_the_same_bytes(
    tm: Run, both: Both, tmp_path: Path, target: str, options: tuple[str, ...]
) -> None:
    name = f"KB{TARGETS[target].ending}"
    from_file, from_server = said(tm, both, "export", target, "-o", name, *options)
    assert from_server == from_file
    assert from_file[0] == 0
    exports = [(tmp_path / name.replace("KB", each)).read_bytes() for each in NAMES]
    assert exports[0] == exports[1]
    assert SECRET.encode() not in exports[0]


@pytest.mark.parametrize("how", ["text", "json", "sarif"])
def test_a_draft_is_judged_alike(tm: Run, both: Both, tmp_path: Path, how: str) -> None:
    (tmp_path / "draft.md").write_text(DRAFT, "utf-8")
    from_file, from_server = said(tm, both, "check", "draft.md", "--format", how)
    assert from_server == from_file
    assert from_file[0] == 1


def test_a_draft_is_corrected_alike(tm: Run, both: Both, tmp_path: Path) -> None:
    altered = "North Korea’s most long-standing collaborators"
    (tmp_path / "draft.md").write_text(f"It is “likely one of {altered}” [@nknews-2015].", "utf-8")
    from_file, from_server = said(tm, both, "check", "draft.md", "--fix", "-o", "KB.md")
    assert from_server == from_file
    assert "1 corrected" in from_file[2]
    corrected = [(tmp_path / f"{name}.md").read_bytes() for name in NAMES]
    assert corrected[0] == corrected[1]


def test_a_site_has_the_same_pages(both: Both) -> None:
    pages = [dict(build.pages(load(place))) for place in both]
    assert list(pages[0]) == list(pages[1])
    differing = [path for path, page in pages[0].items() if page != pages[1][path]]
    assert differing == ["about.html"]
    abouts = [each["about.html"].decode().splitlines() for each in pages]
    lines = [pair for pair in zip(*abouts, strict=True) if pair[0] != pair[1]]
    ((of_file, of_server),) = lines
    assert ">customers.json<" in of_file
    assert "SHA-256 of" in of_file
    version = load(both.server).says("version")
    data = '<div><dt>data</dt><dd>Version of the store <span class="hash">'
    assert of_server.startswith(f"{data}{both.server.name}</span>")
    assert f'<span class="hash">{version}</span>' in of_server
    assert not [path for path, page in pages[1].items() if SECRET.encode() in page]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two small knowledge bases that differ in a word."""
    made = []
    for name in ("one", "other"):
        path = tmp_path / name / "customers.json"
        path.parent.mkdir()
        customers = [customer("a", name=f"The {name}")]
        written = content(sources=[source()], customers=customers, claims=[claim("said", "a")])
        path.write_text(json.dumps(written), "utf-8")
        made.append(path)
    return made


@pytest.mark.parametrize("kind", STORES)
def test_pages_are_made_anew_where_another_knowledge_base_took_the_place(
    tm: Run, files: list[Path], tmp_path: Path, kind: str
) -> None:
    place = STORES[kind].made_of(files[0], tmp_path / "kb.sqlite")
    kb = ("--kb", given(place))
    for name in ("one", "other"):
        if name == "other":
            done = tm("site", "pages", "--check", *kb)
            assert (done.returncode, done.stdout) == (0, "pages is the site that is made now\n")
            if isinstance(place, Path):
                place.unlink()
            else:
                postgres.rows(place, dropping())
            copy(files[1], place)
            assert tm("site", "pages", "--check", *kb).returncode == 1
        done = tm("open", "a", *kb)
        assert done.returncode == 0, done.stderr
        page = Path(unquote(urlsplit(done.stdout.strip()).path))
        assert f"The {name}" in page.read_text("utf-8")
        assert tm("site", "pages", *kb).returncode == 0
        assert (tmp_path / "pages/customer/a.html").read_bytes() == page.read_bytes()


def test_pages_in_the_cache_are_made_anew_after_a_change(tm: Run, files: list[Path]) -> None:
    address = copy(files[0], postgres.server().new())
    kb = ("--kb", str(address))
    page = Path(unquote(urlsplit(tm("open", "a", *kb).stdout.strip()).path))
    before = page.stat().st_mtime_ns
    tm("open", "a", *kb)
    assert page.stat().st_mtime_ns == before
    assert tm("retract", "said", "--reason", "It was wrong.", *kb).returncode == 0
    tm("open", "a", *kb)
    assert "It was wrong." in (page.parents[1] / "claim" / "said.html").read_text("utf-8")


ASKED: Mapping[str, list[dict[str, Any]]] = {
    "find": [
        *({"what": what} for what in ("customers", "events", "actors", "claims")),
        {"what": "claims", "query": "gas masks"}, {"what": "claims", "customer": "syria"},
        {"query": "Suriya"}, {"what": "claims", "certainty": "likely", "limit": 50},
    ],
    "show": [{"id": "syria"}, {"id": "Chong Chon Gang"}, {"id": "resilient"}, {"id": "nobody"}],
    "verify_quotation": [
        {"quotation": "likely one of North Korea’s most long standing collaborators"},
        {"quotation": "likely one of North Korea’s most long-standing partners"},
    ],
    "check_text": [{"text": DRAFT}],
    "cite": [{"ids": ["syria-gas-masks", "nknews-2015"]}],
    "sources": [{}],
}  # fmt: skip

READ = (
    "targetmarkets://categories", "targetmarkets://categories/resilient",
    "targetmarkets://claims/syria-gas-masks", "targetmarkets://sources/nknews-2015/1",
)  # fmt: skip


def talk(place: Place, session: Callable[[Client], Awaitable[T]]) -> T:
    """Let a client talk to a server over a knowledge base, in this process."""

    async def run() -> T:
        async with Client(server(load(place))) as client:
            return await session(client)

    with ThreadPoolExecutor(1) as apart:  # the loop of another test may run in this thread
        return apart.submit(asyncio.run, run()).result()


async def answered(client: Client, tool: str, arguments: dict[str, Any]) -> tuple[bool, str]:
    """Whether a tool refused, and what it said."""
    result = await client.call_tool(tool, arguments)
    (block,) = result.content
    assert isinstance(block, TextContent)
    return bool(result.is_error), block.text


def test_agents_get_the_same_answers(both: Both) -> None:
    async def session(client: Client) -> list[object]:
        answers: list[object] = []
        for tool, calls in ASKED.items():
            answers += [await answered(client, tool, arguments) for arguments in calls]
        for address in READ:
            answers += (await client.read_resource(address)).contents
        return answers

    from_file, from_server = (talk(place, session) for place in both)
    assert from_server == from_file
    assert sum(isinstance(each, tuple) and each[0] for each in from_file) == 1  # nobody
    assert len(from_file) == sum(map(len, ASKED.values())) + len(READ)


def test_agents_go_on_after_their_connection_was_cut(both: Both) -> None:
    """One that was idle for long, or a server that was started anew."""

    async def session(client: Client) -> None:
        before = await answered(client, "show", {"id": "syria"})
        cut(both.server)
        assert await answered(client, "show", {"id": "syria"}) == before
        (page,) = (await client.read_resource(READ[0])).contents
        cut(both.server)
        assert (await client.read_resource(READ[0])).contents == [page]
        assert await answered(client, "show", {"id": "syria"}) == before

    talk(both.server, session)


def test_agents_are_told_that_a_server_is_gone_until_it_is_there_again(both: Both) -> None:
    started = postgres.server()

    async def session(client: Client) -> None:
        before = await answered(client, "show", {"id": "syria"})
        started.stop("immediate")
        try:
            # what was shown is held, and another is not
            refused, why = await answered(client, "show", {"id": "iran"})
        finally:
            started.start()
        assert refused
        assert "cannot be reached" in why
        assert SECRET not in why
        assert await answered(client, "show", {"id": "syria"}) == before

    talk(both.server, session)
