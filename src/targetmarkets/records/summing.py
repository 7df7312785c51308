"""Sum claims up: by goods and form, by event, and what is contested among them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

from targetmarkets.model.activities import OUTCOMES, describe_supply
from targetmarkets.model.edtf import days, span
from targetmarkets.model.vocabulary import CERTAINTY_ORDER
from targetmarkets.records.occurrences import kinds, last_event, occurrences, what_happened
from targetmarkets.records.overview import (
    Contest,
    EventLine,
    OutcomeCount,
    Overview,
    SaidOf,
    Summary,
    Supply,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from targetmarkets.model.activities import Form, Goods, Outcome
    from targetmarkets.model.objects import Claim
    from targetmarkets.model.vocabulary import ClaimKind
    from targetmarkets.records.claims import ClaimRecord
    from targetmarkets.records.shared import Shared

_TELLING: Final[Mapping[Outcome, int]] = {
    "intercepted": 0,
    "delivered": 0,
    "attempted": 1,
    "agreed": 1,
    "unstated": 2,
}
"""How much an outcome tells, the most first; those that are not named tell of plans."""


_MATTERS: Final[Mapping[ClaimKind, str]] = {
    "classification": "its category",
    "driver": "why it buys",
    "market": "the market",
    "sanctions": "the sanctions",
}
"""What claims of a kind are about, where the name of the kind does not say."""


def supplies(shared: Shared, claims: Iterable[ClaimRecord]) -> tuple[Supply, ...]:
    """What activities come to by kind of goods and form. Kinds of goods stay together; those with
    most occurrences come first, and within them the forms with most.
    """
    kinds: dict[tuple[Goods, Form], list[ClaimRecord]] = defaultdict(list)
    for claim in claims:
        if claim.activity and not claim.negative:
            kinds[claim.activity.goods, claim.activity.form].append(claim)
    rows = [_supply(shared, *kind, told) for kind, told in kinds.items()]
    of_goods: dict[Goods, set[str]] = defaultdict(set)
    for row in rows:
        of_goods[row.goods] |= occurrences(claim for claim in kinds[row.goods, row.form])
    rows.sort(key=lambda row: (-len(of_goods[row.goods]), row.goods, -row.occurrences, row.form))
    return tuple(rows)


def _supply(shared: Shared, goods: Goods, form: Form, claims: Sequence[ClaimRecord]) -> Supply:
    return Supply(
        **summary(shared, claims),
        goods=goods,
        form=form,
        label=describe_supply(goods, form),
        undated=sum(claim.period is None for claim in claims),
        events=tuple(dict.fromkeys(claim.event for claim in claims if claim.event)),
        occurrences=len(occurrences(claims)),
    )


def event_lines(shared: Shared, claims: Iterable[ClaimRecord]) -> tuple[EventLine, ...]:
    """The events that claims speak of, by what those claims say; in order of time."""
    told: dict[str, list[ClaimRecord]] = defaultdict(list)
    for claim in claims:
        if claim.event:
            told[claim.event].append(claim)
    ranked = sorted(told, key=lambda id_: _telling(shared, told[id_]))
    ranks = {id_: rank for rank, id_ in enumerate(ranked, start=1)}
    lines = [
        EventLine(
            **(summary(shared, of_event) | judged(what_happened(of_event))),
            event=id_,
            name=shared.kb.events[id_].name,
            goods=tuple(
                dict.fromkeys(
                    describe_supply(claim.activity.goods, claim.activity.form)
                    for claim in of_event
                    if claim.activity and not claim.negative
                )
            ),
            rank=ranks[id_],
        )
        for id_, of_event in told.items()
    ]
    return tuple(sorted(lines, key=lambda line: in_time(line.period)))


def overview(
    shared: Shared,
    *,
    asserted: Sequence[ClaimRecord],
    classifications: Sequence[ClaimRecord],
    denied: Sequence[ClaimRecord],
    together: int,
    of_groups: Sequence[ClaimRecord],
    category: str | None,
) -> Overview:
    """A customer at a glance. `asserted` and `denied` are said of it alone."""
    events = event_lines(shared, asserted)
    own = [*classifications, *asserted, *denied]
    sources = shared.sources({id_ for claim in own for id_ in claim.sources})
    issued = [date for id_ in sources if (date := shared.issued(id_))]
    return Overview(
        supplies=supplies(shared, asserted),
        events=events,
        drivers=tuple(claim.id for claim in asserted if claim.kind == "driver"),
        contested=contests(shared, (*classifications, *asserted)),
        together=together,
        of_groups=_said_of(of_groups, category),
        last=last_event(asserted),
        latest_source=max(issued, default=None),
        claims=len(own),
        quoted=sum(claim.evidence_kind == "quoted" for claim in own),
        kinds=kinds(asserted),
        independent_sources=shared.origins(sources),
        sources=sources,
    )


def contests(shared: Shared, claims: Iterable[ClaimRecord]) -> tuple[Contest, ...]:
    """What denies these claims or differs from them: a contest for all that hang together, so that
    each pair stands in one. Those on one side do not differ from one another.
    """
    found: list[Contest] = []
    seen: dict[str, set[str]] = {"denied": set(), "differs": set()}
    for claim in claims:
        for how, others in (("denied", claim.denied_by), ("differs", claim.conflicts_with)):
            if others and claim.id not in seen[how]:
                hanging = _hanging_together(shared, claim.id, how)
                seen[how].update(hanging)
                found.append(_contest(shared, claim, how, hanging))
    return tuple(found)


def _against(shared: Shared, id_: str, how: str) -> Sequence[str]:
    """Ids of the claims against one, whichever of the two denies the other."""
    claim = shared.claim(shared.kb.claims[id_])
    return claim.conflicts_with if how == "differs" else (*claim.denied_by, *claim.denies)


def _hanging_together(shared: Shared, id_: str, how: str) -> list[str]:
    """A claim, those against it, those against these, and so on."""
    hanging = [id_]
    for other in hanging:
        hanging += [next_ for next_ in _against(shared, other, how) if next_ not in hanging]
    return hanging


def _contest(shared: Shared, claim: ClaimRecord, how: Any, hanging: Sequence[str]) -> Contest:
    mine: list[str] = []
    for id_ in hanging:
        if how == "denied":
            is_mine = shared.kb.claims[id_].stance == "asserted"
        else:
            is_mine = not set(_against(shared, id_, how)) & set(mine)
        mine += [id_] * is_mine
    return Contest(
        how=how,
        what=_what(shared, claim),
        claims=tuple(mine),
        by=tuple(id_ for id_ in hanging if id_ not in mine),
    )


def summarize(shared: Shared, claims: Sequence[ClaimRecord]) -> Summary:
    """What some claims come to together."""
    return Summary(**summary(shared, claims))


def in_time(period: str | None) -> tuple[bool, str, str]:
    """What orders periods in time, undated ones last."""
    if period is None:
        return True, "", ""
    first, last = days(period)
    return False, last if period.startswith(("/", "..")) else first, last


def certainties(claims: Iterable[Claim | ClaimRecord]) -> tuple[Any, ...]:
    """Every certainty that claims have, the surest first."""
    return tuple(sorted({claim.certainty for claim in claims}, key=CERTAINTY_ORDER.index))


def summary(shared: Shared, claims: Sequence[ClaimRecord]) -> dict[str, Any]:
    """The fields that every summary has."""
    sources = shared.sources({id_ for claim in claims for id_ in claim.sources})
    return {
        "period": span(claim.period for claim in claims if claim.period),
        "outcomes": outcomes(claims),
        "claims": tuple(claim.id for claim in claims),
        **judged(claims),
        "disputed": any(claim.denied_by or claim.conflicts_with for claim in claims),
        "independent_sources": shared.origins(sources),
        "sources": sources,
    }


def judged(claims: Sequence[ClaimRecord]) -> dict[str, Any]:
    """The fields that say how sure claims are."""
    return {
        "certainties": certainties(claims),
        "collected": sum(claim.certainty_basis == "collected" for claim in claims),
        "quoted": sum(claim.evidence_kind == "quoted" for claim in claims),
        "assessments": tuple(
            dict.fromkeys(
                f"{claim.assessment.reliability}{claim.assessment.credibility}"
                for claim in claims
                if claim.assessment
            )
        ),
    }


def outcomes(claims: Iterable[ClaimRecord]) -> tuple[OutcomeCount, ...]:
    """Outcomes with their occurrences. That one claim of an event does not say how it ended is no
    outcome of an event of which another does.
    """
    ends: dict[str, set[Outcome]] = defaultdict(set)
    for claim in claims:
        if claim.activity and not claim.negative:
            ends[claim.event or claim.id].add(claim.activity.outcome)
    counts = Counter(
        outcome
        for known in ends.values()
        for outcome in known
        if outcome != "unstated" or len(known) == 1
    )
    order = list(OUTCOMES)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], order.index(item[0])))
    return tuple(OutcomeCount(outcome=name, occurrences=count) for name, count in ranked)


def _telling(shared: Shared, claims: Sequence[ClaimRecord]) -> tuple[int, bool, bool, int, int]:
    """What ranks an event among others, the most telling first."""
    told = [claim.activity.outcome for claim in claims if claim.activity]
    best = min((_TELLING.get(outcome, 3) for outcome in told), default=4)
    surest = min(CERTAINTY_ORDER.index(claim.certainty) for claim in claims)
    origins = shared.origins({id_ for claim in claims for id_ in claim.sources})
    quoted = any(claim.evidence_kind == "quoted" for claim in claims)
    dated = any(claim.period for claim in claims)
    return best, not quoted, not dated, surest, -origins


def _what(shared: Shared, claim: ClaimRecord) -> str:
    """What a claim is about, in a few words: its event, its goods, or what kind of claim it is."""
    if claim.event:
        return shared.kb.events[claim.event].name
    if claim.activity:
        return describe_supply(claim.activity.goods, claim.activity.form)
    return _MATTERS.get(claim.kind, claim.kind)


def _said_of(claims: Iterable[ClaimRecord], category: str | None) -> tuple[SaidOf, ...]:
    """How many claims are about a category, and about each group. One that takes a group to be a
    category is about the group.
    """
    counts: Counter[tuple[Any, str, str]] = Counter()
    for claim in claims:
        of = {category} if claim.kind != "classification" else set()
        subjects = [s for s in claim.about if s.object == "group" or s.id in of]
        counts.update((subject.object, subject.id, subject.name) for subject in subjects)
    return tuple(
        SaidOf(object=object_, id=id_, name=name, claims=count)
        for (object_, id_, name), count in counts.items()
    )
