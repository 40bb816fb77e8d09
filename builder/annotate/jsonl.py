"""`glossator annotate --jsonl` (contract §1): one line in, one line out, nothing kept between lines."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

import msgspec

from builder.annotate import annotate
from builder.annotate.document import Profile
from builder.annotate.engine import load, parse
from builder.language_models import find
from builder.model import interval
from builder.work.processes import Processes

LONGEST_DATE = 100  # characters of EDTF; reading it takes longer than its length grows
MARK = b"\xef\xbb\xbf"  # some editors begin a UTF-8 file with it
NEEDED = ("builder.annotate.jsonl", "spacy")  # by workers
UNREAD = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Line(msgspec.Struct):
    """An input line; keys it does not know are passed over. `id` is given back as it came, whatever JSON it is."""

    id: msgspec.Raw
    text: str
    published: str | None = None
    title: str = ""
    publisher: str = ""
    language: str = "en"


class Answer(NamedTuple):
    """An output line without its end, and whether it tells an error."""

    line: bytes
    failed: bool


def annotate_lines(lines: Iterable[bytes], profile: Profile, model: str, jobs: int = 1) -> Generator[Answer]:
    """Yields the answer to every input line in order, each as soon as it is there; few lines are held at a time.

    `jobs` processes read, each with a model of its own; they give the same bytes as one. Raises Problems where the
    model is missing, or where processes keep being ended from outside.
    """
    find(model)
    task = partial(answer, profile=profile, model=model)
    if jobs == 1:
        yield from map(task, _filled(lines))
    else:
        yield from Processes(jobs, NEEDED).stream(task, _filled(lines))


def _filled(lines: Iterable[bytes]) -> Iterator[bytes]:
    for number, raw in enumerate(lines):
        content = raw.removeprefix(MARK) if number == 0 else raw
        if content.strip():
            yield content


def answer(content: bytes, profile: Profile, model: str) -> Answer:
    """Gives `{id, annotations}` for an input line, or `{id, error}` where it cannot be read."""
    nlp = load(model)
    try:
        line = msgspec.json.decode(content, type=Line)
    except UNREAD as error:
        return _error(_id(content), str(error))
    if problem := _unreadable(line, nlp.max_length):
        return _error(line.id, problem)
    about = (line.text, line.published, line.title, line.publisher, line.language)
    try:
        found = annotate(parse(nlp, bytes(line.id).decode(), *about, profile))
    except Exception as error:  # a defect met in one text must not lose the million lines after it
        return _error(line.id, f"a defect in Glossator: {type(error).__name__}: {error}")
    return Answer(msgspec.json.encode({"id": line.id, "annotations": found}), failed=False)


def _error(id: Any, message: str) -> Answer:
    return Answer(msgspec.json.encode({"id": id, "error": message}), failed=True)


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
