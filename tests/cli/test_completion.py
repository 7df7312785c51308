"""Completion, as real shells do it, and what they ask for."""

import fcntl
import json
import os
import pty
import select
import shutil
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from targetmarkets.errors import AmbiguousNameError
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.kb.resolve import resolve
from targetmarkets.records.fields import FIELDS, REPORTS
from targetmarkets.text.slug import slug
from tests.build import content, customer
from tests.conftest import Workspace
from tests.running import TM, Run

ENVIRONMENT = {
    **os.environ,
    "PATH": f"{Path(TM).parent}{os.pathsep}{os.environ['PATH']}",
    "TERM": "dumb",
    "PS1": "ready ",
}


def offers(tm: Run, line: str) -> list[str]:
    """What the completion of a line offers to bash."""
    words = line.split(" ")
    asked = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    done = tm(env={**asked, "_TM_COMPLETE": "complete_bash"})
    assert done.stderr == ""
    return done.stdout.split()


def bash(line: str) -> list[str]:
    """The same from bash itself: the function runs as bash would run it."""
    words = line.split(" ")
    script = (
        'source <(_TM_COMPLETE=source_bash tm); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
        '_tm_completion tm; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "--noprofile", "-c", script, "bash", *words],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("tm sea", ["search"]),
        ("tm show syria-gas-masks-", ["syria-gas-masks-2013"]),
        ("tm show Mya", ["Myanmar"]),
        ("tm show united-r", ["united-republic-of-tanzania"]),
        ("tm show nkn", ["nknews-2015"]),
        ("tm list --category ad", ["ad-hoc"]),
        ("tm show syria burma-my", ["burma-myanmar"]),
        ("tm list acti", ["activities"]),
        ("tm list --category rel", ["reluctant"]),
        ("tm list --customer MYAN", ["MYANmar"]),
        ("tm list --region Eastern-af", ["Eastern-africa"]),
        ("tm list --activity tr", ["training"]),
        ("tm list --certainty im", ["implied"]),
        ("tm list --source rusi-l", ["rusi-launch"]),
        ("tm list --format ts", ["tsv"]),
        ("tm list --fields category_basis.ce", ["category_basis.certainty"]),
        ("tm list --fields id,nam", ["id,name"]),
        ("tm list activities --sort stat", ["statement", "status"]),
        ("tm search x --kind cl", ["claim"]),
        ("tm search x --fields exc", ["excerpt"]),
        ("tm coverage rusi-2", ["rusi-2015"]),
        ("tm schema ver", ["verification"]),
        ("tm timeline resi", ["resilient"]),
        ("tm timeline --fields pla", ["placed"]),
        ("tm compare iran eri", ["eritrea"]),
        ("tm compare --fields stro", ["strongest"]),
        ("tm matrix --by cat", ["category"]),
        ("tm matrix --fields occ", ["occurrences"]),
        ("tm list --sort evi", ["evidence"]),
        ("tm list claims --sort evidence", ["evidence", "evidence_kind"]),
        ("tm --kb /nowhere show sy", []),
    ],
)
def test_what_can_follow_is_offered(tm: Run, line: str, offered: list[str]) -> None:
    found = offers(tm, line)
    assert [name for name in offered if name in found] == offered
    if offered != ["nknews-2015"]:
        assert len(found) == len(offered)


@pytest.mark.parametrize("line", ["tm sea", "tm show nkn", "tm --kb /nowhere show sy"])
def test_bash_completes(tm: Run, line: str) -> None:
    assert bash(line) == offers(tm, line)


@pytest.mark.parametrize("line", ["tm list --customer sy", "tm list x --layer ", "tm search x -"])
def test_completion_needs_no_models(line: str) -> None:
    run = (
        "import sys; sys.argv[0] = 'tm'; from targetmarkets.cli.entry import start; start(); "
        "print('targetmarkets.model.objects' in sys.modules)"
    )
    words = {"_TM_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": "3"}
    done = subprocess.run(
        [sys.executable, "-c", run],
        env={**ENVIRONMENT, **words},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert len(done.stdout.splitlines()) > 1
    assert done.stdout.splitlines()[-1] == "False"


def test_what_is_offered_is_understood(kb: FileKnowledge) -> None:
    for who in kb.content.customers:
        for name in (who.name, *who.aliases):
            try:
                found = resolve(slug(name), kb.customers, "customer").id
            except AmbiguousNameError as error:
                found = error.message
            assert who.id in found


def test_everything_that_has_a_schema_is_offered() -> None:
    from targetmarkets.records.schema import FILE, RECORDS

    assert [FILE, *RECORDS] == ["file", *FIELDS, *REPORTS]


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"customers": [{}, 1], "claims": 2}', "[" * 99_999]
)
def test_a_broken_knowledge_base_offers_nothing(tm: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "customers.json").write_text(text)
    assert offers(tm, f"tm --kb {tmp_path} show sy") == []


