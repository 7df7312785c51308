"""What CI installs is locked: every package, at a version that fits, by hashes and no addresses."""

import re
import tomllib
from typing import Final

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

LOCK: Final = ROOT / ".ci" / "lock.txt"
_ENTRY = re.compile(
    r"^([\w.-]+)==([^ ;]+)( ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    re.MULTILINE,
)


def required() -> list[Requirement]:
    """What the project needs, its tests and its checks, and what builds it."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    extras = project["project"]["optional-dependencies"]
    names = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    names += [
        name for extra in ("cite", "extract", "site", "test", "dev") for name in extras[extra]
    ]
    return [each for each in map(Requirement, names) if each.name != "targetmarkets"]


def test_the_lock_holds_versions_and_hashes_and_no_address() -> None:
    text = LOCK.read_text("utf-8")
    assert "".join(match[0] for match in _ENTRY.finditer(text)) == text
    assert "://" not in text
    assert "@" not in text


def test_everything_that_is_required_is_locked_at_a_version_that_fits() -> None:
    locked: dict[str, list[tuple[str, str]]] = {}
    for name, version, marker, _ in _ENTRY.findall(LOCK.read_text("utf-8")):
        locked.setdefault(canonicalize_name(name), []).append((version, marker.removeprefix(" ; ")))
    for requirement in required():
        versions = [
            version
            for version, marker in locked[canonicalize_name(requirement.name)]
            if not marker or Marker(marker).evaluate()
        ]
        assert len(versions) == 1, requirement
        assert requirement.specifier.contains(versions[0]), requirement
