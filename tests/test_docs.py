"""The documentation: generated pages are up to date, and what it shows is what happens."""

import ast
import doctest
import importlib.util
import json
import re
import shlex
import shutil
import subprocess
import xml.etree.ElementTree as ET
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import targetmarkets
from targetmarkets.cli.command_table import COMMANDS, SUMMARY_WIDTH, commands_in
from targetmarkets.cli.commands import help_command
from targetmarkets.cli.commands.add.commands import SECTIONS as SECTIONS_OF_ADD
from targetmarkets.formats.registry import FORMATS
from targetmarkets.model.objects import Customer
from targetmarkets.writing.edits import build
from targetmarkets.writing.transaction import begin
from targetmarkets.writing.workspace import create
from tests.conftest import ROOT
from tests.importing.packages import docx
from tests.running import Run, run_process

PARTS_OF_ADD = commands_in(SECTIONS_OF_ADD)


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_and_shown_outputs_are_up_to_date() -> None:
    assert list(script("build_docs").outdated()) == []


def test_the_manual_page_is_one_and_has_every_command() -> None:
    page = ROOT / "docs" / "man" / "tm.1"
    named = re.findall(r'^\.SS "tm (.+?)(?= \[|")', page.read_text("utf-8"), re.MULTILINE)
    parts = [f"add {name}" for name in PARTS_OF_ADD]
    assert {*COMMANDS, *parts} <= {name.replace("\\-", "-") for name in named}
    if shutil.which("groff"):
        done = subprocess.run(
            ["groff", "-k", "-ww", "-man", "-T", "utf8", "-z", str(page)],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""


def test_a_picture_shows_what_a_command_prints_and_loads_nothing() -> None:
    picture = script("picture").picture
    drawn = picture("printf '\\033[1;32m<b>&{x}\\033[0m\\n'; seq 60")
    assert drawn == picture("printf '\\033[1;32m<b>&{x}\\033[0m\\n'; seq 60")
    page = ET.fromstring(drawn)  # noqa: S314 - our own
    texts = [element.text or "" for element in page.iter("{http://www.w3.org/2000/svg}text")]
    words = [text for text in texts if text.strip()]
    assert "<b>&{x}" in words
    assert words[-2:] == ["47", "…\u00a0and\u00a013\u00a0more\u00a0lines"]
    assert "font-weight: bold" in drawn
    assert set(re.findall(r"url\((.)", drawn)) == {"#"}
    elsewhere = drawn.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|href|@import|@font-face|<script", elsewhere)


def test_the_blocks_of_a_page_are_run() -> None:
    page = "a\n```console\n$ echo one\nold\n```\nb\n```console\n$ printf '%s\n> ' two\n```\n"
    expected = (
        "a\n```console\n$ echo one\none\n```\nb\n```console\n$ printf '%s\n> ' two\ntwo\n```\n"
    )
    assert script("console").filled(page) == expected


@pytest.mark.parametrize("page", ["docs/guide.md", "docs/python.md"])
def test_python_examples_in_pages_do_what_they_show(page: str) -> None:
    result = doctest.testfile(str(ROOT / page), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    "name",
    [
        "targetmarkets",
        "targetmarkets.api",
        "targetmarkets.text.matching",
        "targetmarkets.writing.reanchoring",
    ],
)
def test_python_examples_in_docstrings_do_what_they_show(name: str) -> None:
    result = doctest.testmod(import_module(name))
    assert (result.attempted > 0, result.failed) == (True, 0)


MODULES = [
    "app",
    *(f"commands.{one.module}" for one in (*COMMANDS.values(), *PARTS_OF_ADD.values())),
]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with what the examples in the help speak of."""
    path = create(tmp_path / "DIR")
    with begin(path, why="tm add customer") as transaction:
        spare = {"id": "ruritania", "name": "Ruritania", "kind": "state", "region": "Caribbean"}
        transaction.add(build(Customer, spare))
        transaction.commit()
    stored = json.loads(path.read_text("utf-8"))
    article = (tmp_path / "DIR" / "sources" / stored["sources"][0]["archive"]["file"]).read_text()
    (tmp_path / "better.txt").write_text(article.replace("T-72 tanks", "T-72  tanks"))
    shutil.copytree(tmp_path / "DIR", tmp_path / "last-year")
    shutil.copy(tmp_path / "DIR" / "customers.json", tmp_path / "old.json")
    shutil.copy(tmp_path / "DIR" / "customers.json", tmp_path / "new.json")
    (tmp_path / "claims.json").write_text(json.dumps({**stored["claims"][0], "id": "copy"}))
    (tmp_path / "syria.json").write_text(json.dumps(stored["customers"][0]))
    (tmp_path / "report.txt").write_text("Words of a report.")
    shutil.copy(ROOT / "docs" / "tutorial" / "article.pdf", tmp_path / "report.pdf")
    quoted = "‘Syria, Iran among N. Korea’s “resilient” customers – Berger’ [@nknews-2015, line 1]"
    for draft in ("draft.md", "notes.md"):
        (tmp_path / draft).write_text(f"It says {quoted}.\n")
    (tmp_path / "draft.docx").write_bytes(docx(f"<w:p><w:r><w:t>{quoted}</w:t></w:r></w:p>"))
    row = {"add": "customer", "name": "Northland", "kind": "state", "region": "Caribbean"}
    (tmp_path / "facts.yaml").write_text(json.dumps([row]))
    (tmp_path / "facts.csv").write_text(f"{','.join(row)}\n{','.join(row.values())}\n")
    (tmp_path / "works.json").write_text('[{"id": "smith-2026", "title": "T", "type": "book"}]')
    return tmp_path


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_help_work(tm: Run, desk: Path, name: str) -> None:
    examples = import_module(f"targetmarkets.cli.{name}").EXAMPLES
    assert len(examples) >= 2
    for example in examples:
        *settings, command = re.split(r"(?<=\S) (?=tm )", example.partition(" | ")[0])
        environment = dict(setting.split("=", 1) for setting in settings)
        if "EDITOR" in environment:
            environment["EDITOR"] = "true"
        environment |= {"BROWSER": "true", "XDG_CACHE_HOME": str(desk / "cache")}
        words = shlex.split(command)
        assert words[0] == "tm"
        served = name == "commands.mcp"  # for as long as there is something on stdin
        call = run_process if served else tm  # a loop of asyncio may run in this thread
        done = call(*words[1:], env=environment, cwd=desk)
        assert done.returncode == 0, (example, done.stderr)
        told = any(word in example for word in ("--kb DIR", "--since", "--sort evidence", "--fix"))
        if not told and name not in {
            "commands.init",
            "commands.diff",
            "commands.site",
            "commands.copy",
            "commands.merge",
            "commands.export",
        }:
            assert done.stderr == "", example
        assert (
            served or done.stdout or "--output" in example or "edit" in example or "fmt" in example
        )
        assert len(example) <= 200


def pages() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_house_is_drawn_as_it_stands() -> None:
    drawn = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    package = ROOT / "src" / "targetmarkets"
    rooms = [path for path in package.iterdir() if path.is_dir() and path.name != "__pycache__"]
    listed = [room for room in rooms if room.name not in {"formats", "cli"}]
    for path in (*rooms, *package.glob("*.py"), *(f for room in listed for f in room.glob("*.py"))):
        if path.name not in {"__init__.py", "__main__.py"}:
            name = path.name + ("/" if path.is_dir() else "")
            indent = "  " if path.parent == package else "    "
            assert f"\n{indent}{name} " in drawn, name


def test_the_init_of_a_room_is_its_docstring() -> None:
    for path in (ROOT / "src" / "targetmarkets").glob("*/**/__init__.py"):
        module = ast.parse(path.read_text("utf-8"))
        assert ast.get_docstring(module), path
        assert len(module.body) == 1, path


def test_what_a_command_does_fits_its_line_of_the_help(tmp_path: Path) -> None:
    for one in (*COMMANDS.values(), *PARTS_OF_ADD.values()):
        assert len(one.summary) <= SUMMARY_WIDTH, one
    shown = run_process("--help", cwd=tmp_path, env={"COLUMNS": "80"}).stdout
    for name, one in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(one.summary)}$", shown, re.MULTILINE)


def test_the_help_and_completion_of_commands_import_none(tmp_path: Path) -> None:
    asked = {"_TM_COMPLETE": "complete_bash", "COMP_WORDS": "tm c", "COMP_CWORD": "1"}
    for arguments, env in ((("--help",), {}), ((), asked)):
        run = run_process(*arguments, cwd=tmp_path, env={**env, "PYTHONPROFILEIMPORTTIME": "1"})
        assert run.returncode == 0
        assert "coverage" in run.stdout
        assert "targetmarkets.cli.filters" not in run.stderr


def test_every_command_has_its_section() -> None:
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    for name in (*COMMANDS, *(f"add {part}" for part in PARTS_OF_ADD)):
        assert f"## `tm {name}`\n" in page


def test_the_help_names_every_format_and_every_ending() -> None:
    text = help_command.TOPICS["formats"]
    said = text.partition("unless --format does:")[2].partition(".\n")[0].split()
    for format_ in FORMATS:
        assert re.search(rf"\n  {format_.name} .*{re.escape(format_.purpose)}", text)
        assert format_.ending is None or format_.ending in said
    assert "EDITOR" in help_command.TOPICS["environment"]


@pytest.mark.parametrize("topic", help_command.TOPICS)
def test_no_line_of_a_topic_is_wider_than_a_terminal(topic: str) -> None:
    assert max(map(len, help_command.TOPICS[topic].split("\n"))) <= help_command.WIDTH


def test_every_promise_of_security_names_tests_that_there_are() -> None:
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 20
    for row in rows:
        assert len(row) == 4, row
        named = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", row[3])
        assert named, row
        for file, function in named:
            text = (ROOT / "tests" / file).read_text("utf-8")
            assert f"\ndef {function or 'test_'}" in text, (file, function)


def test_the_version_is_the_same_everywhere() -> None:
    cff = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {targetmarkets.__version__}\n" in cff


def test_the_answers_to_the_questions_stand_in_what_is_shown() -> None:
    page = (ROOT / "docs" / "questions.md").read_text("utf-8")
    parts = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    assert len(parts) == 10
    for part in parts:
        shown = " ".join("\n".join(re.findall(r"```console\n(.*?)```", part, re.DOTALL)).split())
        answer = part.rpartition("```\n")[2]
        said = re.findall(r"`([^`]+)`", " ".join(answer.split()))
        assert 0 < part.count("\n$ ") <= 2
        assert said
        for words in said:
            assert words in shown, (part.partition("\n")[0], words)


def test_the_readme_is_a_page() -> None:
    assert (ROOT / "README.md").read_text("utf-8").count("\n") <= 150


def test_the_ci_finds_the_commands_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert re.findall(r"<!-- command: (\w+) -->\n```sh\n", readme) == ["install", "test"]


@pytest.mark.skipif(not shutil.which("jq"), reason="jq is not installed")
def test_the_recipe_with_jq_runs() -> None:
    shown = script("console").run("tm list --json | jq -r '.[].category' | sort -u")
    assert shown == "ad-hoc\nreluctant\nresilient\n"


def test_files_and_functions_are_read_at_a_sitting() -> None:
    for path in sorted((ROOT / "src").rglob("*.py")):
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno is not None
                assert node.end_lineno - node.lineno < 60, f"{path}: {node.name}"