def hostile(folder: Path) -> Path:
    """A knowledge base whose ids and names a shell might run."""
    name = "\\$(touch ran) `touch ran` ';touch ran;' \"$(touch ran)\" \x1b[31m\n$(touch ran)"
    people = [
        customer("sa", name=name),
        customer("sb", name="Sb", aliases=[f"s {name}", "s$(touch ran)"]),
        {**customer("sc"), "id": "s$(touch ran)"},
        {**customer("sd"), "id": "s\n`touch ran`"},
    ]
    path = folder / "customers.json"
    path.write_text(json.dumps(content(customers=people)))
    return path


def typed(shell: list[str], setup: str, keys: str, folder: Path, kb: Path | None = None) -> str:
    """What an interactive shell on a terminal shows after some keys are typed."""
    env = {**ENVIRONMENT, "HOME": str(folder), **({"TM_KB": str(kb)} if kb else {})}
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        shell, stdin=follower, stdout=follower, stderr=follower, cwd=folder, env=env,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - fish wants one
    )  # fmt: skip
    os.close(follower)
    try:
        os.write(leader, f"{setup}\necho set''up\n".encode())
        _read_until(leader, "setup\r\n")
        os.write(leader, keys.encode())
        return _read_until(leader, None)
    finally:
        process.kill()
        process.wait()
        os.close(leader)


def _read_until(terminal: int, end: str | None) -> str:
    """What comes on a terminal until an end, or until nothing comes for some time."""
    output = ""
    quiet = time.monotonic() + 20
    while time.monotonic() < quiet and not (end and end in output):
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                output += os.read(terminal, 65536).decode(errors="replace")
            except OSError:  # the shell has ended
                return output
            quiet = time.monotonic() + (20 if end else 3)
    return output


SHELLS = {
    "bash": (
        ["bash", "--norc", "--noprofile", "-i"],
        'eval "$(_TM_COMPLETE=source_bash tm)"',
    ),
    "zsh": (
        ["zsh", "-f", "-i"],
        'autoload -Uz compinit; compinit -u -D; eval "$(_TM_COMPLETE=source_zsh tm)"',
    ),
    "fish": (
        ["fish", "--no-config", "-i"],
        "_TM_COMPLETE=source_fish tm | source",
    ),
}
INSTALLED = [name for name in SHELLS if shutil.which(name)]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize("shell", INSTALLED)
def test_an_interactive_shell_completes(shell: str, tmp_path: Path) -> None:
    shown = typed(*SHELLS[shell], "tm show syria-gas-masks-\t", tmp_path)
    assert "syria-gas-masks-2013" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize("shell", INSTALLED)
def test_completion_runs_nothing_that_a_knowledge_base_holds(shell: str, tmp_path: Path) -> None:
    shown = typed(*SHELLS[shell], "tm show s\t\t\t\n", tmp_path, hostile(tmp_path))
    assert "sa" in shown
    assert not (tmp_path / "ran").exists()


def test_descriptions_are_single_harmless_lines(tmp_path: Path, workspace: Workspace) -> None:
    for kb in (hostile(tmp_path), workspace.file):
        done = subprocess.run(
            [TM],
            env={
                **ENVIRONMENT,
                "TM_KB": str(kb),
                "_TM_COMPLETE": "complete_fish",
                "_TYPER_COMPLETE_FISH_ACTION": "get-args",
                "_TYPER_COMPLETE_ARGS": "tm show s",
            },
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        for line in done.stdout.splitlines():
            offer, _, about = line.partition("\t")
            assert offer == slug(offer)
            assert about.isprintable()
            assert not set(about) & set("\\$`'\"")
            assert 0 < len(about) <= 72
