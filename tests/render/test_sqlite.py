"""Pages of the SQLite file: SQLite itself finds them sound, and they are the same however they came about."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, nullcontext, suppress
from io import BufferedReader
from pathlib import Path
from random import Random
from tempfile import TemporaryFile

import pytest

from builder.model import output
from builder.model.output import Piece
from builder.render.exports import sqlite_same
from builder.render.exports.rows import Row
from builder.render.exports.sqlite_file import Former, Pages
from builder.render.exports.sqlite_pages import SIZE
from builder.render.exports.sqlite_rows import ALONE, LAST, Rows
from builder.render.exports.sqlite_tree import Moved

Runs = dict[str, list[Row]]
KEYED = "CREATE TABLE t (a TEXT NOT NULL, b TEXT, c INTEGER, d REAL, PRIMARY KEY (a)) WITHOUT ROWID"
NUMBERED = "CREATE TABLE t (a INTEGER NOT NULL, b TEXT, c INTEGER, d REAL, PRIMARY KEY (a)) WITHOUT ROWID"


class Noted(output.Former):
    """What was published: a piece stands there as it was while its rows are the same. `stays` if all pages do."""

    def __init__(self, before: Noted | None, file: Path, runs: Runs) -> None:
        self.at, self.runs, self.taken, self.stays = file, runs, 0, False
        self.places: dict[str, range] = {}
        self._before = before
        self.names = list(before.places) if before else []
        self.outdated = [name for name in self.names if self.place(name) is None]
        self.taken = 0

    def stood(self, name: str) -> range | None:
        return self._before.places.get(name) if self._before else None

    def place(self, name: str) -> range | None:
        before, plain = self._before, name.removesuffix(LAST).removesuffix(ALONE)
        if before is None or before.runs.get(plain) != self.runs.get(plain):
            return None
        found = before.places.get(name)
        self.taken += found is not None
        return found

    def keep(self, name: str, place: range) -> None:
        self.places[name] = place

    def stay(self, names: Sequence[str]) -> None:
        assert self._before
        self.places = dict(zip(names, self._before.places.values(), strict=True))
        self.taken = len(self.names) - len(self.outdated)


def write(file: Path, runs: Runs, numbered: bool = False, before: Noted | None = None) -> Noted:
    """Writes a database of one table, from the one that was written before."""
    with closing(sqlite3.connect(file.with_suffix(".empty"), isolation_level=None)) as empty:
        empty.execute(NUMBERED if numbered else KEYED)
    head = bytearray(file.with_suffix(".empty").read_bytes())
    file.with_suffix(".empty").unlink()
    noted = Noted(before, file, runs)
    with (
        before.at.open("rb") if before else nullcontext() as former,
        TemporaryFile() as waiting,
    ):
        pieces = [Piece(name, rows.copy) for name, rows in runs.items()]
        noted.file = former
        with suppress(Moved):
            parts = sqlite_same.parts(noted, bytes(head), [sqlite_same.Tree(2, numbered, pieces)])
            file.write_bytes(b"".join(content(part, former) for part in parts))
            noted.stays = True
            return noted
        pages = Pages(3, waiting, former)
        tree = Former(former, 2, numbered) if former else None
        head[SIZE : 2 * SIZE] = Rows(numbered, pages, noted, tree).written(pieces)
        struct.pack_into(">I", head, 28, pages.next - 1)
        file.write_bytes(head + b"".join(content(part, former) for part in pages.content()))
    return noted


def content(part: bytes | range, former: BufferedReader | None) -> bytes:
    if isinstance(part, bytes):
        return part
    assert former
    former.seek(part.start)
    return former.read(len(part))


def read(file: Path) -> list[Row]:
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return database.execute("SELECT * FROM t").fetchall()


def text(random: Random, longest: int) -> str:
    return "ä" * random.randrange(random.choice((9, 60, longest)))


def row(random: Random, key: str | int, longest: int) -> Row:
    number = random.choice((None, 0, 1, -7, 1 << 31, 1 << 40, random.randrange(1 << 20)))
    return key, random.choice((None, text(random, longest))), number, random.choice((None, 0.5, 1.0))


def many(random: Random, runs: int, rows: int, longest: int) -> Runs:
    """Runs of two rows or more."""
    found: Runs = {}
    for run in range(runs):
        keys = range(random.randrange(2, rows + 2))
        found[f"run {run:05}"] = [row(random, f"{run:05} {key:05}", longest) for key in keys]
    return found


def flat(runs: Runs) -> list[Row]:
    return [row for rows in runs.values() for row in rows]


@pytest.mark.parametrize(
    ("runs", "rows", "longest"), [(0, 0, 0), (1, 1, 9), (1, 60, 50), (1, 3, 9000), (3, 500, 90), (60, 9, 9000)]
)
def test_what_is_written_is_read(tmp_path: Path, runs: int, rows: int, longest: int) -> None:
    """Nothing, one page, several, rows longer than a page; SQLite finds every row by its key."""
    found = many(Random(runs), runs, rows, longest)
    write(tmp_path / "a", found)
    assert read(tmp_path / "a") == flat(found)
    with closing(sqlite3.connect(tmp_path / "a")) as database:
        for one in flat(found):
            assert database.execute("SELECT * FROM t WHERE a = ?", one[:1]).fetchone() == one


@pytest.mark.parametrize("rows", range(2, 90))
def test_no_page_is_left_without_cells(tmp_path: Path, rows: int) -> None:
    """Whichever row is the one that no longer fits: of a run, of the last run, of the pages above."""
    found = {f"{run:03}": [(f"{run:03}{n:03}", "x" * 180, None, None) for n in range(rows)] for run in range(8)}
    write(tmp_path / "a", found)
    assert read(tmp_path / "a") == flat(found)


@pytest.mark.parametrize("rows", range(2, 40))
def test_pages_above_are_never_without_cells(tmp_path: Path, rows: int) -> None:
    """Long keys, so that few pages are led to from one."""
    found = {f"{run:03}": [(f"{run:03}{n:03}" + "x" * 900, None, None, None) for n in range(2)] for run in range(rows)}
    write(tmp_path / "a", found)
    assert read(tmp_path / "a") == flat(found)


def renumbered(runs: Runs) -> Runs:
    return {name: [(number, *one[1:]) for number, one in enumerate(rows, 1)] for name, rows in runs.items()}


def changes(random: Random, longest: int) -> Iterator[Callable[[Runs], Runs]]:
    def other(runs: Runs) -> Runs:
        name = random.choice(list(runs))
        at = random.randrange(len(runs[name]))
        rows = [row(random, str(one[0]), longest) if n == at else one for n, one in enumerate(runs[name])]
        return {**runs, name: rows}

    def less(runs: Runs) -> Runs:
        gone = random.choice(list(runs))
        return {name: rows for name, rows in runs.items() if name != gone or len(runs) < 2}

    def more(runs: Runs) -> Runs:
        name = f"run {random.randrange(80):05} more"
        return dict(sorted({**runs, name: [row(random, f"{name[4:]} {n}", longest) for n in range(4)]}.items()))

    while True:
        yield random.choice((other, other, less, more))


@pytest.mark.parametrize("numbered", [False, True])
@pytest.mark.parametrize(("runs", "rows", "longest"), [(1, 40, 90), (3, 40, 90), (70, 6, 400), (40, 4, 6000)])
def test_a_changed_file_is_that_of_its_rows(tmp_path: Path, runs: int, rows: int, longest: int, numbered: bool) -> None:
    """However it came about, byte for byte; most of its pages are taken from the file before."""
    random = Random(runs + rows)
    found = many(random, runs, rows, longest)
    longest = 200 if numbered else longest  # numbered rows are short
    of: Callable[[Runs], Runs] = renumbered if numbered else dict
    before = write(tmp_path / "0", of(found), numbered)
    taken = 0
    for n, change in zip(range(1, 25), changes(random, longest), strict=False):
        found = change(found)
        before = write(tmp_path / f"{n}", of(found), numbered, before)
        taken += before.taken
        write(tmp_path / "fresh", of(found), numbered)
        assert (tmp_path / f"{n}").read_bytes() == (tmp_path / "fresh").read_bytes()
    assert len(read(tmp_path / "fresh")) == len(flat(found))
    assert runs < 3 or taken > 12 * runs


def test_pieces_may_have_changed_places(tmp_path: Path) -> None:
    """Pieces of numbered rows have an order of their own, and the rows are numbered anew."""
    found = renumbered(many(Random(1), 12, 40, 300))
    before = write(tmp_path / "a", found, True)
    names: Sequence[str] = sorted(found, key=lambda name: (name[-1], name))
    turned = {name: found[name] for name in names}
    after = write(tmp_path / "b", turned, True, before)
    write(tmp_path / "fresh", turned, True)
    assert after.taken >= 10 and (tmp_path / "b").read_bytes() == (tmp_path / "fresh").read_bytes()
    assert [one[0] for one in read(tmp_path / "b")] == list(range(1, len(flat(found)) + 1))


def turned(runs: Runs, random: Random, by: int) -> Runs:
    """The same with other text in some rows, which is up to some letters longer or shorter."""
    names = random.sample(list(runs), min(len(runs), random.choice((1, 1, 2, 5))))
    return {name: [other(one, random, by) for one in rows] if name in names else rows for name, rows in runs.items()}


def other(row: Row, random: Random, by: int) -> Row:
    key, words, *rest = row
    assert isinstance(words, str)
    size = max(1, len(words) + random.randint(-by, by))
    return key, random.choice("abcde") * size if random.random() < 0.5 else words, *rest


@pytest.mark.parametrize("numbered", [False, True])
@pytest.mark.parametrize(
    ("rows", "longest", "by"), [(40, 90, 0), (90, 90, 80), (9, 700, 0), (9, 700, 99), (5, 9000, 900)]
)
def test_pages_stay_where_pieces_take_as_many(tmp_path: Path, rows: int, longest: int, by: int, numbered: bool) -> None:
    """Whichever cells change, in leaves, above them or in the page where the tree begins."""
    random = Random(f"{rows} {longest} {by}")
    of: Callable[[Runs], Runs] = renumbered if numbered else dict
    longest = min(longest, 900) if numbered else longest
    found = {
        f"run {n:05}": [(f"{n:05} {k:05}", "x" * random.randrange(1, longest), k, None) for k in range(2, rows)]
        for n in range(60)
    }
    before, stay = write(tmp_path / "0", of(found), numbered), 0
    for n in range(1, 40):
        found = turned(found, random, by)
        before = write(tmp_path / f"{n}", of(found), numbered, before)
        stay += before.stays
        fresh = write(tmp_path / "fresh", of(found), numbered)
        assert (tmp_path / f"{n}").read_bytes() == (tmp_path / "fresh").read_bytes()
        assert before.places == fresh.places
    assert len(read(tmp_path / "fresh")) == len(flat(found))
    assert stay == 39 if by == 0 else 0 < stay < 39


def test_a_page_that_gave_its_last_cell_may_get_it_back(tmp_path: Path) -> None:
    """The last page above may have one cell from the page before, for want of others; shorter ones need no such one."""
    for rows in range(4, 24):
        found = {f"{n:02}": [(f"{n:02}{k}", "x" * 900, None, None) for k in range(2)] for n in range(rows)}
        before = write(tmp_path / "a", found)
        for name in found:
            shorter = {**found, name: [(key, "y", *rest) for key, _, *rest in found[name]]}
            write(tmp_path / "b", shorter, before=before)
            write(tmp_path / "fresh", shorter)
            assert (tmp_path / "b").read_bytes() == (tmp_path / "fresh").read_bytes()


@pytest.mark.parametrize("rows", [5, 20, 40, 140])
def test_pages_after_a_piece_that_takes_more_or_fewer_move(tmp_path: Path, rows: int) -> None:
    """One page holds 45 of these rows."""
    found = {f"{n:02}": [(f"{n:02} {k:02}", "x" * 76, None, None) for k in range(50)] for n in range(20)}
    other = {**found, "07": [(f"07 {k:02}", "x" * 76, None, None) for k in range(rows)]}
    after = write(tmp_path / "b", other, before=write(tmp_path / "a", found))
    write(tmp_path / "fresh", other)
    assert (tmp_path / "b").read_bytes() == (tmp_path / "fresh").read_bytes()
    assert not after.stays


def test_a_piece_may_stand_in_the_place_of_another(tmp_path: Path) -> None:
    """As one of the same records but for the id of one; not where pieces changed places, or there is one more."""
    found = {f"t {n}": [(f"{n} {k}", "x" * 90, None, None) for k in range(99)] for n in range(1, 9)}
    before = write(tmp_path / "a", found)
    for names, stays in (
        ([*"1234x678"], True),
        ([*"x2345678"], True),
        ([*"1234567x"], True),
        ([*"1234568x"], True),
        ([*"12x3y678"], False),
        ([*"12345678x"], False),
    ):
        new = {f"t {name}": [(f"{n} {k}", name * 90, None, None) for k in range(99)] for n, name in enumerate(names, 1)}
        after = {name: found.get(name, rows) for name, rows in new.items()}
        again = write(tmp_path / "b", after, before=before)
        fresh = write(tmp_path / "fresh", after)
        assert (tmp_path / "b").read_bytes() == (tmp_path / "fresh").read_bytes()
        assert (again.stays, again.places) == (stays, fresh.places)


@pytest.mark.parametrize("most", [4096, 1])
def test_rows_after_a_piece_with_fewer_are_renumbered(
    tmp_path: Path, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it takes as many pages, these stay; so do those after one that has as many more. Few are held for that."""
    monkeypatch.setattr(sqlite_same, "MOST", most)
    found = {f"{n}": [(0, f"{n} {k}" * 9, None, None) for k in range(99)] for n in range(50)}
    less = {**found, "4": found["4"][:-1]}
    moved = {**less, "40": [*found["40"], (0, "more", None, None)]}
    for number, runs in enumerate((less, {**found, "0": found["0"][1:]}, moved)):
        after = write(tmp_path / "b", runs, True, write(tmp_path / "a", found, True))
        write(tmp_path / "fresh", runs, True)
        assert (tmp_path / "b").read_bytes() == (tmp_path / "fresh").read_bytes(), number
        assert after.stays == (most > 1)


