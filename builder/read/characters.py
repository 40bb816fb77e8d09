"""Bytes to text, strictly: what is not readable text is an error that names its place, never a guess."""

from __future__ import annotations

from builder.model.readable import unreadable
from builder.problems import Problem, Problems, at

LONGEST_PARAGRAPH = 100_000  # characters; more is a lost line break, and quadratic work for every reader of it

BYTE_ORDER_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


def text_of(raw: bytes, where: str) -> str:
    """UTF-8 text with "\\n" line ends and no byte order mark; raises Problems with line and byte otherwise."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problems([_not_utf8(raw, error.start, where)]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := unreadable(text):
        hint = "It is no part of readable text: take it out, or import the file again with the right --encoding."
        raise Problems([Problem(at(where, text.count("\n", 0, found[0]) + 1), found[1], hint)])
    return text


def _not_utf8(raw: bytes, start: int, where: str) -> Problem:
    line = raw.count(b"\n", 0, start) + 1
    hint = "Save the file as UTF-8, or bring it in with “glossator import”, which finds its encoding."
    for mark, name in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            hint = f"It looks like {name}. {hint}"
    return Problem(at(where, line), f"not UTF-8: byte {start} is 0x{raw[start]:02x}", hint)


def refuse_long_paragraphs(text: str, where: str, first_line: int = 1) -> None:
    """Raises Problems for each run of lines without a blank line that no paragraph can be; one fast pass."""
    problems, length, started = [], 0, first_line
    for number, line in enumerate(text.split("\n"), first_line):
        if line and not line.isspace():
            started = started if length else number
            length += len(line) + 1
            continue
        problems.extend(_too_long(length, where, started))
        length = 0
    problems.extend(_too_long(length, where, started))
    if problems:
        raise Problems(problems)


def refuse_long_lines(text: str, where: str) -> None:
    """Raises Problems for each line that alone is longer than a paragraph may be."""
    lines = enumerate(text.split("\n"), 1)
    if problems := [problem for number, line in lines for problem in _too_long(len(line) + 1, where, number)]:
        raise Problems(problems)


def _too_long(length: int, where: str, line: int) -> list[Problem]:
    if length - 1 <= LONGEST_PARAGRAPH:
        return []
    what = f"a paragraph of {length - 1:,} characters; {LONGEST_PARAGRAPH:,} is the limit"
    return [Problem(at(where, line), what, "Part paragraphs with a blank line.")]
