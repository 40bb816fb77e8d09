"""Words that count a date from a happening: `four days after the flood`."""

from __future__ import annotations

import re

FROM_HAPPENING = re.compile(
    r"\b(?:days?|weeks?|fortnights?|months?|years?|decades?)\s(?:before|after|following|prior\sto)\s\S", re.IGNORECASE
)


def counts_from_happening(words: str) -> bool:
    """True of a time expression that tells a date by a happening, or by a day it names: `two days after Christmas`."""
    return FROM_HAPPENING.search(words) is not None
