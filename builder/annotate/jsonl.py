"""`glossator annotate --jsonl` (contract §1): one line in, one line out, nothing kept between lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from builder.annotate import annotate
from builder.annotate.document import Profile
from builder.annotate.engine import load, parse
from builder.model import interval


class Line(msgspec.Struct):
    """An input line; keys it does not know are passed over."""

    id: str | int
    text: str
    published: str | None = None
    title: str = ""
    publisher: str = ""
    language: str = "en"


def annotate_lines(lines: Iterable[bytes], profile: Profile, model: str) -> Iterator[dict[str, Any]]:
    """Yields `{id, annotations}` for every input line in order, or `{id, error}` where one cannot be read."""
    nlp = load(model)
    for raw in lines:
        if not raw.strip():
            continue
        try:
            line = msgspec.json.decode(raw, type=Line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield {"id": _id(raw), "error": str(error)}
            continue
        if problem := _unreadable(line, nlp.max_length):
            yield {"id": line.id, "error": problem}
            continue
        about = (line.text, line.published, line.title, line.publisher, line.language)
        yield {"id": line.id, "annotations": annotate(parse(nlp, str(line.id), *about, profile))}


def _unreadable(line: Line, longest: int) -> str:
    """Why a line that is well formed cannot be read; empty when it can."""
    day = (line.published or "").partition("T")[0]  # newswire stamps like 1998-10-25T21:00 have no seconds
    if day and not interval.valid(day):
        return f"published “{line.published}” is no EDTF date"
    size = max(map(len, line.text.split("\n")))
    return f"a paragraph of {size:,} characters; {longest:,} is the limit" if size > longest else ""


def _id(raw: bytes) -> Any:
    try:
        return msgspec.json.decode(raw).get("id")
    except (msgspec.DecodeError, AttributeError, UnicodeDecodeError):
        return None
