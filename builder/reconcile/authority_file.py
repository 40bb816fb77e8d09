"""Reads a local authority file: CSV or TSV with the columns name, scheme and id, and where known kind and aliases.

Several aliases are parted by “|”. The file is read once, row by row; only rows of names the archive has are kept.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from builder.link.names import THINGS, key
from builder.model.archive import EntityRecord
from builder.problems import Problem, Problems, at
from builder.reconcile.candidate import Candidate

NEEDED = ("name", "scheme", "id")
KNOWN = (*NEEDED, "kind", "aliases")

Row = dict[str, str]


def candidates(file: Path, wanted: Iterable[EntityRecord]) -> Iterator[tuple[str, Candidate]]:
    """Yields the id of a wanted record and what the file has under one of its names, of a kind that fits."""
    named: dict[str, list[EntityRecord]] = defaultdict(list)
    for record in wanted:
        for words in dict.fromkeys(_words(record.kind, name) for name in _telling(record)):
            named[words].append(record)
    for line, row in _rows(file):
        names = [row["name"], *filter(None, row.get("aliases", "").split("|"))]
        fitting: dict[str, EntityRecord] = {}
        for name in names:
            for record in named.get(_words(row.get("kind") or "organization", name), ()):
                if _fits(record.kind, row.get("kind", "")):
                    fitting[record.id] = record
        for id in fitting:
            yield id, Candidate(row["scheme"].casefold(), row["id"], row["name"], at(file.name, line))


def _telling(record: EntityRecord) -> Iterator[str]:
    """The names that mean the record by themselves: not a surname, nor the head word of a body."""
    yield record.name
    for alias in record.aliases:
        if " " in alias.strip() or (record.kind != "person" and alias.isupper()):
            yield alias


def _words(kind: str, name: str) -> str:
    return key(kind, name)[1]


def _fits(kind: str, given: str) -> bool:
    return given in ("", kind) or (kind in THINGS and given in THINGS)


def _rows(file: Path) -> Iterator[tuple[int, Row]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, delimiter="\t" if file.suffix == ".tsv" else ",", strict=True)
            head = [name.strip().casefold() for name in next(reader, [])]
            _check(file, head)
            for cells in reader:
                if any(cells):
                    yield reader.line_num, _row(file, reader.line_num, head, cells)
    except (csv.Error, UnicodeDecodeError) as error:
        raise Problems([Problem(str(file), f"cannot be read: {error}", "Save it as CSV or TSV in UTF-8.")]) from None
    except OSError as error:
        raise Problems([Problem(str(file), f"cannot be read: {error.strerror}")]) from None


def _check(file: Path, head: list[str]) -> None:
    if missing := [name for name in NEEDED if name not in head]:
        hint = f"Its first line names the columns: {', '.join(KNOWN)}; .csv has commas between them, .tsv tabs."
        raise Problems([Problem(at(file, 1), f"there is no column “{missing[0]}”", hint)])


def _row(file: Path, line: int, head: list[str], cells: list[str]) -> Row:
    row = {name: cell.strip() for name, cell in zip(head, cells, strict=False)}
    if empty := [name for name in NEEDED if not row.get(name)]:
        raise Problems([Problem(at(file, line), f"“{empty[0]}” is empty", "Every row has a name, a scheme and an id.")])
    return row
