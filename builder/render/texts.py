"""The words of documents as Pagefind takes them from its pages: as white space parts them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec import Struct

from builder.render.searchable import Document

MARKS = ".,;:!?()\"'"
STOPPED = {"Ll", "Lu", "Lo", "Lm", "Lt", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"}  # after these a paragraph gets a full stop
STOPPED_TOO = "'\")$*\u200c\u200d"
MANY = 100_000  # words that are known with the marks around them, some 10 MB


class Text(Struct, frozen=True):
    """A document's words as white space parts them: what is read, as it is `shown`, and what is said about it."""

    shown: str
    heading: list[str]
    body: list[str]
    title: list[str]
    about: list[str]


def text(document: Document) -> Text:
    """The words of a document."""
    heading = _stopped(document.title)
    body = [word for paragraph in document.paragraphs for word in _stopped(paragraph)]
    return Text(
        " ".join((*heading, *body)),
        _bare(heading),
        _bare(body),
        _bare(_words(document.title)),
        _bare(_words(document.about)),
    )


def reread(shown: str, title: str, about: str) -> Text:
    """The words of a document of which this was shown."""
    words, heading = shown.split(" "), len(_words(title))
    return Text(shown, _bare(words[:heading]), _bare(words[heading:]), _bare(_words(title)), _bare(_words(about)))


def _words(text: str) -> list[str]:
    return text.replace("\u200b", "").split()


def _stopped(text: str) -> list[str]:
    """The words with the full stop that Pagefind sets after a paragraph that ends without any mark."""
    words = _words(text)
    if words and (unicodedata.category(text[-1]) in STOPPED or text[-1] in STOPPED_TOO):
        words[-1] += "."
    return words


class _Bare(dict[str, str]):
    """Words of letters only without the marks around them, so that Pagefind reads fewer."""

    def __missing__(self, word: str) -> str:
        if len(self) >= MANY:
            self.clear()
        bare = word.strip(MARKS)
        self[word] = bare = bare if bare.isalpha() else word
        return bare


_known_bare = _Bare()


def _bare(words: Iterable[str]) -> list[str]:
    return list(map(_known_bare.__getitem__, words))


def all_words(text: Text) -> Iterator[str]:
    """Yields them, some more than once."""
    return chain(text.heading, text.body, text.title, text.about)
