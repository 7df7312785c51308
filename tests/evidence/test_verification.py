"""`verify` finds every changed character, and names the place."""

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest

from targetmarkets.evidence.verification import CHECKS, prove, verify
from targetmarkets.model.findings import Verification
from tests.build import archive, claim, content, source
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
    (finding,) = verify(workspace.file).findings
    place = f"claims[{content['claims'].index(claim)}].hedge"
    assert (finding.check, finding.id, finding.path) == ("hedge", claim["id"], place)


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
    (finding,) = verify(workspace.file).findings
    assert (finding.check, finding.id) == ("hedge", claim["id"])
    assert str(finding.path).endswith("].hedge" if hedge else "].certainty")


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


PAGES = "one\ftwo two\fthree"
DOCUMENT = b"%PDF"


def record(data: bytes, file: str) -> dict[str, Any]:
    digest = hashlib.sha256(data).hexdigest()
    return {"file": file, "sha256": digest, "media_type": "text/plain"}


def paged(folder: Path, starts: list[int], **lists: Any) -> Path:
    """A knowledge base with a text of three pages, from a document that is kept."""
    (folder / "sources").mkdir()
    (folder / "sources" / "text.txt").write_bytes(PAGES.encode())
    (folder / "sources" / "text.pdf").write_bytes(DOCUMENT)
    pages = [{"label": str(n + 1), "start": start} for n, start in enumerate(starts)]
    original = record(DOCUMENT, "text.pdf") | {"extractor": "by hand"}
    stored = record(PAGES.encode(), "text.txt") | {"pages": pages, "original": original}
    aside = [{"exact": "three", "start": 12, "end": 17, "reason": "a heading"}]
    quote = {"id": "q", "source": "work", "exact": "two two", "start": 4, "end": 11}
    sources = [source(archive=stored, set_aside=aside), source("other", reports_on=["work"])]
    data = content(sources=sources, quotes=[quote], **lists)
    path = folder / "customers.json"
    path.write_text(json.dumps(data), "utf-8")
    return path


def test_it_is_said_how_much_was_checked(tmp_path: Path) -> None:
    claims = [
        claim("c", certainty="likely", hedge="two", evidence=[{"quote": "q"}]),
        claim("d", evidence=[{"quote": "q"}]),
        claim("e", certainty="likely"),
    ]
    verification = verify(paged(tmp_path, [0, 4, 12], claims=claims))
    assert {check.name: check.checked for check in verification.checks} == {
        "shape": 1,
        "ids": 6,
        "references": 5,
        "evidence": 3,
        "scope": 3,
        "archive": 2,
        "hash": 2,
        "page": 3,
        "span": 2,
        "quotation": 2,
        "word": 1,
        "hedge": 1,
        "doubt": 2,
        "time": 0,
        "title": 0,
        "type": 2,
        "event": 0,
        "party": 0,
        "code": 0,
        "twins": 5,
    }
    assert {check.name: check.status for check in verification.checks if check.findings} == {
        "hedge": "failed"
    }


@pytest.mark.parametrize(
    ("starts", "wrong", "said"),
    [
        ([0, 4, 12], None, ""),
        ([1, 4, 12], 0, "has 3 pages, and 3 are recorded; page 1 begins at 0"),
        ([0, 3, 12], 1, "has 3 pages, and 3 are recorded; page 2 begins at 4"),
        ([0, 5, 13], 1, "has 3 pages, and 3 are recorded; page 2 begins at 4"),
        ([0, 4, 11], 2, "has 3 pages, and 3 are recorded; page 3 begins at 12"),
        ([0, 4], 1, "has 3 pages, and 2 are recorded; page 2 begins at 4"),
        ([0, 4, 12, 15], 2, "has 3 pages, and 4 are recorded; page 3 begins at 12"),
        ([], None, ""),
    ],
)
def test_pages_begin_where_the_form_feeds_say(
    tmp_path: Path, starts: list[int], wrong: int | None, said: str
) -> None:
    found = verify(paged(tmp_path, starts)).findings
    expected = [] if wrong is None else [("page", f"sources[0].archive.pages[{wrong}]", "work")]
    assert [(finding.check, finding.path, finding.id) for finding in found] == expected
    assert all(finding.message == f"text.txt {said}" for finding in found)


