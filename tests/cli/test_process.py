"""The command line as a whole: exit codes, streams, pipes, locales, terminals."""

import fcntl
import importlib.metadata
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.conftest import Workspace
from tests.running import TM, Run, started, unmeasured
from tests.security.running import tm as terminal_here


def on_terminal(
    *arguments: str, columns: int = 80, env: dict[str, str] | None = None
) -> tuple[int, str]:
    """Run `tm` with stdout on a pseudo-terminal; its exit code, and what the terminal got."""
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color", **(env or {})}
    leader, follower = pty.openpty()
    with started(
        [TM, *arguments], stdout=follower, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        os.close(follower)
        output = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:
                break
            if not part:
                break
            output += part
        code = process.wait()
    os.close(leader)
    return code, output.decode().replace("\r\n", "\n")


def test_data_goes_to_stdout_and_messages_to_stderr(tm: Run, tm_process: Run) -> None:
    done = tm_process("list", "--category", "resilient")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 10
    none = tm_process("list", "--activity", "weapon designs")
    assert none.returncode == 0
    assert none.stdout.count("\n") == 1
    assert none.stderr.startswith("tm: no customers match\n")
    assert "tm list activities" in none.stderr
    table = tm("list", "--format", "table")
    assert table.stderr == "tm: 14 customers\n"


def test_elsewhere_than_on_a_terminal_lists_are_tab_separated(tm: Run) -> None:
    assert tm("list").stdout.startswith("id\tname\t")
    assert "\x1b" not in tm("show", "syria").stdout


def test_json_is_short_for_the_format(tm: Run) -> None:
    assert tm("list", "--json").stdout == tm("list", "--format", "json").stdout
    one = json.loads(tm("show", "syria", "--json").stdout)
    assert one["id"] == "syria"
    assert one in json.loads(tm("list", "--json").stdout)
    two = json.loads(tm("show", "SY", "ad hoc", "--json").stdout)
    assert [record["id"] for record in two] == ["syria", "ad-hoc"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "nobody"),
        ("show", "congo"),
        ("show", "syria", "nobody", "--json"),
        ("show",),
        ("show", ""),
        ("show", "\x1b[31m"),
        ("show", "x" * 100_000),
        ("show", "syria", "--format", "table"),
        ("list", "nothing"),
        ("list", "--category", "bad"),
        ("list", "--category", "y" * 100_000),
        ("list", "--fields", "bad"),
        ("list", "--fields", "bad,\x1b[31m" + "z" * 100_000),
        ("list", "--sort", "bad"),
        ("list", "--format", "bad"),
        ("list", "sources", "--sort", "evidence"),
        ("timeline", "nobody"),
        ("timeline", "nknews-2015"),
        ("timeline", "syria", "--fields", "bad"),
        ("matrix", "--by", "bad"),
        ("matrix", "syria"),
        ("compare", "syria"),
        ("compare", "syria", "SY"),
        ("compare", "syria", "resilient"),
        ("list", "--format", "tsv", "--json"),
        ("list", "--limit", "-1"),
        ("list", "--limit", "many"),
        ("list", "sources", "--region", "Africa"),
        ("list", "--kb", ""),
        ("--kb", " ", "list"),
        ("list", "--\x1b[31m" + "x" * 100_000),
        ("bad",),
        ("\x1b[2J",),
        ("verify", "more"),
        ("--bad",),
    ],
    ids=lambda arguments: " ".join(arguments)[:30].encode("ascii", "backslashreplace").decode(),
)
def test_wrong_usage_is_one_message_and_nothing_on_stdout(
    tm: Run, arguments: tuple[str, ...]
) -> None:
    done = tm(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("tm: ")
    assert "Traceback" not in done.stderr
    assert done.stderr.replace("\n", "").isprintable()
    assert len(done.stderr) < 3_000
    assert len(done.stderr.splitlines()) >= 2, "a message says what to do next"


def test_an_argument_that_is_no_text_is_refused(tm_process: Run) -> None:
    done = tm_process("show", os.fsdecode(b"\xff\xfe"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("tm: there is no ")


@pytest.mark.parametrize("command", [("list",), ("show", "syria"), ("verify",)])
@pytest.mark.parametrize(
    "kind", ["absent", "folder", "empty", "binary", "cut", "shape", "newer", "pipe"]
)
def test_data_that_cannot_be_read_is_one_message(
    tm: Run, workspace: Workspace, kind: str, command: tuple[str, ...]
) -> None:
    data = workspace.file.read_bytes()
    broken = {
        "empty": b"",
        "binary": b"\x89PNG\r\n\x1a\n",
        "cut": data[: len(data) // 2],
        "shape": b'{"schema_version": 1, "customers": [{"id": "a"}]}',
        "newer": b'{"schema_version": 99}',
    }
    workspace.file.unlink()
    if kind == "folder":
        workspace.file.mkdir()
    elif kind == "pipe":
        os.mkfifo(workspace.file)
    elif kind in broken:
        workspace.file.write_bytes(broken[kind])
    done = tm(*command, "--kb", str(workspace.file))
    found = command == ("verify",) and kind in {"shape", "newer"}
    assert done.returncode == (1 if found else 3)
    assert "Traceback" not in done.stderr
    assert str(workspace.file) in (done.stdout if found else done.stderr)
    assert found or (done.stdout == "" and len(done.stderr.splitlines()) >= 2)


def test_a_shape_error_names_the_line_and_the_json_path(tm: Run, workspace: Workspace) -> None:
    content = workspace.read()
    content["claims"][4]["certainty"] = "sure"
    workspace.write(content)
    done = tm("list", "--kb", str(workspace.folder / "data"))
    assert done.returncode == 3
    number = workspace.file.read_text("utf-8").splitlines().index('      "certainty": "sure",') + 1
    assert f"line {number}: claims[4].certainty" in done.stderr


def test_many_errors_are_counted_and_not_all_listed(tm: Run, workspace: Workspace) -> None:
    content = workspace.read()
    for claim in content["claims"]:
        claim["kind"] = "rumour"
    workspace.write(content)
    done = tm("list", "--kb", str(workspace.file))
    assert len(done.stderr.splitlines()) < 30
    assert f"and {len(content['claims']) - 20} more" in done.stderr


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/hostname", "a/b.txt"])
def test_an_archive_outside_its_folder_is_refused(tm: Run, workspace: Workspace, name: str) -> None:
    content = workspace.read()
    content["sources"][0]["archive"]["file"] = name
    workspace.write(content)
    assert tm("list", "--kb", str(workspace.file)).returncode == 3
    done = tm("verify", "--kb", str(workspace.file), "--json")
    assert done.returncode == 1
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["path"] == "sources[0].archive.file"


def test_an_archive_that_is_a_link_to_elsewhere_is_refused(
    tm: Run, workspace: Workspace, tmp_path: Path
) -> None:
    seed = workspace.seeds / "000_bea309ebfcaf95b0.txt"
    outside = tmp_path / "outside.txt"
    outside.write_bytes(seed.read_bytes())
    seed.unlink()
    seed.symlink_to(outside)
    done = tm("verify", "--kb", str(workspace.file))
    assert done.returncode == 1
    assert "link that leads out" in done.stdout
    shown = tm("show", "syria", "--kb", str(workspace.file))
    assert shown.returncode == 0
    assert "NOT PROVED" in shown.stdout


def test_the_knowledge_base_is_named_before_or_after_the_command_or_outside(
    tm: Run, workspace: Workspace
) -> None:
    content = workspace.read()
    content["customers"][0]["name"] = "Elsewhere"
    workspace.write(content)
    folder = str(workspace.file.parent)
    for arguments, env in (
        (("--kb", folder, "list"), {}),
        (("list", "--kb", folder), {}),
        (("list",), {"TM_KB": folder}),
        (("list", "--kb", str(workspace.file)), {"TM_KB": "/nowhere"}),
        (("--kb", "/nowhere", "list", "--kb", folder), {}),
    ):
        assert "Elsewhere" in tm(*arguments, env=env).stdout
    assert "Elsewhere" not in tm("list", env={"TM_KB": ""}).stdout


def test_nothing_is_changed_by_reading(tm: Run, workspace: Workspace) -> None:
    before = workspace.snapshot()
    for arguments in (("list",), ("show", "syria", "nknews-2015"), ("verify",), ("list", "bad")):
        tm(*arguments, "--kb", str(workspace.file))
    assert workspace.snapshot() == before


def test_a_reader_that_stops_is_no_error(tmp_path: Path) -> None:
    for command in (
        "--help",
        "list --help",
        "list --json",
        "show syria",
        "show nknews-2015",
        "list --format table",
    ):
        done = subprocess.run(
            ["bash", "-c", f"'{TM}' {command} 2>err | head -1; echo ${{PIPESTATUS[0]}}; cat err"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            cwd=tmp_path,
        )
        lines = done.stdout.splitlines()
        assert lines[1] == "0"
        assert all(line.startswith("tm: ") for line in lines[2:])


def test_output_that_does_not_fit_is_told_without_a_buffer_too(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 8; '{TM}' list --json > out.json"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert done.returncode == 3
    assert "stdout cannot be written" in done.stderr


@pytest.mark.parametrize(
    ("redirection", "code"),
    [(">&-", 3), (">/dev/full", 3), ("2>&-", 0), (">/dev/null 2>&-", 0), ("<&-", 0)],
)
@pytest.mark.parametrize("command", ["list", "--help"])
def test_closed_and_full_streams(command: str, redirection: str, code: int) -> None:
    done = subprocess.run(
        ["bash", "-c", f"'{TM}' {command} {redirection}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "fault of tm" not in done.stderr
    assert bool(done.stderr) == bool(code)


@pytest.mark.parametrize("command", ["list --help", "add --help", "--version", "help limits", ""])
def test_whatever_would_be_printed_on_a_closed_stdout_is_told_not_to_be(command: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"'{TM}' {command} >&-"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr.startswith("tm: stdout is closed, so that nothing can be printed\n")


@pytest.mark.parametrize("columns", ["40", "60", "100", "140"])
def test_what_is_told_in_sentences_is_as_wide_as_the_terminal(tm: Run, columns: str) -> None:
    nothing = ("list", "claims", "--goods", "nuclear", "--customer", "cuba")
    for command in (("show", "russia"), ("search", "egypt"), nothing):
        told = tm(*command, env={"COLUMNS": columns}).stderr
        sentences = [line for line in told.splitlines() if line.startswith("    ")]
        longest = max(map(len, sentences))
        assert min(int(columns), 100) - 12 < longest <= min(int(columns), 100)


def test_messages_follow_the_terminal_to_which_they_go() -> None:
    """And not that of stdout, which may be a file."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 52, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    with started(
        [TM, "show", "russia"], stdout=subprocess.DEVNULL, stderr=follower, env=environment
    ) as process:
        os.close(follower)
        assert process.wait() == 2
    told = os.read(leader, 65536).decode().splitlines()
    os.close(leader)
    assert 40 < max(map(len, told)) <= 52


def test_a_message_for_a_closed_stderr_is_dropped() -> None:
    done = subprocess.run(["bash", "-c", f"'{TM}' show nobody 2>&-"], timeout=60, check=False)
    assert done.returncode == 2


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "nowhere.ISO-8859-1"},
    ],
)
def test_output_is_utf8_whatever_the_locale(tm: Run, tm_process: Run, env: dict[str, str]) -> None:
    for arguments in (("list", "--json"), ("show", "syria"), ("list", "--format", "table")):
        assert tm_process(*arguments, env=env).stdout == tm(*arguments).stdout
    assert tm_process("show", "Sýria–", env=env).returncode == 0


def test_on_a_terminal_there_is_a_table_in_colour_that_fits() -> None:
    code, output = on_terminal("list")
    assert code == 0
    assert "\x1b[" in output
    assert "\t" not in output
    code, output = on_terminal("list", "--json")
    assert json.loads(output)
    assert "\x1b" not in output


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (("list", "--no-color"), {}),
        (("--no-color", "list"), {}),
        (("list",), {"NO_COLOR": "1"}),
        (("show", "syria"), {"NO_COLOR": "1"}),
        (("list",), {"TERM": "dumb"}),
        (("list",), {"NO_COLOR": "1", "FORCE_COLOR": "1", "GITHUB_ACTIONS": "true"}),
    ],
)
def test_colour_can_be_declined(arguments: tuple[str, ...], env: dict[str, str]) -> None:
    code, output = on_terminal(*arguments, env=env)
    assert code == 0
    assert "\x1b" not in output
    assert "Syria" in output


@pytest.mark.parametrize("columns", [20, 40, 80, 140])
@pytest.mark.parametrize("command", ["list", "show", "verify"])
def test_nothing_is_wider_than_the_terminal(
    monkeypatch: pytest.MonkeyPatch, command: str, columns: int
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    arguments = (command, "syria") if command == "show" else (command,)
    done = terminal_here(*arguments, terminal=True, columns=columns)
    assert done.code == 0
    assert max(map(len, done.stdout.splitlines())) <= columns


def test_forced_colour_in_the_environment_does_not_colour_a_pipe(tm_process: Run) -> None:
    """Rich and Typer look at the environment when they are imported."""
    env = {"FORCE_COLOR": "1", "GITHUB_ACTIONS": "true", "TTY_COMPATIBLE": "1"}
    for arguments in (("list", "--format", "table"), ("show", "syria"), ("list", "-h"), ("bad",)):
        done = tm_process(*arguments, env=env)
        assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [("-h",), ("--help",), ("list", "-h"), ("show", "--help")])
def test_help_is_plain_and_has_examples(tm: Run, arguments: tuple[str, ...]) -> None:
    done = tm(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n    tm ") >= 2


@pytest.mark.parametrize("columns", ["0", "1", "-5", "abc", "²", "9" * 5_000])
def test_odd_widths_in_the_environment_do_no_harm(tm: Run, columns: str) -> None:
    done = tm("list", "--format", "table", env={"COLUMNS": columns})
    assert done.returncode == 0
    assert "Syria" in done.stdout


def test_a_quotation_that_is_shown_and_not_proved_is_said(tm: Run, workspace: Workspace) -> None:
    content = workspace.read()
    quote = next(q for q in content["quotes"] if q["id"] == "nknews-syria-officers")
    quote["exact"] = quote["exact"].replace("small number", "large number")
    workspace.write(content)
    for arguments in (
        *(("show", "syria-officers"), ("show", "syria", "--json"), ("show", "nknews-2015", "iran")),
        ("cite", "syria-officers", "--quote"),
    ):
        done = tm(*arguments, "--kb", str(workspace.file))
        assert done.returncode == 0
        assert done.stderr.startswith("tm: not proved: nknews-syria-officers\n")
    assert tm("show", "cuba", "--kb", str(workspace.file)).stderr == ""


def test_it_is_a_module_too(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "targetmarkets", "--version"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
        timeout=60,
    )
    assert done.stdout == subprocess.check_output([TM, "--version"], text=True)


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["list", "--help"], ["show", "--help"], ["coverage", "--help"]],
)
def test_help_needs_neither_the_models_nor_rich(arguments: list[str]) -> None:
    code = (
        "import sys; from targetmarkets.cli.entry import start; start(); "
        "print(sorted(m for m in sys.modules if m in "
        "('rich', 'targetmarkets.model.objects', 'targetmarkets.records.claims')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "needed", "spared"),
    [
        (["show", "syria"], "formats.dossier.record", "records.reports"),
        (["stats", "--format", "text"], "formats.reports.report", "formats.dossier.record"),
        (["--help"], "cli.command_table", "cli.commands.show"),
        (["verify"], "formats.reports.report", "records.checks"),
        (["list", "--json"], "query.select", "text.tokens"),
    ],
)
def test_a_run_imports_what_it_needs(arguments: list[str], needed: str, spared: str) -> None:
    code = (
        "import sys; from targetmarkets.cli.entry import start; start(); "
        f"print(*('targetmarkets.' + m in sys.modules for m in ('{needed}', '{spared}')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == "True False"


def test_a_command_is_imported_when_it_is_asked_for_and_not_to_tell_its_name() -> None:
    code = (
        "import sys, typer; from targetmarkets.cli.app import app; tm = typer.main.get_command(app)"
        "; imported = lambda: [m[27:] for m in sys.modules if '.commands.' in m]"
        "; print(tm.list_commands(None)[:2], imported()); tm.commands['show']; print(imported())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines() == ["['list', 'show'] []", "['show']"]


START = "import sys; from targetmarkets.cli.entry import start; start()"


def after_a_list(code: str) -> str:
    """The last line that some code prints in a process in which `tm list --json` was run.

    Of its coverage nothing is measured: what measures it imports modules of its own.
    """
    done = subprocess.run(
        [sys.executable, "-c", f"{START}; {code}", "list", "--json"],
        capture_output=True, text=True, check=True, timeout=60, env=unmeasured(),
    )  # fmt: skip
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    "use",
    [
        "from importlib import metadata",
        "import importlib.metadata; metadata = importlib.metadata",
        "import pydantic.plugin._loader as p; p.entry_points(); from importlib import metadata",
        "import importlib.metadata._meta; from importlib import metadata",
    ],
)
def test_metadata_of_packages_is_read_when_it_is_used_and_not_before(use: str) -> None:
    code = (
        f"before = 'email' in sys.modules; {use}; "
        "print(before, metadata.version('pydantic'), metadata.__name__, 'email' in sys.modules)"
    )
    version = importlib.metadata.version("pydantic")
    assert after_a_list(code) == f"False {version} importlib.metadata True"


@pytest.mark.parametrize(
    ("name", "brings", "use", "gives"),
    [
        ("difflib", "", "difflib.get_close_matches('lost', ['list'])", "['list']"),
        ("difflib", "", "difflib.SequenceMatcher(None, 'a', 'a').ratio()", "1.0"),
        ("gettext", "", "gettext.ngettext('a day', 'days', 2)", "days"),
        ("secrets", "_hashlib", "len(secrets.token_hex(4))", "8"),
        ("subprocess", "_posixsubprocess", "subprocess.run(['true']).returncode", "0"),
        ("subprocess", "selectors", "issubclass(subprocess.TimeoutExpired, Exception)", "True"),
    ],
)
def test_what_is_rarely_used_is_imported_when_it_is_used(
    name: str, brings: str, use: str, gives: str
) -> None:
    code = (
        f"before = '__file__' in vars(sys.modules[{name!r}]), {brings!r} in sys.modules; "
        f"import {name}; print(before, {use}, '__file__' in vars(sys.modules[{name!r}]))"
    )
    assert after_a_list(code) == f"(False, False) {gives} True"


def test_json_and_pipes_need_no_rich() -> None:
    for arguments in (["list", "--json"], ["list"], ["show", "syria"], ["verify"], []):
        code = (
            "import sys; from targetmarkets.cli.entry import start; start(); "
            "sys.exit(any(m.startswith('rich') for m in sys.modules))"
        )
        subprocess.run(
            [sys.executable, "-c", code, *arguments],
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=60,
        )


def test_show_chooses_fields_of_json_alone(tm: Run) -> None:
    done = tm("show", "SY", "CU", "--json", "--fields", "id,category_basis.certainty")
    assert json.loads(done.stdout)[1] == {
        "id": "cuba",
        "category_basis": {"certainty": "implied"},
    }
    assert tm("show", "SY", "--fields", "id").returncode == 2
    assert tm("show", "SY", "resilient", "--json", "--fields", "region").returncode == 2
