"""The known words of the corpus: sentences that are made up, with what documents do to words.

A sentence is written in marks of its own: `[n]` is where a note is called, `^{2}` and `_{2}` what
is raised and lowered, `<not>` what was deleted, `{{not}}` what is hidden.

>>> made = Sentence("Alba <did not> sold 12[n] rockets over 10^{2} km, 10–20 a year.")
>>> made.true
'Alba sold 12 rockets over 10² km, 10–20 a year.'
>>> for kind, passage in list(made.false())[:5]:
...     print(f"{kind}: {passage}")
dashes dropped: km, 1020 a
dashes dropped: 10² km, 1020 a year.
dashes dropped: over 10² km, 1020 a year.
dashes dropped: Alba sold 12 rockets over 10² km, 1020 a year.
exponents merged or dropped: over 102 km
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal, NamedTuple

Kind = Literal["text", "note", "up", "down", "gone", "hidden"]

_MARKS: Final = re.compile(
    r"(?P<note>\[n\])|\^\{(?P<up>[^}]*)\}|_\{(?P<down>[^}]*)\}|<(?P<gone>[^>]*)> ?"
    r"|\{\{(?P<hidden>[^}]*)\}\} ?"
)
_UP: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_DOWN: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_WINDOWS: Final = (1, 2, 3, 99)
"""Words on each side of what is false that go into a false passage."""

_DASHED: Final = re.compile(r"(?<=\w)[–—-](?=\w)")
_NUMBER: Final = re.compile(
    r"(?:[A-Z]{0,2}[$€]|−)?\d+(?:[.,–-]\d+)*(?:[ \u202f]\d{3}\b)*(?: (?:million|thousand|%))?"
)
_NEGATIONS: Final = (
    ("did not ", "did "), ("was not ", "was "), ("has never ", "has "), (" no ", " "),
    ("unlikely", "likely"), ("non-lethal", "lethal"), ("without ", "with "), ("cannot ", "can "),
)  # fmt: skip


class Part(NamedTuple):
    """A stretch of a sentence, and what is done to it."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Sentence:
    """A sentence in the marks of the corpus."""

    marked: str

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What it is made of."""
        parts, done = [], 0
        for match in _MARKS.finditer(self.marked):
            kind = match.lastgroup
            assert kind in {"note", "up", "down", "gone", "hidden"}
            space = " " if match[0].endswith(" ") else ""
            parts += [Part("text", self.marked[done : match.start()])]
            words = match[kind] if kind != "note" else ""
            parts += [Part(kind, words + space)]  # type: ignore[arg-type]  # told just above
            done = match.end()
        parts.append(Part("text", self.marked[done:]))
        return tuple(part for part in parts if part.text or part.kind == "note")

    @cached_property
    def true(self) -> str:
        """What an editor types who reads it: without notes, and what is not shown."""
        return self._text()

    def _text(self, *, note: str = "", raised: str = "kept", unseen: bool = False) -> str:
        texts = []
        for kind, text in self.parts:
            if kind == "note":
                texts.append(note)
            elif kind in {"up", "down"}:
                table = _UP if kind == "up" else _DOWN
                written = text.translate(table) if raised == "kept" else text
                texts.append("" if raised == "dropped" else written)
            elif kind == "text" or unseen:
                texts.append(text)
        return "".join(texts)

    def false(self) -> Iterator[tuple[str, str]]:
        """Passages that say something else, each with how it was made."""
        true = self.true
        for match in _DASHED.finditer(true):
            if true[match.start() - 1].isdigit():
                yield from _around(
                    "dashes dropped", true, true[: match.start()] + true[match.end() :]
                )
        for kind in ("merged", "dropped"):
            digits = any(part.kind == "up" and part.text[-1].isdigit() for part in self.parts)
            if digits:
                name = "exponents merged or dropped"
                yield from _around(name, true, self._text(raised=kind))
        if re.search(r"\d\[n\]", self.marked):
            yield from _around("notes merged into numbers", true, self._text(note="7"))
        for match in _NUMBER.finditer(true):
            yield from _cut(true, *match.span())
        for there, left in _NEGATIONS:
            if there in true:
                yield from _around("negations dropped", true, true.replace(there, left, 1))
        if any(part.kind in {"gone", "hidden"} for part in self.parts):
            yield from _around("hidden or deleted words", true, self._text(unseen=True))


def _around(kind: str, true: str, false: str) -> Iterator[tuple[str, str]]:
    """What is false of a sentence, with more and more of what stands around it."""
    ours, theirs = true.split(), false.split()
    first = next((at for at, (one, other) in enumerate(zip(ours, theirs, strict=False))
                  if one != other), min(len(ours), len(theirs)))  # fmt: skip
    last = next((at for at, (one, other) in enumerate(zip(ours[::-1], theirs[::-1], strict=False))
                 if one != other), 0)  # fmt: skip
    seen = set()
    for width in _WINDOWS:
        words = theirs[max(0, first - width) : max(first, len(theirs) - last) + width]
        passage = " ".join(words)
        if passage not in true and passage not in seen:
            seen.add(passage)
            yield kind, passage


def _cut(true: str, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Passages that begin or end within a number."""
    for at in re.finditer(r"[.,–−$€ \u202f-](?=\w)|(?=[ ](?:million|thousand|%))", true[start:end]):
        inner = start + at.end()
        before, after = true[:inner].rstrip(), true[inner:].lstrip()
        for width in (2, 4, 99):
            yield "numbers cut", " ".join(after.split()[:width])
        if at[0] and true[inner - 1] not in "−$€":
            yield "numbers cut", " ".join(before.rstrip(".,–- \u202f").split()[-3:])


