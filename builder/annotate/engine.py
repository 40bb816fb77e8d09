"""Loads the language model, after checking that its files are the ones that were measured, and parses with it."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from builder.annotate import ruler
from builder.annotate.document import Document, Paragraph, Profile
from builder.language_models import DEFAULT_MODEL, find, label
from builder.model.article import Mark
from builder.problems import Problem, Problems

if TYPE_CHECKING:
    from spacy.language import Language

# SHA-256 over the model folder's files (path and bytes, in path order); see `digest`.
DIGESTS = {
    "en_core_web_sm": "e73cbc4677bb9db306a3310c1f3bbf8273645a44022b311216decabc6f7ea4de",  # 3.8.0
}

# One to one, so that offsets hold: the model was trained on straight marks.
STRAIGHT = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "ʼ": "'",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": " ", "\ufeff": " ", "‑": "-", "\t": " ",
})  # fmt: skip


# An account and a hashtag; not the at sign of an address, not the number sign of a page's fragment.
HANDLE = re.compile(r"(?<![\w@/.])@(?=\w*[^\W\d_])\w{2,30}")
HASHTAG = re.compile(r"(?<![\w&/#])#(?=\w*[^\W\d_])\w{2,}")
# A possessive that came apart when the text was tokenised: `Peter ' s`, `Peter' s`.
APART = re.compile(r"(?<=\w) ?' (s|t|re|ve|ll|d|m)(?!\w)")


def prepare(text: str) -> str:
    """Gives the text as the model reads it, of the same length.

    Marks are straight, handles and hashtags stand as plain words, possessives are closed up.
    """
    text = APART.sub(_close, text.translate(STRAIGHT))
    return HASHTAG.sub(_word, HANDLE.sub(_word, text))


def _word(match: re.Match[str]) -> str:
    return "A" + re.sub(r"[\W\d_]", "a", match.group()[1:]).lower()


def _close(match: re.Match[str]) -> str:
    return f"'{match[1]}".ljust(len(match.group()))


def digest(folder: Path) -> str:
    """SHA-256 over a model folder's files, so that a wheel under a private account can be trusted by content."""
    whole = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            whole.update(file.relative_to(folder).as_posix().encode() + b"\0")
            whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


@lru_cache(maxsize=2)
def load(name: str = DEFAULT_MODEL) -> Language:
    """Gives the named model; raises Problems when it is not installed or not the one that was measured."""
    folder = find(name)
    if name in DIGESTS and digest(folder) != DIGESTS[name]:
        raise Problems([
            Problem(
                str(folder),
                f"the files of {name} are not the ones Glossator was measured with",
                "Reinstall it from the hash-pinned requirements, or remove the package that brought it.",
            )
        ])  # fmt: skip
    import spacy

    nlp: Language = spacy.load(folder)
    nlp.meta["glossator"] = label(name)
    ruler.hasten(nlp)
    return nlp


LINE = re.compile(r"[^\n]+")


def parse(
    nlp: Language,
    id: str,
    text: str,
    published: str | None = None,
    title: str = "",
    publisher: str = "",
    language: str = "en",
    profile: Profile = "speech",
    links: tuple[Mark, ...] = (),
) -> Document:
    """Parses a text line by line, so that no sentence and no odd mark reaches past its paragraph."""
    lines = [(m.start(), m.end()) for m in LINE.finditer(text) if m.group().strip()]
    docs = nlp.pipe(prepare(text[start:end]) for start, end in lines)
    paragraphs = tuple(Paragraph(start, end, doc) for (start, end), doc in zip(lines, docs, strict=True))
    return Document(id, text, paragraphs, published, title, publisher, language, profile, links, nlp.meta["glossator"])
