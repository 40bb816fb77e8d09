"""The YAML at the head of an article: parted from its body, checked key by key, every problem with its line."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from builder.model.article import Cleanup
from builder.problems import Problem, Problems, at, unknown_key
from builder.read.keys import KEYS, Wrong
from builder.read.records import Record
from builder.read.yaml_lines import load

FENCE = "---"
HEAD_HINT = "An article begins with a line “---”, lines like “title: …”, and a second line “---”."


class Metadata(Struct, frozen=True, kw_only=True):
    """What the front matter says, checked. `sensitive` is "true" for the archive's own warning, or the warning."""

    title: str
    dek: str = ""
    byline: str = ""
    publisher: str = ""
    published: str | None = None
    captured: str | None = None
    url: str = ""
    archived_url: str = ""
    language: str = ""
    rights: str = ""
    sensitive: str = ""
    original: str = ""
    original_sha256: str = ""
    cleanups: tuple[Cleanup, ...] = ()
    tags: tuple[str, ...] = ()
    format: str = "markdown"
    slug: str = ""


def split(text: str, where: str) -> tuple[str, str, int]:
    """Parts a file into YAML, body, and the line the body begins at; raises Problems without front matter."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise Problems([Problem(at(where, 1), "there is no front matter", HEAD_HINT)])
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1 : number - 1]), "\n".join(lines[number:]), number + 1
    raise Problems([Problem(at(where, 1), "the front matter is not closed", f"A second line “{FENCE}” ends it.")])


def parse(yaml: str, where: str, first_line: int = 2) -> tuple[Metadata, dict[str, int]]:
    """Reads and checks front matter; returns it with each key's line, or raises all its Problems together."""
    record = load(yaml, where, first_line)
    if not isinstance(record, Record):
        what = "the front matter is empty" if record is None else "the front matter holds no “key: value” lines"
        raise Problems([Problem(at(where, 1), what, HEAD_HINT)])
    values, problems = check(record, where)
    if record.get("title") is None:
        place = at(where, record.lines.get("title", 1))
        problems.append(Problem(place, "there is no title", "Every article needs a line “title: …”."))
    if problems:
        raise Problems(problems)
    return Metadata(**values), record.lines


def check(record: Record, where: str) -> tuple[dict[str, Any], list[Problem]]:
    """Every value as Metadata holds it, and everything that is wrong."""
    values: dict[str, Any] = {}
    problems = []
    for key, value in record.items():
        place = at(where, record.lines[key])
        if key not in KEYS:
            problems.append(unknown_key(place, key, KEYS))
        elif value is not None:
            try:
                values[key] = KEYS[key](value)
            except Wrong as wrong:
                problems.append(Problem(place, f"{key}: {wrong.what}", wrong.hint))
    return values, problems
