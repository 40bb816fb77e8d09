"""Ids of records: the name's slug; where several bear one, each with what sets it apart, so that none moves.

A number would move when an article is added before the others. A lone surname is its article's, a second person of
a name the one of the first article that tells of them, and things of several kinds are told apart by kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from builder.link.names import Key
from builder.model.slug import DEVICES, slugify, unique

LONE = "person in "  # the kind of a lone surname's key, with the article's slug after it


def assign(
    keys: Iterable[Key], name: Callable[[Key], str], article: Callable[[Key], str], taken: Iterable[str]
) -> Mapping[Key, str]:
    """Gives every key its id; `article` is the first that names it, `taken` are the ids of editors' entries."""
    bearing: defaultdict[str, list[Key]] = defaultdict(list)
    for key in sorted(keys):
        bearing[slugify(name(key))].append(key)
    used, reached, found = {*taken, *DEVICES}, dict[str, int](), dict[Key, str]()
    alone = {slug for slug, several in bearing.items() if len(several) == 1}
    for slug in sorted(bearing, key=lambda s: (s not in alone, s)):  # who shares a name never takes another's
        kinds = {key[0] for key in bearing[slug]}
        for key in bearing[slug]:
            own = "" if slug in alone else _apart(key, kinds, article(key))
            found[key] = unique(slugify(f"{slug} {own}") if own else slug, used, reached)
    return found


def _apart(key: Key, kinds: set[str], article: str) -> str:
    """What sets a key apart from others of its name: its article, else its kind."""
    if key[0].startswith(LONE) or key[1].rpartition(" ")[2].isdigit():
        return f"in {article}"
    others = {kind for kind in kinds if not kind.startswith(LONE)} - {key[0]}
    return key[0] if others else ""
