"""The filters of `tm list`, as options."""

from typing import Annotated

import typer

from targetmarkets.cli import complete
from targetmarkets.model.vocabulary import (
    ACTIVITY_TYPES,
    CERTAINTIES,
    CLAIM_KINDS,
    CUSTOMER_KINDS,
    EVIDENCE_KINDS,
    LAYERS,
    REGIONS,
    SCOPES,
    STANCES,
    STATUSES,
)

Category = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Those in a category: resilient, reluctant, ad hoc.",
        autocompletion=complete.ids("categories"),
    ),
]
Customer = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="A customer, by id, name, alias or ISO code.",
        autocompletion=complete.ids("customers"),
    ),
]
Kind = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KIND",
        help="Customers of a kind: state, non-state. Claims also of a kind of their own: "
        f"{', '.join(CLAIM_KINDS)}.",
        autocompletion=complete.terms([*CUSTOMER_KINDS, *CLAIM_KINDS]),
    ),
]
Region = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Customers of a UN M49 region or sub-region, such as Africa or Eastern Africa.",
        autocompletion=complete.terms(REGIONS),
    ),
]
Activity = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TYPE",
        help="A type of activity; for customers, one asserted of them alone.",
        autocompletion=complete.terms(ACTIVITY_TYPES),
    ),
]
Certainty = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WORD",
        help="How sure: stated, likely, possible, alleged, implied. "
        "For customers, of the classification that puts them in their category.",
        autocompletion=complete.terms(CERTAINTIES),
    ),
]
Evidence = Annotated[
    list[str] | None,
    typer.Option(
        metavar="quoted|referenced",
        help="With at least one quotation, or with none. For customers, as --certainty.",
        autocompletion=complete.terms(EVIDENCE_KINDS),
    ),
]
Source = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ID",
        help="Resting on a source. For customers, as --certainty.",
        autocompletion=complete.ids("sources"),
    ),
]
Layer = Annotated[
    list[str] | None,
    typer.Option(
        metavar="|".join(LAYERS),
        help="Claims whose chain of speakers holds the book, else its author, or neither.",
        autocompletion=complete.terms(LAYERS),
    ),
]
Scope = Annotated[
    list[str] | None,
    typer.Option(
        metavar="|".join(SCOPES),
        help="Claims of a scope: of one customer, of several together, of a group.",
        autocompletion=complete.terms(SCOPES),
    ),
]
Stance = Annotated[
    list[str] | None,
    typer.Option(
        metavar="|".join(STANCES),
        help="Claims that assert, or that deny.",
        autocompletion=complete.terms(STANCES),
    ),
]
Status = Annotated[
    list[str] | None,
    typer.Option(
        metavar="|".join(STATUSES),
        help="Claims of a status; accepted unless told.",
        autocompletion=complete.terms(STATUSES),
    ),
]
Period = Annotated[
    list[str] | None,
    typer.Option(
        metavar="EDTF",
        help="Claims whose period may share a day with this one: 2009, 2009-07, 2009/2013.",
    ),
]
Limit = Annotated[int | None, typer.Option(metavar="N", min=0, help="Show the first N only.")]
