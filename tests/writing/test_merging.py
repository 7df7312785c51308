"""Versions are merged as both meant: objects by objects, and only what both changed in conflict."""

import json
import random
from collections.abc import Mapping
from typing import Any

import pytest

from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.model.integrity import structural_faults
from targetmarkets.model.objects import KnowledgeFile
from targetmarkets.model.types import LISTS
from targetmarkets.writing.merging import Merged, merge
from tests.build import claim, content, customer, source

Json = dict[str, Any]
Versions = Mapping[str, Json]

WHOLE = frozenset({"claims", "quotes"})
"""Lists of objects that are read as a whole."""

APART = {"claims": {"formerly", "conflicts_with"}, "quotes": {"formerly"}}


def file(data: Json) -> KnowledgeFile:
    return KnowledgeFile.model_validate_json(json.dumps(data))


def merged(base: Json, ours: Json, theirs: Json) -> Merged:
    return merge(file(base), file(ours), file(theirs))


def ids(found: Merged) -> dict[str, str]:
    return {conflict.id: conflict.why for conflict in found.conflicts}


def by_id(data: KnowledgeFile) -> Json:
    return {
        item.id: item.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        for name in LISTS
        for item in getattr(data, name)
    }


# A plain three-way merge of the objects, by somebody who knows JSON and nothing of ours.


def plain(base: Versions, ours: Versions, theirs: Versions) -> tuple[Json, set[str]]:
    """What two versions come to, and what is in conflict: there, ours stands."""
    result: Json = {}
    conflicts: set[str] = set()
    for id_ in {*base, *ours, *theirs}:
        was, mine, other = base.get(id_), ours.get(id_), theirs.get(id_)
        if other in (mine, was):
            chosen = mine
        elif mine == was:
            chosen = other
        else:
            chosen = field_by_field(was, mine, other) if was and mine and other else None
            if chosen is None:
                conflicts.add(id_)
                chosen = mine or other
        if chosen is not None:
            result[id_] = chosen
    return result, conflicts


def field_by_field(was: Json, mine: Json, other: Json) -> Json | None:
    whole = "statement" in was or "exact" in was
    apart = {"formerly", "conflicts_with"} if whole else {*was, *mine, *other}
    rest = [{k: v for k, v in each.items() if k not in apart} for each in (was, mine, other)]
    if rest[1] != rest[0] != rest[2] != rest[1]:
        return None
    result = dict(rest[1] if rest[1] != rest[0] else rest[2])
    for name in apart:
        old, one, two = (each.get(name) for each in (was, mine, other))
        if two in (one, old):
            chosen = one
        elif one == old:
            chosen = two
        elif all(value is None or isinstance(value, list) for value in (old, one, two)):
            old, one, two = (value or [] for value in (old, one, two))
            kept = [v for v in one if v in two or v not in old]
            chosen = kept + [v for v in two if v not in old and v not in one]
        else:
            return None
        if chosen not in (None, []):
            result[name] = chosen
    return result


class Editor:
    """Somebody who changes a version at random, each time so that it would still load."""

    def __init__(self, data: Json, chance: random.Random, name: str) -> None:
        self.data, self.chance, self.name = json.loads(json.dumps(data)), chance, name

    def edit(self) -> None:
        self.chance.choice([
            self.add, self.add, self.add_same, self.change, self.change, self.change_list,
            self.retract, self.remove, self.conflict_with,
        ])()  # fmt: skip

    def any_of(self, *lists: str) -> Json:
        item: Json = self.chance.choice(self.data[self.chance.choice(lists)])
        return item

    def add(self) -> None:
        word = f"{self.name}-{self.chance.randrange(10**6)}"
        kind = self.chance.choice(["customers", "sources", "claims"])
        about = self.chance.choice(self.data["customers"])["id"]
        self.data[kind].append(
            {"customers": customer, "sources": source, "claims": lambda id_: claim(id_, about)}[
                kind
            ](word)
        )

    def add_same(self) -> None:
        """What the other may add, too: alike, or otherwise."""
        number = self.chance.randrange(3)
        if all(item["id"] != f"new-{number}" for item in self.data["customers"]):
            alias = self.chance.choice(["", "Alias"])
            self.data["customers"].append(
                customer(f"new-{number}", **({"aliases": [alias]} if alias else {}))
            )

    def change(self) -> None:
        if self.chance.random() < 0.5:
            item = self.any_of("customers")
            field = self.chance.choice(["name", "region"])
            item[field] = self.chance.choice(["Eastern Asia", "Western Asia", "Caribbean"])
        else:
            item = self.any_of("claims")
            field = self.chance.choice(["statement", "note"])
            item[field] = f"It is so, says {self.chance.choice(['one', 'another'])}."

    def change_list(self) -> None:
        item = self.any_of("customers")
        aliases = item.setdefault("aliases", [])
        if aliases and self.chance.random() < 0.4:
            aliases.remove(self.chance.choice(aliases))
        else:
            alias = f"Alias {self.chance.randrange(6)}"
            item["aliases"] = list(dict.fromkeys([*aliases, alias]))
        if not item["aliases"]:
            del item["aliases"]

    def conflict_with(self) -> None:
        one, other = self.any_of("claims"), self.any_of("claims")
        if one is not other:
            known = one.get("conflicts_with", [])
            one["conflicts_with"] = list(dict.fromkeys([*known, other["id"]]))

    def retract(self) -> None:
        item = self.any_of("claims")
        item |= {"status": "retracted", "retraction": f"Wrong, says {self.name}."}

    def remove(self) -> None:
        text = json.dumps([self.data["claims"], self.data["sources"]])
        for name in ("customers", "sources"):
            for item in self.data[name]:
                if (
                    text.count(f'"{item["id"]}"') == (name == "sources")
                    and len(self.data[name]) > 3
                ):
                    self.data[name].remove(item)
                    return


