"""Dossiers of customers, and of the categories and groups that they are sorted into."""

from collections import defaultdict
from collections.abc import Iterable

from targetmarkets.formats.document import Piece
from targetmarkets.formats.dossier.writer import Writer
from targetmarkets.model.vocabulary import REGIONS, Scope
from targetmarkets.records.categories import CategoryRecord, GroupRecord
from targetmarkets.records.claims import ClaimRecord, Subject
from targetmarkets.records.customers import CustomerRecord


def write_customer(writer: Writer, record: CustomerRecord) -> None:
    """A customer: what is said of it alone, with others, and of its category and groups."""
    codes = record.iso_3166
    writer.title(
        record.name,
        record.kind,
        f"{codes.alpha_2}, {codes.alpha_3}" if codes else None,
        f"{record.region}, {REGIONS[record.region]}",
        record.id,
    )
    if record.aliases:
        writer.document.add(Piece(f"also {', '.join(record.aliases)}", "muted"))
    _category(writer, record)
    _place_denials(writer, record)
    alone = f"said of {record.name} alone"
    if not record.activities:
        writer.document.heading("Activities", f"none is {alone}")
    writer.claims("Activities", record.activities, alone)
    writer.claims("Also said", record.claims, alone)
    placed = {claim.id for claims in writer.denials.values() for claim in claims}
    writer.claims("Denied", [c for c in record.denied if c.id not in placed], alone)
    writer.claims("Together with others", record.collective, "who did what is not said")
    _groups(writer, record)
    writer.footnotes()
    _independence(writer, record)


def write_category(writer: Writer, record: CategoryRecord) -> None:
    """A category: its customers, and what is said of it."""
    writer.title(f"{record.name} customers", f"chapter {record.chapter} of the book", record.id)
    _members(writer, record)
    said = [claim for claim in record.claims if not equates(claim)]
    heading = "Said of the category, and of groups taken to be it"
    writer.claims(heading, said, "of no customer in particular")
    writer.claims("Said of a customer and the category", record.individual)
    together = "who did what is not said"
    writer.claims("Said of customers together and the category", record.collective, together)
    writer.claims("Groups taken to be this category", filter(equates, record.claims))
    writer.footnotes()


def write_group(writer: Writer, record: GroupRecord) -> None:
    """A group as a text names it."""
    writer.title(f"“{record.name}”", "a group, in the words of a text", record.id)
    names = ", ".join(member.name for member in record.members)
    writer.field("names", names or "the text names no member")
    scopes: dict[Scope | None, list[ClaimRecord]] = defaultdict(list)
    for claim in record.claims:
        scopes[claim.scope].append(claim)
    writer.claims("Said of the group", scopes["group"], "and so of no customer in particular")
    writer.claims("Said of a customer and the group", scopes["individual"])
    together = "who did what is not said"
    writer.claims("Said of customers together and the group", scopes["collective"], together)
    writer.footnotes()


def _members(writer: Writer, record: CategoryRecord) -> None:
    """The customers of a category, each with everything that puts it there or denies it; then what
    is said of those that are not in it, or not without dispute.
    """
    writer.document.heading("Customers", None if record.customers else "none")
    classified: dict[str, list[ClaimRecord]] = defaultdict(list)
    for claim in record.classifications:
        classified[customer_of(claim)].append(claim)
    for member in record.customers:
        hedge = f" (“{member.basis.hedge}”)" if member.basis.hedge else ""
        writer.document.add(
            Piece(f"{member.name}  ", "label"),
            Piece(member.basis.known, member.basis.certainty),
            Piece(hedge, "muted"),
            indent=2,
            hang=2,
            role="item",
        )
        for claim in sorted(classified.pop(member.id), key=lambda c: c.id != member.basis.claim):
            writer.entry(claim, indent=4)
    others = [claim for claim in record.classifications if customer_of(claim) in classified]
    writer.claims("Other classifications", others, "of customers that are not listed above")