def test_the_document_behind_a_text_is_proved_too(tmp_path: Path) -> None:
    path = paged(tmp_path, [0, 4, 12])
    document = tmp_path / "sources" / "text.pdf"
    document.write_bytes(DOCUMENT + b" ")
    (finding,) = verify(path).findings
    assert (finding.check, finding.path) == ("hash", "sources[0].archive.original.sha256")
    assert finding.file == str(document)
    document.unlink()
    (finding,) = verify(path).findings
    assert (finding.check, finding.path) == ("archive", "sources[0].archive.original.file")
    assert "not proved" not in finding.message


def test_a_text_that_is_yet_to_be_written_is_proved_where_it_will_lie(tmp_path: Path) -> None:
    path = paged(tmp_path, [0, 4, 12])
    changed_text = {"text.txt": PAGES.replace("two", "TWO").encode()}
    hashed, moved = prove(path.read_text("utf-8"), path, changed_text).findings
    assert (hashed.check, hashed.file) == ("hash", str(tmp_path / "sources" / "text.txt"))
    assert (moved.check, moved.id) == ("quotation", "q")
    assert verify(path).ok


def test_it_is_said_how_many_passages_are_not_proved(tmp_path: Path) -> None:
    path = paged(tmp_path, [0, 4, 12])
    text = tmp_path / "sources" / "text.txt"
    text.write_bytes(PAGES.encode() + b"\xff")
    archived, hashed = verify(path).findings
    assert archived.message == "byte 17 is not UTF-8; 2 recorded passages of it are not proved"
    assert (archived.file, archived.path) == (str(text), "sources[0].archive.file")
    assert hashed.check == "hash"
    text.unlink()
    (missing,) = verify(path).findings
    assert missing.message.endswith("; 2 recorded passages of it are not proved")


def broken(folder: Path, text: str, exact: str) -> str:
    """What is said of a passage that is recorded at the start of a text."""
    (finding,) = verify(archive(folder, text, ("q", 0, len(exact), exact))).findings
    return finding.message


@pytest.mark.parametrize(
    ("text", "exact", "said"),
    [
        ("abc def", "abX", "from character 2 text.txt has 'abc', and 'abX' is recorded"),
        ("Xbc def", "abc", "from character 0 text.txt has 'Xbc', and 'abc' is recorded"),
        (
            "0123456789" * 3 + "a",
            "0123456789" * 3 + "b",
            (
                f"from character 30 text.txt has '{'0123456789' * 2}a', and "
                f"'{'0123456789' * 2}b' is recorded"
            ),
        ),
        (
            "a" + "x" * 60,
            "b" + "x" * 59,
            f"from character 0 text.txt has 'a{'x' * 59}', and 'b{'x' * 59}' is recorded",
        ),
        (
            "a" + "x" * 60,
            "b" + "x" * 60,
            f"from character 0 text.txt has 'a{'x' * 58}…', and 'b{'x' * 58}…' is recorded",
        ),
    ],
)
def test_passages_are_shown_from_twenty_characters_before_they_part(
    tmp_path: Path, text: str, exact: str, said: str
) -> None:
    assert broken(tmp_path / "kb", text, exact) == said


def test_works_without_a_text_do_not_hide_those_after_them(tmp_path: Path) -> None:
    path = archive(tmp_path / "kb", "abc", ("q", 0, 1, "x"))
    stored = json.loads(path.read_text())
    stored["sources"].insert(0, source("first"))
    path.write_text(json.dumps(stored))
    assert places(verify(path)) == {("quotation", "q")}


@pytest.mark.parametrize(("start", "end"), [(0, 4), (0, 2)])
def test_a_span_that_is_too_long_or_too_short_parts_at_the_end(
    tmp_path: Path, start: int, end: int
) -> None:
    path = archive(tmp_path / "kb", "abcdef", ("q", start, end, "abc"))
    (finding,) = verify(path).findings
    assert finding.message.startswith(f"from character {min(end, 3)} ")
    assert finding.remedy == "the passage stands at 0-3: correct the span, or restore the text"


