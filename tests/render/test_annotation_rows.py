"""A table's row of an annotation says what its line in annotations.jsonl does, whatever its type."""

from __future__ import annotations

import msgspec

from builder.model.annotation import Annotation, Relation
from builder.model.archive import LinkedArticle, Reviewed
from builder.render.exports import annotation_lines, annotation_rows
from builder.render.exports.encode import Record, compact
from builder.render.exports.rows import Cell
from builder.render.exports.schema import ANNOTATIONS
from tests.render.exports_fixture import archive


def articles() -> list[LinkedArticle]:
    """All of them; in the first one something is said of two names, too."""
    of = archive()
    first, *others = (of.open(article.slug) for article in of.articles)
    named = sorted({r.annotation.entity for r in first.reviewed.annotations if hasattr(r.annotation, "label")})
    told = [
        Relation(f"relation-{n}", 3, 9, "May 20", "leader", named[0], object, "", "m@1", 0.5)
        for n, object in enumerate((named[-1], None))
    ]
    reviewed = (*first.reviewed.annotations, *map(Reviewed, told))
    reviewed_article = msgspec.structs.replace(first.reviewed, annotations=reviewed)
    return [msgspec.structs.replace(first, reviewed=reviewed_article), *others]


def flat(line: Record) -> list[Cell]:
    """A line's values in the order of the columns: those of what it holds under both names, joined."""
    cells = dict(line)
    for key, value in line.items():
        cells.update({f"{key}_{inner}": part for inner, part in value.items()} if isinstance(value, dict) else {})
    found = [cells.get(name) for name in ANNOTATIONS.names]
    return [None if v == "" else compact(v) if isinstance(v, list | tuple) else v for v in found]


def test_a_row_holds_what_the_line_does() -> None:
    of, types = archive(), set[type[Annotation]]()
    for linked in articles():
        lines = list(annotation_lines.rows(of, linked))
        rows = list(annotation_rows.rows(of, linked))
        types |= {type(r.annotation) for r in linked.reviewed.annotations}
        assert [[*row, *[None] * (len(ANNOTATIONS.names) - len(row))] for row in rows] == list(map(flat, lines))
    assert types == set(Annotation.__args__)
