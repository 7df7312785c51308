"""The tables of a knowledge base.

Each value of a stored object has a column or a row of its own, so that the objects can be made of
them again; what is worked out stands beside it, and says so by having no field.
"""

from typing import Final

from targetmarkets.exports.tables.table import Column, Table, ordered, text

SOURCES: Final = Table(
    "sources",
    "Works that claims rest on, archived here or only referred to.",
    ("id",),
    (
        text("id", "Source.id"),
        text("title", about="Title of the work; in square brackets what it is, if it has none."),
        text("issued", about="Date of publication in ISO 8601, as exact as known.", null=True),
        text("type", about="Type of the work in CSL."),
        text("citation", about="Reference to the work."),
        text("url", about="Address of the work.", null=True),
        text("descriptor", "Source.descriptor"),
        Column("read", "boolean", "Source.read"),
        text("title_from", "Source.title_from", null=True),
        Column("bibliography", "object", "Source.bibliography"),
        text("archive_file", "Archive.file", null=True),
        text("archive_sha256", "Archive.sha256", null=True),
        text("archive_media_type", "Archive.media_type", null=True),
        text("original_file", "Original.file", null=True),
        text("original_sha256", "Original.sha256", null=True),
        text("original_media_type", "Original.media_type", null=True),
        text("original_extractor", "Original.extractor", null=True),
        Column("gaps", "array", "Archive.gaps", null=True),
    ),
)
REPORTS_ON: Final = Table(
    "source_reports_on",
    "Sources that a source reports on or is part of: they do not count as independent.",
    ("source", "position"),
    (
        *ordered("source", "sources"),
        text("reports_on", "Source.reports_on", to="sources"),
    ),
)
PAGES: Final = Table(
    "pages",
    "Pages of archived texts.",
    ("source", "position"),
    (
        *ordered("source", "sources"),
        text("label", "Page.label"),
        Column("start_at", "integer", "Page.start"),
    ),
)
BREAKS: Final = Table(
    "breaks",
    "What stands in an archived text where a sentence goes on in the next column or page.",
    ("source", "position"),
    (
        *ordered("source", "sources"),
        Column("start_at", "integer", "Break.start"),
        Column("end_at", "integer", "Break.end"),
    ),
)
SET_ASIDE: Final = Table(
    "set_aside",
    "Passages of archived texts that no claim needs, and why.",
    ("source", "position"),
    (
        *ordered("source", "sources"),
        text("exact", "SetAside.exact"),
        Column("start_at", "integer", "SetAside.start"),
        Column("end_at", "integer", "SetAside.end"),
        text("reason", "SetAside.reason"),
    ),
)
QUOTES: Final = Table(
    "quotes",
    "Verbatim passages of archived texts.",
    ("id",),
    (
        text("id", "Quote.id"),
        text("source", "Quote.source", to="sources"),
        text("exact", "Quote.exact"),
        Column("start_at", "integer", "Quote.start"),
        Column("end_at", "integer", "Quote.end"),
        Column("part_of_word", "boolean", "Quote.part_of_word"),
        text("page", about="Label of the page on which it begins.", null=True),
        text("last_page", about="Label of the one on which it ends, if another.", null=True),
        text("citation", about="The work, with the place in it."),
    ),
)
CATEGORIES: Final = Table(
    "categories",
    "The kinds of customer into which the book sorts them.",
    ("id",),
    (
        text("id", "Category.id"),
        text("name", "Category.name"),
        text("chapter", "Category.chapter"),
    ),
)
CUSTOMERS: Final = Table(
    "customers",
    "States and non-state actors that a source sorts among North Korea's military customers.",
    ("id",),
    (
        text("id", "Customer.id"),
        text("name", "Customer.name"),
        text("kind", "Customer.kind"),
        text("alpha_2", "Iso3166.alpha_2", null=True),
        text("alpha_3", "Iso3166.alpha_3", null=True),
        text("numeric_code", "Iso3166.numeric", null=True),
        text("region", "Customer.region"),
        text(
            "category",
            about="Category in which all its accepted classifications agree, in the whole "
            "knowledge base.",
            to="categories",
            null=True,
        ),
    ),
)
GROUPS: Final = Table(
    "groups",
    "Sets of customers as a text names them. What is said of one is said of no member.",
    ("id",),
    (text("id", "Group.id"), text("name", "Group.name")),
)
GROUP_MEMBERS: Final = Table(
    "group_members",
    "Customers that a text names when it speaks of a group.",
    ("named_group", "position"),
    (
        text("named_group", about="Id of the group.", to="groups"),
        Column("position", "integer", about="Its place among them, from 0."),
        text("customer", "Group.members", to="customers"),
    ),
)
EVENTS: Final = Table(
    "events",
    "Occurrences that several claims speak of; all that is known of them stands in these claims.",
    ("id",),
    (text("id", "Event.id"), text("name", "Event.name"), text("kind", "Event.kind")),
)
ACTORS: Final = Table(
    "actors",
    "Firms, agencies, ships, aircraft, armed groups and persons.",
    ("id",),
    (
        text("id", "Actor.id"),
        text("name", "Actor.name"),
        text("kind", "Actor.kind"),
        text("country", "Actor.country", null=True),
    ),
)
IDENTIFIERS: Final = Table(
    "actor_identifiers",
    "Numbers by which actors are known.",
    ("actor", "position"),
    (
        *ordered("actor", "actors"),
        text("scheme", "Identifier.scheme"),
        text("value", "Identifier.value"),
    ),
)
OTHER_NAMES: Final = Table(
    "other_names",
    "Other names that find an object, and the ids that it had before.",
    ("object", "kind", "position"),
    (
        text("object", about="Id of the object, in whichever table it stands."),
        text("kind", about="`alias`, or `former id`."),
        Column("position", "integer", about="Its place among them, from 0."),
        text("name", "Named.aliases, Stored.formerly", about="The name or the id."),
    ),
)

