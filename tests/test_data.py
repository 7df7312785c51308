"""The bundled knowledge base: what must hold of it after any later edit."""

import hashlib
import re
from pathlib import Path

from targetmarkets.evidence.verification import verify
from targetmarkets.kb.classify import Classifier, layer
from targetmarkets.kb.json_file import FileKnowledge
from targetmarkets.kb.paths import bundled
from targetmarkets.model.activities import ACTIVITY_TYPES
from targetmarkets.model.vocabulary import REGIONS
from targetmarkets.records.compose import Composer

SEEDS = {
    "000_bea309ebfcaf95b0.txt": "feafb93e0f4aae6897e2584c272f98fe2e4b691a6f26f9b8e5e07c8c2ff6ac51",
    "002_8016e1862c79e43b.txt": "6942836274cc083ad53b5a1592ed31f65228ad18d5e58701debd545da8a9e7a8",
}

CATEGORIES = {
    "resilient": [
        *("syria", "iran", "uganda", "drc", "burma", "cuba"),
        *("armed-palestinian-organisations", "hizbullah", "ltte"),
    ],
    "reluctant": ["yemen", "ethiopia"],
    "ad-hoc": ["republic-of-the-congo", "eritrea", "tanzania"],
}

DOUBT = re.compile(
    "likely|seem|apparent|may|might|could|possib|thought|presumed|doubted|suspect|alleg|claim|"
    "said|says|told|tells|spoke|speaks|report|account|according|describe|name|identified|"
    "estimate|held|cite|pointed|passes|places|traced|denied|noted|count|listed|put|found|wanted"
)
"""Words that tell of doubt, or that somebody else is speaking."""

KNOWN = {
    "syria": "stated",
    "iran": "stated",
    "yemen": "stated, by reference only",
    "ethiopia": "stated, by reference only",
    "tanzania": "possible, by reference only",
}
"""How the category is known; of those not named, it is implied by a quotation."""


def test_the_seeds_are_what_they_were_byte_for_byte(kb: FileKnowledge) -> None:
    recorded = {
        source.archive.file: source.archive.sha256
        for source in kb.sources.values()
        if source.archive
    }
    assert recorded == SEEDS
    for file, sha256 in SEEDS.items():
        data = (bundled().parents[1] / "seeds" / file).read_bytes()
        assert hashlib.sha256(data).hexdigest() == sha256


def test_every_quotation_is_proved() -> None:
    assert verify(bundled()).findings == ()


def test_the_fourteen_customers_are_where_the_sources_put_them(kb: FileKnowledge) -> None:
    members = Classifier(kb).members
    customers = {c: [m for m in members(c) if m in kb.customers] for c in kb.categories}
    assert customers == CATEGORIES


def test_it_is_shown_how_each_category_is_known(composer: Composer) -> None:
    for id_, customer in composer.kb.customers.items():
        basis = composer.customer(customer).category_basis
        assert basis is not None
        assert basis.known == KNOWN.get(id_, "implied")


def test_a_classification_from_the_contents_list_is_implied(kb: FileKnowledge) -> None:
    for claim in kb.content.claims:
        quoted = [kb.quotes[item.quote] for item in claim.evidence if item.quote]
        if claim.kind == "classification" and any(q.source == "rusi-2015" for q in quoted):
            assert claim.certainty == "implied", claim.id
            assert claim.reasoning, claim.id


def test_nothing_without_the_book_in_its_chain_counts_as_the_books(kb: FileKnowledge) -> None:
    for claim in kb.content.claims:
        roles = {speaker.role for speaker in claim.speakers}
        assert (layer(claim) == "book") == bool(roles & {"book", "publisher"}), claim.id


def test_the_hedge_can_be_recognised_in_the_statement(kb: FileKnowledge) -> None:
    """Its word, or a form of it: could, claims that, seems."""
    for claim in kb.content.claims:
        if claim.hedge:
            words = [word for word in claim.hedge.split() if word not in {"be", "highly"}]
            for word in words:
                assert re.search(rf"\b(un)?{re.escape(word[:5])}", claim.statement), claim.id


