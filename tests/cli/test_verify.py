"""`tm verify` on the command line."""

import json
from pathlib import Path

from tests.conftest import Workspace
from tests.running import Run


def test_it_is_clean_and_counts_what_it_checked(tm: Run) -> None:
    done = tm("verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Every quotation stands in its source." in done.stdout
    assert "✓ quotation" in done.stdout


def test_a_changed_character_exits_with_one_and_names_the_place(
    tm: Run, workspace: Workspace
) -> None:
    content = workspace.read()
    content["quotes"][0]["exact"] = content["quotes"][0]["exact"].replace("’", "'", 1)
    workspace.write(content)
    done = tm("verify", "--kb", str(workspace.file))
    assert done.returncode == 1
    assert "✗ quotation" in done.stdout
    assert content["quotes"][0]["id"] in done.stdout
    assert f"{workspace.file}:" in done.stdout
    assert done.stderr == f"tm: checked {workspace.file}\n"
    assert "→" in done.stdout


def test_its_json_is_a_record(tm: Run, workspace: Workspace) -> None:
    (workspace.seeds / "002_8016e1862c79e43b.txt").unlink()
    done = tm("verify", "--kb", str(workspace.file), "--json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert (data["object"], data["ok"]) == ("verification", False)
    (finding,) = data["findings"]
    assert (finding["check"], finding["id"]) == ("archive", "rusi-2015")
    assert set(finding) == {"object", "check", "file", "line", "path", "id", "message", "remedy"}


def test_checks_that_cannot_run_say_so(tm: Run, workspace: Workspace) -> None:
    content = workspace.read()
    content["surplus"] = True
    workspace.write(content)
    done = tm("verify", "--kb", str(workspace.file))
    assert done.returncode == 1
    assert "– quotation" in done.stdout
    assert "without the shape of a knowledge base" in done.stdout
    assert "Every quotation stands" not in done.stdout


def test_documents_are_read_again_when_asked(tm: Run, tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text("<html><title>T</title><body>12<sup>4</sup> rockets")
    assert tm("init", "kb", "--empty").returncode == 0
    kb = ("--kb", "kb")
    tm("add", "source", "p.html", "--id", "t", "--descriptor", "D.", *kb)
    assert '"name":"document"' not in tm("verify", "--json", *kb).stdout
    done = tm("verify", "--documents", *kb)
    assert done.returncode == 0
    assert "document" in done.stdout
    (tmp_path / "kb" / "sources" / "t.html").write_bytes(b"<html><body>13 rockets")
    assert tm("verify", "--documents", *kb).returncode == 1


def test_json_names_a_file_whose_name_is_no_text(tm: Run, workspace: Workspace) -> None:
    odd = workspace.file.with_name("\udc80.json")
    odd.write_bytes(workspace.file.read_bytes())
    done = tm("verify", "--kb", str(odd), "--json")
    assert json.loads(done.stdout)["file"] == str(odd)
