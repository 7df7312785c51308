"""Write the pages that are generated: the command reference, the manual page, the data model, in
README and guide the output of their commands, and the pictures of a terminal.

python scripts/build_docs.py            write them
python scripts/build_docs.py --check    exit with 1 if they are not up to date
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from targetmarkets.cli.command_table import COMMANDS, commands_in
from targetmarkets.cli.commands.add.commands import SECTIONS as SECTIONS_OF_ADD
from targetmarkets.cli.commands.help_command import TOPICS
from targetmarkets.evidence.verification import CHECKS
from targetmarkets.kb.json_file import load
from targetmarkets.kb.knowledge import Knowledge
from targetmarkets.kb.paths import bundled
from targetmarkets.model import activities, csl, findings, objects, parts, vocabulary
from targetmarkets.records import (
    categories,
    checks,
    claims,
    customers,
    events,
    hits,
    pictures,
    pieces,
    reports,
    sources,
    works,
)
from targetmarkets.records.schema import json_schema, schema_text

sys.path.insert(0, str(Path(__file__).parent))
from carried import with_tables
from console import filled
from man_page import man_page
from picture import picture

ROOT = Path(__file__).resolve().parents[1]
STORED = (
    *(objects.KnowledgeFile, objects.Source),
    *(csl.Bibliography, works.Work, csl.Name, csl.Issued),
    *(parts.Archive, parts.Page, parts.Break, parts.Original, parts.SetAside, objects.Quote),
    *(objects.Customer, parts.Iso3166),
    *(objects.Category, objects.Group, objects.Claim, parts.Speaker, parts.Activity),
    *(parts.Evidence, parts.Reference, parts.Locator),
    *(objects.Event, objects.Actor, parts.Identifier, parts.Party, parts.Place),
    *(parts.Quantity, parts.Assessment),
)
PRINTED = (
    *(customers.CustomerRecord, claims.Basis, claims.ClaimRecord, claims.EvidenceRecord),
    *(claims.Subject, categories.CategoryRecord, categories.Member, categories.GroupRecord),
    *(events.EventRecord, events.ActorRecord, claims.Account, claims.PartyRecord),
    *(claims.ActivityRecord, sources.QuoteRecord, sources.SourceRecord, hits.HitRecord),
    *(findings.Verification, findings.CheckResult, findings.Finding),
    *(reports.CoverageReport, reports.SourceCoverage, reports.SentenceRecord),
    *(pictures.MomentRecord, pictures.CellRecord, pictures.ComparisonRecord, pictures.Told),
    *(reports.StatisticsRecord, reports.Table),
    *(reports.DiffRecord, reports.CategoryChange, reports.ObjectChange, reports.FieldChange),
    *(reports.AnchorRecord, reports.Anchored, reports.MergeRecord, reports.MergeConflict),
    *(reports.LogRecord, reports.LoggedChange),
    *(checks.CheckReport, checks.QuotationRecord, checks.CitationRecord, checks.CitedClaim),
    *(checks.DraftPlace, checks.PassageRecord, checks.EditRecord, checks.LossRecord),
    *(pieces.PieceRecord, checks.WarningRecord, checks.UnreadRecord),
)
EXAMPLES: Mapping[type[BaseModel], Callable[[Knowledge], BaseModel]] = {
    objects.KnowledgeFile: lambda kb: objects.KnowledgeFile(
        schema_version=objects.SCHEMA_VERSION, covers=kb.covers
    ),
    objects.Event: lambda kb: kb.events["chong-chon-gang-2013"],
    objects.Actor: lambda kb: kb.actors["glocom"],
    objects.Claim: lambda kb: kb.claims["syria-protective-suits-2009"],
    objects.Quote: lambda kb: kb.quotes["nknews-headline"],
}
"""Real objects that the page shows."""

TERMS: Mapping[str, Mapping[Any, str]] = {
    "Kinds of customer": vocabulary.CUSTOMER_KINDS,
    "Kinds of claim": vocabulary.CLAIM_KINDS,
    "Certainties": vocabulary.CERTAINTIES,
    "Types of activity": activities.ACTIVITY_TYPES,
    "Goods": activities.GOODS,
    "Goods in the UN Register of Conventional Arms": activities.REGISTER_CATEGORIES,
    "Forms": activities.FORMS,
    "Outcomes": activities.OUTCOMES,
    "Qualifiers of quantities": activities.QUALIFIERS,
    "Kinds of event": activities.EVENT_KINDS,
    "Kinds of actor": activities.ACTOR_KINDS,
    "Parts of parties": activities.PARTS,
    "Relations of places": activities.PLACE_RELATIONS,
    "Schemes of identifiers": activities.SCHEMES,
    "Bases of certainty": vocabulary.CERTAINTY_BASES,
    "Eras": vocabulary.ERAS,
    "Reliability (Admiralty scale)": vocabulary.RELIABILITIES,
    "Credibility (Admiralty scale)": vocabulary.CREDIBILITIES,
    "Scopes": vocabulary.SCOPES,
    "Stances": vocabulary.STANCES,
    "Statuses": vocabulary.STATUSES,
    "Roles of speakers": vocabulary.ROLES,
    "Modes of speaking": vocabulary.MODES,
    "Layers": vocabulary.LAYERS,
    "Kinds of evidence": vocabulary.EVIDENCE_KINDS,
    "Regions, with the region each is part of": vocabulary.REGIONS,
    "Checks": CHECKS,
    "Verdicts on quotations of a draft": checks.VERDICTS,
    "Standings of claims that a draft cites": checks.STANDINGS,
}

CLI_HEAD = """\
# Commands

