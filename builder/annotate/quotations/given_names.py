"""Given names and forms of address that tell `he` from `she`: common ones in English-language news."""

from __future__ import annotations

from builder.annotate.quotations.lexicon import listed, words

MALE = listed("male_names")
FEMALE = listed("female_names")

MALE_ADDRESS = words("mr sir lord king prince brother father husband son congressman chairman spokesman businessman")
FEMALE_ADDRESS = words(
    "mrs ms miss lady queen princess sister mother wife daughter congresswoman chairwoman spokeswoman businesswoman"
)


def gender(name: str, before: str = "") -> str:
    """`m`, `f` or nothing where neither the name nor the words before it tell."""
    tokens = [w.strip(".,").lower() for w in name.split()]
    lead = [w.strip(".,").lower() for w in before.split()[-2:]]
    for word in (*lead, *tokens[:1]):
        if word in FEMALE_ADDRESS:
            return "f"
        if word in MALE_ADDRESS:
            return "m"
    if not tokens or len(tokens) < 2:
        return ""
    return "f" if tokens[0] in FEMALE else "m" if tokens[0] in MALE else ""
