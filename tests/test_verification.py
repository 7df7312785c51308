"""`verify` finds every changed character, and names the place."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.findings import Verification
from targetmarkets.verification import CHECKS, verify
from tests.conftest import Workspace

LOOK_ALIKE = {"a": "а", "e": "е", "o": "о", " ": "\u00a0", "’": "'", "“": '"', "–": "-"}


def places(verification: Verification) -> set[tuple[str, str | None]]:
    return {(finding.check, finding.id) for finding in verification.findings}


def test_the_bundled_knowledge_base_is_clean(workspace: Workspace) -> None:
    verification = verify(workspace.file)
    assert verification.ok
    assert [check.name for check in verification.checks] == list(CHECKS)
    assert {check.status for check in verification.checks} == {"passed"}
    assert {check.name for check in verification.checks if not check.checked} == {"page"}


def changed(text: str, at: int, rng: random.Random) -> str:
    """The text with one character changed: dropped, doubled, replaced, or made to look alike."""
    character = text[at]
    others = ["", character * 2, LOOK_ALIKE.get(character, "x"), "\u200b" + character]
    others.append(character.swapcase())
    return text[:at] + rng.choice([o for o in others if o != character]) + text[at + 1 :]


@pytest.mark.parametrize("seed", range(3))
def test_a_changed_quotation_is_found_at_the_quotation(workspace: Workspace, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(20):
        content = workspace.read()
        quote = rng.choice(content["quotes"])
        quote["exact"] = changed(quote["exact"], rng.randrange(len(quote["exact"])), rng)
        broken = workspace.file.with_name("broken.json")
        broken.write_text(json.dumps(content), "utf-8")
        verification = verify(broken)
        assert ("quotation", quote["id"]) in places(verification)
        assert {check for check, _ in places(verification)} <= {"quotation", "hedge"}


@pytest.mark.parametrize("field", ["start", "end"])
@pytest.mark.parametrize("shift", [-1, 1, 100_000, 10**30])
def test_a_changed_span_is_found_at_the_quotation(
    workspace: Workspace, field: str, shift: int
) -> None:
    for index in range(0, len(workspace.read()["quotes"]), 9):
        content = workspace.read()
        quote = content["quotes"][index]
        quote[field] += shift
        broken = workspace.file.with_name("broken.json")
        broken.write_text(json.dumps(content), "utf-8")
        verification = verify(broken)
        assert not verification.ok
        assert {finding.id for finding in verification.findings} == {quote["id"]}
        assert {finding.check for finding in verification.findings} <= {
            "span",
            "quotation",
            "shape",
        }


def test_a_changed_hash_is_found_at_the_source(workspace: Workspace) -> None:
    rng = random.Random(1)
    for source in (0, 1):
        for at in range(0, 64, 5):
            content = workspace.read()
            archive = content["sources"][source]["archive"]
            digit = rng.choice([d for d in "0123456789abcdef" if d != archive["sha256"][at]])
            archive["sha256"] = archive["sha256"][:at] + digit + archive["sha256"][at + 1 :]
            broken = workspace.file.with_name("broken.json")
            broken.write_text(json.dumps(content), "utf-8")
            assert places(verify(broken)) == {("hash", content["sources"][source]["id"])}


def test_a_changed_archive_is_found_with_the_quotations_that_it_breaks(
    workspace: Workspace,
) -> None:
    rng = random.Random(2)
    content = workspace.read()
    for source in content["sources"][:2]:
        path = workspace.seeds / source["archive"]["file"]
        original = path.read_bytes().decode()
        for _ in range(20):
            at = rng.randrange(len(original))
            text = changed(original, at, rng)
            path.write_bytes(text.encode())
            verification = verify(workspace.file)
            broken = {
                ("quotation" if quote["end"] <= len(text) else "span", quote["id"])
                for quote in content["quotes"]
                if quote["source"] == source["id"]
                and text[quote["start"] : quote["end"]] != quote["exact"]
            }
            aside = {
                ("quotation" if passage["end"] <= len(text) else "span", source["id"])
                for passage in source["set_aside"]
                if text[passage["start"] : passage["end"]] != passage["exact"]
            }
            assert places(verification) == {("hash", source["id"]), *broken, *aside}
            assert verification.findings[0].file == str(path)
        path.write_bytes(original.encode())
    assert verify(workspace.file).ok


def test_the_line_and_the_remedy_lead_to_the_place(workspace: Workspace) -> None:
    content = workspace.read()
    quote = content["quotes"][3]
    quote["start"] += 5
    quote["end"] += 5
    workspace.write(content)
    (finding,) = verify(workspace.file).findings
    assert finding.path == "quotes[3]"
    assert finding.line is not None
    lines = workspace.file.read_text("utf-8").splitlines()
    assert quote["id"] in "".join(lines[finding.line - 1 : finding.line + 2])
    assert f"{quote['start'] - 5}-{quote['end'] - 5}" in finding.remedy


@pytest.mark.parametrize(
    ("exact", "remedy"),
    [("sanctions", "more than once"), ("nowhere in it", "nowhere in that text")],
)
def test_a_passage_that_is_elsewhere_or_nowhere(
    workspace: Workspace, exact: str, remedy: str
) -> None:
    content = workspace.read()
    content["quotes"][0]["exact"] = exact
    workspace.write(content)
    assert remedy in verify(workspace.file).findings[0].remedy


def test_archives_that_cannot_be_read(workspace: Workspace) -> None:
    first, second = sorted(workspace.seeds.iterdir())
    first.unlink()
    second.write_bytes(b"\xff\xfe")
    verification = verify(workspace.file)
    assert places(verification) == {
        ("archive", "nknews-2015"),
        ("archive", "rusi-2015"),
        ("hash", "rusi-2015"),
    }
    assert all(finding.remedy for finding in verification.findings)


def test_passages_set_aside_are_proved_as_quotations_are(workspace: Workspace) -> None:
    content = workspace.read()
    aside = {"exact": "Syria", "start": 0, "end": 5, "reason": "Navigation."}
    content["sources"][0]["set_aside"] = [aside]
    workspace.write(content)
    assert verify(workspace.file).ok
    aside["exact"] = "Iran"
    workspace.write(content)
    (finding,) = verify(workspace.file).findings
    assert (finding.check, finding.path) == ("quotation", "sources[0].set_aside[0]")


@pytest.mark.parametrize("hedge", ["lik", "maybe", "Likely", "likely one of Iran"])
def test_a_hedge_stands_in_the_quotation_as_whole_words(workspace: Workspace, hedge: str) -> None:
    content = workspace.read()
    claim = next(c for c in content["claims"] if c.get("hedge") == "likely")
    claim["hedge"] = hedge
    workspace.write(content)
    assert places(verify(workspace.file)) == {("hedge", claim["id"])}


def test_a_hedge_needs_a_quotation_to_be_taken_from(workspace: Workspace) -> None:
    content = workspace.read()
    claim = next(c for c in content["claims"] if "reference" in c["evidence"][0])
    claim["hedge"] = "possibly"
    workspace.write(content)
    assert places(verify(workspace.file)) == {("hedge", claim["id"])}


def change(content: Any, path: list[str | int], value: Any) -> None:
    *way, last = path
    for part in way:
        content = content[part]
    content[last] = value


@pytest.mark.parametrize(
    ("path", "value", "check"),
    [
        (["quotes", 0, "id"], "other", "references"),
        (["quotes", 0, "id"], "rusi-drc-entry", "ids"),
        (["quotes", 0, "source"], "berger-2015", "references"),
        (["claims", 0, "evidence"], [], "evidence"),
        (["claims", 0, "scope"], "group", "scope"),
        (["sources", 0, "archive", "file"], "../x", "shape"),
    ],
)
def test_what_stops_a_load_is_a_finding_too(
    workspace: Workspace, path: list[str | int], value: Any, check: str
) -> None:
    content = workspace.read()
    change(content, path, value)
    workspace.write(content)
    verification = verify(workspace.file)
    assert check in {finding.check for finding in verification.findings}
    result = {c.name: c for c in verification.checks}
    assert result[check].status == "failed"
    shaped = check in {"references", "ids", "scope"} and value != []
    assert result["quotation"].status == ("passed" if shaped else "not run")


def test_an_empty_knowledge_base_is_proved_to_hold_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "customers.json"
    path.write_text('{"schema_version": 1}')
    verification = verify(path)
    assert verification.ok
    assert {check.checked for check in verification.checks} == {0, 1}


@pytest.mark.parametrize(
    ("certainty", "hedge"),
    [
        ("likely", None),
        ("possible", None),
        ("alleged", None),
        ("stated", "likely"),
        ("possible", "likely"),
        ("alleged", "likely"),
        ("likely", "its"),
        ("likely", "transferred"),
    ],
)
def test_hedge_and_certainty_go_together(
    workspace: Workspace, certainty: str, hedge: str | None
) -> None:
    content = workspace.read()
    claim = next(c for c in content["claims"] if c["id"] == "more-resilient-training")
    claim["certainty"] = certainty
    claim.pop("hedge")
    if hedge:
        claim["hedge"] = hedge
    workspace.write(content)
    assert places(verify(workspace.file)) == {("hedge", claim["id"])}


def test_a_hedge_inside_a_longer_word_is_none(workspace: Workspace) -> None:
    """`likely` stands in `unlikely`, and is not what the passage says."""
    content = workspace.read()
    claim = next(c for c in content["claims"] if c.get("hedge") == "unlikely")
    claim["hedge"] = "likely"
    workspace.write(content)
    assert places(verify(workspace.file)) == {("hedge", claim["id"])}


def test_the_two_texts_are_shown_from_where_they_part(workspace: Workspace) -> None:
    content = workspace.read()
    quote = next(q for q in content["quotes"] if q["id"] == "nknews-syria-officers")
    quote["exact"] = quote["exact"].replace("small number", "large number")
    workspace.write(content)
    (finding,) = verify(workspace.file).findings
    assert "small number" in finding.message
    assert "large number" in finding.message
    assert f"character {quote['start'] + quote['exact'].index('large')}" in finding.message


def test_what_could_not_be_checked_has_not_passed(workspace: Workspace) -> None:
    for seed in workspace.seeds.iterdir():
        seed.unlink()
    verification = verify(workspace.file)
    status = {check.name: check.status for check in verification.checks}
    assert status["archive"] == "failed"
    assert {status[name] for name in ("hash", "span", "quotation")} == {"not run"}
    assert "passages of it are not proved" in verification.findings[0].message


def test_it_takes_what_load_takes(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for kb in (workspace.file, str(workspace.file), str(workspace.file.parent)):
        assert verify(kb).ok
    monkeypatch.setenv("TM_KB", str(workspace.file))
    assert verify().file == str(workspace.file)


def test_a_repeated_key_is_found(workspace: Workspace) -> None:
    text = workspace.file.read_text("utf-8")
    line = '      "name": "Syria",\n'
    workspace.file.write_text(text.replace(line, line.replace("Syria", "Iran") + line, 1), "utf-8")
    (finding,) = verify(workspace.file).findings
    assert (finding.check, finding.path) == ("shape", "customers[0].name")
    assert finding.line is not None
    assert workspace.file.read_text("utf-8").splitlines()[finding.line - 1] == line.rstrip("\n")
