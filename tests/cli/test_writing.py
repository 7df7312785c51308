"""The commands that write, on the command line."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from targetmarkets.kb.json_file import load
from targetmarkets.kb.paths import MARKER
from targetmarkets.writing.workspace import README, create
from tests.running import TM, Run, run_here

CLAIM = (
    "add", "claim", "Syria got masks.", "--about", "SY", "--type", "protective equipment",
    "--speaker", "journalist:NK News:narrates", "--quote", "nknews-syria-interactions",
    "--hedge-note", "Likely is its rank.",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return create(tmp_path / "my kb").parent


def objects(folder: Path, name: str) -> list[str]:
    return [item["id"] for item in json.loads((folder / "customers.json").read_text())[name]]


def test_a_workspace_is_a_copy_that_verifies(tm: Run, tmp_path: Path) -> None:
    done = tm("init", "kb")
    assert (done.returncode, done.stdout) == (0, "kb/customers.json\n")
    assert "cd kb, and tm answers from it; elsewhere --kb kb" in done.stderr
    assert tm("verify", "--kb", "kb").returncode == 0
    assert tm("list", "--kb", "kb").stdout == tm("list").stdout
    assert tm("diff", "kb", str(load().path)).stdout == "The two say the same.\n"
    schema = json.loads((tmp_path / "kb" / "customers.json").read_text())["$schema"]
    assert json.loads((tmp_path / "kb" / schema).read_text()) == json.loads(
        tm("schema", "file").stdout
    )
    assert (tmp_path / "kb" / "README.md").read_text() == README


def test_an_empty_workspace_verifies(tm: Run) -> None:
    assert tm("init", "kb", "--empty").returncode == 0
    assert tm("verify", "--kb", "kb").returncode == 0
    assert tm("list", "claims", "--kb", "kb", "--json").stdout == "[]\n"
    assert tm("coverage", "--kb", "kb").returncode == 0


def test_a_folder_that_holds_something_is_left_alone(tm: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    for name in (".", "mine", "mine/kb", ""):
        done = tm("init", name)
        assert done.returncode in {2, 3}
        assert done.stdout == ""
    assert (tmp_path / "mine").read_text() == "precious"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_every_command_that_writes_refuses_the_bundled_one(tm: Run) -> None:
    for arguments in (
        CLAIM,
        ("add", "customer", "X", "--kind", "state", "--region", "Western Asia"),
        ("add", "category", "X", "--chapter", "I"),
        ("add", "group", "X"),
        ("add", "quote", "nknews-2015", "Damascus’ chemical weapons"),
        ("retract", "syria-gas-masks", "--reason", "x"),
        ("fmt",),
    ):
        done = tm(*arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert "tm init" in done.stderr


def test_in_the_folder_of_another_one_a_refused_write_names_that(folder: Path) -> None:
    """It is no workspace that `tm init` made."""
    (folder / MARKER).unlink()
    done = run_here("add", "group", "X", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "that of the folder you are in is named by --kb ." in done.stderr
    assert run_here("add", "group", "X", "--kb", ".", cwd=folder).returncode == 0


def test_each_object_is_added_and_its_id_printed(tm: Run, folder: Path) -> None:
    added = {
        "customers": tm(
            "add", "customer", "Côte d’Ivoire", "--kind", "state", "--region", "middle-africa",
            "--iso", "CI,CIV", "--alias", "Ivory Coast", "--kb", str(folder),
        ),
        "categories": tm("add", "category", "Former", "--chapter", "VI", "--kb", str(folder)),
        "groups": tm("add", "group", "some of them", "--member", "SY", "--kb", str(folder)),
        "quotes": tm("add", "quote", "nknews-2015", "Damascus' chemical", "--kb", str(folder)),
        "claims": tm(*CLAIM, "--kb", str(folder)),
    }  # fmt: skip
    for name, done in added.items():
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() in objects(folder, name)
    assert tm("show", "CI", "--kb", str(folder)).returncode == 0
    claim = json.loads(tm("show", "syria-got-masks-e9d543", "--json", "--kb", str(folder)).stdout)
    assert (claim["kind"], claim["scope"], claim["certainty"]) == (
        "activity", "individual", "stated",
    )  # fmt: skip
    assert tm("verify", "--kb", str(folder)).returncode == 0


def test_a_dry_run_shows_the_difference_and_changes_nothing(tm: Run, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = tm(*CLAIM, "--dry-run", "--kb", str(folder))
    assert done.returncode == 0
    assert "+ syria-got-masks-e9d543  added: Syria got masks." in done.stdout
    assert "nothing was changed" in done.stderr
    done = tm("retract", "syria-gas-masks", "--reason", "No.", "--dry-run", "--kb", str(folder))
    assert "✗ syria-gas-masks  retracted:" in done.stdout
    assert "+ No." in done.stdout
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_claims_are_added_from_a_file_all_or_none(tm: Run, folder: Path, tmp_path: Path) -> None:
    stored = json.loads((folder / "customers.json").read_text())["claims"][:2]
    good = [
        {**claim, "id": f"copy-{n}", "statement": f"Also: {claim['statement']}"}
        for n, claim in enumerate(stored)
    ]
    done = tm("add", "claim", "--from", "-", "--kb", str(folder), input=json.dumps(good))
    assert done.stdout == "copy-0\ncopy-1\n"
    bad = [{**stored[0], "id": "fine"}, {**stored[1], "id": "bad", "about": ["nobody"]}]
    (tmp_path / "bad.json").write_text(json.dumps(bad))
    done = tm("add", "claim", "--from", "bad.json", "--kb", str(folder))
    assert (done.returncode, done.stdout) == (2, "")
    assert "nobody" in done.stderr
    assert "fine" not in objects(folder, "claims")


def test_a_passage_that_is_not_certain_is_not_saved(tm: Run, folder: Path) -> None:
    before = (folder / "customers.json").read_bytes()
    for passage, message in (("Syria", "in 3 places"), ("Syria has", "does not stand")):
        done = tm("add", "quote", "nknews-2015", passage, "--kb", str(folder))
        assert (done.returncode, done.stdout) == (1, "")
        assert message in done.stderr
    assert (folder / "customers.json").read_bytes() == before
    done = tm("add", "quote", "nknews-2015", "-", "--nth", "2", "--kb", str(folder), input="Syria")
    assert done.returncode == 0
    again = tm("add", "quote", "nknews-2015", "Syria", "--nth", "2", "--kb", str(folder))
    assert again.stdout == done.stdout
    assert "quoted already" in again.stderr


def test_a_retracted_claim_counts_no_longer(tm: Run, folder: Path) -> None:
    kb = ("--kb", str(folder))
    assert tm("retract", "syria-gas-masks", "--reason", "Suits.", *kb).stdout == "syria-gas-masks\n"
    assert "\nsyria-gas-masks\t" not in tm("list", "claims", *kb).stdout
    assert "\nsyria-gas-masks\t" in tm("list", "claims", "--status", "retracted", *kb).stdout
    assert "Suits." in tm("show", "syria-gas-masks", *kb).stdout
    assert tm("retract", "syria-gas-masks", "--reason", "Again.", *kb).returncode == 2
    rows = tm("diff", str(load().path), str(folder), "--format", "tsv").stdout.splitlines()
    assert [row.split("\t")[4:7] for row in rows[1:]] == [
        ["status", "", "retracted"],
        ["retraction", "", "Suits."],
    ]
    changed = json.loads(tm("diff", str(load().path), str(folder), "--json").stdout)
    assert [(c["change"], c["id"]) for c in changed["changes"]] == [
        ("retracted", "syria-gas-masks")
    ]


def test_fmt_brings_order_and_fills_in(tm: Run, folder: Path) -> None:
    path = folder / "customers.json"
    canonical = path.read_text()
    data = json.loads(canonical)
    for quote in data["quotes"]:
        if quote["id"] == "nknews-limited-budgets":
            del quote["start"], quote["end"]
    del data["sources"][0]["archive"]["sha256"]
    data["quotes"].reverse()
    path.write_text(json.dumps(data))
    assert tm("verify", "--kb", str(folder)).returncode == 1
    dry = tm("fmt", "--dry-run", "--kb", str(folder))
    assert dry.returncode == 0
    assert "+++ after" in dry.stdout
    assert path.read_text() == json.dumps(data)
    assert tm("fmt", "--kb", str(folder)).returncode == 0
    assert path.read_text() == canonical
    assert "canonical form" in tm("fmt", "--kb", str(folder)).stderr


def editor(folder: Path, *scripts: str) -> dict[str, str]:
    """An editor that runs one script after the other, each time it is opened."""
    for number, script in enumerate(scripts):
        (folder / f"step{number}").write_text(script)
    (folder / "editor").write_text(
        "#!/bin/sh\n"
        f'n=$(cat "{folder}/n" 2>/dev/null || echo 0); echo $((n + 1)) > "{folder}/n"\n'
        f'cp "$1" "{folder}/opened$n"; [ ! -f "{folder}/step$n" ] || sh "{folder}/step$n" "$1"\n'
    )
    (folder / "editor").chmod(0o755)
    return {"EDITOR": f"'{folder / 'editor'}'", "VISUAL": ""}


def test_one_object_is_edited(tm: Run, folder: Path, tmp_path: Path) -> None:
    env = editor(tmp_path, 'sed -i "s/gas masks/masks/" "$1"')
    done = tm("edit", "syria-gas-masks", "--kb", str(folder), env=env)
    assert (done.returncode, done.stdout) == (0, "syria-gas-masks\n"), done.stderr
    assert "of masks" in load(folder).claims["syria-gas-masks"].statement


def test_the_editor_opens_again_with_what_is_wrong(tm: Run, folder: Path, tmp_path: Path) -> None:
    env = editor(
        tmp_path,
        'sed -i "s/: .stated/: \\"sure/" "$1"',
        'sed -i "s/sure/implied/" "$1"',
        'sed -i "s/implied/alleged/" "$1"',
        'sed -i "s/alleged/stated/; s/gas masks/masks/" "$1"',
    )
    done = tm("edit", "syria-gas-masks", "--kb", str(folder), env=env)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "opened1").read_text().startswith("// this is no claim: certainty: ")
    assert "reasoning" in (tmp_path / "opened2").read_text().splitlines()[0]
    assert "has no hedge" in (tmp_path / "opened3").read_text()
    assert "of masks" in load(folder).claims["syria-gas-masks"].statement


def test_an_edit_that_is_given_up_changes_nothing(tm: Run, folder: Path, tmp_path: Path) -> None:
    before = (folder / "customers.json").read_bytes()
    same = tm("edit", "syria", "--kb", str(folder), env=editor(tmp_path))
    assert (same.returncode, same.stdout) == (0, "")
    assert "left as it is" not in same.stdout
    (tmp_path / "n").unlink()
    wrong = tm("edit", "syria", "--kb", str(folder), env=editor(tmp_path, 'echo "{" > "$1"'))
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "not JSON" in wrong.stderr
    failing = {"EDITOR": "false", "VISUAL": ""}
    assert tm("edit", "syria", "--kb", str(folder), env=failing).returncode == 2
    for env in ({"EDITOR": "", "VISUAL": ""}, {"EDITOR": "/nowhere/editor", "VISUAL": ""}):
        done = tm("edit", "syria", "--kb", str(folder), env=env)
        assert (done.returncode, done.stdout) == (2, "")
        assert "EDITOR" in done.stderr
    assert (folder / "customers.json").read_bytes() == before


def test_an_edit_can_come_from_a_file(tm: Run, folder: Path, tmp_path: Path) -> None:
    stored = json.loads((folder / "customers.json").read_text())["customers"][0]
    stored["name"] = "Suriya"
    stored["aliases"] = ["Syria", *stored.get("aliases", [])]
    (tmp_path / "syria.json").write_text(json.dumps(stored))
    dry = tm("edit", "syria", "--from", "syria.json", "--dry-run", "--kb", str(folder))
    assert "+ Suriya" in dry.stdout
    assert tm("edit", "syria", "--from", "-", "--kb", str(folder), input=json.dumps(stored)).stdout
    assert load(folder).customers["syria"].name == "Suriya"


def test_help_of_the_group_lists_what_can_be_added(tm: Run) -> None:
    done = tm("add", "--help")
    assert done.returncode == 0
    for name in ("source", "quote", "claim", "customer", "category", "group"):
        assert f"  {name} " in done.stdout
    assert tm("add", "nothing").returncode == 2
    assert tm("add").returncode == 2


def test_a_folder_that_cannot_be_written_is_said(tm: Run, folder: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    folder.chmod(0o500)
    done = tm(*CLAIM, "--kb", str(folder))
    folder.chmod(0o700)
    assert (done.returncode, done.stdout) == (3, "")
    assert "cannot be written" in done.stderr


def test_no_output_overwrites_a_knowledge_base_or_an_archive(tm: Run, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    text = next((folder / "sources").iterdir())
    (folder / "link.json").symlink_to(folder / "customers.json")
    for target in (folder / "customers.json", text, folder / "sources" / "new.txt"):
        for command in (("list",), ("schema",), ("help",), ("stats",)):
            done = tm(*command, "--output", str(target), env={"TM_KB": str(folder)})
            assert (done.returncode, done.stdout) == (2, ""), (command, target)
            assert "is not written to" in done.stderr
    done = tm("list", "--json", "--output", str(folder / "link.json"), "--kb", str(folder))
    assert done.returncode == 2
    (folder / "link.json").unlink()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_an_editor_that_always_writes_the_same_does_not_loop(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "editor").write_text('#!/bin/sh\necho "{" > "$1"\n')
    (tmp_path / "editor").chmod(0o755)
    env = {"EDITOR": str(tmp_path / "editor"), "VISUAL": ""}
    done = tm("edit", "syria", "--kb", str(folder), env=env)
    assert (done.returncode, done.stdout) == (2, "")


def test_what_was_written_is_not_lost(tm: Run, folder: Path, tmp_path: Path) -> None:
    spoil = f'echo "{{" > "{folder}/customers.json"'
    env = editor(tmp_path, f'sed -i "s/Syria/Suriya/" "$1"; {spoil}')
    done = tm("edit", "syria", "--kb", str(folder), env={**env, "XDG_STATE_HOME": str(tmp_path)})
    assert done.returncode == 3
    kept = next(tmp_path.glob("targetmarkets/drafts/*/syria.*/syria.json"))
    assert f"what you wrote is kept in {kept}" in done.stderr
    assert "Suriya" in kept.read_text()


def test_the_bundled_knowledge_base_opens_no_editor(tm: Run, tmp_path: Path) -> None:
    done = tm("edit", "syria", env=editor(tmp_path, "true"))
    assert (done.returncode, done.stdout) == (2, "")
    assert not (tmp_path / "n").exists()


def test_a_dry_run_shows_hedge_and_denial(tm: Run, folder: Path) -> None:
    done = tm(
        "add", "claim", "North Korea sold tanks.", "--about", "SY", "--kind", "market",
        "--stance", "denied", "--certainty", "alleged", "--reference", "rusi-2015",
        "--speaker", "third-party:Syria:unclear", "--dry-run", "--kb", str(folder),
    )  # fmt: skip
    assert "denied · alleged, by reference only · Syria" in done.stdout


def test_no_output_overwrites_an_archive_whatever_its_base_is_called(
    tm: Run, folder: Path, tmp_path: Path
) -> None:
    mine = folder / "mine.json"
    (folder / "customers.json").rename(mine)
    (tmp_path / "link").symlink_to(folder / "sources")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    text = next((folder / "sources").iterdir()).name
    for target in (folder / "sources" / text, tmp_path / "link" / text, tmp_path / "link" / "new"):
        done = tm("list", "--kb", str(mine), "--format", "tsv", "-o", str(target))
        assert (done.returncode, done.stdout) == (2, ""), target
    for target in (mine, folder / "sources" / text):
        done = tm("diff", str(mine), str(load().path), "--json", "-o", str(target))
        assert (done.returncode, done.stdout) == (2, ""), target
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert tm("list", "--kb", str(mine), "-o", str(folder / "new.tsv")).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("add", "claim", "X.", "--outcome", "delivered"), "--outcome"),
        (("add", "claim", "X.", "--item", "z", "--kind", "market"), "--item"),
        (("add", "claim", "X.", "--consulted-at", "http://x"), "--consulted-at"),
        (("add", "claim", "--from", "one.json", "--hedge", "may"), "--hedge"),
        (("add", "claim", "--from", "one.json", "--outcome", "unstated"), "--outcome"),
        (("add", "claim", "--from", "none.json"), "no claim"),
        (("add", "source", "--key", "x", "--title", "T", "--descriptor", "D."), "--key"),
    ],
)
def test_what_is_typed_is_used_or_refused(
    tm: Run, folder: Path, tmp_path: Path, arguments: tuple[str, ...], named: str
) -> None:
    before = (folder / "customers.json").read_bytes()
    stored = json.loads(before)["claims"][0]
    (tmp_path / "one.json").write_text(json.dumps({**stored, "id": "another", "statement": "Y."}))
    (tmp_path / "none.json").write_text("[]")
    done = tm(*arguments, "--kb", str(folder))
    assert (done.returncode, done.stdout) == (2, "")
    assert named in done.stderr
    assert (folder / "customers.json").read_bytes() == before
    assert tm("add", "claim", "--from", "one.json", "--kb", str(folder)).stdout == "another\n"


def test_fmt_says_in_which_line_a_fault_is_or_in_none(tm: Run, folder: Path) -> None:
    path = folder / "customers.json"
    data = json.loads(path.read_text())
    data["claims"][0]["certainty"] = "sure"
    path.write_text(json.dumps(data, indent=1))
    line = path.read_text()[: path.read_text().index('"sure"')].count("\n") + 1
    done = tm("fmt", "--kb", str(folder))
    assert done.returncode == 3
    assert f"line {line}: claims[0].certainty, {data['claims'][0]['id']}: " in done.stderr
    del data["quotes"][0]["start"], data["quotes"][0]["end"]
    path.write_text(json.dumps(data, indent=1))
    done = tm("fmt", "--kb", str(folder))
    assert "claims[0].certainty" in done.stderr
    assert "line" not in done.stderr.split("claims[0]")[0].rpartition("\n")[2]
    for text in ("{", "", "[" * 100_000):
        path.write_text(text)
        said = tm("fmt", "--kb", str(folder)).stderr
        assert said == tm("list", "--kb", str(folder)).stderr


def test_a_kind_of_customer_is_as_forgiving_as_a_region(tm: Run, folder: Path) -> None:
    kb = ("--kb", str(folder))
    added = tm("add", "customer", "X", "--kind", "Non State", "--region", "western asia", *kb)
    assert added.stdout == "x\n", added.stderr
    assert load(folder).customers["x"].kind == "non-state"
    done = tm("add", "customer", "Y", "--kind", "firm", "--region", "western asia", *kb)
    assert "state, non-state" in done.stderr


def test_dry_runs_can_be_without_colour(tm: Run, folder: Path) -> None:
    kb = ("--dry-run", "--no-color", "--kb", str(folder))
    for command in (CLAIM, ("fmt",), ("retract", "syria-gas-masks", "--reason", "No.")):
        assert tm(*command, *kb).returncode == 0
    for name in ("source", "quote", "claim", "customer", "category", "group"):
        assert "--no-color" in tm("add", name, "--help").stdout
    assert "--no-color" in tm("edit", "--help").stdout


def test_an_event_with_its_ship_is_added_and_shown(tm: Run, folder: Path) -> None:
    kb = ("--kb", str(folder))
    assert tm("add", "event", "Seizure at Aden, 2014", "--kind", "interception", *kb).stdout == (
        "seizure-at-aden-2014\n"
    )
    ship = ("--kind", "ship", "--identifier", "imo:9074729", "--alias", "MV Some")
    assert tm("add", "actor", "Some Ship", *ship, *kb).stdout == "some-ship\n"
    done = tm(
        "add", "claim", "Yemen stopped about 12 rifles on the Some Ship at Aden.", *kb,
        "--about", "yemen", "--goods", "small-arms", "--form", "whole", "--outcome", "intercepted",
        "--quantity", "about 12 rifles", "--event", "seizure at aden 2014", "--period", "2014",
        "--said", "2015", "--party", "carrier:MV Some", "--party", "interceptor:YE",
        "--place", "at:Aden (YE)", "--speaker", "journalist:NK News:narrates", "--collected",
        "--certainty", "likely", "--reference", "berger-2015", "--id", "seized",
    )  # fmt: skip
    assert done.stdout == "seized\n", done.stderr
    shown = tm("show", "seizure-at-aden-2014", "--full", *kb).stdout
    for words in (
        "when          2014  seized",
        "where         at Aden (YE)  seized",
        "who           carrier: Some Ship  seized",
        "interceptor: Yemen  seized",
        "how many      about 12 rifles  seized",
        "likely, as collected, by reference only",
    ):
        assert words in shown
    assert "IMO 9074729" in tm("show", "9074729", *kb).stdout
    listed = tm("list", "events", "--goods", "small arms", "--customer", "YE", *kb).stdout
    assert "seizure-at-aden-2014" in listed
    assert tm("verify", *kb).returncode == 0


def test_a_party_that_the_statement_does_not_name_is_refused(tm: Run, folder: Path) -> None:
    done = tm(
        "add", "claim", "Something was stopped.", "--about", "yemen", "--kind", "sanctions",
        "--party", "carrier:so-san", "--speaker", "journalist:NK News:narrates",
        "--reference", "berger-2015", "--kb", str(folder),
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "does not name the carrier so-san" in done.stderr


@pytest.mark.parametrize(
    "line",
    [
        ("site", "made"),
        ("export", "ftm", "-o", "made"),
        ("check", "draft.md", "--fix", "-o", "made"),
    ],
)
def test_what_was_made_is_told_where_nothing_can_be_printed(
    folder: Path, line: tuple[str, ...]
) -> None:
    (folder / "draft.md").write_text("“Nothing of it” [@nknews-2015]\n")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [TM, *line], env={**os.environ, "TM_KB": str(folder)}, cwd=folder, text=True,
            check=False, stdout=full, stderr=subprocess.PIPE,
        )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "\ntm: saved: the change is in made" in f"\n{done.stderr}"
    assert (folder / "made").exists()


@pytest.mark.parametrize("stdout", ["/dev/full", "&-"])
def test_what_was_saved_is_told_where_nothing_can_be_printed(folder: Path, stdout: str) -> None:
    lines = (
        ("add", "group", "some of them"),
        ("retract", "syria-gas-masks", "--reason", "Suits."),
        ("edit", "syria", "--from", "syria.json"),
        ("anchor", "nknews-2015", "new.txt"),
        ("init", "another"),
    )
    data = json.loads((folder / "customers.json").read_text())
    (folder / "syria.json").write_text(
        json.dumps(data["customers"][0] | {"region": "Southern Asia"})
    )
    text = next(
        folder / "sources" / source["archive"]["file"]
        for source in data["sources"] if source["id"] == "nknews-2015"
    )  # fmt: skip
    (folder / "new.txt").write_bytes(text.read_bytes() + b"\n")
    for line in lines:
        before = (folder / "customers.json").read_bytes()
        done = subprocess.run(
            ["bash", "-c", f'"$@" >{stdout}', "bash", TM, *line],
            env={**os.environ, "TM_KB": str(folder)}, cwd=folder, text=True, check=False,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        assert done.returncode == 3, (line, done.stderr)
        assert "\ntm: saved: the change is in " in done.stderr, line
        changed = (folder / "customers.json").read_bytes() != before
        assert changed or (folder / "another" / "customers.json").is_file()
    done = subprocess.run(
        ["bash", "-c", f'"$@" >{stdout}', "bash", TM, "add", "group", "x", "--dry-run"],
        env={**os.environ, "TM_KB": str(folder)}, text=True, check=False, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert done.returncode == 3
    assert "saved" not in done.stderr
