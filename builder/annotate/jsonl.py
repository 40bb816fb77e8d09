"""`glossator annotate --jsonl` (contract §1): one line in, one line out, nothing kept between lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from builder.annotate import annotate
from builder.annotate.document import Profile
from builder.annotate.engine import load, parse
from builder.model import interval

LONGEST_DATE = 100  # characters of EDTF; reading it takes longer than its length grows
MARK = b"\xef\xbb\xbf"  # some editors begin a UTF-8 file with it
UNREAD = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Line(msgspec.Struct):
    """An input line; keys it does not know are passed over. `id` is given back as it came, whatever JSON it is."""

    id: msgspec.Raw
    text: str
    published: str | None = None
    title: str = ""
    publisher: str = ""
    language: str = "en"


def annotate_lines(lines: Iterable[bytes], profile: Profile, model: str) -> Iterator[dict[str, Any]]:
    """Yields `{id, annotations}` for every input line in order, or `{id, error}` where one cannot be read."""
    nlp = load(model)
    for number, raw in enumerate(lines):
        content = raw.removeprefix(MARK) if number == 0 else raw
        if not content.strip():
            continue
        try:
            line = msgspec.json.decode(content, type=Line)
        except UNREAD as error:
            yield {"id": _id(content), "error": str(error)}
            continue
        if problem := _unreadable(line, nlp.max_length):
            yield {"id": line.id, "error": problem}
            continue
        about = (line.text, line.published, line.title, line.publisher, line.language)
        try:
            found = annotate(parse(nlp, bytes(line.id).decode(), *about, profile))
        except Exception as error:  # a defect met in one text must not lose the million lines after it
            yield {"id": line.id, "error": f"a defect in Glossator: {type(error).__name__}: {error}"}
            continue
        yield {"id": line.id, "annotations": found}


def _unreadable(line: Line, longest: int) -> str:
    """Why a line that is well formed cannot be read; empty when it can."""
    day = (line.published or "").partition("T")[0]  # newswire stamps like 1998-10-25T21:00 have no seconds
    if line.published and (len(line.published) > LONGEST_DATE or not interval.valid(day)):
        return f"published “{line.published[:LONGEST_DATE]}” is no EDTF date"
    size = max(map(len, line.text.split("\n")))
    return f"a paragraph of {size:,} characters; {longest:,} is the limit" if size > longest else ""


def _id(raw: bytes) -> Any:
    """The id of a line that cannot be read, as far as it can be told: half a character in its text does not hide it."""
    try:
        id = json.loads(raw.decode("utf-8", "replace"))["id"]
        msgspec.json.encode(id)
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return None
    return id
