"""A .txt file to a draft: its headline, its paragraphs, and a record of everything a web page left in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.model.article import Cleanup
from builder.problems import Problem, Problems
from builder.read.importing.cleaning import DATELINE_DEBRIS, Edit, apply, edits_within, left_by_page, without_habits
from builder.read.importing.draft import Draft
from builder.read.importing.paragraphs import layout, unwrap

LONGEST_TITLE = 200
LONGEST_DEK = 160
FEWEST_DEK_WORDS = 4
SENTENCE_END = re.compile(r"[.,;:][\"'”’)]*$")
ABBREVIATION_END = re.compile(r"(?:\b[A-Z]\.|\.\.\.|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|Bros|St|etc|vs|No)\.)[\"'”’)]*$")
BYLINE = re.compile(r"By (?=[A-Z])[^.,;:!?]{3,80}|By (?:[A-Z][\w.’'-]*\s?){2,6}")
DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?:, [A-Z][\w.]+(?: [A-Z]\w+)?)?(?: \([A-Z][\w/ ]+\))? ?[—–-]+ ")
MOMENT = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\b\d{1,2}:\d\d\b")


def read(text: str, where: str, title: str | None = None) -> Draft:
    """Drafts an article of plain text. A title that the editor gives is only looked for, not taken from the file.

    Raises Problems where no title is given and no line looks like one.
    """
    text = text.strip("\n").rstrip()
    lines = _lines(text)
    head, metadata = _head(lines, title)
    if title is None and "title" not in metadata:
        hint = "Give it one with --title. A title is a first line of its own that does not end like a sentence."
        raise Problems([Problem(where, "no line looks like its title", hint)])
    edits = without_habits(list(_edits(lines[len(head) :])))
    body, cleanups = apply(text, [*head, *edits])
    body, relined = _relined(body)
    return Draft(metadata, body, cleanups + relined, _messages(metadata, title))


def _messages(metadata: dict[str, str], title: str | None) -> tuple[str, ...]:
    found = [f"{key} taken from the file: “{words}”" for key, words in metadata.items()]
    if title is not None and "title" not in metadata:
        found.append("the file’s first line is not the title given, and stays in the text")
    return tuple(found)


def _lines(text: str) -> list[tuple[int, str]]:
    """Every line that is not blank, with its offset."""
    found, offset = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((offset, line))
        offset += len(line) + 1
    return found


def _head(lines: list[tuple[int, str]], given: str | None) -> tuple[list[Edit], dict[str, str]]:
    """The lines before the text, as edits that take them out of it, and what they say."""
    parts: list[tuple[str, str]] = []
    words = [" ".join(line.split()) for _, line in lines]
    if len(words) < 2 or not _is_title(words[0], given):
        return [], {}
    parts.append(("title", words[0]))
    if _is_dek(words[1:], lines):
        parts.append(("dek", words[1]))
    if len(words) > len(parts) + 1 and BYLINE.fullmatch(words[len(parts)]):
        parts.append(("byline", words[len(parts)].removeprefix("By ")))
    edits = [Edit(lines[n][0], lines[n + 1][0], kind) for n, (kind, _) in enumerate(parts)]
    return edits, dict(parts)


def _is_title(line: str, given: str | None) -> bool:
    if given is not None:
        return line.casefold() == " ".join(given.split()).casefold()
    return len(line) <= LONGEST_TITLE and not _ends_sentence(line) and not left_by_page(line)


def _ends_sentence(line: str) -> bool:
    return bool(SENTENCE_END.search(line)) and not ABBREVIATION_END.search(line)


def _is_dek(words: list[str], lines: list[tuple[int, str]]) -> bool:
    """Told from a first paragraph where paragraphs are one a line, and it has no full stop or a dateline follows."""
    gaps = [lines[n + 1][0] - lines[n][0] - len(lines[n][1]) for n in range(min(2, len(lines) - 1))]
    if len(words) < 3 or any(gap > 1 for gap in gaps):
        return False
    line, following = words[0], words[1]
    short = len(line) <= LONGEST_DEK and 2 * len(line) <= max(map(len, words[1:]))
    sentence_like = len(line.split()) >= FEWEST_DEK_WORDS and line[0] not in "\"“'‘-–—•*"
    if not short or not sentence_like or BYLINE.fullmatch(line) or MOMENT.search(line) or left_by_page(line):
        return False
    return not _ends_sentence(line) or bool(DATELINE_DEBRIS.match(following) or DATELINE.match(following))


def _edits(lines: list[tuple[int, str]]) -> Iterator[Edit]:
    kept = -1  # where the last line that stays ends
    for n, (offset, line) in enumerate(lines):
        if not (kind := left_by_page(line)):
            yield from (Edit(e.start + offset, e.end + offset, e.kind, e.after) for e in edits_within(line))
            kept = offset + len(line)
        elif kept >= 0:
            yield Edit(max(kept, _end(lines[n - 1])), _end((offset, line)), kind)
        else:
            yield Edit(offset, lines[n + 1][0] if n + 1 < len(lines) else _end((offset, line)), kind)


def _end(line: tuple[int, str]) -> int:
    return line[0] + len(line[1])


def _relined(body: str) -> tuple[str, tuple[Cleanup, ...]]:
    """Paragraphs parted by blank lines, however the file parts them. The record says what was done throughout."""
    found = layout(body)
    if found == "wrapped":
        joined, hyphened = unwrap(body)
        words = (Cleanup("hyphen at a line’s end", before, after) for before, after in hyphened)
        return joined, (Cleanup("wrapped lines joined", "\n", " "), *words)
    if found == "one a line":
        lines = (line.strip() for line in body.split("\n"))
        return "\n\n".join(line for line in lines if line), (Cleanup("paragraphs one a line", "\n", "\n\n"),)
    return body, ()
