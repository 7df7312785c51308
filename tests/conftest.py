"""Fixtures: the bundled knowledge base, copies of it to break, and the installed `tm`."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.kb.paths import bundled
from targetmarkets.records.compose import Composer

ROOT = Path(__file__).resolve().parents[1]
TM = str(Path(sys.executable).with_name("tm"))

Run = Callable[..., subprocess.CompletedProcess[str]]
"""Runs the installed `tm` and returns its exit code, stdout and stderr."""


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
def composer(kb: FileKnowledge) -> Composer:
    return Composer(kb)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TM_KB", "NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "COLUMNS", "TM_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def tm(tmp_path: Path) -> Run:
    """Run `tm` in an empty folder, outside the checkout."""

    def run(
        *arguments: str, env: dict[str, str] | None = None, **options: Any
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [TM, *arguments],
            capture_output=options.pop("capture_output", True),
            encoding="utf-8",
            errors="surrogateescape",
            env={**os.environ, **(env or {})},
            cwd=options.pop("cwd", tmp_path),
            timeout=60,
            check=False,
            **options,
        )

    return run
