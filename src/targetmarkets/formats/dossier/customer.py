"""Dossiers of customers, and of the categories and groups that they are sorted into."""

from targetmarkets.formats.document import Piece
from targetmarkets.formats.dossier.writer import SEPARATOR, Writer
from targetmarkets.records import (
    CategoryRecord,
    ClaimRecord,
    CustomerRecord,
    GroupRecord,
    Subject,
)
from targetmarkets.vocabulary import REGIONS


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
    writer.document.heading("Customers")
    width = max((len(member.name) for member in record.customers), default=0) + 2
    classifications = {claim.id: claim for claim in record.classifications}
    for member in record.customers:
        writer.document.add(
            Piece(member.name.ljust(width), "label"),
            Piece(member.basis.known, member.basis.certainty),
            SEPARATOR,
            Piece(f"{member.basis.said_by} ", "muted"),
            writer.marks(classifications[member.basis.claim]),
            indent=2,
            hang=width,
            role="item",
        )
    said = [claim for claim in record.claims if not _equates(claim)]
    writer.claims("Said of the category", said, "and so of no customer in particular")
    writer.claims("Groups taken to be this category", filter(_equates, record.claims))
    writer.footnotes()


def write_group(writer: Writer, record: GroupRecord) -> None:
    """A group as a text names it."""
    writer.title(f"“{record.name}”", "a group, in the words of a text", record.id)
    names = ", ".join(member.name for member in record.members)
    writer.field("names", names or "the text names no member")
    writer.claims("Said of the group", record.claims, "and so of no customer in particular")
    writer.footnotes()


def _place_denials(writer: Writer, record: CustomerRecord) -> None:
    """Have each denial shown below the first claim of this dossier that it denies."""
    shown = {claim.id for claim in (*record.activities, *record.claims)}
    for claim in record.denied:
        denied = [id_ for id_ in claim.denies if id_ in shown]
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
    equations = {_group_of(claim).id: claim for claim in record.group if _equates(claim)}
    claims = [claim for claim in record.group if not _equates(claim)]
    subjects = {
        subject.id: subject
        for claim in claims
        for subject in claim.about
        if subject.object == "group" or subject.id == record.category
    }
    if subjects:
        note = f"not of {record.name} in particular"
        writer.document.heading("Said of its category and of groups", note)
    for number, subject in enumerate(subjects.values()):
        if number:
            writer.document.gap()
        label, marks = _group_label(writer, record, subject, equations.get(subject.id))
        writer.document.add(Piece(f"{label} ", "label"), marks, indent=2, hang=2, role="item")
        for claim in claims:
            if subject in claim.about:
                writer.entry(claim, indent=4)


def _group_label(
    writer: Writer, record: CustomerRecord, subject: Subject, equation: ClaimRecord | None
) -> tuple[str, Piece | None]:
    """How a group is introduced, and the footnote marks for why it is shown here."""
    if subject.object == "category":
        return f"Of {subject.name.lower()} customers", None
    if equation is None:
        return f"Of “{subject.name}”, {record.name} among those named", None
    category = next(s.name for s in equation.about if s.object == "category").lower()
    how = "by implication" if equation.certainty == "implied" else f"{equation.certainty} to be"
    return f"Of “{subject.name}”, {how} {category} customers", writer.marks(equation)


def _equates(claim: ClaimRecord) -> bool:
    """Whether a claim takes a group to be a category."""
    return (claim.kind, claim.scope, claim.stance) == ("classification", "group", "asserted")


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
