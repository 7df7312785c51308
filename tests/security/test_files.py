"""A knowledge base in files that an attacker laid out: links, pipes, devices, locks, and sizes."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.kb.files import sha256
from tests.build import archive, claim, content, customer, source
from tests.running import TM
from tests.security.reading import unsafe
from tests.security.running import tm

PRIVATE = "a private text of whoever runs tm"


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """A folder with a knowledge base of one archived text, and a secret outside of it."""
    path = archive(tmp_path / "kb", "Words.\n", ("q", 0, 5, "Words"))
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("text.txt", ".half.tmp"):
        (outside / name).write_text(PRIVATE, "utf-8")
    return path.parent


def outputs(kb: Path) -> str:
    """Everything that `tm` prints of a knowledge base."""
    runs = [
        tm(*arguments, "--kb", str(kb))
        for arguments in (
            ("verify",), ("verify", "--json"), ("show", "work"), ("show", "q", "--json"),
            ("search", "private"), ("coverage",), ("list", "sources", "--json"),
        )
    ]  # fmt: skip
    assert all(done.code in {0, 1, 2, 3} for done in runs)
    assert all("fault of tm" not in done.stderr for done in runs)
    return "".join(done.stdout + done.stderr for done in runs)


@pytest.mark.parametrize(
    "name",
    [
        "../outside/text.txt", "/etc/passwd", "..", ".", "", "a/b", "a\\b", "..\\outside\\text.txt",
        "text.txt\0.png", ".hidden", "-rf", "a\nb", "C:text.txt", "text.txt:stream", "~", "$HOME",
        "\u202etxt.exe", "ﾃxt", "x" * 201, "\\\\evil.example\\share", "%2e%2e%2fx", "a*", "a|b",
    ],
)  # fmt: skip
@pytest.mark.parametrize("what", ["archive", "original"])
def test_a_name_that_leads_out_of_the_folder_does_not_load(kb: Path, name: str, what: str) -> None:
    path = kb / "customers.json"
    data = json.loads(path.read_text("utf-8"))
    fields = data["sources"][0]["archive"]
    if what == "archive":
        fields["file"] = name
    else:
        document = {"file": name, "sha256": "0" * 64, "media_type": "application/pdf"}
        fields["original"] = {**document, "extractor": "x"}
    path.write_text(json.dumps(data), "utf-8")
    assert tm("list", "--kb", str(kb)).code == 3
    said = outputs(kb)
    assert PRIVATE not in said
    assert unsafe(said) == set()


LINKS: dict[str, Any] = {
    "to a file": lambda text: text.symlink_to("../../outside/text.txt"),
    "to a file by its whole path": lambda text: text.symlink_to(
        text.parents[2] / "outside/text.txt"
    ),
    "through another": lambda text: [
        text.with_name("other").symlink_to("../../outside"),
        text.symlink_to("other/text.txt"),
    ],
    "to a device": lambda text: text.symlink_to("/dev/zero"),
    "to what a process has open": lambda text: text.symlink_to("/proc/self/environ"),
    "to itself": lambda text: text.symlink_to("text.txt"),
    "pipe": os.mkfifo,
    "folder": os.mkdir,
    "socket": lambda text: subprocess.run(
        [sys.executable, "-c", "import socket, sys; socket.socket(1).bind(sys.argv[1])", text.name],
        cwd=text.parent,
        check=True,
    ),
}


@pytest.mark.parametrize("kind", LINKS)
def test_what_is_no_file_of_the_folder_is_not_read(kb: Path, kind: str) -> None:
    text = kb / "sources" / "text.txt"
    text.unlink()
    LINKS[kind](text)
    said = outputs(kb)
    assert PRIVATE not in said
    assert os.environ["PATH"] not in said
    assert "text.txt" in said
    assert tm("verify", "--kb", str(kb)).code == 1


@pytest.mark.parametrize("target", ["../outside", "/", "."])
def test_a_folder_of_texts_that_is_a_link_is_neither_read_nor_written(
    kb: Path, target: str
) -> None:
    """Or an attacker could have `tm` show, or sweep up, any file that its user may touch."""
    sources = kb / "sources"
    (sources / "text.txt").unlink()
    sources.rmdir()
    sources.symlink_to(target)
    outside = {file.name: file.read_text() for file in (kb.parent / "outside").iterdir()}
    assert PRIVATE not in outputs(kb)
    report = kb.parent / "report.txt"
    report.write_text("A report.\n", "utf-8")
    done = tm("add", "source", str(report), "--title", "T", "--descriptor", "A.", "--kb", str(kb))
    assert done.code == 3
    assert "is a link" in done.stderr
    assert {file.name: file.read_text() for file in (kb.parent / "outside").iterdir()} == outside


@pytest.mark.parametrize(
    "kind", ["link", "link to nothing", "hard link", "pipe", "folder", "device"]
)
def test_a_lock_that_is_none_harms_nothing(kb: Path, kind: str) -> None:
    lock = kb / ".customers.json.lock"
    victim = kb.parent / "victim"
    victim.write_text("precious", "utf-8")
    victim.chmod(0o600)
    match kind:
        case "link":
            lock.symlink_to(victim)
        case "link to nothing":
            lock.symlink_to(kb.parent / "made")
        case "hard link":
            lock.hardlink_to(victim)
        case "pipe":
            os.mkfifo(lock)
        case "folder":
            lock.mkdir()
        case _:
            lock.symlink_to("/dev/full")
    done = tm("add", "group", "some of them", "--kb", str(kb))
    assert victim.read_text("utf-8") == "precious"
    assert victim.stat().st_mode & 0o777 == 0o600
    assert not (kb.parent / "made").exists()
    assert done.code in {0, 3}
    assert (done.code == 3) == (".customers.json.lock" in done.stderr or kind == "folder")
    assert "fault of tm" not in done.stderr


def test_what_is_written_goes_through_no_link(kb: Path) -> None:
    """A name that is taken by a link is not written to, and neither is what it leads to."""
    victim = kb.parent / "victim"
    victim.write_text("precious", "utf-8")
    for name in ("mine.txt", "mine-2.txt"):
        (kb / "sources" / name).symlink_to(victim)
    report = kb.parent / "report.txt"
    report.write_text("A report.\n", "utf-8")
    arguments = ("--id", "mine", "--title", "T", "--descriptor", "A.", "--kb", str(kb))
    done = tm("add", "source", str(report), *arguments)
    assert (done.code, done.stdout) == (0, "mine\n")
    assert victim.read_text("utf-8") == "precious"
    assert (kb / "sources" / "mine-3.txt").read_text("utf-8") == "A report.\n"


DEEP = 200_000
NOT_A_KNOWLEDGE_BASE = {
    "deep lists": "[" * DEEP + "]" * DEEP,
    "deep objects": '{"a":' * DEEP + "1" + "}" * DEEP,
    "deep inside": '{"schema_version": 1, "claims": ' + "[" * DEEP + "]" * DEEP + "}",
    "large number": '{"schema_version": 1' + "0" * 100_000 + "}",
    "large exponent": '{"schema_version": 1e999999999}',
    "infinity": '{"schema_version": Infinity}',
    "negative": '{"schema_version": -1}',
    "large offset": json.dumps(
        content(
            quotes=[{"id": "q", "source": "work", "exact": "x", "start": 10**30, "end": 10**31}]
        )
    ),
    "surrogate": '{"schema_version": 1, "$schema": "\\ud800"}',
    "null": '{"schema_version": 1, "$schema": "a\\u0000"} \0',
    "mark": '\ufeff{"schema_version": 1}',
    "another key": '{"schema_version": 1, "__proto__": {}, "__class__": 1}',
}


@pytest.mark.parametrize("name", NOT_A_KNOWLEDGE_BASE)
def test_what_is_no_knowledge_base_is_refused_in_words(tmp_path: Path, name: str) -> None:
    path = tmp_path / "customers.json"
    path.write_text(NOT_A_KNOWLEDGE_BASE[name], "utf-8")
    for arguments in (
        ("list",),
        ("show", "x"),
        ("verify",),
        ("fmt",),
        ("edit", "x", "--from", "-"),
    ):
        done = tm(*arguments, "--kb", str(path))
        assert done.code in {1, 3}
        assert unsafe(done.stdout + done.stderr) == set()
        assert len(done.stderr) < 2_000
        assert "fault of tm" not in done.stderr
    assert path.read_text("utf-8") == NOT_A_KNOWLEDGE_BASE[name]


def test_a_key_that_stands_twice_is_found_and_not_lost(kb: Path) -> None:
    """Parsers differ on which of the two counts, so that people could be shown different claims."""
    path = kb / "customers.json"
    text = path.read_text("utf-8").replace('"exact": "Words"', '"exact": "Wards", "exact": "Words"')
    path.write_text(text, "utf-8")
    assert tm("verify", "--kb", str(kb)).code == 1
    assert tm("fmt", "--kb", str(kb)).code == 3
    assert path.read_text("utf-8") == text


@pytest.mark.long
def measured(*arguments: str, memory: int) -> tuple[int, int]:
    """The exit code of a run that is given so many bytes of address space, and those it printed."""
    done = subprocess.run(
        [TM, *arguments],
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, len(done.stdout)


def test_a_hundred_megabytes_are_read_in_memory_that_a_laptop_has(tmp_path: Path) -> None:
    """One string of that size, in an archived text and as a quotation of all of it."""
    size = 100_000_000
    text = "x" * size
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "text.txt").write_text(text, "ascii")
    archived = {"file": "text.txt", "sha256": sha256(text.encode()), "media_type": "text/plain"}
    quote = {"id": "q", "source": "work", "exact": text, "start": 0, "end": size}
    path = tmp_path / "customers.json"
    path.write_text(
        json.dumps(content(sources=[source(archive=archived)], quotes=[quote])), "ascii"
    )
    gigabyte = 1 << 30
    assert measured("verify", "--kb", str(tmp_path), memory=2 * gigabyte)[0] == 0
    code, printed = measured("list", "quotes", "--kb", str(tmp_path), memory=2 * gigabyte)
    assert code == 0
    assert printed > size


def test_many_objects_in_a_ring_end(tmp_path: Path) -> None:
    """Sources that report on one another, and claims that deny one another, in circles."""
    number = 60
    ring = [source(f"s-{i}", reports_on=[f"s-{(i + 1) % number}"]) for i in range(number)]
    claims = [
        claim(f"c-{i}", "a", stance="denied", denies=[f"c-{(i + 1) % number}"],
              evidence=[{"reference": {"source": f"s-{i}"}}])
        for i in range(number)
    ]  # fmt: skip
    path = tmp_path / "customers.json"
    path.write_text(json.dumps(content(sources=ring, customers=[customer("a")], claims=claims)))
    for arguments in (("show", "a"), ("list", "claims"), ("verify",), ("cite", "a"), ("stats",)):
        assert tm(*arguments, "--kb", str(path)).code == 0
