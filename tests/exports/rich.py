"""A knowledge base in which each field of each object holds something, and texts hold anything."""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from tests.build import activity, category, claim, classification, content, customer, source

CURATOR: Final = "Q. Urator"

ODD: Final = (
    "=1+1", "@cmd", "-2", "'quoted'", '"double", and comma', "soft\u00adhyphen", "joi\u200dned",
    "Zo\u0308e", "\U0001f600 beyond", "<b>&amp;</b>", "tab\there", "a\x1b[31mb", "\ufeffbom",
    "null\x00there", "NULL", "0930", "a|b", "\u202eright to left", "trailing \\",
)  # fmt: skip
"""Texts of one line that readers of tables take for something else."""

PASSAGE: Final = 'A passage\r\nwith "quotes", \u00adhyphens\u2028and\nlines.'


def build(folder: Path) -> Path:
    """Write it, and return the path of its file."""
    before = "Emoji \U0001f600 first.\n"
    text = f"{before}{PASSAGE}\f The second page.\n"
    with_null = "A null\x00 and more."
    archives = [_archived(folder, "rich.txt", text), _archived(folder, "null.txt", with_null)]
    (folder / "sources" / "rich.pdf").write_bytes(b"%PDF-")
    (folder / "customers.json").write_text(
        json.dumps(_content(archives, before, text, with_null), ensure_ascii=False), "utf-8"
    )
    return folder / "customers.json"


def _archived(folder: Path, name: str, text: str) -> dict[str, Any]:
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "sources" / name).write_bytes(text.encode())
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"file": name, "sha256": digest, "media_type": "text/plain"}


def _content(
    archives: list[dict[str, Any]], before: str, text: str, with_null: str
) -> dict[str, Any]:
    start, end = len(before), len(before) + len(PASSAGE)
    whole = archives[0] | {
        "pages": [{"label": "iv", "start": 0}, {"label": "5", "start": text.index("\f") + 1}],
        "breaks": [{"start": 1, "end": 3}, {"start": 4, "end": 5}],
        "original": {
            "file": "rich.pdf",
            "sha256": hashlib.sha256(b"%PDF-").hexdigest(),
            "media_type": "application/pdf",
            "extractor": "by hand 1.0",
        },
        "gaps": [{"kind": "pages", "count": 1, "pages": ["5"]}],
    }
    sources = [
        source("work", title_from="A catalogue, @ its page", read=False, formerly=["old-work"]),
        source(
            "rich",
            archive=whole,
            reports_on=["work"],
            set_aside=[{"exact": "Emoji", "start": 0, "end": 5, "reason": "=a heading"}],
        ),
        source(
            "nulls",
            archive=archives[1],
            reports_on=["work", "rich"],
            bibliography={"type": "article", "title": "By its DOI alone", "DOI": "10.1000/9"},
        ),
    ]
    quotes = [
        {"id": "q", "source": "rich", "exact": PASSAGE, "start": start, "end": end},
        {"id": "q-null", "source": "nulls", "exact": with_null, "start": 0, "end": len(with_null)},
        {"id": "q-cut", "source": "rich", "exact": "mo", "start": 1, "end": 3,
         "part_of_word": True, "formerly": ["q-uncut"]},
    ]  # fmt: skip
    return content(
        sources=sources,
        quotes=quotes,
        categories=[category("resilient"), category("reluctant", "II")],
        customers=[
            customer("syria", iso_3166={"alpha_2": "SY", "alpha_3": "SYR", "numeric": "760"},
                     aliases=["@Syria", "Sy\u00adria"], formerly=["old-syria"]),
            customer("iran", iso_3166={"alpha_2": "IR", "alpha_3": "IRN"}),
            customer("band", kind="non-state"),
        ],
        groups=[{"id": "many", "name": "=many", "members": ["iran", "syria"]}],
        events=[{"id": "ship-2013", "name": "A ship, 2013", "kind": "shipment"}],
        actors=[
            {"id": "vessel", "name": "Chong", "kind": "ship", "country": "KP", "aliases": ["C"],
             "identifiers": [{"scheme": "imo", "value": "9074729"},
                             {"scheme": "registration", "value": "0930"}]},
        ],
        claims=[*_claims(), *(_odd(number, text) for number, text in enumerate(ODD))],
    )  # fmt: skip


def _claims() -> list[dict[str, Any]]:
    speakers = [
        {"role": "journalist", "name": 'NK, "News"', "mode": "quotes", "work": "work"},
        {"role": "third-party", "name": "A panel", "mode": "unclear"},
    ]  # fmt: skip
    supply = activity(
        "supply", "syria", "iran", scope="collective", event="ship-2013", period="2013-08~/..",
        said="201X", formerly=["old-supply", "older-supply"], speakers=speakers, joint=True,
        reasoning="Both.", note="A note.", certainty="likely", hedge="highly unlikely",
        hedge_note="Of this.", negative=True,
        evidence=[
            {"quote": "q"}, {"quote": "q-null"},
            {"reference": {"source": "work", "locator": {"label": "page", "value": "0012"},
                           "consulted_at": "https://example.org/?a=1&b=2"}},
            {"reference": {"source": "work", "locator": {"value": "@end"}}},
        ],
        places=[{"name": "Latakia", "country": "SY", "relation": "to"},
                {"name": "the sea", "relation": "via"}],
        parties=[{"id": "vessel", "part": "carrier"}, {"id": "syria", "part": "buyer"},
                 {"state": "PA", "part": "interceptor"}],
        assessment={"reliability": "B", "credibility": 2, "by": CURATOR, "why": "=judged"},
    )  # fmt: skip
    supply["activity"] |= {
        "items": ["=tanks", "0930"],
        "quantities": [
            {"value": 2, "to": 3.5, "unit": "tonnes", "qualifier": "about"},
            {"value": 10**15, "unit": "rounds"},
        ],
    }
    return [
        supply,
        claim("denial", "syria", stance="denied", denies=["supply"], conflicts_with=["supply"],
              evidence=[{"quote": "q"}, {"reference": {"source": "work"}}]),
        claim("gone", "iran", status="retracted", retraction='It was "wrong".',
              evidence=[{"quote": "q"}]),
        claim("by-us", "many", scope="group",
              speakers=[{"role": "curators", "name": CURATOR, "mode": "infers"}]),
        claim("finding"),
        classification("class", "syria", "resilient"),
        claim("graded", "band", certainty="alleged", certainty_basis="collected"),
        claim("cut", "iran", evidence=[{"quote": "q-cut"}]),
    ]  # fmt: skip


def _odd(number: int, text: str) -> dict[str, Any]:
    return claim(f"odd-{number}", "iran", statement=text, note=text)