Generated from the help texts by `scripts/build_docs.py`. What holds for every command stands at
the end, and in `tm help`.
"""

MODEL_HEAD = """\
# Data model

Generated from the models by `scripts/build_docs.py`.

A knowledge base is one JSON file. Each **claim** stands in it once and says what it is `about`;
dossiers are composed from the claims, so that nothing is stored twice. A customer's category is
what its classifications say: the best known one decides, quoted before referenced, then the surer.
If accepted ones disagree, there is a conflict and no category.

- Every claim has evidence: a **quotation** of an archived text, which `tm verify` proves, or a
  **reference**, which nothing here proves and which is marked as such.
- A quotation is exact, code point by code point, at its span. The archived text is read as UTF-8,
  newlines untouched, and has a recorded SHA-256.
- The **speakers** of a claim are a chain, outermost first. Two speakers make two claims.
- What is said of several customers together (`collective`) or of a group (`group`) is never
  shown as said of one.
- What happened is an **event**, which holds a name and a kind alone: when, where, with whom, how it
  ended and who says so come from the claims that name it, and where they differ, all stand in its
  record. Who takes part is a **party** of a claim: an **actor**, a customer or a state (its code).
- `certainty` is the source's and goes with the statement as it stands. `certainty_basis` says
  whether it rests on the source's words or is the grade of who collected the fact; printed, that is
  `likely, as collected`. An `assessment` is what the curators think, and stands apart.
- `period` is when the thing happened, `said` when it was said or denied. `era`, in the records, is
  how the period lies to 14 October 2006, when the first sanctions were adopted.
- `goods` and `form` say what is supplied and how; the single word `type` follows from them.
- What a knowledge base does not hold proves nothing. `covers` says whose customers it holds, and is
  said again where nothing is found; how many they are, and to which year the sources go that were
  read, follows from the rest.
- A work that nobody read says so (`read`), adds no origin, and where its title is not known it is
  printed as its descriptor in square brackets.
- A record that `tm` prints may gain fields later; a reader must allow for ones it does not know.
  The file format carries a `schema_version`, and a file of a newer one is refused by name.

Archived texts are found by their bare file name in `sources/` beside the JSON file, or else in
`seeds/` beside it or beside its parent folder.

Regions and ISO codes are the curator's, for finding and filtering; they are no claims.
"""


def command_reference() -> str:
    """Every command's help, as a terminal of 80 columns has it."""
    sections = [CLI_HEAD]
    parts = [f"add {part}" for part in commands_in(SECTIONS_OF_ADD)]
    after = [*COMMANDS].index("add") + 1
    for command in ("", *[*COMMANDS][:after], *parts, *[*COMMANDS][after:]):
        name = f"tm {command}".strip()
        shown = subprocess.run(
            [sys.executable, "-m", "targetmarkets", *command.split(), "--help"],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "COLUMNS": "80", "TERMINAL_WIDTH": "80"},
        )
        help_text = shown.stdout.replace("python -m targetmarkets", "tm").rstrip()
        sections.append(f"## `{name}`\n\n```text\n{help_text}\n```\n")
    sections.append("## What holds for every command\n")
    for topic, text in TOPICS.items():
        sections.append(f"### {topic}\n\n```text\n{text}```\n")
    return "\n".join(sections)


