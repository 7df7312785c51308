"""The pages as they are written: the same each time, whole, linked, escaped, unproved where so."""

import base64
import hashlib
import html
import json
import os
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from targetmarkets.formats.escape import visible, visible_lines
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.site import build, folder, render
from tests import hostile
from tests.build import claim, content, source

VOID = {"meta", "link", "br", "input"}


class Reader(HTMLParser):
    """What a parser that is not ours finds in a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.codes: dict[str, list[str]] = {"script": [], "style": [], "data": []}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        values = {name: value or "" for name, value in attrs}
        self.attributes += values.items()
        self.ids.update(value for name, value in values.items() if name == "id")
        self.links += [value for name, value in values.items() if name in {"href", "src"}]
        if tag not in VOID:
            self.open.append("data" if "type" in values and tag == "script" else tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().replace("data", "script") == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.codes:
            self.codes[self.open[-1]].append(data)
        else:
            self.texts.append(data)


def read(path: Path) -> Reader:
    return Reader(path.read_bytes().decode())


def test_each_object_has_its_page_and_each_link_its_place(site: Path, kb: FileKnowledge) -> None:
    pages = {path: read(path) for path in site.rglob("*.html")}
    for item in kb.objects.values():
        address, _, anchor = build.address(item).partition("#")
        assert site / address in pages, item.id
        assert not anchor or pages[site / address].ids[anchor] == 1
    for path, page in pages.items():
        assert max(page.ids.values()) == 1, path
        assert not page.open
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in {"http", "https", "data"}, link
                continue
            target = path
            if parts.path:
                target = Path(os.path.normpath(path.parent / unquote(parts.path)))
            assert target in pages, (path, link)
            assert not parts.fragment or pages[target].ids[parts.fragment] == 1, (path, link)


def test_the_same_data_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """In another process, whose hashes of strings are others."""
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "targetmarkets", "site", str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
        )  # fmt: skip
        assert done.stdout.decode() == f"{tmp_path / seed / 'index.html'}\n"
    for path in sorted(site.rglob("*")):
        if path.is_file():
            written = [(tmp_path / seed / path.relative_to(site)).read_bytes() for seed in "12"]
            assert written == [path.read_bytes()] * 2, path


def test_only_what_has_its_hash_in_the_policy_runs(site: Path, attacked_site: Path) -> None:
    for path in (*site.rglob("*.html"), *attacked_site.rglob("*.html")):
        page = read(path)
        policies = [value for name, value in page.attributes if value.startswith("default-src")]
        assert len(policies) == 1
        assert policies[0].startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policies[0]
        for code in (*page.codes["script"], *page.codes["style"]):
            digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policies[0], path
        names = {name for name, _ in page.attributes}
        assert not [name for name in names if name.startswith("on") or name == "style"]


def test_hostile_texts_change_no_structure(attacked_site: Path, peaceful_site: Path) -> None:
    paths = [path.relative_to(peaceful_site) for path in peaceful_site.rglob("*.html")]
    assert len(paths) > 1000
    for path in paths:
        found, expected = read(attacked_site / path), read(peaceful_site / path)
        if path.name != "search.html":
            assert found.tags == expected.tags, path
        unsafe = re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", "".join(found.texts))
        assert not unsafe, path


def test_hostile_texts_are_shown_as_they_are(attacked_site: Path) -> None:
    for number, attack in enumerate(hostile.ATTACKS.values()):
        page = read(attacked_site / "claim" / f"supplies-{number}.html")
        assert visible(hostile.line(attack)) in "".join(page.texts)
        text = read(attacked_site / "source" / f"text-{number}.html")
        assert f"‘{visible_lines(attack)}’" in "".join(text.texts)
        embedded = json.loads("".join(text.codes["data"]))
        quote = embedded["quotes"][0]
        assert embedded["text"][quote["start"] : quote["end"]] == attack == quote["exact"]
        data = embedded["text"].encode()
        assert hashlib.sha256(data).hexdigest() == embedded["sha256"]


def test_what_is_not_proved_is_marked(site: Path, kb: FileKnowledge) -> None:
    for claim_ in kb.claims.values():
        words = " ".join("".join(read(site / "claim" / f"{claim_.id}.html").texts).split())
        assert claim_.hedge is None or f"“{claim_.hedge}”" in words
        assert ("not proved" in words) == any(item.reference for item in claim_.evidence)
        assert ("✓ proved here" in words.rpartition("✓ proved here")[0]) == any(
            item.quote for item in claim_.evidence
        )
        assert words.count(claim_.statement) >= 1


def test_a_page_of_an_event_says_what_its_overview_says(site: Path) -> None:
    """In the same words, where it happened and no other scene, and of what is contested who says
    so.
    """
    page = (site / "event" / "chong-chon-gang-2013.html").read_text("utf-8")
    rows = re.findall(r'<tr><th scope="row">(\w+)</th><td data-l="Said">(.*?)</td>', page)
    said = [(label, html.unescape(re.sub("<[^>]*>", "", value))) for label, value in rows]
    assert [value for label, value in said if label == "where"] == ["to North Korea"]
    assert ("who", "interceptor: Panama") in said
    assert ("amount", "16 engines† an account not named") in said
    assert ("what", "not named") in said


def test_a_quotation_that_does_not_stand_there_is_marked(workspace: Any) -> None:
    archived = next(workspace.seeds.iterdir())
    archived.write_bytes(archived.read_bytes().replace(b"Korea", b"Corea", 1))
    pages = dict(build.pages(load(workspace.file)))
    broken = [path for path, data in pages.items() if "NOT PROVED: " in data.decode()]
    assert any(path.startswith("claim/") for path in broken)
    assert "did not" in pages["about.html"].decode()


def test_old_ids_and_retracted_claims_lead_to_what_is_known(tmp_path: Path) -> None:
    path = tmp_path / "customers.json"
    claims = [
        claim("wrong", status="retracted", retraction="It was misread."),
        claim("new", formerly=["old", "older"]),
    ]
    path.write_text(json.dumps(content(claims=claims, sources=[source(formerly=["w"])])), "utf-8")
    pages = {path: data.decode() for path, data in build.pages(load(path))}
    assert "withdrawn, and is kept with the reason: It was misread." in pages["claim/wrong.html"]
    assert "retracted</b>" in pages["claim/wrong.html"]
    assert 'href="../claim/new.html"' in pages["claim/old.html"]
    assert "it was old, older" in pages["claim/new.html"]
    assert 'href="../source/work.html"' in pages["source/w.html"]
    assert "wrong" not in pages["search.html"]


def test_an_empty_knowledge_base_has_pages(tmp_path: Path) -> None:
    path = tmp_path / "customers.json"
    path.write_text(json.dumps(content()), "utf-8")
    pages = dict(build.pages(load(path)))
    assert "No event has a date" in pages["index.html"].decode()


def test_home_is_small_and_its_scripts_few(site: Path) -> None:
    assert (site / "index.html").stat().st_size < 300_000
    lines = sum(len(path.read_text("utf-8").splitlines()) for path in render.ASSETS.glob("*.js"))
    assert lines < 300
    names = {path.name for path in render.ASSETS.iterdir()}
    sheets = {"style.css", "home.css", "source.css", "search.css"}
    assert names == {*sheets, "map.json", "fold.js", "search.js", "prove.js", "copy.js"}


def test_without_its_packages_it_names_the_extra(
    kb: FileKnowledge, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    render._environment.cache_clear()
    with pytest.raises(Exception, match="extra 'site'"):
        folder.write(tmp_path / "pages", build.pages(kb), "")
    assert list(tmp_path.iterdir()) == []
