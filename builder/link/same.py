"""Which keys are one across articles: by names that one article gives the same entity, and by middle initials.

What one article says holds for the others as long as none contradicts it: an acronym that two articles
spell out differently, or a pair that some article names as two, stays apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from itertools import combinations

from builder.link.names import Key, key

ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Z&.]{1,8}s?")
LINEAGE = frozenset(("jr", "sr", "ii", "iii", "iv"))
Parts = tuple[str, tuple[str, ...], str]  # first name, middle names, last name with what follows it


class Sames:
    """Gathers what articles say about names, then gives every key the one it stands for."""

    def __init__(self) -> None:
        self._called: dict[Key, dict[Key, None]] = defaultdict(dict)  # second name -> the entities that bear it

    def called(self, entity: Key, kind: str, forms: Iterable[str]) -> None:
        """Takes in the names an article gives an entity; only names that mean one thing by themselves count."""
        for form in forms:
            other = key(kind, form)
            if other != entity and _telling(kind, form, other[1], entity[1]):
                self._called[other][entity] = None

    def roots(self, keys: Collection[Key], beside: Callable[[Key, Key], bool]) -> dict[Key, Key]:
        """Gives the key that a given one stands for, where it is another one.

        `beside` tells whether some article has both, each as a name of its own.
        """
        parent = {k: k for k in keys}

        def root(one: Key) -> Key:
            while parent[one] != one:
                parent[one] = parent[parent[one]]
                one = parent[one]
            return one

        for one, other in [*self._second_names(parent, beside), *_middle_initials(parent)]:
            parent[root(one)] = root(other)
        return {k: found for k in parent if (found := root(k)) != k}

    def _second_names(self, keys: Collection[Key], beside: Callable[[Key, Key], bool]) -> Iterable[tuple[Key, Key]]:
        for name, bearers in sorted(self._called.items()):
            if name in keys and len(bearers) == 1:
                (bearer,) = bearers
                if bearer in keys and not beside(name, bearer):
                    yield name, bearer

    def candidates(self) -> dict[Key, tuple[Key, ...]]:
        """Gives the entities that a name may stand for, where there are several."""
        return {name: tuple(sorted(bearers)) for name, bearers in self._called.items() if len(bearers) > 1}


def _telling(kind: str, form: str, words: str, entity: str) -> bool:
    """Several words, an acronym, or what stays of a body's name when its head word is left out."""
    if " " in words:
        return True
    return kind != "person" and (ACRONYM.fullmatch(form) is not None or entity.endswith(f" of {words}"))


def _middle_initials(keys: Iterable[Key]) -> Iterable[tuple[Key, Key]]:
    """`Ann B. Lee` is `Ann Lee`, and `Ann Beatrice Lee` where no other Ann Lee has a B.: first and last name agree."""
    blocks: dict[tuple[str, str], list[tuple[tuple[str, ...], Key]]] = defaultdict(list)
    for one in sorted(keys):
        if one[0] == "person" and (parts := _parts(one[1])):
            blocks[parts[0], parts[2]].append((parts[1], one))
    for block in blocks.values():
        short = [(m, k) for m, k in block if all(len(w) == 1 for w in m)]
        if not all(_agree(a, b) for (a, _), (b, _) in combinations(block, 2) if a and b):
            continue
        yield from ((k, short[0][1]) for _, k in short[1:])
        full = [(m, k) for m, k in block if any(len(w) > 1 for w in m)]
        if len(full) == 1 and any(short_middles for short_middles, _ in short):
            yield full[0][1], short[0][1]


def _parts(words: str) -> Parts | None:
    first, *rest = words.split()
    tail = [rest.pop()] if len(rest) > 1 and rest[-1] in LINEAGE else []
    return (first, tuple(rest[:-1]), " ".join([rest[-1], *tail])) if rest else None


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Middle names agree when each is the other's or its initial."""
    return len(one) == len(other) and all(
        a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(one, other, strict=True)
    )
