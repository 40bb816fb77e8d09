"""When two names are written the same: folded for case, marks, dots and a leading article, never by likeness."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INITIALS = re.compile(r"\b(\w)\.(?:\s+(?=\w\.))?")
NOT_WORD = re.compile(r"[^\w@#]+")
ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\S)")


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """Gives the form under which equal names meet: “The U.S.” and “US”, “J. M. Berger” and “J.M. Berger”."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    plain = re.sub(r"'s?$", "", plain)
    plain = INITIALS.sub(r"\1", plain).replace("'", "")
    plain = ARTICLE.sub("", plain.strip())
    return NOT_WORD.sub(" ", plain).strip() or plain
