"""What a part's words are found under: as it was kept with the part, else Pagefind is asked, where it can be early.

It takes as long to start as all else that a changed word needs, so it starts with the first document that is new, while
others are come by.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from builder.render.indexing import Reading
from builder.render.placing import learnt, unknown
from builder.render.search_store import Kept
from builder.render.searchable import Document
from builder.render.spelling import Shelves, Vocabulary, page
from builder.render.texts import all_words, text


class Asking:
    """The words of one part: puts them into a `vocabulary`, which has those of other parts, too."""

    def __init__(self, part: Kept | None, vocabulary: Vocabulary, language: str) -> None:
        self._part, self._vocabulary, self._language = part, vocabulary, language
        self._asked: dict[str, None] = {}
        self._reading: Reading | None = None
        if part and not vocabulary.entry:  # its words were taken one by one, by the same reader
            vocabulary.entry, vocabulary.rest = part.made.entry, part.made.rest

    @cached_property
    def _kept(self) -> Shelves:
        return Shelves(self._part.spelling if self._part else b"")

    def ahead(self, document: Document) -> None:
        """Has Pagefind begin to read the words of a document, unless it reads others or has read them all."""
        if self._reading is None:
            self._asked = unknown(self._taken(all_words(text(document))), self._vocabulary)
            if self._asked:
                self._reading = Reading([page(self._asked, self._language)], self._language)

    def learn(self, words: Iterable[str]) -> bool:
        """Has the rest of the words read as well; tells whether Pagefind takes them one by one."""
        if self._reading and not self._vocabulary.learn(self._asked, self._reading.read(), 0):
            self._vocabulary.refused = True
        if self._vocabulary.full():
            self._vocabulary.forget()
        return learnt(self._taken(words), self._language, self._vocabulary)

    def _taken(self, words: Iterable[str]) -> list[str]:
        """The words, each once; those that were kept are known now."""
        each = list(dict.fromkeys(words))
        self._vocabulary.take(each, self._kept)
        return each

    def spelling(self, words: Iterable[str]) -> bytes:
        """What is known of all that the part had and of these words, to be kept."""
        new = [word for word in dict.fromkeys(words) if word not in self._kept]
        if not new and self._part:
            return self._part.spelling
        return self._kept.more(new, self._vocabulary)

    def close(self) -> None:
        """Ends what Pagefind still reads."""
        if self._reading:
            self._reading.close()
