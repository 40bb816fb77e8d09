"""Rows of several articles that tell of one happening, and those that tell of it with another day.

Two rows are one only if everything speaks for it and nothing against it: certain days of which one holds the
other; the same act, the same or fewer words and figures, nothing denied or repeated in only one of them; the same
names in the same order, none that either alone has in the place of another. Likeness of quotations is never
evidence: what both quote does not count (see `telling`). Rows that would be one but for the day, in articles printed
close to each other and after both days, disagree. The order of articles decides nothing.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import msgspec

from builder.cache import Aside, Asides
from builder.link import wording
from builder.link.again import Again
from builder.link.telling import At, Heard, Told
from builder.model.archive import ChronologyRecord, Evidence

NARROW = 2  # days from the first to the last that a date may leave open: a weekend, a long one at most
FEW_DAYS = 3  # by which articles on one happening may differ
ONE_WEEK = 7  # within which such articles are printed
NEVER = (10**9, 0)
COMMON = 500  # rows that share a name and an act within those days: so many are no evidence of anything
NAMES, PIECES, ALONE = 2, 4, 5  # shared names; names, words and figures in all; the same where only one is no place

Pair = tuple[At, At]


class Candidates:
    """Events that another one may tell of too: nearly all stand alone, so they wait aside."""

    def __init__(self, aside: Asides = Aside) -> None:
        self._waiting = aside(Told)
        self._blocks, self._of = array("q"), array("I")  # what another must share, and whose it is

    def add(self, told: Told) -> None:
        """Takes in an event that can be compared."""
        if blocks := tuple(map(hash, _blocks(told))):
            number = self._waiting.put(told)
            self._blocks.extend(blocks)
            self._of.extend([number] * len(blocks))

    def found(self) -> Iterator[Told]:
        """Yields those that share a name and an act with another."""
        again = Again(len(self._blocks))
        again.note(self._blocks)
        shared = set(again.seen(self._blocks))
        pairs = zip(self._blocks, self._of, strict=True)
        for number in dict.fromkeys(of for block, of in pairs if block in shared):
            yield self._waiting[number]


def may_stand_with_others(told: Heard | Told) -> bool:
    """False of what no other can be compared with, whoever is named in it."""
    return bool(told.act) and told.last - told.first <= NARROW


def _blocks(told: Told) -> Iterator[tuple[object, ...]]:
    for name in sorted(told.names) if may_stand_with_others(told) else ():
        yield name, told.act, told.passive, told.turns


def join(
    row: Callable[[At], ChronologyRecord], candidates: Mapping[At, Told], apart: Collection[Pair] = ()
) -> dict[At, ChronologyRecord | None]:
    """Gives what rows become: those of one happening merged, and those that disagree told of each other.

    None are those that stand in another; `row` gives one as it was read, `candidates` are sorted by their place.
    `apart` are pairs that an editor keeps separate, each in order; (at, at) keeps one from all others.
    """
    alike = {pair for pair in _near(candidates) if not _kept_apart(pair, apart)}
    made = {at: row(at) for at in sorted({at for pair in alike for at in pair})}
    standing = {at: at for at in made}  # the place of the headline that each stands under
    for group in _groups({(a, b) for a, b in alike if _one_day(candidates[a], candidates[b])}):
        reported = sorted(group, key=lambda at: (candidates[at].published or NEVER, at))
        merged = _merged([made.pop(at) for at in reported], [candidates[at] for at in reported])
        made[reported[0]] = merged
        standing.update(dict.fromkeys(group, reported[0]))
    _disagree(made, standing, alike, candidates)
    return {at: made.get(at) for at in standing}


def _near(told: Mapping[At, Told]) -> set[Pair]:
    """Pairs alike in all but the day, found among rows that share a name and an act and lie a few days apart."""
    blocks: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for one in told.values():
        for block in _blocks(one):
            blocks[block].append(one)
    found, common = set[Pair](), set[At]()
    for members in blocks.values():
        members.sort(key=lambda t: (t.first, t.at))
        for n, one in enumerate(members):
            end = bisect_right(members, one.last + FEW_DAYS, lo=n, key=lambda t: t.first)
            if end - n > COMMON:
                common.update(other.at for other in members[n:end])
            else:
                found.update(_pair(one.at, other.at) for other in members[n + 1 : end] if is_alike(one, other))
    return {pair for pair in found if common.isdisjoint(pair)}


def is_alike(a: Told, b: Told) -> bool:
    """Whether two events tell the same of the same, their days aside."""
    if (a.act, a.passive, a.turns) != (b.act, b.passive, b.turns):
        return False
    parts = ((a.words, b.words), (a.names, b.names), (a.broad, b.broad), (a.figures, b.figures))
    if not all(one <= other or other <= one for one, other in parts):
        return False  # each has something that may stand against the other
    if [name for name in a.order if name in b.order] != [name for name in b.order if name in a.order]:
        return False
    quoted = _quoted((a, b)) if a.said.keys() & b.said.keys() else frozenset()
    if a.act in {"", *quoted}:
        return False
    words, actors, places, figures = (len((one & other) - quoted) for one, other in parts)
    enough = PIECES if actors >= NAMES else ALONE
    return actors > 0 and actors + places >= NAMES and actors + places + words + figures >= enough


def _quoted(told: Sequence[Told]) -> frozenset[str]:
    """What stands in indirect quotations that more than one of them has."""
    times = Counter(id for t in told for id in t.said)
    return frozenset(part for t in told for id, parts in t.said.items() if times[id] > 1 for part in parts)


def _one_day(a: Told, b: Told) -> bool:
    return a.first <= b.first <= b.last <= a.last or b.first <= a.first <= a.last <= b.last


def _kept_apart(pair: Pair, apart: Collection[Pair]) -> bool:
    return pair in apart or any((at, at) in apart for at in pair)


def _groups(same: Collection[Pair]) -> Iterator[list[At]]:
    """Rows that belong together: of two articles or more, and every one of them with every other.

    Where one row fits two that do not fit each other, nobody can say which it belongs to, and all stay apart.
    """
    beside: dict[At, set[At]] = defaultdict(set)
    for a, b in same:
        beside[a].add(b)
        beside[b].add(a)
    seen: set[At] = set()
    for start in sorted(beside):
        group, waiting = {start}, [start]
        while waiting and start not in seen:
            fresh = beside[waiting.pop()] - group
            group |= fresh
            waiting.extend(fresh)
        if start not in seen and len({at[0] for at in group}) > 1 and all(beside[at] | {at} == group for at in group):
            yield sorted(group)
        seen |= group


def _merged(rows: Sequence[ChronologyRecord], told: Sequence[Told]) -> ChronologyRecord:
    """One row for all: the headline of the article first printed, the narrowest of the dates, and why they are one."""
    dated, _ = min(zip(rows, told, strict=True), key=lambda pair: pair[1].last - pair[1].first)
    return msgspec.structs.replace(
        rows[0],
        edtf=dated.edtf,
        earliest=dated.earliest,
        latest=dated.latest,
        occurrences=tuple(o for r in rows for o in r.occurrences),
        when="; ".join(dict.fromkeys(r.when for r in rows if r.when)),
        participants=tuple(dict.fromkeys(p for r in rows for p in r.participants)),
        quotations=tuple(dict.fromkeys(q for r in rows for q in r.quotations)),
        sensitive=next((r.sensitive for r in rows if r.sensitive), ""),
        review=rows[0].review if len({r.review for r in rows}) == 1 else "machine",
        evidence=_evidence(rows[0], told, dated.edtf),
    )


def _evidence(row: ChronologyRecord, told: Sequence[Told], date: str | None) -> Evidence:
    """What all of them share; the words as they stand in the row's own headline."""
    quoted = _quoted(told)
    names = frozenset.intersection(*(t.names | t.broad for t in told)) - quoted
    stems = frozenset.intersection(*(t.words | t.figures for t in told)) - quoted
    return Evidence(date, tuple(n for n in row.participants if n in names), wording.shared(row.title, stems))


