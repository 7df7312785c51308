"""`tm check` on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema

from targetmarkets.formats.as_sarif import SCHEMA
from targetmarkets.records.checks import PROVED, VERDICTS
from tests.conftest import ROOT
from tests.running import Run

EXACT = "Syria is likely one of North Korea’s most long standing collaborators"
BARE = "Syria is one of North Korea’s most long standing collaborators"

DRAFT = f"""\
# A draft

It says “{EXACT}” [@nknews-2015, line 7].
It says “{BARE}” [@nknews-2015, line 7].
See [@nknews-2016], and “resilient”.

<!-- claim: syria-officers -->
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text(DRAFT, "utf-8")
    return path


def test_each_verdict_stands_with_its_place(tm: Run, draft: Path) -> None:
    done = tm("check", "draft.md")
    assert (done.returncode, done.stderr) == (1, "")
    assert f"3:10  exact  “{EXACT}”" in done.stdout
    assert "4:10  altered (omission)" in done.stdout
    assert "hedge lost (likely)" in done.stdout
    assert "source: Syria is ⟦likely⟧ one of" in done.stdout
    assert "did you mean nknews-2015?" in done.stdout
    assert "Not all is as the sources have it." in done.stdout


def test_what_is_right_exits_with_nought(tm: Run, tmp_path: Path) -> None:
    for text in (f"“{EXACT}” [@nknews-2015].", "> [S]yria is likely one of\n", "See [@rusi-2015]."):
        (tmp_path / "good.md").write_text(text, "utf-8")
        done = tm("check", "good.md")
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        assert "All that was checked is as the sources have it." in done.stdout


@pytest.mark.parametrize("text", ["Nothing here.", "A “word” or “two words”.", ""])
def test_a_run_that_checked_nothing_fails(tm: Run, text: str) -> None:
    done = tm("check", "-", input=text)
    assert done.returncode == 1
    assert "Nothing was checked" in done.stdout


def test_json_has_every_field_of_the_record(tm: Run, draft: Path) -> None:
    done = tm("check", "draft.md", "--json")
    report = json.loads(done.stdout)
    assert (report["object"], report["ok"], done.returncode) == ("check", False, 1)
    assert report["verdicts"]["altered"] == 1
    altered = report["quotations"][1]
    assert altered["place"]["line"] == 4
    assert altered["lost"] == [{"what": "hedge", "source": ["likely"], "draft": []}]
    assert altered["passages"][0]["exact"] == EXACT
    assert [citation["known"] for citation in report["citations"]] == [True, True, False, True]


def test_rows_name_what_was_checked(tm: Run, draft: Path) -> None:
    rows = [
        line.split("\t") for line in tm("check", "draft.md", "--format", "tsv").stdout.splitlines()
    ]
    assert rows[0][:5] == ["file", "line", "column", "paragraph", "what"]
    assert [row[5] for row in rows[1:]] == [
        "exact", "altered", "short", "stands", "stands", "unknown", "stands",
    ]  # fmt: skip


def sarif(done: Any) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(done.stdout)
    # models that others made of the published schema, closed as it is
    StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(done.stdout)
    return log


def test_sarif_keeps_to_the_published_schema(tm: Run, draft: Path) -> None:
    log = sarif(tm("check", "draft.md", "--format", "sarif"))
    assert (log["$schema"], log["version"]) == (SCHEMA, "2.1.0")
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    altered, unknown = run["results"]
    assert (altered["ruleId"], altered["level"]) == ("altered", "error")
    region = altered["locations"][0]["physicalLocation"]["region"]
    line = DRAFT.splitlines()[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == BARE
    assert unknown["ruleId"] == "unknown"
    assert unknown["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "draft.md"}


def test_sarif_of_documents_has_no_lines(tm: Run, tmp_path: Path) -> None:
    page = f"<html><body><p>One.</p><p>It says “{BARE}”.</p></body></html>"
    (tmp_path / "a draft.html").write_text(page, "utf-8")
    log = sarif(tm("check", "a draft.html", "--format", "sarif"))
    result, unread = log["runs"][0]["results"]
    assert (unread["ruleId"], unread["level"]) == ("unread", "note")  # no encoding is declared
    location = result["locations"][0]["physicalLocation"]
    assert location == {"artifactLocation": {"uri": "a%20draft.html"}}
    assert "paragraph 2" in result["message"]["text"]


def test_a_copy_is_corrected_and_the_draft_never(tm: Run, tmp_path: Path) -> None:
    wrong = EXACT.replace("collaborators", "customers")
    text = f"It says “{wrong}”, and “{BARE}”.\n"
    (tmp_path / "d.md").write_text(text, "utf-8")
    done = tm("check", "d.md", "--fix", "-o", "copy.md")
    assert done.returncode == 1
    assert "copy.md: 1 corrected, 1 left for a person" in done.stderr
    copy = (tmp_path / "copy.md").read_text("utf-8")
    assert copy == f"It says “{EXACT}”, and “{BARE}”.\n"
    assert (tmp_path / "d.md").read_text("utf-8") == text
    for more in (["-o", "d.md"], ["-o", "../" + tmp_path.name + "/d.md"], [], ["-o", "-"]):
        done = tm("check", "d.md", "--fix", *more)
        assert (done.returncode, done.stdout) == (2, ""), more
    assert (tmp_path / "d.md").read_text("utf-8") == text


def test_what_cannot_be_read_or_is_unknown(tm: Run, tmp_path: Path) -> None:
    assert tm("check", "nothing.md").returncode == 3
    done = tm("check", "-", "--as", "word", input="x")
    assert (done.returncode, done.stdout) == (2, "")
    (tmp_path / "a.html").write_text("<html><p>One “two three four” five.</p></html>", "utf-8")
    done = tm("check", "a.html", "--fix", "-o", "b.html")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--fix writes texts alone" in done.stderr
    assert "in: …One “ ⟦…⟧ ” five.…" in tm("check", "a.html").stdout


def test_control_characters_of_a_draft_reach_no_terminal(tm: Run, tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text("“one \x1b[31m two three four” [@\x1b[0mkey]", "utf-8")
    for format_ in ("text", "json", "tsv", "sarif"):
        assert "\x1b" not in tm("check", "d.txt", "--format", format_).stdout


def test_a_draft_without_end_is_refused(tm: Run, tmp_path: Path) -> None:
    (tmp_path / "d.md").write_bytes(b"x" * (17 << 20))
    done = tm("check", "d.md")
    assert done.returncode == 3
    assert "the most" in done.stderr or "at most" in done.stderr


def test_the_page_has_every_verdict_with_its_exit_code() -> None:
    page = (ROOT / "docs" / "check.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    codes = {row[0]: row[-1] for row in rows}
    good = {*PROVED, "short"}
    assert {verdict: codes[verdict] for verdict in VERDICTS} == {
        verdict: "0" if verdict in good else "1" for verdict in VERDICTS
    }


def test_the_hook_of_pre_commit_is_the_command() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert "entry: tm check\n" in hooks
    assert "types_or: [markdown, plain-text]\n" in hooks
