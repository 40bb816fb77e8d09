"""Names of folders and records: ASCII letters, digits and hyphens, never a path and never article text as it is."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 80
# Windows has no files of these names.
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})
VALID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slugify(words: str, longest: int = LONGEST) -> str:
    """Gives a slug of the words, cut at a hyphen; words without a Latin letter or digit become their hash."""
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")
    if len(slug) > longest:
        slug = slug[: longest + 1].rsplit("-", 1)[0][:longest].strip("-")
    return slug or "x" + hashlib.sha256(words.encode()).hexdigest()[:10]


def unique(slug: str, taken: set[str], reached: dict[str, int] | None = None) -> str:
    """Gives the slug, or the first of slug-2, slug-3 … that is not taken, and takes it.

    `reached` remembers how far each slug was counted, where thousands may share one: without it each counts anew.
    """
    name, number = slug, 1
    if reached and reached.get(slug, 1) > 1:
        number = reached[slug]
        name = f"{slug}-{number}"
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    taken.add(name)
    if reached is not None:
        reached[slug] = number
    return name