def test_what_did_not_change_is_not_read(tmp_path: Path) -> None:
    """Of a file in which one piece is another, some pages on the way to it."""
    random = Random(2)
    found = {f"{n:05}": [(f"{n:05} {k}", "x" * 90, None, None) for k in range(40)] for n in range(300)}
    before = write(tmp_path / "a", found)
    after = Noted(before, tmp_path / "b", turned(found, random, 0))
    with (tmp_path / "a").open("rb") as former:
        after.file = former
        pieces = [Piece(name, rows.copy) for name, rows in after.runs.items()]
        head = former.read(2 * SIZE)
        parts = sqlite_same.parts(after, head, [sqlite_same.Tree(2, False, pieces)])
    new = sum(len(part) for part in parts if isinstance(part, bytes))
    assert 0 < new < 60 * SIZE < sum(map(len, parts)) / 5


def test_a_file_that_begins_otherwise_is_put_together_anew(tmp_path: Path) -> None:
    """As that of another edition of the program, with other columns."""
    found = many(Random(3), 9, 9, 90)
    before = write(tmp_path / "a", found)
    content = bytearray((tmp_path / "a").read_bytes())
    content[60:64] = b"else"
    (tmp_path / "a").write_bytes(content)
    assert not write(tmp_path / "b", found, before=before).stays
    write(tmp_path / "fresh", found)
    assert (tmp_path / "b").read_bytes() == (tmp_path / "fresh").read_bytes()
