"""Generate knowledge bases of any size in the image of the bundled one.

    python benchmarks/generate.py FOLDER --claims 100000 --text 30000000 [--deep] [--seed 1]

The bundled knowledge base is copied over and over: its claims, quotations and sources with numbers
at their ids, names and statements, each archived text anew, of words of the seed texts and of
words that stand only once, with the quotations at their spans. Customers, categories and groups
are copied too; or, with `--deep`, the few real ones have ever more claims. The same arguments give
the same files, and they verify.
"""

import argparse
import hashlib
import json
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from targetmarkets.kb.paths import bundled
from targetmarkets.model.types import LISTS, OBJECT_TYPES

_NAMED = [type_.plural for type_ in OBJECT_TYPES if type_.is_named]


def generate(folder: Path, claims: int, text: int, *, deep: bool = False, seed: int = 1) -> Path:
    """Write a knowledge base into a new folder, and return the path of its file.

    `claims` is how many it has. `text` is about how many characters its archived texts have
    together; it cannot be less than their quotations need.
    """
    pattern = json.loads(bundled().read_text("utf-8"))
    folder.joinpath("sources").mkdir(parents=True)
    content: dict[str, Any] = {"schema_version": pattern["schema_version"]}
    content.update({name: [] for name in LISTS})
    copies = -(-claims // len(pattern["claims"]))
    archivist = _Archivist(folder / "sources", text // (2 * copies), random.Random(seed))
    for number in range(copies):
        copy = _numbered(pattern, number, deep=deep)
        left = claims - len(content["claims"])
        copy["claims"] = list(_closed(copy["claims"][:left]))
        archivist.archive(copy)
        for name in LISTS:
            if not (deep and number and name in _NAMED):
                content[name] += copy[name]
    path = folder / "customers.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return path


def _numbered(pattern: Mapping[str, Any], number: int, *, deep: bool) -> dict[str, Any]:
    """A copy of the content, its ids and names told apart by a number; the first has none."""
    lists = {name: pattern[name] for name in LISTS}
    if not number:
        return _renamed(lists, {})  # type: ignore[no-any-return] # a dict gives a dict
    there = {item["id"] for items in lists.values() for item in items}
    ids = {id_: f"{id_}-{number}" for id_ in there}
    ids |= {  # an id may end with a number of its own, such as a year
        id_: f"{id_}-copy-{number}" for id_, numbered in ids.items() if numbered in there
    }
    if deep:
        ids |= {item["id"]: item["id"] for name in _NAMED for item in pattern[name]}
    copy: dict[str, Any] = _renamed(lists, ids)
    for item in (item for name in _NAMED for item in copy[name]):
        item["name"] += f" {number}"
        item["aliases"] = [f"{alias} {number}" for alias in item.get("aliases", ())]
        item.pop("iso_3166", None)  # there are not so many codes
    names = {item["id"]: item["name"] for name in _NAMED for item in copy[name]}
    for source in copy["sources"]:
        record = source["bibliography"]  # with the same DOI or address it were the same work
        if "DOI" in record:
            record["DOI"] += f".copy{number}"
        if "URL" in record:
            record["URL"] = record["URL"].replace("://", f"://copy{number}.", 1)
    for claim in copy["claims"]:
        parties = [names[party["id"]] for party in claim.get("parties", ()) if "id" in party]
        claim["statement"] += f" ({', '.join([str(number), *parties])})"
    return copy


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    """A copy of a value with other ids, wherever one stands alone in a string."""
    match value:
        case dict():
            return {key: _renamed(item, ids) for key, item in value.items()}
        case list():
            return [_renamed(item, ids) for item in value]
        case str():
            return ids.get(value, value)
    return value


def _closed(claims: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Claims without references to those that were cut off."""
    kept = {claim["id"] for claim in claims}
    for claim in claims:
        for field in {"denies", "conflicts_with"} & claim.keys():
            claim[field] = [id_ for id_ in claim[field] if id_ in kept]
        yield claim


class _Archivist:
    """Writes the archived texts of a copy, and places its quotations in them."""

    def __init__(self, folder: Path, length: int, chance: random.Random) -> None:
        self.folder = folder
        self.length = length
        self.chance = chance
        seeds = sorted(bundled().parents[1].joinpath("seeds").glob("*.txt"))
        self.words = re.findall(r"[a-z]+", " ".join(seed.read_text("utf-8") for seed in seeds))
        self.sentences = 0

    def archive(self, copy: dict[str, Any]) -> None:
        """Give every archived source of a copy a text, with its passages at new places."""
        for source in copy["sources"]:
            if "archive" not in source:
                continue
            passages = [quote for quote in copy["quotes"] if quote["source"] == source["id"]]
            data = self._text([*passages, *source.get("set_aside", ())]).encode()
            name = f"{source['id']}.txt"
            self.folder.joinpath(name).write_bytes(data)
            source["archive"]["file"] = name
            source["archive"]["sha256"] = hashlib.sha256(data).hexdigest()

    def _text(self, passages: list[dict[str, Any]]) -> str:
        """Paragraphs, with the passages among them, each a paragraph of its own."""
        parts, at = [], 0
        share = self.length // len(passages)
        for passage in passages:
            before = "".join(self._paragraphs(share - len(passage["exact"])))
            passage["start"] = at + len(before)
            passage["end"] = passage["start"] + len(passage["exact"])
            parts.append(f"{before}{passage['exact']}\n\n")
            at += len(parts[-1])
        return "".join(parts)

    def _paragraphs(self, length: int) -> Iterator[str]:
        while length > 0:
            paragraph = " ".join(self._sentence() for _ in range(self.chance.randint(2, 6)))
            yield f"{paragraph}\n\n"
            length -= len(paragraph) + 2

    def _sentence(self) -> str:
        """Some of the words, and one that no other sentence has."""
        self.sentences += 1
        words = self.chance.choices(self.words, k=self.chance.randint(8, 28))
        words.insert(self.chance.randint(1, len(words)), f"word{self.sentences}")
        return " ".join(words).capitalize() + "."


def main() -> None:
    """Generate one."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--text", type=int, default=30_000_000)
    parser.add_argument("--deep", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    print(generate(**vars(parser.parse_args())))


if __name__ == "__main__":
    main()
