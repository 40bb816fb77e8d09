"""Given names and forms of address that tell `he` from `she`: common ones in English-language news."""

from __future__ import annotations

import unicodedata

from builder.annotate.quotations.lexicon import listed, words

MALE = listed("male_names")
FEMALE = listed("female_names")

MALE_ADDRESS = words("""
    mr sir lord king prince brother father husband son boy uncle nephew grandfather grandson stepfather widower
    boyfriend""")
FEMALE_ADDRESS = words("""
    mrs ms miss lady queen princess sister mother wife daughter girl aunt niece grandmother granddaughter stepmother
    widow girlfriend actress waitress hostess""")
NEUTRAL = words("ombudsman human shaman german roman norman layman")


def gender(name: str, before: str = "") -> str:
    """`m`, `f` or nothing where neither the name nor the words before it tell."""
    tokens = [_plain(w) for w in name.split()]
    lead = [_plain(w) for w in before.split()[-2:]]
    told = next((sex for word in (*lead, *tokens[:1]) if (sex := of_noun(word))), "")
    if told or len(tokens) < 2:
        return told
    return "f" if tokens[0] in FEMALE else "m" if tokens[0] in MALE else ""


def of_noun(noun: str) -> str:
    """`m` or `f` where a noun is said of men or of women only."""
    if noun in FEMALE_ADDRESS or noun.endswith("woman"):
        return "f"
    return "m" if noun in MALE_ADDRESS or (noun.endswith("man") and noun not in NEUTRAL) else ""


def _plain(word: str) -> str:
    """The word as the lists have it: small, without accents."""
    apart = unicodedata.normalize("NFKD", word.strip(".,").lower())
    return "".join(c for c in apart if not unicodedata.combining(c))
