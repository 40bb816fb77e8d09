"""The chronology while it is joined: rows wait aside, and only what sorts and finds them is held."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from builder.cache import Aside, Asides
from builder.link.articles import Articles
from builder.link.made import MadeRows
from builder.link.pairs import Pairs
from builder.link.telling import At
from builder.model import interval
from builder.model.archive import ChronologyRecord

Entity = Callable[[str], int | None]
Days = tuple[interval.Day, interval.Day]


class Waiting(Struct, frozen=True, array_like=True, gc=False):
    """A row whose quotations have no records yet: their numbers."""

    record: ChronologyRecord
    quotations: tuple[int, ...] = ()


class Rows:
    """Rows by number. Those of an article are added together, articles in their order, and then editors' own.

    `entity` gives an entity's number, `quotation` the record id of a quotation, once it is known.
    """

    def __init__(self, articles: Articles, entity: Entity, aside: Asides = Aside) -> None:
        self._articles, self._entity = articles, entity
        self.quotation: Callable[[int], str] = str
        self._waiting = aside(Waiting)
        self.ids: list[str] = []
        self._at = array("I")  # where each waits
        self._ends = array("I", [0])  # of each article's
        self._order: dict[Days, int] = {}  # numbers of what rows are sorted by, before their ids
        self._known: dict[str | None, int] = {}  # the same by date
        self._days = array("I")
        self._named = Pairs()  # who takes part
        self._others: dict[int, list[int]] = {}  # who does in rows that were changed
        self._gone: set[int] = set()
        self._standing: dict[int, str] = {}  # the id of the row that one stands in

    def add(self, record: ChronologyRecord, participants: Iterable[int], quotations: tuple[int, ...] = ()) -> None:
        """Takes in a row and the numbers of who takes part, and of its quotations."""
        row = len(self.ids)
        self.ids.append(record.id)
        self._at.append(self._waiting.put(Waiting(record, quotations)))
        self._days.append(self._day(record.edtf))
        for entity in participants:
            self._named.add(row, entity)

    def _day(self, edtf: str | None) -> int:
        day = self._known.get(edtf)
        if day is None:
            day = self._known[edtf] = self._order.setdefault(interval.order(edtf), len(self._order))
        return day

    def _participants(self, record: ChronologyRecord) -> list[int]:
        return [entity for entity in map(self._entity, record.participants) if entity is not None]

    def end_article(self) -> None:
        """The rows that follow are the next article's."""
        self._ends.append(len(self.ids))

    def own(self, record: ChronologyRecord) -> None:
        """Takes in an editor's row, and has it stand for those of its occurrences."""
        self.add(record, self._participants(record))
        self._stands_for(record)

    def number(self, at: At) -> int:
        """The number of the row that was read there; KeyError where none was, or it stands in another."""
        article = self._articles.number(at[0])
        id = f"{at[0]}-{at[1]}"
        for row in self.of(article) if article is not None else ():
            if self.ids[row] == id and row not in self._gone:
                return row
        raise KeyError(at)

    def of(self, article: int) -> range:
        """The numbers of an article's rows."""
        return range(self._ends[article], self._ends[article + 1])

    def __contains__(self, at: At) -> bool:
        try:
            return self.number(at) >= 0
        except KeyError:
            return False

    def __getitem__(self, at: At) -> ChronologyRecord:
        return self._row(self.number(at))

    def _row(self, row: int) -> ChronologyRecord:
        waiting = self._waiting[self._at[row]]
        if not waiting.quotations:
            return waiting.record
        said = tuple(dict.fromkeys(map(self.quotation, waiting.quotations)))
        return msgspec.structs.replace(waiting.record, quotations=said)

    def pop(self, at: At) -> ChronologyRecord:
        """Takes a row out, and gives it."""
        row = self.number(at)
        self._gone.add(row)
        return self._row(row)

    def change(self, changed: Mapping[At, ChronologyRecord | None]) -> None:
        """Puts others in the place of rows; None for one that stands in another."""
        rows = [(self.number(at), record) for at, record in changed.items()]
        for row, record in rows:
            if record is None:
                self._gone.add(row)
            else:
                self._at[row] = self._waiting.put(Waiting(record))
                self._days[row] = self._day(record.edtf)
                self._others[row] = self._participants(record)
        for record in filter(None, changed.values()):
            self._stands_for(record)

    def _stands_for(self, record: ChronologyRecord) -> None:
        for place in record.occurrences:
            article = self._articles.number(place.article)
            for row in self.of(article) if article is not None else ():
                if self.ids[row] == f"{place.article}-{place.annotation}":
                    self._standing[row] = record.id

    def standing(self, row: int) -> str:
        """The id of the record that a row came to."""
        return self._standing.get(row, self.ids[row])

    def taken(self, ids: Collection[str]) -> set[str]:
        """Those of the ids that rows read from articles have."""
        return {id for id in self.ids if id in ids}

    def ordered(self) -> array[int]:
        """The numbers of all rows that stand: by earliest day, the narrower value first; undated last; then by id."""
        days = Pairs((day, row) for row, day in enumerate(self._days) if row not in self._gone)
        by_day = (days[self._order[day]] for day in sorted(self._order))
        return array("I", (row for rows in by_day for row in sorted(rows, key=self.ids.__getitem__)))

    def records(self, order: array[int]) -> Sequence[ChronologyRecord]:
        """The chronology."""
        return MadeRows(len(order), lambda place: self._row(order[place]))

    def events(self, order: array[int]) -> Callable[[int], Iterable[str]]:
        """Gives, for an entity, the ids of the rows it takes part in, in their order."""
        found = Pairs(
            (entity, place) for place, row in enumerate(order) for entity in self._others.get(row, self._named[row])
        )
        return lambda entity: (self.ids[order[place]] for place in found[entity])
