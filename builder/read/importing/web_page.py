"""An .html file to a draft: main text by trafilatura, metadata as the page states it, debris recorded."""

from __future__ import annotations

import logging
import re
from typing import Any

from bs4 import BeautifulSoup

from builder.model.article import Cleanup
from builder.problems import Problem, Problems
from builder.read.importing.cleaning import apply, edits_within, left_by_page
from builder.read.importing.draft import Draft
from builder.read.importing.page_body import markdown
from builder.read.importing.page_metadata import stated

DECLARED = re.compile(rb"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")  # it speaks of bytes, and these are decoded
HEAD = 4096  # bytes in which a page declares its encoding


def declared_encoding(raw: bytes) -> str:
    """The encoding a page names in its first bytes, or empty."""
    found = DECLARED.search(raw[:HEAD])
    return found[1].decode("ascii") if found else ""


def read(text: str, where: str, title: str | None = None, url: str = "") -> Draft:
    """Drafts an article of a page. `url` is its address, where the editor gives it; else the page's own counts.

    Raises Problems where the page holds no main text, or no title is given or stated.
    """
    text = DECLARATION.sub("", text, count=1)
    soup = BeautifulSoup(text, "lxml")
    metadata = stated(soup)
    body = _main_text(text if "<html" in text else str(soup), url or metadata.get("url", ""))
    if body is None or not "".join(body.itertext()).strip():
        hint = "If it has any, save that as a .txt file and import it."
        raise Problems([Problem(where, "no main text found in the page", hint)])
    if title is None and "title" not in metadata:
        raise Problems([Problem(where, "the page states no title", "Give it one with --title.")])
    cleanups = [*_without_repeats(body, metadata, title), *_cleaned(body)]
    messages = tuple(f"{key} as the page states it: “{words}”" for key, words in metadata.items())
    return Draft(dict(metadata), "\n\n".join(markdown(body)), tuple(cleanups), messages)


def _main_text(text: str, url: str) -> Any:
    from trafilatura import bare_extraction  # slow to import, and only pages need it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what went wrong is said once, by us
    document: Any = bare_extraction(
        text,
        url=url or None,
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_tables=True,
        with_metadata=False,  # it would guess a date from the address and the words
    )
    return None if document is None else document.body


def _without_repeats(body: Any, metadata: dict[str, str], title: str | None) -> list[Cleanup]:
    """Takes the title and dek out of the top of the text, and a dek that only repeats how the text begins."""
    cleanups = []
    dek = metadata.get("dek", "")
    repeated = {_key(words): kind for kind, words in (("dek", dek), ("title", metadata.get("title", ""))) if words}
    if title is not None:
        repeated[_key(title)] = "title"
    while len(body) > 1 and (kind := repeated.get(_key(_words(body[0])))):
        cleanups.append(Cleanup(kind, _words(body[0])))
        body.remove(body[0])
    if dek and _key(" ".join(body.itertext())).startswith(_key(dek.rstrip(".… "))):
        del metadata["dek"]
    return cleanups


def _cleaned(body: Any) -> list[Cleanup]:
    cleanups: list[Cleanup] = []
    before = ""
    for node in list(body):
        words = _words(node)
        if node.tag in ("p", "head") and (kind := left_by_page(words)):
            cleanups.append(Cleanup(kind, words, "", before[-24:]))
            body.remove(node)
            continue
        for inner in node.iter():
            inner.text = _edited(inner.text, cleanups)
            inner.tail = _edited(inner.tail, cleanups)
        before = words
    return cleanups


def _edited(words: str | None, cleanups: list[Cleanup]) -> str | None:
    if not words:
        return words
    edited, records = apply(words, edits_within(words))
    cleanups.extend(records)
    return edited


def _words(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


def _key(words: str) -> str:
    """Words without capitals, marks and spaces: what two wordings of one headline share."""
    return re.sub(r"[\W_]+", "", words.casefold())
