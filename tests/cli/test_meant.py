"""What is meant by a word in the wrong place is named."""

import pytest

from tests.conftest import Workspace
from tests.running import Run


@pytest.mark.parametrize(
    ("typed", "message", "remedy"),
    [
        (["syria"], "no command 'syria'", "did you mean: tm show syria?"),
        (["siria"], "no command 'siria'", "did you mean: tm show syria?"),
        (["MM"], "no command 'MM'", "did you mean: tm show burma?"),
        (["chong chon gang"], "no command", "did you mean: tm show chong-chon-gang?"),
        (["congo"], "no command", "did you mean: tm show drc or tm show republic-of-the-congo?"),
        (["serch", "x"], "no command 'serch'", "did you mean: tm search?"),
        (["lst"], "no command 'lst'", "did you mean: tm list?"),
        (["list", "--format", "jsn"], "no format 'jsn'", "did you mean json?"),
        (["Stat"], "no command 'Stat'", "did you mean: tm stats?"),
        (["customers"], "no command", "did you mean: tm list customers?"),
        (["activity"], "no command", "did you mean: tm list activities?"),
        (["egypt"], "no command", "tm --help lists the commands; tm search egypt looks for it"),
        (["a;b"], "no command", "tm --help lists the commands; tm search 'a;b' looks for it"),
        (["x" * 70], "no command", "tm --help lists the commands"),
        (["\x1b[2J"], "no command '\\x1b[2J'", "tm --help lists the commands"),
        (["add", "sorce"], "no command 'sorce'", "did you mean: tm add source?"),
        (["add", "syria"], "no command 'syria'", "tm add --help lists the commands"),
        (["list", "syria"], "no list of 'syria'",
         "did you mean: tm show syria or tm list claims --customer syria?"),
        (["list", "reluctants"], "no list of 'reluctants'",
         "did you mean: tm show reluctant or tm list --category reluctant?"),
        (["list", "komid"], "no list of 'komid'", "did you mean: tm show komid?"),
        (["list", "claim"], "no list of 'claim'", "did you mean claims?"),
        (["list", "clams"], "no list of 'clams'", "did you mean claims?"),
        (["list", "xyz"], "no list of 'xyz'", "choose from: customers, categories, groups, "),
        (["list", "claims", "syria"], "'syria' is one word too many",
         "did you mean: tm list claims --customer syria?"),
        (["list", "iran", "claim", "nknews-2015"], "'iran' is one word too many",
         "did you mean: tm list claims --customer iran --source nknews-2015?"),
        (["list", "claims", "komid"], "too many", "tm list --help shows its filters"),
        (["list", "claims", "egypt"], "too many", "tm list --help shows its filters"),
        (["list", "claims", "quotes"], "'quotes' is one", "tm list --help shows its filters"),
        (["list", "xyz", "zyx"], "'xyz' is one word", "tm list --help shows its filters"),
        (["list", "--category", "reluctants"], "no category called", "did you mean reluctant?"),
        (["list", "--goods", "misiles"], "no kind of goods 'misiles'", "did you mean missiles?"),
        (["list", "--format", "markdwn"], "no format", "did you mean markdown?"),
        (["list", "--format", "JSON"], "no format 'JSON'", "did you mean json?"),
        (["list", "--format", "xlsx"], "no format 'xlsx'", "choose from: table, "),
        (["cite", "syria", "--style", "APA"], "no style 'APA'", "did you mean apa?"),
        (["help", "format"], "no topic 'format'", "did you mean formats?"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else "",
)  # fmt: skip
def test_the_command_or_the_value_that_is_meant_is_named(
    tm: Run, typed: list[str], message: str, remedy: str
) -> None:
    done = tm(*typed)
    assert (done.returncode, done.stdout) == (2, "")
    first, second = done.stderr.splitlines()
    assert message in first
    assert second.startswith(f"    {remedy}")


def test_what_is_offered_works(tm: Run) -> None:
    for typed in (["syria"], ["list", "syria"], ["list", "claims", "syria"], ["customers"]):
        _, remedy = tm(*typed).stderr.splitlines()
        for command in remedy.strip().removeprefix("did you mean: ").rstrip("?").split(" or "):
            assert tm(*command.split()[1:]).returncode == 0, command


def test_the_knowledge_base_that_is_named_is_asked(tm: Run, workspace: Workspace) -> None:
    text = workspace.file.read_text("utf-8").replace("Chong Chon Gang", "Other Ship")
    workspace.file.write_text(text, "utf-8")
    kb = ("--kb", str(workspace.file))
    assert "tm show chong-chon-gang?" in tm(*kb, "other ship").stderr
    assert "tm show chong-chon-gang?" in tm("list", "other ship", *kb).stderr
    workspace.file.write_text("{", "utf-8")
    for arguments in ((*kb, "syria"), ("list", "syria", *kb)):
        done = tm(*arguments)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 2)
        assert "did you mean" not in done.stderr


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("show", "egypt"), "Egypt is not covered. Covered: 14 customers, those of one book"),
        (("cite", "egypt"), "Egypt is not covered."),
        (("list", "claims", "--customer", "russia"), "Russia is not covered."),
        (("search", "x", "--customer", "russia"), "Russia is not covered."),
        (("show", "panama"), "things mention it: tm search panama"),
        (("show", "hassan-nasrallah-or-so"), "That nothing is here proves nothing."),
    ],
)
def test_an_unknown_name_is_told_what_is_known_of_it(
    tm: Run, typed: tuple[str, ...], said: str
) -> None:
    done = tm(*typed)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("search", "egypt"), "nothing was found for 'egypt' Egypt is not covered. Covered: 14 "),
        (("search", "syria submarines"), "Syria: covered, and nothing of the kind is said here."),
        (("list", "findings", "--period", "2030"), "tm: no findings match Covered: 14 customers"),
    ],
)
def test_an_empty_answer_says_what_it_means(tm: Run, typed: tuple[str, ...], said: str) -> None:
    done = tm(*typed)
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1
    assert said in " ".join(done.stderr.split())
    assert "That nothing is here proves nothing." in " ".join(done.stderr.split())


def test_options_in_the_place_of_a_command_lead_to_the_command(tm: Run) -> None:
    for arguments, said, remedy in (
        (("--template", "yaml"), "before '--template'", "did you mean: tm add from --template?"),
        (("--from=x",), "before '--from'", "did you mean: tm add claim --from?"),
        (("--nothing",), "before '--nothing'", "tm add --help"),
        ((), "needs a word for what", "one of: source, quote, claim"),
    ):
        done = tm("add", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
        assert remedy in done.stderr
        assert "\\n" not in done.stderr
    assert tm("add", "--help").stdout == tm("add", "-h").stdout != ""
