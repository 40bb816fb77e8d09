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
from builder.render.spelling import Vocabulary, page
from builder.render.texts import all_words, text


class Asking:
    """The words of one part; those of a part that was not `kept` are in `shared`, as those of others are."""

    def __init__(self, kept: Kept | None, shared: Vocabulary, language: str) -> None:
        self._kept, self._shared, self._language = kept, shared, language
        self._asked: dict[str, None] = {}
        self._reading: Reading | None = None
        self._had = 0  # words that were kept

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What has the words."""
        if not (self._kept and self._kept.spelling):
            return self._shared
        found = Vocabulary.of(self._kept.spelling, self._kept.made)
        self._had = len(found.known)
        return found

    def ahead(self, document: Document) -> None:
        """Has Pagefind begin to read the words of a document, unless it reads others or has read them all."""
        if self._reading is None and self.vocabulary is not self._shared:
            self._asked = unknown(all_words(text(document)), self.vocabulary)
            if self._asked:
                self._reading = Reading([page(self._asked, self._language)], self._language)

    def learn(self, words: Iterable[str]) -> bool:
        """Has the rest of the words read as well; tells whether Pagefind takes them one by one."""
        vocabulary = self.vocabulary
        if self._reading and not vocabulary.learn(self._asked, self._reading.read(), 0):
            vocabulary.refused = True
        return learnt(words, self._language, vocabulary)

    def spelling(self, words: Iterable[str]) -> bytes:
        """What is known, to be kept: of all that the part had, or of these words where it had none."""
        if self._kept is None or self.vocabulary is self._shared:
            return self._shared.some(words).kept()
        return self._kept.spelling if len(self.vocabulary.known) == self._had else self.vocabulary.kept()

    def close(self) -> None:
        """Ends what Pagefind still reads."""
        if self._reading:
            self._reading.close()
