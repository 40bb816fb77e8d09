"""A .md file to a draft: its own front matter is taken over, its body stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from builder.model.article import Cleanup
from builder.problems import Problem, Problems, at
from builder.read.front_matter import FENCE, check, split
from builder.read.importing.draft import Draft
from builder.read.importing.stated import edtf
from builder.read.keys import KEYS
from builder.read.markdown_body import markdown
from builder.read.records import Record
from builder.read.yaml_lines import load

# What other programs call our keys.
SYNONYMS = {
    "author": "byline",
    "authors": "byline",
    "date": "published",
    "description": "dek",
    "subtitle": "dek",
    "summary": "dek",
    "lang": "language",
    "canonical_url": "url",
    "site": "publisher",
    "keywords": "tags",
}
OWN = ("original", "original_sha256", "cleanups")  # said anew by this import
TITLE = re.compile(r"\A\s*#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*\n+|\A\s*(\S[^\n]*)\n=+[ \t]*\n+")


def read(text: str, where: str, title: str | None = None) -> Draft:
    """Drafts an article of Markdown. Keys that are not known here are left out, and named in a message.

    Raises Problems where front matter cannot be read, or no title is given or found.
    """
    metadata: dict[str, Any] = {}
    messages: tuple[str, ...] = ()
    body = text
    if text.startswith(FENCE) and text.split("\n", 1)[0].rstrip() == FENCE:
        yaml, body, _ = split(text, where)
        record = load(yaml, where, 2)
        if record is not None and not isinstance(record, Record):
            raise Problems([Problem(at(where, 1), "the front matter holds no “key: value” lines")])
        metadata, messages = _taken_over(record or Record(), where)
    cleanups: tuple[Cleanup, ...] = ()
    if title is None and "title" not in metadata:
        found = TITLE.match(body + "\n")
        if not found:
            raise Problems([Problem(where, "it has no title", "Give it one with --title, or a first line “# Title”.")])
        metadata["title"] = " ".join(markdown(found[1] or found[2]).text.split())
        cleanups = (Cleanup("title", body[: found.end()]),)
        body = body[found.end() :]
    return Draft(metadata, body, cleanups, messages)


def _taken_over(record: Record, where: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Our keys must be right; another program's are taken where they fit, and left to the original where not."""
    own, foreign, left_out = _empty(), _empty(), []
    for key, value in record.items():
        name = SYNONYMS.get(key.lower(), "")
        if key in KEYS and key not in OWN:
            own[key], own.lines[key] = value, record.lines[key]
        elif name and name not in record and name not in foreign:
            foreign[name], foreign.lines[name] = _translated(name, value), record.lines[key]
        else:
            left_out.append(key)
    values, problems = check(own, where)
    if problems:
        raise Problems(problems)
    others, misfits = check(foreign, where)
    messages = [f"left out: {problem.what}" for problem in misfits]
    if left_out:
        messages.append(f"left out, as it is not known here: {', '.join(left_out)}")
    return {key: value for key, value in {**others, **values}.items() if value}, tuple(messages)


def _empty() -> Record:
    record = Record()
    record.lines = {}
    return record


def _translated(name: str, value: Any) -> Any:
    if name == "published" and isinstance(value, str):
        return edtf(value) or value
    if name == "byline" and isinstance(value, list):
        return ", ".join(map(_author, value))
    if name == "byline":
        return _author(value)
    if name == "tags" and isinstance(value, str):
        return [tag.strip() for tag in value.split(",")]
    return value


def _author(value: Any) -> Any:
    return str(value.get("name", "")) if isinstance(value, Mapping) else value