CLAIMS: Final = Table(
    "claims",
    "Claims: what one chain of speakers says, on what evidence, with what certainty.",
    ("id",),
    (
        text("id", "Claim.id"),
        text("kind", "Claim.kind"),
        text("statement", "Claim.statement"),
        text("stance", "Claim.stance"),
        text("certainty", "Claim.certainty"),
        text("certainty_of", about="Of what the certainty is: that it is so, or that it is not."),
        text("certainty_basis", "Claim.certainty_basis"),
        Column("negative", "boolean", "Claim.negative"),
        text("hedge", "Claim.hedge", null=True),
        text("hedge_note", "Claim.hedge_note", null=True),
        text("known", about="How well it is known, in words: `stated, by reference only`."),
        text("said_by", about="Whose word it is, and through whom."),
        text("layer", about="Whether the book is in the chain, or its author, or neither."),
        text("scope", "Claim.scope", null=True),
        text("event", "Claim.event", to="events", null=True),
        text("period", "Claim.period", null=True),
        text("earliest", about="First day that the period may hold; empty if open.", null=True),
        text("latest", about="Last day that the period may hold; empty if open.", null=True),
        text("era", about="How the period lies to 14 October 2006, when sanctions began."),
        text("said", "Claim.said", null=True),
        text("activity_type", about="Goods and form in one word.", null=True),
        text("goods", "Activity.goods", null=True),
        text("form", "Activity.form", null=True),
        text("outcome", "Activity.outcome", null=True),
        text("evidence_kind", about="`quoted` if a quotation is among it, else `referenced`."),
        Column("joint", "boolean", "Claim.joint"),
        text("reasoning", "Claim.reasoning", null=True),
        text("note", "Claim.note", null=True),
        text("reliability", "Assessment.reliability", null=True),
        Column("credibility", "integer", "Assessment.credibility", null=True),
        text("assessed_by", "Assessment.by", null=True),
        text("assessed_why", "Assessment.why", null=True),
        text("status", "Claim.status"),
        text("retraction", "Claim.retraction", null=True),
    ),
)
ABOUT: Final = Table(
    "claim_about",
    "What claims are about: each row a customer, a category or a group.",
    ("claim", "position"),
    (
        *ordered("claim", "claims"),
        text("customer", "Claim.about", about="Id of the customer.", to="customers", null=True),
        text("category", "Claim.about", about="Id of the category.", to="categories", null=True),
        text("named_group", "Claim.about", about="Id of the group.", to="groups", null=True),
    ),
)
SPEAKERS: Final = Table(
    "claim_speakers",
    "The chain of those who say a claim, outermost first.",
    ("claim", "position"),
    (
        *ordered("claim", "claims"),
        text("role", "Speaker.role"),
        text("name", "Speaker.name"),
        text("mode", "Speaker.mode"),
        text("work", "Speaker.work", to="sources", null=True),
    ),
)
LINKS: Final = Table(
    "claim_links",
    "Claims that a claim denies, or cannot both be right with.",
    ("claim", "relation", "position"),
    (
        text("claim", about="Id of the claim.", to="claims"),
        text("relation", about="`denies` or `conflicts_with`."),
        Column("position", "integer", about="Its place among them, from 0."),
        text("other_id", "Claim.denies, Claim.conflicts_with", about="Id of the other claim."),
        text("other", about="The same, if that claim is here.", to="claims", null=True),
    ),
)
PLACES: Final = Table(
    "claim_places",
    "Places that claims name.",
    ("claim", "position"),
    (
        *ordered("claim", "claims"),
        text("name", "Place.name"),
        text("country", "Place.country", null=True),
        text("relation", "Place.relation"),
    ),
)
PARTIES: Final = Table(
    "claim_parties",
    "Who takes part in what claims say: each row an actor, a customer, or a state by its code.",
    ("claim", "position"),
    (
        *ordered("claim", "claims"),
        text("part", "Party.part"),
        text("actor", "Party.id", about="Id of the actor.", to="actors", null=True),
        text("customer", "Party.id", about="Id of the customer.", to="customers", null=True),
        text("state", "Party.state", null=True),
    ),
)
ITEMS: Final = Table(
    "claim_items",
    "What is supplied, in the source's own terms.",
    ("claim", "position"),
    (*ordered("claim", "claims"), text("item", "Activity.items")),
)
QUANTITIES: Final = Table(
    "claim_quantities",
    "How many or how much. What several claims say of one thing is not to be added up.",
    ("claim", "position"),
    (
        *ordered("claim", "claims"),
        Column("value", "number", "Quantity.value"),
        Column("up_to", "number", "Quantity.to", null=True),
        text("unit", "Quantity.unit"),
        text("qualifier", "Quantity.qualifier", null=True),
    ),
)
EVIDENCE: Final = Table(
    "evidence",
    "What claims rest on. Each item alone supports its claim, unless they are joint.",
    ("claim", "position"),
    (
        *ordered("claim", "claims"),
        text("kind", about="`quotation`, which can be proved, or `reference`, unproved."),
        text("quote", "Evidence.quote", to="quotes", null=True),
        text("reference", "Reference.source", to="sources", null=True),
        text("locator_label", "Locator.label", null=True),
        text("locator", "Locator.value", null=True),
        text("consulted_at", "Reference.consulted_at", null=True),
        text("citation", about="Of a reference: the work, with the place in it.", null=True),
    ),
)

TABLES: Final = (
    *(SOURCES, REPORTS_ON, PAGES, BREAKS, SET_ASIDE, QUOTES, CATEGORIES, CUSTOMERS, GROUPS),
    *(GROUP_MEMBERS, EVENTS, ACTORS, IDENTIFIERS, OTHER_NAMES, CLAIMS, ABOUT, SPEAKERS, LINKS),
    *(PLACES, PARTIES, ITEMS, QUANTITIES, EVIDENCE),
)
"""Every table; one that refers to another comes after it."""
