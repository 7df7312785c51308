"""Hard quotations of the two bundled texts: what rules of quoting allow, and what seems so."""

from typing import Final

_NK: Final = "nknews-2015"
_RUSI: Final = "rusi-2015"

HARD: Final[tuple[tuple[str, str, bool], ...]] = (
    # Honest, by a first letter
    ("[m]ilitary cooperation with Damascus could be ongoing since the outbreak", _NK, True),
    ("military cooperation with Damascus could be ongoing since the outbreak", _NK, True),
    ("[U]nderstanding the drivers of this trade is essential", _RUSI, True),
    # Honest, by a final stop, and the comma before a closing mark
    ("This gap in analysis is essential to fill.", _RUSI, True),
    ("the constraints could cause the DPRK to fall ever further behind the curve.", _NK, True),
    ("The drivers of these clients’ decisions to buy weapons,", _RUSI, True),
    # Honest, by [sic], inner marks
    ("TECHONLOGICAL [sic] PROGRESS", _NK, True),
    ("Syria, Iran among N. Korea’s ‘resilient’ customers", _NK, True),
    ("the most of ‘resilient’ [sic] of which are unlikely to be dissuaded", _NK, True),
    # Honest, by ellipses
    ("Syria, Iran, Uganda … Burma and Cuba have been steadfast", _NK, True),
    (("In doing so it has likely transferred weapons systems, their designs, . . . and even "
     "personnel to its more resilient customers"), _NK, True),
    (("a host of state and non-state actors continue to buy arms, materiel and services from "
     "Pyongyang […] and inject funds into the same coffers"), _RUSI, True),
    # Honest, by brackets
    ("[This] might be difficult for sanctions regimes alone to pry apart", _NK, True),
    (("adding that fully cutting ties between [North Korea] and a resilient client country would "
     "require wider ranging political or security changes"), _NK, True),
    (("whose limited budgets mean they [the countries] need to extend the functionality of "
     "existing supplies"), _NK, True),
    (("It might be difficult for sanctions regimes alone to pry apart these long[-]standing "
     "relationships"), _NK, True),
    # False, by an ellipsis over a hedge, a negation, or what stands elsewhere
    ("In doing so it has … transferred weapons systems, their designs", _NK, False),
    (("These clients … have been largely motivated by the need to keep certain types of ageing "
     "weapons systems"), _NK, False),
    ("Resilient customers by their nature are … as sensitive to the normative and legal pressures",
     _NK, False),
    ("One last group also exists … dissuade those actors from shopping in Pyongyang", _NK, False),
    ("shopping in Pyongyang … wider ranging political or security changes … it is highly unlikely",
     _NK, False),
    # False, by a bracket for a hedge, a negation or a number
    ("Syria is [certainly] one of North Korea’s most long standing collaborators", _NK, False),
    (("Resilient customers by their nature are [just] as sensitive to the normative and legal "
     "pressures"), _NK, False),
    ("The [300] page document highlights how the DPRK’s potential customers can be divided",
     _NK, False),
    ("the outbreak of the Syrian civil war in [2013]", _NK, False),
    (("The report cites the director of the Syrian Observatory for Human Rights, who [proves] a "
     "small number of North Korean officers are currently providing support"), _NK, False),
    # False, by a part of a word, another number, another hyphen
    ("likely to be dissuaded by sanctions regimes alone", _NK, False),
    (("phasing out the T-54/55 tanks that North Korea previously assisted with, in favour of newer "
     "but still second-hand T-27 tanks"), _NK, False),
    ("the T-54 tanks that North Korea previously assisted with", _NK, False),
    (("Despite a decade-long UN arms embargo, North Korea continues to export non-conventional "
     "weapons"), _RUSI, False),
    # False, by one small word, or its order
    ("sanctions regimes alone cannot pry apart these long standing relationships", _NK, False),
    ("Pyongyang’s wider client base receives much international attention", _RUSI, False),
    ("the considerations that motivated Pyongyang to turn to the client in the first place",
     _RUSI, False),
    # False, by a hedge that was moved out, a stop that ends the sentence before its doubt
    ("Within the next decade or two many more doors will close for North Korea", _NK, False),
    (("its prospective clients will find it enormously difficult, if not impossible, to keep late "
     "Cold War era weapons systems in service"), _NK, False),
)  # fmt: skip
"""The words, the source that is cited, and whether they are the source's."""
