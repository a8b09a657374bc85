"""What the last word of a name says about it: a University is no person, a River no company."""

import re

from postil.entities.labels import PLACES
from postil.entities.passage import Passage

ORGANISATIONS = re.compile(
    r" (?:University|College|School|Academy|Institute|Institution|Laborator(?:y|ies)|Ministry|Department|Committee|"
    r"Commission|Council|Association|Society|Federation|Foundation|Company|Corporation|Bank|Party|Railroad|Railways?|"
    r"Airlines|Diocese|Regiment|Squadron|Brigade|Air Force|Navy|Union|League|Club|FC|Orchestra|Records|Agency|"
    r"Authority|Parliament|Senate|Court|Hospital|Museum|Times|Post|Gazette|Group|Industries|Technologies|Systems|"
    r"Productions|Securities|Airlines?|Airways|Pictures|Studios|Entertainment|Holdings|Partners|Motors|Pharmaceuticals|"
    r"Media|News|Journal|Tribune|Herald|Chronicle|Magazine|Television|Broadcasting|Networks?|Robotics|Labs|Software)$"
)
SITES = re.compile(
    r" (?:Airport|Avenue|Street|Road|Highway|Bridge|Tunnel|Park|Playfield|Gardens?|Stadium|Arena|Gym|Square|Palace|"
    r"Castle|Cathedral|Tower|Station|Harbou?r|Hall)$"
)
LANDS = re.compile(
    r"^(?:Lake|Mount|Cape|River|Gulf of|Strait of|Bay of|Isle of) | (?:River|Lake|Mountains?|Valley|Islands?|Peninsula|"
    r"Sea|Ocean|Strait|Desert|Forest|Reservoir|Cave|Coast|Gulf|Bay|Beach|Province|County|District|Region)$"
)
OCCASIONS = re.compile(
    r" (?:Cup|Cup Finals?|Championships?|Games|Summit|Festival|Awards?|Prize|Trophy|Olympics|Grand Prix|Air Show|"
    r"Auto Show|Motor Show|Marathon|Biennale|Expo)$"
)
DOUBTED = {
    "ORG": PLACES | {"PERSON", "PRODUCT", "WORK_OF_ART", "NORP"},
    "FAC": frozenset({"PERSON", "ORG"}),
    "LOC": frozenset({"PERSON", "ORG"}),
    "EVENT": PLACES | {"PERSON", "ORG", "PRODUCT", "NORP"},
}
HEADS = (("ORG", ORGANISATIONS), ("FAC", SITES), ("LOC", LANDS), ("EVENT", OCCASIONS))
"""For each label a head may give: the labels that it overrules."""


def has_head(name: str) -> bool:
    """Whether a name's own words say that it is no person."""
    return any(pattern.search(name) for _, pattern in HEADS)


def heed_heads(passage: Passage) -> None:
    """Relabel the names whose own words say that they are something else."""
    for span in passage.names():
        name = passage.name(span)
        if passage.gazetteer.knows(name):
            continue
        for label, pattern in HEADS:
            if span.label in DOUBTED[label] and pattern.search(name):
                passage.relabel(span, label)
                break
