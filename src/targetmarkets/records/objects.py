"""The records that `--json` prints and the Python interface returns: each kind has its module.

A record is composed from the stored objects: it says what it is (`object`), stands by itself,
and has one shape wherever it is printed. Its fields are an interface: they are only added to.

Who imports this module imports them all; a run that shows one kind does without.
"""

from typing import TYPE_CHECKING, TypeAlias

from targetmarkets.records.categories import CategoryRecord, GroupRecord
from targetmarkets.records.claims import ClaimRecord
from targetmarkets.records.customers import CustomerRecord
from targetmarkets.records.events import ActorRecord, EventRecord
from targetmarkets.records.sources import QuoteRecord, SourceRecord

if TYPE_CHECKING:  # or every list would build the models of pictures
    from targetmarkets.records.briefs import CustomerBrief
    from targetmarkets.records.hits import HitRecord
    from targetmarkets.records.pictures import CellRecord, ComparisonRecord, MomentRecord

AnyRecord = (
    CustomerRecord
    | CategoryRecord
    | GroupRecord
    | EventRecord
    | ActorRecord
    | ClaimRecord
    | QuoteRecord
    | SourceRecord
)

ListedRecord: TypeAlias = (
    "AnyRecord | HitRecord | CustomerBrief | MomentRecord | CellRecord | ComparisonRecord"
)
"""What a list can be made of; a brief for a table of customers alone."""