def base_of(chance: random.Random) -> Json:
    customers = [customer(f"c{n}", aliases=[f"Alias {n}"]) for n in range(5)]
    customers += [customer("alone"), customer("alone-too")]
    sources = [source(), *(source(f"s{n}") for n in range(3))]
    claims = [claim(f"k{n}", f"c{chance.randrange(5)}") for n in range(8)]
    return content(customers=customers, sources=sources, claims=claims)


@pytest.mark.parametrize("seed", range(200))
def test_random_edits_come_to_what_a_plain_merge_of_objects_comes_to(seed: int) -> None:
    chance = random.Random(seed)
    base = base_of(chance)
    editors = [Editor(base, chance, name) for name in ("one", "two")]
    for editor in editors:
        for _ in range(chance.randint(1, 9)):
            editor.edit()
    versions = [file(each) for each in (base, *(editor.data for editor in editors))]
    found = merge(*versions)
    expected, conflicts = plain(*(by_id(version) for version in versions))
    needed = {id_ for id_, why in ids(found).items() if why == "removed and needed"}
    assert {*ids(found)} - needed == conflicts
    got = by_id(found.content)
    assert {id_: got[id_] for id_ in got if id_ not in needed} == expected
    assert not [*structural_faults(found.content)]
    for id_ in needed:  # one removed it, what the other has refers to it
        assert any(f'"{id_}"' in json.dumps(item) for item in expected.values())
        assert id_ not in expected


@pytest.mark.parametrize("seed", range(40))
def test_it_does_not_matter_who_merges(seed: int) -> None:
    chance = random.Random(seed)
    base = base_of(chance)
    one, two = Editor(base, chance, "one"), Editor(base, chance, "two")
    for editor in (one, two):
        editor.edit()
        editor.edit()
    there, back = merged(base, one.data, two.data), merged(base, two.data, one.data)
    assert ids(there) == ids(back)
    if not there.conflicts:
        left, right = by_id(there.content), by_id(back.content)
        for each in (*left.values(), *right.values()):
            for value in each.values():
                if isinstance(value, list) and all(isinstance(v, str) for v in value):
                    value.sort()
        assert left == right


def versions(*changes: Mapping[str, Any]) -> list[Json]:
    """A base with a customer, a claim on it, and a source; and versions with other lists."""
    base = content(customers=[customer("syria")], claims=[claim("k", "syria")])
    return [base, *({**base, **change} for change in changes)]


def test_a_claim_is_taken_as_a_whole() -> None:
    ours = {"claims": [claim("k", "syria", statement="It was so.")]}
    theirs = {"claims": [claim("k", "syria", certainty="likely", hedge="likely")]}
    found = merged(*versions(ours, theirs))
    assert ids(found) == {"k": "changed by both"}
    assert found.content.claims[0].statement == "It was so."
    assert found.content.claims[0].certainty == "stated"


def test_what_a_claim_conflicts_with_is_merged_apart() -> None:
    others = [claim("a", "syria"), claim("b", "syria")]
    base = content(customers=[customer("syria")], claims=[claim("k", "syria"), *others])
    mine = claim("k", "syria", statement="It was so.", conflicts_with=["a"])
    ours = {**base, "claims": [mine, *others]}
    theirs = {**base, "claims": [claim("k", "syria", conflicts_with=["b"]), *others]}
    found = merged(base, ours, theirs)
    assert not found.conflicts
    assert found.content.claims[0].conflicts_with == ("a", "b")
    assert found.content.claims[0].statement == "It was so."


def test_fields_of_what_has_a_name_are_merged_where_they_differ_apart() -> None:
    ours = {"customers": [customer("syria", name="Syria, Arab Republic", aliases=["SAR"])]}
    theirs = {"customers": [customer("syria", region="Northern Africa", aliases=["Suriya"])]}
    found = merged(*versions(ours, theirs))
    assert not found.conflicts
    (merged_,) = found.content.customers
    assert (merged_.name, merged_.region) == ("Syria, Arab Republic", "Northern Africa")
    assert merged_.aliases == ("SAR", "Suriya")