FIRMS: Final = ("Kestrel Trading", "Maroun Works", "Odra Lines", "the Alba Office", "Tern Shipping",
                "Łask Metals", "the Vestra Ministry", "Sørby Marine")  # fmt: skip
PLACES: Final = ("Colón", "Port Lorwick", "Nová Bay", "Dún Vale", "Ostra", "Marrow Sound", "Ylö",
                 "São Brás")  # fmt: skip

TEMPLATES: Final = (
    "{Firm} sold {a}–{b} launchers to {place} in the years {y}–{z}",
    "The Panel saw {a}[n] rockets and {b}[n] mortars in the official warehouse at {place}",
    "The letter says that {firm} paid $1,{c} for {a}.5 million cartridges and {b}.25 tonnes of tin",
    "The firing range at {place} measures {a}^{{2}} km², and lies {b} km from the offices",
    "{Firm} did not confirm the sale of {c} efficient night-vision devices",
    "The affidavit calls {firm} “not affiliated” with the {ord}^{{th}} office at {place}",
    "It is unlikely that {firm} refurbished {c} T-{a} tanks at {place}",
    "{Firm} shipped non-lethal equipment and {c} gas masks by way of {place}",
    "The ship’s manifest — which {firm} signed at {place} — lists {c} crates of “spare parts”",
    "The laboratory found {a} kg of CO_{{2}} filters and {c} suits in the hold of the {place}",
    "{Firm} was {{{{never }}}}paid for the {c} rifles that it sent to {place}",
    "The Panel <did not >confirmed that {firm} had sent {c} tubes to {place}",
    "The temperature of the magazine at {place} fell to −{a} degrees, and {c} fuses failed",
    "In the correspondence[n] of the intermediary, {firm} offered {c} engines,[n] and spare parts",
    "{Firm} has never delivered the {c} radios that its affiliated office at {place} ordered",
    "The transportation documentation for {c} cylinders was falsified at {place} by {firm}",
    "No official of {firm} denied that between {a} and {b} officers trained at {place}",
    "The administrative difficulties of {firm} at {place} left {c} workmen without wages",
    "{Firm} offloaded €{a} million in machine tools, or {b} % of the offer, at {place}",
    "The report on {place} counts {a}.{b} tonnes, of which {firm} cannot explain {c} kilograms",
    "{Firm} bought {a} 500 fuses at {place} for US${b}.5 million and sold {c} of them",
    "Its half-finished patrol boat at {place} was offered to {firm} at {c} dollars a tonne",
    "The yield of the workshop at {place} was {a}×10^{{3}} shells a year, says {firm}",
    "{Firm} sent instructors to {place} in {y},[n] and {c} trainees to its school afterwards",
    "The inspectors at {place} were refused entry {a} times,[n] while {firm} moved {c} drums",
)  # fmt: skip

_LEADS: Final = (
    "The Panel has examined the invoices, bills of lading and correspondence that it was given.",
    "A Member State supplied photographs; they were taken from an aircraft in clear weather.",
    "Two former employees were interviewed separately, and their accounts agree in most respects.",
    (
        "The following rests on customs declarations, on the affidavits of the crew, and on"
        " satellite images of sufficient quality."
    ),
    "Difficult as the identification was, the serial figures could be traced to one workshop.",
)


def sentences(count: int, seed: int = 1) -> list[Sentence]:
    """So many sentences, each its own by its numbers."""
    chance = random.Random(seed)
    numbers = chance.sample(range(201, 999), count)
    made = []
    for at, number in enumerate(numbers):
        firm, year = chance.choice(FIRMS), chance.randrange(1990, 2008)
        first = chance.randrange(11, 60)
        marked = TEMPLATES[at % len(TEMPLATES)].format(
            firm=firm, Firm=firm[0].upper() + firm[1:], place=chance.choice(PLACES),
            a=first, b=first + chance.randrange(3, 39), c=number, ord=chance.randrange(4, 19),
            y=year, z=year + chance.randrange(2, 9),
        )  # fmt: skip
        made.append(Sentence(f"{marked}, as letter {number} shows."))
    return made


def leads(count: int) -> list[str]:
    """What stands before each sentence in its paragraph."""
    return [_LEADS[(at * 7 + at // 5) % len(_LEADS)] for at in range(count)]


def false_passages(made: Iterable[Sentence], count: int, seed: int = 1) -> list[tuple[str, str]]:
    """So many false passages of all kinds, as evenly as there are any."""
    chance = random.Random(seed)
    sentences_ = list(made)
    kinds: dict[str, list[str]] = {}
    for sentence in sentences_:
        for kind, passage in dict.fromkeys(sentence.false()):
            kinds.setdefault(kind, []).append(passage)
    for one, other in pairwise(sentences_):
        halves = one.true.split()[:-6], other.true.split()[4:]
        kinds.setdefault("joined over what lies between", []).append(
            " ".join([*halves[0], *halves[1]])
        )
    for passages in kinds.values():
        chance.shuffle(passages)
    drawn: list[tuple[str, str]] = []
    while len(drawn) < count and any(kinds.values()):
        for kind, passages in kinds.items():
            if passages and len(drawn) < count:
                drawn.append((kind, passages.pop()))
    return drawn
