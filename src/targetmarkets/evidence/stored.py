"""Prove a store: every check of `verify`, object by object, in memory that stays the same."""

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from typing import Final

from pydantic import ValidationError

from targetmarkets.errors import DataError
from targetmarkets.evidence import consistency, twins
from targetmarkets.evidence.archive import Archives
from targetmarkets.evidence.indexed import Indexed
from targetmarkets.evidence.proofs import PROOFS, Part, Proof, path_of, set_aside
from targetmarkets.evidence.verification import KnownBy, summed_up
from targetmarkets.kb.held import Held
from targetmarkets.kb.paths import Place
from targetmarkets.kb.resolve import holders
from targetmarkets.kb.store import sql
from targetmarkets.kb.store.stored import StoredKnowledge, open_store
from targetmarkets.model.findings import Finding, Verification
from targetmarkets.model.integrity import Fault, explain, faults_of, place, taken_id
from targetmarkets.model.objects import STORED, Claim
from targetmarkets.model.stored import Stored
from targetmarkets.model.types import LIST_OF
from targetmarkets.text.json_source import Path as JsonPath

MAX_LOOKED_UP: Final = 20_000
"""Ids of which is held whether they are there."""

_REMEDY: Final = "restore the store from a copy; somebody wrote to it, and not by tm"


def prove_store(path: Place) -> Verification:
    """Run every check over a store as it is now. Raises `UnreadableError` for what is none."""
    run = _Run(open_store(path))
    structural = [*run.structure()]
    findings = place(None, str(path), structural)
    if not structural:  # else nothing is certain of what refers to what
        findings += place(None, str(path), run.inconsistent)
        findings += place(None, str(path), run.twins())
        findings += run.proofs()
    return summed_up(path, findings, run.checked)


def unsound(kb: StoredKnowledge) -> Iterator[Fault]:
    """Whatever stops a store from being used: wrong shapes, ids, references and scopes."""
    run, known = _Run(kb), _Known(kb)
    for _, _, id_, type_, item in run.rows():
        yield from _shape_faults(id_, type_, item)
        if isinstance(item, Stored):
            yield from run.faults(item, known)


class _Run:
    """One run over a store."""

    def __init__(self, kb: StoredKnowledge) -> None:
        self.kb = kb
        self.checked: Counter[str] = Counter()
        self.inconsistent: list[Fault] = []
        """What words, dates and names show; it counts where the structure is sound."""

    def structure(self) -> Iterator[Fault]:
        """Everything about shape, ids, references and scopes, and beside it what is inconsistent:
        so each object is read once.
        """
        known, texts = _Known(self.kb), Archives(self.kb).as_read
        counts = Counter(dict.fromkeys(consistency.CHECKS, 0))
        indexed, has_shape = Indexed(), True
        for number, place_, id_, type_, item in self.rows():
            if faults := _shape_faults(id_, type_, item):
                has_shape = False
                yield from faults
                continue
            assert isinstance(item, Stored), "else there were faults"
            indexed.count(number, place_, item)
            consistency.count(item, counts)
            faults = [*self.faults(item, known)]
            self.inconsistent += [] if faults else self._inconsistent(item, texts)
            yield from faults
        if has_shape:  # else nothing is known of the rows of some
            yield from indexed.faults(self.kb.database)
        ran = dict.fromkeys(("ids", "references", "evidence", "scope"), 0)  # of nothing, too
        self.checked.update(counts | ran | {"shape": 1})

    def rows(self) -> Iterator[tuple[int, int, str, str, Stored | ValidationError]]:
        """Every row, with its object or what is wrong with its shape."""
        rows = self.kb.database.stream(sql.BODIES)
        while chunk := [(*row, _item(row[-1], body)) for *row, body in islice(rows, 200)]:
            with suppress(DataError):  # one that has no shape is told when it is its turn
                deque(self.kb.foresee(i for *_, i in chunk if isinstance(i, Stored)), maxlen=0)
            yield from chunk

    def faults(self, item: Stored, known: KnownBy) -> Iterator[Fault]:
        """What is wrong with the ids, references and scope of an object."""
        self.checked["ids"] += 1
        self.checked["references"] += sum(1 for _ in item.mentions())
        if isinstance(item, Claim):
            self.checked.update(("evidence", "scope"))
        if any(True for _ in self._faults_at((), item, known)):  # to find its place takes long
            yield from self._faults_at(path_of(self.kb, item), item, known)

    def _faults_at(self, path: JsonPath, item: Stored, known: KnownBy) -> Iterator[Fault]:
        yield from faults_of(item, known, path)
        for nth, old in enumerate(item.formerly):
            others = [other for other in holders(self.kb, old) if other.id != item.id]
            if others or item.ids.count(old) > 1:
                yield taken_id((*path, "formerly", nth), item.id, old, [*others, item][0].word())

    def _inconsistent(self, item: Stored, texts: consistency.Text_of) -> list[Fault]:
        try:
            return [*consistency.faults(self.kb, [item], partial(path_of, self.kb), texts)]
        except (LookupError, DataError):
            return []  # what it refers to is wrong itself, and is told

    def twins(self) -> Iterator[Fault]:
        """What is there twice under two ids."""
        kb = self.kb
        self.checked["twins"] = len(kb.sources) + len(kb.customers) + len(kb.claims)
        alike = kb.database.ask(sql.SAYING_ALIKE, ("claims_saying",))
        claims = (claim for (said,) in alike for claim in kb.related("claims_saying", said))
        items = chain(kb.sources.values(), kb.customers.values(), claims)
        yield from twins.faults(self.kb, items, KnownBy(self.kb))

    def proofs(self) -> Iterator[Finding]:
        """Whatever does not hold of archived files and passages, source by source."""
        self.checked.update(dict.fromkeys(PROOFS, 0))
        for source in self.kb.sources.values():
            path = path_of(self.kb, source)
            quotes = [(path_of(self.kb, q), q.id, q) for q in self.kb.quotes_from(source.id)]
            passages = {source.id: [*quotes, *set_aside(source, path)]}
            proof = Proof(Part([(path, source)], passages), self.kb.path, {}, self.kb)
            yield from proof.findings(None)
            self.checked.update(proof.checked)


class _Known(KnownBy):
    """What integrity asks, most of it held: claims that stand together refer to the same things."""

    def __init__(self, kb: StoredKnowledge) -> None:
        super().__init__(kb)
        self._there = Held[bool](MAX_LOOKED_UP)

    def has(self, id_: str, among: str) -> bool:
        return self._there.of(f"{among} {id_}", lambda: super(_Known, self).has(id_, among))


def _item(type_: str, body: str) -> Stored | ValidationError:
    """The object of a row, or what is wrong with its shape."""
    try:
        return STORED[LIST_OF.get(type_, "claims")].model_validate_json(body)
    except ValidationError as error:
        return error


def _shape_faults(id_: str, type_: str, item: Stored | ValidationError) -> list[Fault]:
    """What is wrong with an object by itself."""
    list_ = LIST_OF.get(type_, "claims")
    if isinstance(item, ValidationError):
        return [
            Fault("shape", (list_, id_, *detail["loc"]), id_, explain(detail), _REMEDY)
            for detail in item.errors(include_url=False)
        ]
    if item.id != id_ or item.word() != type_:
        message = f"its row says that it is the {type_} {id_}"
        return [Fault("ids", (list_, id_), id_, message, _REMEDY)]
    return []
