"""The published scales that Voix can score, by their short name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from . import alimentation, situation
from .bareme import Bareme

BAREMES: Final[Mapping[str, Bareme]] = MappingProxyType(
    {
        "fies": Bareme("FIES", 8, 1, alimentation.fies, "FAO, Voices of the Hungry"),
        "who5": Bareme("WHO-5", 5, 5, situation.who5, "OMS"),
        "epices": Bareme("EPICES", 11, 1, situation.epices, "Cetaf"),
        "hfias": Bareme("HFIAS", 9, 3, alimentation.hfias, "FANTA, version 3"),
        "hdds": Bareme("HDDS", 12, 1, alimentation.hdds, "FANTA, version 2"),
        "fcs": Bareme("FCS", 8, 7, alimentation.fcs, "Programme alimentaire mondial", ecrete=True),
        "rcsi": Bareme("rCSI", 5, 7, alimentation.rcsi, "Programme alimentaire mondial"),
        "suffisance": Bareme(
            "de suffisance", 1, 4, alimentation.suffisance, "USDA, CRÉDOC", minimum=1
        ),
    }
)
