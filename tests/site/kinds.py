"""One page of each kind, for what is tested of every kind."""

from typing import Final

KINDS: Final = {
    "home": "index.html",
    "customer": "customer/syria.html",
    "category": "category/ad-hoc.html",
    "group": "group/many-of-these-countries.html",
    "event": "event/chong-chon-gang-2013.html",
    "actor": "actor/chong-chon-gang.html",
    "archived source": "source/nknews-2015.html",
    "other source": "source/crs-r43480.html",
    "claim by quotation": "claim/syria-officers.html",
    "claim by reference": "claim/syria-brass-discs-copper-rods-2010.html",
    "events": "events.html",
    "matrix": "matrix.html",
    "actors": "actors.html",
    "sources": "sources.html",
    "search": "search.html#q=korea",
    "about": "about.html",
}