def _place_denials(writer: Writer, record: CustomerRecord) -> None:
    """Have each denial shown below the first claim of this dossier that it denies."""
    shown = [claim.id for claim in (*record.activities, *record.claims)]
    for claim in record.denied:
        denied = [id_ for id_ in shown if id_ in claim.denies]
        if denied:
            writer.denials.setdefault(denied[0], []).append(claim)


def _category(writer: Writer, record: CustomerRecord) -> None:
    writer.document.heading("Category")
    basis = record.category_basis
    if basis and record.category:
        name = writer.archives.kb.categories[record.category].name.upper()
        known = Piece(basis.known, basis.certainty)
        writer.document.add(Piece(name, "title"), Piece("  ", "layout"), known, indent=2)
    elif record.category_conflict:
        message = "The classifications disagree, so that none is given."
        writer.document.add(Piece(message, "bad"), indent=2)
    else:
        writer.document.add("Nothing here puts it in a category.", indent=2)
    for claim in record.classifications:
        writer.entry(claim)


def _groups(writer: Writer, record: CustomerRecord) -> None:
    """What is said of the customer's category, and of each group that may hold it."""
    equations: dict[str, list[ClaimRecord]] = defaultdict(list)
    for claim in filter(equates, record.group):
        equations[_group_of(claim).id].append(claim)
    claims = [claim for claim in record.group if not equates(claim)]
    naming = {group.id for group in writer.archives.kb.groups_naming(record.id)}
    concerned = {record.category, *equations, *naming}
    said_of: dict[str, list[ClaimRecord]] = defaultdict(list)
    for claim in claims:
        for named in _subjects(claim):
            said_of[named.id].append(claim)
    subjects = {
        subject.id: subject
        for claim in record.group
        for subject in _subjects(claim)
        if subject.id in concerned
    }
    if subjects:
        note = f"not of {record.name} in particular"
        writer.document.heading("Said of its category and of groups", note)
    for number, subject in enumerate(subjects.values()):
        if number:
            writer.document.gap()
        label = f"Of {subject.name.lower()} customers"
        if subject.object == "group":
            reasons = [f"{record.name} among those named"] if subject.id in naming else []
            reasons += _taken_to_be(equations[subject.id])
            label = ", ".join([f"Of “{subject.name}”", *reasons])
        writer.document.add(Piece(label, "label"), indent=2, hang=2, role="item")
        for claim in (*equations[subject.id], *said_of[subject.id]):
            writer.entry(claim, indent=4)


def _taken_to_be(equations: Iterable[ClaimRecord]) -> Iterable[str]:
    """What a group is taken to be. How surely, and by whom, each equation says below the label."""
    categories = (s.name for claim in equations for s in claim.about if s.object == "category")
    return (f"taken to be {name.lower()} customers" for name in dict.fromkeys(categories))


def _subjects(claim: ClaimRecord) -> Iterable[Subject]:
    """What a claim tells of: a classification of a group tells of the group alone."""
    return [_group_of(claim)] if claim.kind == "classification" else claim.about


def equates(claim: ClaimRecord) -> bool:
    """Whether a claim takes a group to be a category."""
    return (claim.kind, claim.scope, claim.stance) == ("classification", "group", "asserted")


def customer_of(claim: ClaimRecord) -> str:
    """Id of the customer that a claim puts in a category."""
    return next(subject.id for subject in claim.about if subject.object == "customer")


def _group_of(claim: ClaimRecord) -> Subject:
    return next(subject for subject in claim.about if subject.object == "group")


def _independence(writer: Writer, record: CustomerRecord) -> None:
    sources, lines = len(record.sources), record.independent_sources
    if sources < 2:
        return
    message = f"{sources} sources, {lines} of them independent of one another."
    if lines == 1:
        message = f"These {sources} sources are not independent: none confirms another."
    writer.document.gap()
    writer.document.add(Piece(message, "muted"), indent=2)