def _disagree(
    made: dict[At, ChronologyRecord], standing: Mapping[At, At], alike: Collection[Pair], told: Mapping[At, Told]
) -> None:
    """Tells rows of each other that differ in nothing but the day.

    An article that tells of both knows of two happenings: then nobody disagrees.
    """
    with_articles: dict[tuple[At, str], set[At]] = defaultdict(set)  # a row and an article -> rows there alike to it
    for a, b in alike:
        with_articles[standing[a], b[0]].add(standing[b])
        with_articles[standing[b], a[0]].add(standing[a])
    others: dict[At, dict[At, Evidence]] = defaultdict(dict)
    for a, b in sorted(alike):
        one, other = standing[a], standing[b]
        articles = {o.article for o in (*made[one].occurrences, *made[other].occurrences)}
        alone = all(with_articles[row, article] <= {one, other} for row in (one, other) for article in articles)
        both = {o.article for o in made[one].occurrences} & {o.article for o in made[other].occurrences}
        if one != other and alone and not both and _differ(told[a], told[b]):
            others[one][other] = _evidence(made[one], [told[a], told[b]], None)
            others[other][one] = _evidence(made[other], [told[a], told[b]], None)
    for at, found in others.items():
        evidence = made[at].evidence or next(iter(found.values()))
        ids = tuple(sorted(made[o].id for o in found))
        made[at] = msgspec.structs.replace(made[at], disagrees=ids, evidence=evidence)


def _differ(a: Told, b: Told) -> bool:
    """Whether the days are apart, both past when either article was printed, and the articles near each other."""
    first, second = sorted((a, b), key=lambda t: (t.first, t.last))
    if not a.published or not b.published or not 0 < second.first - first.last <= FEW_DAYS:
        return False
    printed = (*a.published, *b.published)
    return max(printed) - min(printed) <= ONE_WEEK and second.last <= min(a.published[1], b.published[1])


def _pair(a: At, b: At) -> Pair:
    return (a, b) if a < b else (b, a)
