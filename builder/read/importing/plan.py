"""One input file to the article and original it will become; nothing is written yet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from builder.model.article import Cleanup
from builder.model.slug import slugify
from builder.problems import Problem, Problems
from builder.read import articles, originals, walk
from builder.read.characters import refuse_long_lines
from builder.read.files import contents, shown
from builder.read.importing import front, markdown_file, text_file, web_page
from builder.read.importing.decoding import decode
from builder.read.importing.draft import Draft
from builder.read.importing.known import Known
from builder.read.markdown_body import markdown

KINDS = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}


class Imported(Struct, frozen=True):
    """What became of one file. `new` is False where its bytes were in the archive already: nothing was changed.

    `article` and `original` are paths from the archive's root; `messages` are for the editor, a sentence each.
    """

    source: str
    slug: str
    article: str
    original: str = ""
    new: bool = True
    messages: tuple[str, ...] = ()


class Plan(Struct, frozen=True):
    """An import that can be carried out: `files` are written with these bytes."""

    imported: Imported
    files: tuple[tuple[Path, bytes], ...] = ()


def plan(root: Path, path: Path, given: Mapping[str, Any], encoding: str, known: Known) -> Plan:
    """Drafts the article of one file and proves that it can be read back; raises Problems that name the file."""
    where = shown(Path.cwd(), path)
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise Problems([Problem(where, "not a kind of file that can be imported", "Known: .txt, .md, .html.")])
    raw = contents(path, where)
    if not raw.strip():
        raise Problems([Problem(where, "the file is empty")])
    digest = hashlib.sha256(raw).hexdigest()
    if digest in known.articles:
        slug, article = known.articles[digest]
        return Plan(Imported(where, slug, article, new=False, messages=(f"imported before, as {article}",)))
    draft = _draft(raw, kind, where, given, encoding)
    return _placed(root, path, raw, digest, _with_given(draft, given, kind), known, where)


def _draft(raw: bytes, kind: str, where: str, given: Mapping[str, Any], encoding: str) -> Draft:
    decoded = decode(raw, where, encoding, web_page.declared_encoding(raw) if kind == "html" else "")
    title = given.get("title")
    if kind == "html":
        draft = web_page.read(decoded.text, where, title, given.get("url", ""))
    elif kind == "markdown":
        draft = markdown_file.read(decoded.text, where, title)
    else:
        refuse_long_lines(decoded.text, where)
        draft = text_file.read(decoded.text, where, title)
    if not draft.body.strip():
        raise Problems([Problem(where, "no text is left below its title")])
    if not decoded.note:
        return draft
    record = Cleanup("encoding", decoded.encoding, "utf-8")
    return Draft(draft.metadata, draft.body, (record, *draft.cleanups), (decoded.note, *draft.messages))


def _with_given(draft: Draft, given: Mapping[str, Any], kind: str) -> Draft:
    """The editor's metadata over the file's; literal text from Markdown or a page is its words without markup."""
    format_ = given.get("format") or draft.metadata.get("format") or ("text" if kind == "text" else "markdown")
    body = draft.body
    if format_ == "text" and kind == "html":
        body = markdown(body).text
    return Draft({**draft.metadata, **given, "format": format_}, body, draft.cleanups, draft.messages)


def _placed(root: Path, path: Path, raw: bytes, digest: str, draft: Draft, known: Known, where: str) -> Plan:
    metadata = dict(draft.metadata)
    wanted = metadata.pop("slug", "")
    slug = known.free_slug(wanted or slugify(metadata["title"]))
    article = f"{walk.ARTICLES}/{slug}.md"
    original = f"{originals.FOLDER}/{slug}{path.suffix.lower()}"
    metadata |= {"original": original, "original_sha256": digest, "cleanups": draft.cleanups}
    if metadata["format"] == "markdown":
        del metadata["format"]
    text = front.write(metadata, draft.body)
    articles.parse(text, where, slug)
    known.articles[digest] = slug, article
    messages = draft.messages
    if wanted and slug != wanted:
        messages = (*messages, f"the slug “{wanted}” is taken")
    imported = Imported(where, slug, article, original, messages=messages)
    return Plan(imported, ((root / original, raw), (root / article, text.encode())))
