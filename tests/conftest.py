"""Fixtures: the bundled knowledge base, copies of it to break, and `tm`."""

import json
import shutil
import signal
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import hypothesis
import pytest

import targetmarkets
from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.opening import load as open_any
from targetmarkets.kb.paths import bundled
from targetmarkets.records.compose import Composer
from targetmarkets.writing.copying import copy
from tests.fuzz.budget import COUNTED, FACTOR, SEED
from tests.running import Run, run_here, run_process

hypothesis.settings.load_profile("ci")  # the same cases in every run, and no deadline for each

ROOT = Path(__file__).resolve().parents[1]


class Workspace:
    """A copy of the bundled knowledge base and its archived texts, to be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "data" / "customers.json"
        self.seeds = folder / "seeds"
        shutil.copytree(bundled().parents[1] / "seeds", self.seeds)
        self.file.parent.mkdir()
        shutil.copyfile(bundled(), self.file)

    def read(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.file.read_text("utf-8"))
        return content

    def write(self, content: object) -> None:
        self.file.write_text(json.dumps(content, ensure_ascii=False, indent=2), "utf-8")

    def snapshot(self) -> dict[str, bytes]:
        """Every file and its bytes, to see that nothing was changed."""
        return {str(p): p.read_bytes() for p in self.folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="session")
def kb() -> FileKnowledge:
    return load(bundled())


@pytest.fixture(scope="session")
def stored_kb(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The bundled knowledge base in a store, in which a search need not divide every text."""
    return open_any(copy(bundled(), tmp_path_factory.mktemp("stored") / "kb.sqlite"))


@pytest.fixture(scope="session")
def composer(kb: FileKnowledge) -> Composer:
    return Composer(kb)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


@pytest.fixture(autouse=True)
def _plain_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    for name in ("TM_KB", "NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "COLUMNS", "TM_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def tm(tmp_path: Path) -> Run:
    """Run `tm` in this process, in an empty folder outside the checkout."""
    return partial(run_here, cwd=tmp_path)


@pytest.fixture
def tm_process(tmp_path: Path) -> Run:
    """The same as a process of its own: for what only a process has."""
    return partial(run_process, cwd=tmp_path)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C reaches processes that are started; in the background of a script it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def pytest_collection_finish() -> None:
    """Import everything before any test does.

    Hypothesis tries constants of the modules that are imported, so that its cases would depend on
    which tests went before.
    """
    for module in walk_packages(targetmarkets.__path__, "targetmarkets."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where processes share the work, let each hand over what it counted."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["counted"] = dict(COUNTED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    COUNTED.update(getattr(node, "workeroutput", {}).get("counted", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much bad input there was."""
    if COUNTED:
        counted = ", ".join(f"{number:,} {kind}" for kind, number in sorted(COUNTED.items()))
        how = f"random: TM_TEST_SEED={SEED} repeats them" if FACTOR else "the same in every run"
        terminalreporter.write_line(f"fuzz: {counted} ({how})")
