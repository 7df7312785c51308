"""`tm site` and `tm open` on the command line."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from targetmarkets.site import folder
from tests.conftest import Workspace
from tests.running import Run


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "TM_INDEX"):
        monkeypatch.delenv(name, raising=False)


def file_of(address: str) -> Path:
    return Path(unquote(urlsplit(address.strip()).path))


def test_a_site_is_written_and_is_fresh_until_the_data_change(
    tm: Run, workspace: Workspace, tmp_path: Path
) -> None:
    kb = ("--kb", str(workspace.file))
    done = tm("site", "pages", *kb)
    assert (done.returncode, done.stdout) == (0, "pages/index.html\n")
    assert done.stderr.startswith("tm: 6")
    done = tm("site", "--check", "pages", *kb)
    assert (done.returncode, done.stdout) == (0, "")
    assert "is the site that is made now" in done.stderr
    content = workspace.read()
    content["customers"][0]["name"] = "Suriya"
    workspace.write(content)
    done = tm("site", "--check", "pages", *kb)
    assert done.returncode == 1
    assert "changed: about.html\n" in done.stdout
    assert "tm site pages makes it anew" in done.stderr
    assert tm("site", "pages", *kb).returncode == 0
    assert "Suriya" in (tmp_path / "pages" / "customer" / "syria.html").read_text("utf-8")


def test_what_is_asked_wrongly_is_refused_before_anything_is_written(
    tm: Run, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    for arguments in (("mine",), ("",), (".",), ("--check", "mine"), ("--check", "nowhere")):
        done = tm("site", *arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert done.stderr.startswith("tm: ")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_open_makes_pages_once_and_prints_the_address(tm: Run) -> None:
    done = tm("open", "syria")
    assert done.returncode == 0
    assert "there is no display" in done.stderr
    page = file_of(done.stdout)
    assert page.name == "syria.html"
    marker = page.parents[1] / folder.MARKER
    made = marker.stat().st_mtime_ns
    home = file_of(tm("open").stdout)
    assert home == page.parents[1] / "index.html"
    assert marker.stat().st_mtime_ns == made
    address = tm("open", "nknews-headline").stdout.strip()
    assert address.endswith("/source/nknews-2015.html#q-nknews-headline")
    marker.write_text(marker.read_text("utf-8").replace('"made_from": "', '"made_from": "stale'))
    tm("open")
    assert marker.stat().st_mtime_ns != made


def test_open_starts_the_browser_that_is_named(
    tm_process: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/opened"\n')
    program.chmod(0o755)
    done = tm_process("open", "syria", env={**os.environ, "BROWSER": f"{program} %s"})
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "opened").read_text() == done.stdout
    done = tm_process("open", env={**os.environ, "BROWSER": f"{tmp_path / 'none'} %s"})
    assert done.returncode == 0


def test_open_says_what_it_does_not_know_and_where_it_can_keep_nothing(tm: Run) -> None:
    done = tm("open", "nobody")
    assert (done.returncode, done.stdout) == (2, "")
    done = tm("open", env={"TM_INDEX": "off"})
    assert (done.returncode, done.stdout) == (3, "")
    assert "tm site FOLDER" in done.stderr
