"""When two names are written the same: folded for case, marks, dots and a leading article, never by likeness."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

Key = tuple[str, str]  # kind and words; or ("=", id) for an editor's entry

INITIALS = re.compile(r"\b(\w)\.(?:\s+(?=\w\.))?")
NOT_WORD = re.compile(r"[^\w@#]+")
ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\S)")
COMPANY = re.compile(r"(?<=\w) (?:inc|incorporated|ltd|llc|corp|corporation|co|company|plc|limited|gmbh|ag|sa)$")
SMALL = frozenset(("and", "at", "the"))
# Of these kinds one and the same is often called now this, now that: the museum is a building and a body.
THINGS = frozenset(("organization", "facility", "work", "product", "event", "law"))


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """Gives the form under which equal names meet: “The U.S.” and “US”, “E. M. Forster” and “E.M. Forster”."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    plain = re.sub(r"'s?$", "", plain)
    plain = INITIALS.sub(r"\1", plain).replace("'", "")
    plain = ARTICLE.sub("", plain.strip())
    return NOT_WORD.sub(" ", plain).strip() or plain or name


@lru_cache(maxsize=20_000)
def key(kind: str, name: str) -> Key:
    """Gives what equal names of a kind meet under: a company's form and small words make no difference.

    Names of several words meet whichever of the THINGS they were taken for; a single word says less,
    so `Mercury` the product and `Mercury` the event stay two.
    """
    words = fold(name).split()
    if kind in THINGS:
        words = [w for w in COMPANY.sub("", " ".join(words)).split() if w not in SMALL] or words
        kind = "thing" if len(words) > 1 else kind
    return kind, " ".join(words)
