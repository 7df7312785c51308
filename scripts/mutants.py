"""Change the code in small ways, one at a time, and see whether its tests notice.

    python scripts/mutants.py [MODULE ...] [--folder FOLDER]

Needs the extra `mutants`. cosmic-ray makes the changes, as `mutants.toml` says, in a copy of the
tree. A change that no test notices survives: it is printed, unless `docs/proofs/mutants.md` shows
it and says why nothing can be seen of it. Exit code 1 where one is left that nothing explains.

A run that was stopped goes on where it was if it is given the same `--folder`.
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXPLAINED = ROOT / "docs" / "proofs" / "mutants.md"

TESTS = {
    "model/base": "model/objects",
    "model/csl": "model/objects",
    "model/objects": "model/objects",
    "model/edtf": "model/edtf model/objects",
    "model/integrity": "model/integrity kb/json_file kb/seam",
    "kb/lookup": "kb/resolve kb/seam",
    "kb/json_file": "kb/json_file kb/seam model/integrity",
    "evidence/archive": "evidence/archive",
    "evidence/verification": "evidence/verification",
    "records/citation": "records/citation",
}
"""Modules, each with the tests that state what it does, the fastest first."""


def copy_tree(folder: Path) -> None:
    """Copy what git knows of the tree, so that no mutant is ever left in the source."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)


def configured(module: str) -> str:
    """The configuration of cosmic-ray for one module."""
    tests = " ".join(
        f"tests/{room}/test_{name}.py"
        for room, name in (test.split("/") for test in TESTS[module].split())
    )
    command = f"{sys.executable} -m pytest -x -p no:cacheprovider {tests}"
    shared = (ROOT / "scripts" / "mutants.toml").read_text("utf-8")
    own = f"module-path = {json.dumps(f'src/targetmarkets/{module}.py')}\n"
    own += f"test-command = {json.dumps(command)}\n"
    return shared.replace("[cosmic-ray]\n", "[cosmic-ray]\n" + own, 1)


def run(module: str, folder: Path) -> Path:
    """Test every mutant of a module; gives the session of cosmic-ray that holds the results."""
    name = module.replace("/", "-")
    tree, session = folder / "tree", folder / f"{name}.sqlite"
    config = folder / f"{name}.toml"
    config.write_text(configured(module), "utf-8")
    tools = Path(sys.executable).parent
    # The plugins of pytest take longer to load than most of the tests that are run take.
    own = {"PYTHONPATH": str(tree / "src"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment = {**os.environ, **own}

    def tool(name: str, *arguments: str) -> None:
        subprocess.run([tools / name, *arguments], cwd=tree, env=environment, check=True)

    if not session.exists():
        new = session.with_suffix(".new")
        tool("cosmic-ray", "baseline", str(config))
        tool("cosmic-ray", "init", "--force", str(config), str(new))
        tool("cr-filter-operators", str(new), str(config))
        new.rename(session)
    tool("cosmic-ray", "exec", str(config), str(session))
    return session


def results(session: Path) -> list[tuple[str, str]]:
    """Outcome and change of every mutant that was tested."""
    database = sqlite3.connect(session)
    rows: list[tuple[str, str]] = database.execute(
        "SELECT test_outcome, diff FROM work_results WHERE worker_outcome != 'SKIPPED'"
    ).fetchall()
    database.close()
    return rows


def change(diff: str) -> str:
    """The lines that a mutant changes, and the one after, which says what lost its decorator."""
    lines = diff.partition("\n@@")[2].splitlines()[1:]
    changed = [n for n, line in enumerate(lines) if line.startswith(("-", "+"))]
    shown = lines[changed[0] : changed[-1] + 2]
    return "\n".join(f"{line[:1]} {line[1:].strip()}".rstrip() for line in shown)


def explained(module: str) -> str:
    """What the document shows of the mutants of a module."""
    sections = EXPLAINED.read_text("utf-8").split("\n## ")
    return next((text for text in sections if text.startswith(f"{module}\n")), "")


def main() -> int:
    """Test the mutants of each module, and print those that survive unexplained."""
    parser = argparse.ArgumentParser(description="Test the tests by changing the code.")
    parser.add_argument("modules", nargs="*", default=list(TESTS), metavar="MODULE")
    parser.add_argument("--folder", type=Path, help="where to work; a temporary one unless told")
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp())
    if not (folder / "tree").exists():
        copy_tree(folder / "tree")
    total: Counter[str] = Counter()
    columns = ("mutants", "killed", "explained", "left")
    print(f"{'module':<22}", *(f"{name:>10}" for name in columns))
    left: list[str] = []
    for module in arguments.modules:
        counts, shown = Counter[str](), explained(module)
        for outcome, diff in results(run(module, folder)):
            known = outcome == "SURVIVED" and change(diff) in shown
            kind = "explained" if known else "killed" if outcome == "KILLED" else "left"
            counts.update([kind, "mutants"])
            if kind == "left":
                left.append(f"{module}: {outcome}\n{change(diff)}")
        total += counts
        print(f"{module:<22}", *(f"{counts[name]:>10}" for name in columns), flush=True)
    print(f"{'all':<14}", *(f"{total[name]:>10}" for name in columns))
    print(*left, sep="\n\n")
    return int(bool(left))


if __name__ == "__main__":
    sys.exit(main())
