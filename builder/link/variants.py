"""One statement in other words: paraphrased, or translated again, by articles printed close to each other.

Likeness of topic is never enough. Two wordings are one statement when the same speaker is known to have said both, or
the same carrier passed both on; when most of what their words say is shared, uncommon words among it and in the same
order; when neither has a name or figure in the place of another, denies what the other says or turns it round; and
when no article gives both. Every member of a group is like every other. Rare words find what to compare, so that
pairs are never all compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product

from msgspec import Struct

from builder.link import wording
from builder.link.lexicon import lines, words
from builder.link.quotations import Said

DAYS = 7  # between the articles
COMMON = 40  # statements of one speaker that share a word; more, and the word tells nothing
ALIKE, LOOSE, STRICT = 0.5, 0.6, 0.75  # share of all content words: direct; of indirect speech; where no day is known
SHARED, TELLING = 4, 2  # content words in common at least, and of these such as few statements have
ORDERED = 0.7  # of the shared words, those that stand in the same order
PLAIN = frozenset(wording.stem(w) for w in words("plain"))
BACKSHIFT = frozenset(wording.stem(w) for w in ("would", "could", "might", "may"))  # `will` in indirect speech
DENYING = frozenset({"no", "not", "never", "none", "nobody", "nothing", "nor", "neither", "cannot", "without"})
DENIALS = DENYING | {wording.stem(word) for word in DENYING}
OPPOSITES = [frozenset(wording.stem(w) for w in line.split()) for line in lines("opposites")]


class Told(Struct, frozen=True):
    """What a group's fullest wording says, as far as words can be compared. `at` is the group's number."""

    at: int
    indirect: bool
    order: tuple[str, ...]  # stems of content words
    names: tuple[str, ...]
    figures: frozenset[str]
    turns: frozenset[str]
    days: tuple[int, int] | None
    articles: frozenset[str]

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(self.order)


def join(groups: Sequence[list[Said]]) -> list[list[Said]]:
    """Gives the groups with those that are variants of one statement put together, the fullest first."""
    said_by: dict[str, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        if group[0].who:
            said_by[group[0].who].append(at)
    home: dict[int, list[int]] = {}
    for several in said_by.values():
        if len(several) > 1:
            home.update(_homes(_told(at, groups[at]) for at in several))
    return list(_merged(groups, home))


def _homes(said: Iterable[Told]) -> dict[int, list[int]]:
    """Of what one said, or one carrier passed on: the groups that are one with each, by number."""
    told = {t.at: t for t in said if len(t.stems) >= SHARED}
    count = Counter(stem for t in told.values() for stem in t.stems)
    scores = {pair: score for pair in _near(told, count) if (score := _alike(told[pair[0]], told[pair[1]], count))}
    home = {at: [at] for at in told}
    for (a, b), _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        one, other = home[a], home[b]
        if one is not other and all(_pair(x, y) in scores for x, y in product(one, other)):
            one.extend(other)
            home.update(dict.fromkeys(other, one))
    return {at: together for at, together in home.items() if len(together) > 1}


def _merged(groups: Sequence[list[Said]], home: dict[int, list[int]]) -> Iterator[list[Said]]:
    for at, group in enumerate(groups):
        together = sorted(home.get(at, [at]))
        if together[0] == at:
            every = [one for number in together for one in groups[number]]
            yield sorted(every, key=_fullest) if len(together) > 1 else group


def _fullest(one: Said) -> tuple[bool, int, str, str]:
    """Quoted words before reported ones, then as word for word."""
    return one.form == "indirect", -one.length, one.article, one.id


def _told(at: int, group: list[Said]) -> Told:
    fullest = group[0]
    words = fullest.words
    order = tuple(stem for word in words for stem in _stems(word))
    known = [one.day for one in group if one.day is not None]
    return Told(
        at=at,
        indirect=fullest.form == "indirect",
        order=order,
        names=tuple(dict.fromkeys(fullest.names)),
        figures=wording.figures(words),
        turns=frozenset("not" if turn in DENIALS else turn for turn in wording.turns(words) - BACKSHIFT),
        days=(min(known), max(known)) if known else None,
        articles=frozenset(one.article for one in group),
    )


@lru_cache(maxsize=50_000)
def _stems(word: str) -> tuple[str, ...]:
    return tuple(sorted(wording.content([word])))


def _near(told: dict[int, Told], count: Counter[str]) -> list[tuple[int, int]]:
    """Pairs that share one of their rarest words: those alike enough share one of so many."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for t in told.values():
        rarest = sorted(t.stems, key=lambda stem: (count[stem], stem))
        for stem in rarest[: len(rarest) - int(ALIKE * len(rarest)) + 1]:
            blocks[stem].append(t.at)
    found = {pair for block in blocks.values() if len(block) <= COMMON for pair in combinations(sorted(block), 2)}
    return sorted(found)


def _alike(a: Told, b: Told, count: Counter[str]) -> float:
    """How much of what both say is shared; 0 where anything speaks against their being one statement."""
    shared = a.stems & b.stems
    rare = [s for s in shared if s not in PLAIN and count[s] <= COMMON]
    if len(shared) < SHARED or len(rare) < TELLING or _against(a, b):
        return 0.0
    share = len(shared) / len(a.stems | b.stems)
    dated = a.days is not None and b.days is not None
    enough = STRICT if not dated else LOOSE if a.indirect or b.indirect else ALIKE
    return share if share >= enough and _in_order(a, b, shared) else 0.0


def _against(a: Told, b: Told) -> bool:
    if a.articles & b.articles or a.turns != b.turns:
        return True
    if a.days and b.days and max(a.days[0] - b.days[1], b.days[0] - a.days[1]) > DAYS:
        return True
    for mine, others in ((a.figures, b.figures), (frozenset(a.names), frozenset(b.names))):
        if not (mine <= others or others <= mine):
            return True  # each has something in the place of the other's
    return any(_turned(a.stems, b.stems, pair) for pair in OPPOSITES) or _names_swapped(a, b)


def _turned(one: frozenset[str], other: frozenset[str], pair: frozenset[str]) -> bool:
    return bool((one - other) & pair) and bool((other - one) & pair)


def _names_swapped(a: Told, b: Told) -> bool:
    return [n for n in a.names if n in b.names] != [n for n in b.names if n in a.names]


def _in_order(a: Told, b: Told, shared: frozenset[str]) -> bool:
    mine = [s for s in dict.fromkeys(a.order) if s in shared]
    others = [s for s in dict.fromkeys(b.order) if s in shared]
    return _longest_common(mine, others) >= ORDERED * len(shared)


def _longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    row = [0] * (len(other) + 1)
    for word in one:
        last = row
        row = [0]
        for at, against in enumerate(other):
            row.append(last[at] + 1 if word == against else max(row[at], last[at + 1]))
    return row[-1]


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