def test_one_id_that_means_two_things_is_a_conflict() -> None:
    ours = {"customers": [customer("syria"), customer("ruritania")]}
    theirs = {"sources": [source(), source("ruritania")]}
    found = merged(*versions(ours, theirs))
    assert ids(found) == {"ruritania": "added by both"}
    assert [item.id for item in found.content.customers] == ["syria", "ruritania"]
    assert [item.id for item in found.content.sources] == ["work"]
    alike = {"customers": [customer("syria"), customer("ruritania")]}
    assert not merged(*versions(alike, alike)).conflicts


def test_what_one_removed_and_the_other_needs_is_kept_and_told() -> None:
    base = content(customers=[customer("syria"), customer("cuba")], claims=[])
    ours = {**base, "customers": [customer("syria")]}
    theirs = {**base, "claims": [claim("k", "cuba")]}
    for found in (merged(base, ours, theirs), merged(base, theirs, ours)):
        assert ids(found) == {"cuba": "removed and needed"}
        assert {item.id for item in found.content.customers} == {"syria", "cuba"}
        assert not [*structural_faults(found.content)]
    changed = {**base, "customers": [customer("syria"), customer("cuba", region="Caribbean")]}
    for found in (merged(base, ours, changed), merged(base, changed, ours)):
        assert ids(found) == {"cuba": "removed and changed"}
        assert found.content.customers[1].region == "Caribbean"


def test_a_new_id_is_followed_on_the_other_side() -> None:
    renamed = customer("syrian-arab-republic", name="Syria", formerly=["syria"])
    ours = {"customers": [renamed], "claims": [claim("k", "syrian-arab-republic")]}
    theirs = {
        "customers": [customer("syria", region="Northern Africa")],
        "claims": [claim("k", "syria"), claim("new", "syria")],
    }
    for pair in ((ours, theirs), (theirs, ours)):
        found = merged(*versions(*pair))
        assert not found.conflicts
        assert [c.about for c in found.content.claims] == [("syrian-arab-republic",)] * 2
        (only,) = found.content.customers
        assert (only.id, only.formerly, only.region) == (
            "syrian-arab-republic", ("syria",), "Northern Africa",
        )  # fmt: skip
        assert not [*structural_faults(found.content)]


def test_two_new_ids_of_one_thing_both_lead_to_it() -> None:
    ours, theirs = (
        {
            "customers": [customer(id_, name="Syria", formerly=["syria"])],
            "claims": [claim("k", id_), claim(f"on-{id_}", id_)],
        }
        for id_ in ("sar", "suriya")
    )
    found = merged(*versions(ours, theirs))
    assert not found.conflicts
    (only,) = found.content.customers
    assert (only.id, set(only.formerly)) == ("sar", {"syria", "suriya"})
    assert {c.about for c in found.content.claims} == {("sar",)}
    assert not [*structural_faults(found.content)]


def test_a_new_id_that_means_something_else_there_is_a_conflict() -> None:
    ours = {
        "customers": [customer("sar", name="Syria", formerly=["syria"])],
        "claims": [claim("k", "sar")],
    }
    theirs = {"customers": [customer("syria"), customer("sar", name="Sarawak")]}
    found = merged(*versions(ours, theirs))
    assert ids(found)["sar"] == "added by both"
    assert found.content.customers[0].name == "Syria"
    back = merged(*versions(theirs, ours))
    assert ids(back)["sar"] == "added by both"
    assert [item.name for item in back.content.customers][-1] == "Sarawak"


def test_what_the_file_says_of_itself() -> None:
    found = merged(*versions({"covers": "ours"}, {}))
    assert (found.content.covers, found.conflicts) == ("ours", [])
    assert merged(*versions({}, {"covers": "theirs"})).content.covers == "theirs"
    found = merged(*versions({"covers": "ours"}, {"covers": "theirs"}))
    assert ids(found) == {"covers": "changed by both"}
    assert found.content.covers == "ours"


def order(found: Merged) -> str:
    return "".join(item.id for item in found.content.customers)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        ("abc", "abxc", "aybc", "aybxc"),
        ("abc", "abc", "cba", "cba"),
        ("abc", "cba", "abc", "cba"),
        ("abc", "xabc", "cba", "xcba"),
        ("abc", "abc", "abcx", "abcx"),
        ("abc", "bc", "abxc", "bxc"),
    ],
)
def test_the_order_is_the_curators(base: str, ours: str, theirs: str, result: str) -> None:
    found = merged(*(content(customers=[*map(customer, ids_)]) for ids_ in (base, ours, theirs)))
    assert order(found) == result


def test_it_is_pure(kb: FileKnowledge) -> None:
    assert merge(kb.content, kb.content, kb.content) == Merged(kb.content, [])