def data_model() -> str:
    """Every stored object and every printed record, field by field, and every term."""
    parts = [MODEL_HEAD, "## The file\n"]
    parts += [_table(model, stored=True) for model in STORED]
    parts.append("## What `--json` prints\n")
    parts += [_table(model, stored=False) for model in PRINTED]
    parts.append("## Controlled terms\n")
    for heading, terms in TERMS.items():
        rows = "".join(f"| `{term}` | {meaning} |\n" for term, meaning in terms.items())
        parts.append(f"### {heading}\n\n| term | meaning |\n| --- | --- |\n{rows}")
    return "\n".join(parts)


def _table(model: type[BaseModel], *, stored: bool) -> str:
    schema = json_schema(model, stored=stored)
    required = schema.get("required", ())
    rows = "".join(
        f"| `{name}`{'' if not stored or name in required else ' (optional)'} "
        f"| {_type(field)} | {field['description']} |\n"
        for name, field in schema["properties"].items()
    )
    about = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    head = "| field | type | meaning |\n| --- | --- | --- |\n"
    return f"### {model.__name__}\n\n{about}\n\n{head}{rows}{_example(model) if stored else ''}"


def _example(model: type[BaseModel]) -> str:
    """A real object of a model that is hard to picture; empty for the others."""
    if model not in EXAMPLES:
        return ""
    shown = EXAMPLES[model](load(bundled()))
    text = json.dumps(
        shown.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        indent=2,
        ensure_ascii=False,
    )
    return f"\nFor example:\n\n```json\n{text}\n```\n"


def _type(field: Mapping[str, Any]) -> str:
    """The type of a field in a word or two."""
    if "anyOf" in field:
        return " or ".join(map(_type, field["anyOf"]))
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return "term"
    if field.get("type") == "array":
        return f"list of {_type(field.get('items') or field['prefixItems'][0])}"
    return str(field.get("type", "value"))


def sessions(name: str) -> str:
    """A page with the real output of its commands."""
    return filled((ROOT / name).read_text("utf-8"))


GIT_SETTINGS = """\
[user]
    name = A curator
    email = curator@example.org
[init]
    defaultBranch = main
"""
"""What git knows of a person; that of who builds the pages is not shown."""


def in_a_folder(name: str) -> str:
    """A page with the real output of its commands, in a folder with the tutorial's files, and with
    the tables of exports that it marks.
    """
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "docs" / "tutorial", folder, dirs_exist_ok=True)
        settings = Path(folder) / ".gitconfig"
        settings.write_text(GIT_SETTINGS, "utf-8")
        os.environ |= {"GIT_CONFIG_GLOBAL": str(settings), "GIT_CONFIG_NOSYSTEM": "1"}
        return filled(with_tables(ROOT / name), Path(folder))


PICTURES = {"show-syria": "tm show syria"}
"""The pictures of a terminal, by their names, with the command that each shows."""

PAGES: Mapping[str, Callable[[], str]] = {
    "docs/cli.md": command_reference,
    "docs/data-model.md": data_model,
    "docs/schema/file.json": lambda: schema_text("file"),
    "docs/schema/records.json": schema_text,
    "docs/man/tm.1": man_page,
    **{
        name: partial(in_a_folder, name)
        for name in ("docs/tutorial.md", "docs/curating.md", "docs/together.md", "docs/exports.md")
    },
    **{
        name: partial(sessions, name)
        for name in ("README.md", "docs/guide.md", "docs/questions.md", "docs/check.md")
    },
    **{f"docs/images/{name}.svg": partial(picture, command) for name, command in PICTURES.items()},
}


def outdated() -> Iterable[str]:
    """Names of the pages that are not what they should be."""
    for name, build in PAGES.items():
        page = ROOT / name
        if not page.exists() or page.read_text("utf-8") != build():
            yield name


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description="Generate documentation.")
    parser.add_argument("--check", action="store_true", help="write nothing")
    if parser.parse_args().check:
        names = list(outdated())
        for name in names:
            print(f"{name} is out of date: run python scripts/build_docs.py")
        return int(bool(names))
    for name, build in PAGES.items():
        page = ROOT / name
        page.parent.mkdir(exist_ok=True)
        page.write_text(build(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