def test_a_span_that_ends_where_the_text_ends_lies_in_it(tmp_path: Path) -> None:
    path = archive(tmp_path / "kb", "-bc", ("q", 1, 3, "bc"), ("r", 1, 4, "bc"))
    (finding,) = verify(path).findings
    assert (finding.check, finding.id) == ("span", "r")
    assert finding.message == "the span 1-4 does not lie in text.txt, which has 3 code points"


def test_where_much_is_broken_each_finding_says_where_it_stands(tmp_path: Path) -> None:
    quotes = [(f"q-{n}", 0, 1, "b") for n in range(200)]
    found = verify(archive(tmp_path / "kb", "ab", *quotes)).findings
    assert ["stands at 1-2" in finding.remedy for finding in found] == [True] * 200


def test_an_implied_claim_may_have_any_hedge(tmp_path: Path) -> None:
    fields = {"certainty": "implied", "reasoning": "Why.", "evidence": [{"quote": "q"}]}
    claims = [claim("c", hedge="two", **fields), claim("d", **fields)]
    assert verify(paged(tmp_path, [], claims=claims)).ok


def test_a_hedge_may_stand_in_any_quotation_of_the_claim_and_run_over_a_line(
    tmp_path: Path,
) -> None:
    path = archive(
        tmp_path / "kb", "It may\nwell be.", ("q", 0, 2, "It"), ("r", 3, 11, "may\nwell")
    )
    stored = json.loads(path.read_text())
    evidence = [{"quote": "q"}, {"quote": "r"}]
    stored["claims"] = [claim("c", certainty="possible", hedge="may well", evidence=evidence)]
    path.write_text(json.dumps(stored))
    assert verify(path).ok


def test_findings_stand_in_the_order_of_the_checks(workspace: Workspace) -> None:
    content = workspace.read()
    content["quotes"][0]["exact"] += "x"
    content["quotes"][1]["start"] += 10_000
    content["claims"][0]["about"] = ["nobody"]
    workspace.write(content)
    found = [finding.check for finding in verify(workspace.file).findings]
    assert set(found) >= {"references", "span", "quotation"}
    assert found == sorted(found, key=list(CHECKS).index)


def changed(text: str, at: int, rng: random.Random) -> str:
    """The text with one character changed: dropped, doubled, replaced, or made to look alike."""
    character = text[at]
    others = ["", character * 2, LOOK_ALIKE.get(character, "x"), "\u200b" + character]
    others.append(character.swapcase())
    return text[:at] + rng.choice([o for o in others if o != character]) + text[at + 1 :]


@pytest.mark.parametrize("seed", range(3))
def test_a_changed_quotation_is_found_at_the_quotation(workspace: Workspace, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(5):
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
    for index in range(0, len(workspace.read()["quotes"]), 30):
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
    for index in (0, 1):
        for at in range(0, 64, 13):
            content = workspace.read()
            record = content["sources"][index]["archive"]
            digit = rng.choice([d for d in "0123456789abcdef" if d != record["sha256"][at]])
            record["sha256"] = record["sha256"][:at] + digit + record["sha256"][at + 1 :]
            broken = workspace.file.with_name("broken.json")
            broken.write_text(json.dumps(content), "utf-8")
            assert places(verify(broken)) == {("hash", content["sources"][index]["id"])}


def test_a_changed_archive_is_found_with_the_quotations_that_it_breaks(
    workspace: Workspace,
) -> None:
    rng = random.Random(2)
    content = workspace.read()
    for work in content["sources"][:2]:
        path = workspace.seeds / work["archive"]["file"]
        original = path.read_bytes().decode()
        for _ in range(5):
            at = rng.randrange(len(original))
            text = changed(original, at, rng)
            path.write_bytes(text.encode())
            verification = verify(workspace.file)
            broken = {
                ("quotation" if quote["end"] <= len(text) else "span", quote["id"])
                for quote in content["quotes"]
                if quote["source"] == work["id"]
                and text[quote["start"] : quote["end"]] != quote["exact"]
            }
            aside = {
                ("quotation" if passage["end"] <= len(text) else "span", work["id"])
                for passage in work["set_aside"]
                if text[passage["start"] : passage["end"]] != passage["exact"]
            }
            assert places(verification) == {("hash", work["id"]), *broken, *aside}
            assert verification.findings[0].file == str(path)
        path.write_bytes(original.encode())
    assert verify(workspace.file).ok