def test_doubt_in_a_paraphrase_is_in_its_statement(kb: FileKnowledge) -> None:
    """By a word of doubt, or by naming who says it."""
    for claim in kb.content.claims:
        doubtful = claim.certainty in {"likely", "possible", "alleged"}
        if doubtful and not any(item.quote for item in claim.evidence):
            statement = claim.statement.casefold()
            named = any(speaker.name.casefold() in statement for speaker in claim.speakers)
            assert named or DOUBT.search(statement), claim.id


def test_what_was_published_keeps_its_id(kb: FileKnowledge) -> None:
    """`tests/public_ids.txt` is only ever added to: others cite these ids."""
    published = Path(__file__).with_name("public_ids.txt").read_text("utf-8").split()
    assert published == sorted(set(published))
    assert set(published) - set(kb.objects) == set(), "an id that was published is gone"
    assert set(kb.objects) - set(published) == set(), "a new id is not listed yet"


def test_nothing_by_reference_has_a_verbatim_hedge(kb: FileKnowledge) -> None:
    for claim in kb.content.claims:
        if not any(item.quote for item in claim.evidence):
            assert claim.hedge is None, claim.id


def test_every_work_is_cited_or_reported_on(kb: FileKnowledge) -> None:
    used = {id_ for claim in kb.claims.values() for id_ in kb.sources_of(claim)}
    used |= {id_ for source in kb.content.sources for id_ in source.reports_on}
    assert set(kb.sources) == used


def test_the_conflicts_that_are_known_are_recorded(kb: FileKnowledge, composer: Composer) -> None:
    conflicts = {c.id for c in kb.content.claims if composer.claim(c).conflicts_with}
    for start in (
        *("eritrea-ad-hoc", "tanzania-ad-hoc", "ethiopia-reluctant", "ethiopia-most-loyal"),
        *("iran-bangkok", "hizbullah-hamas-bangkok", "syria-graphite-cylinders", "ltte-"),
    ):
        assert any(id_.startswith(start) for id_ in conflicts), start


def test_each_certainty_has_its_words(kb: FileKnowledge) -> None:
    words = {
        "likely": ("likely", "unlikely", "seem", "appear"),
        "possible": ("could", "may", "might", "possibly"),
        "alleged": ("claims", "reportedly", "said to"),
    }
    for claim in kb.content.claims:
        if claim.hedge and claim.certainty in words:
            assert any(word in claim.hedge for word in words[claim.certainty]), claim.id
        if claim.hedge:
            assert claim.certainty != "stated", claim.id


def test_each_quotation_is_cited_and_each_passage_unambiguous(kb: FileKnowledge) -> None:
    for quote in kb.content.quotes:
        assert kb.claims_on_quote(quote.id), quote.id
        archive = kb.sources[quote.source].archive
        assert archive is not None
        text = (bundled().parents[1] / "seeds" / archive.file).read_bytes().decode()
        assert text.count(quote.exact) == 1, quote.id


def test_each_term_is_used(kb: FileKnowledge) -> None:
    used = {claim.activity.type for claim in kb.content.claims if claim.activity}
    assert used == set(ACTIVITY_TYPES)
    assert len(REGIONS) == 22, "the sub-regions of UN M49"


def test_a_denial_points_to_what_it_denies(kb: FileKnowledge) -> None:
    for claim in kb.content.claims:
        assert (claim.stance == "denied") == bool(claim.denies), claim.id


def test_a_paraphrase_does_not_pass_for_a_quotation(kb: FileKnowledge) -> None:
    """Words in quotation marks in a statement come from a quotation of the claim."""
    for claim in kb.content.claims:
        passages = " ".join(kb.quotes[item.quote].exact for item in claim.evidence if item.quote)
        for words in re.findall(r"“([^”]+)”", claim.statement):
            assert words in passages, claim.id


def test_quotations_are_in_the_order_of_the_sources_and_their_texts(kb: FileKnowledge) -> None:
    sources = list(kb.sources)
    places = [(sources.index(q.source), q.start, q.end) for q in kb.content.quotes]
    assert places == sorted(places)


def test_customers_are_in_the_order_of_the_books_chapters(kb: FileKnowledge) -> None:
    assert [c.id for c in kb.content.customers] == [
        id_ for ids in CATEGORIES.values() for id_ in ids
    ]
