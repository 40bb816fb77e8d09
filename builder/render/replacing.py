"""An index of earlier with some of its documents replaced: only words that stand otherwise are written anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import msgspec
from msgspec import Struct

from builder.render import search_words
from builder.render.indexing import Page, Read
from builder.render.placing import Narrowed, filtered, pages_of
from builder.render.search_words import Key, Places, Words, gathered, located, opened, written
from builder.render.spelling import Vocabulary
from builder.render.standing import scattered
from builder.render.texts import Text

GONE = -1


class Before(Struct, frozen=True):
    """An index of earlier, which of its documents are among those of now, and the texts of those that are `gone`.

    `same` has the number then by the number now, `gone` is by number then. `narrowed` is what a search could then be
    narrowed to, where that is known.
    """

    read: Read
    same: Mapping[int, int]
    gone: Mapping[int, Text]
    narrowed: Narrowed = ()


def replaced(before: Before, texts: Mapping[int, Text], narrowed: Narrowed, vocabulary: Vocabulary) -> Read:
    """The index of documents in their order, as if it had been made of them at once.

    `texts` are by number those of documents that were not there `before`.
    """
    pages = _pages(before) | {page.number: page for page in pages_of(texts, vocabulary)}
    at = {n: place for place, n in enumerate(sorted(pages))}
    fresh = _by_word({at[n]: texts[n] for n in at if n in texts}, vocabulary)
    stood = {page.number: place for place, page in enumerate(before.read.pages)}
    gone = _by_word({stood[n]: text for n, text in before.gone.items() if n in stood}, vocabulary)
    words = _words(before.read.words, _Moved(before, at), fresh, gone)
    made = before.read
    stand = narrowed == before.narrowed and [page.number for page in made.pages] == [*at]
    filters = made.filters if stand else filtered(at, narrowed)
    return Read(len(narrowed), made.entry, [pages[n] for n in at], words, filters, made.rest)


def _pages(before: Before) -> dict[int, Page]:
    """The pages that stay, by number now."""
    now = {then: number for number, then in before.same.items()}
    stay = ((now[page.number], page) for page in before.read.pages if page.number in now)
    return {n: page if page.number == n else msgspec.structs.replace(page, number=n) for n, page in stay}


class _Moved:
    """Where pages that stay are now; those that moved by as much, one after the other, are together."""

    def __init__(self, before: Before, at: Mapping[int, int]) -> None:
        now = {then: number for number, then in before.same.items()}
        self.to = [at[now[page.number]] if page.number in now else GONE for page in before.read.pages]
        self._together: list[int] = []
        number, by = 0, 0
        for then, to in enumerate(self.to):
            if to != GONE and to - then != by:
                number, by = number + 1, to - then
            self._together.append(number)
        self.none = number == 0

    def places(self, places: Places) -> Places:
        """The places of a word that no page has that is gone."""
        first, last = places.first, places.last
        if self._together[first] != self._together[last]:
            return gathered(sorted([(self.to[page], where) for page, where in located(places)]))
        by = self.to[first] - first
        return Places(places.number, first + by, last + by, places.rest) if by else places

    def words(self, before: Words, but: Collection[str]) -> Words:
        """All words but those that a page has that is gone."""
        others = ((word, content) for word, content in before.items() if word not in but)
        return {word: search_words.moved(word, content, self.to, self.places) for word, content in others}


Forms = dict[str, Places]  # a word as it is written with accents, or "" without -> where it stands


def _by_word(texts: Mapping[int, Text], vocabulary: Vocabulary) -> dict[str, Forms]:
    words: dict[str, Forms] = {}
    for number, at in scattered(texts).places(vocabulary.known).items():
        word, form = vocabulary.keys[number]
        words.setdefault(word, {})[form] = at
    return words


def _words(before: Words, moved: _Moved, fresh: Mapping[str, Forms], gone: Mapping[str, Forms]) -> Words:
    """All words as they stand now."""
    if moved.none:
        words, changed = before, [word for word in {**fresh, **gone} if fresh.get(word) != gone.get(word)]
    else:
        words, changed = moved.words(before, {**fresh, **gone}), [*{**fresh, **gone}]
    words = words | dict.fromkeys(changed, b"") | written(_revised(before, changed, moved, fresh))
    return {word: words[word] for word in sorted(words) if words[word]}


def _revised(
    before: Words, words: Collection[str], moved: _Moved, fresh: Mapping[str, Forms]
) -> Iterator[tuple[Key, Places]]:
    """Yields some words without the pages that are gone, and with those that are new; nothing where none has them."""
    for word in words:
        then = dict(opened(word, before[word])) if word in before else {}
        now = {(word, form): places for form, places in fresh.get(word, {}).items()}
        for key in then | now:
            stay = [(moved.to[page], where) for page, where in located(then[key])] if key in then else []
            stay = [(page, where) for page, where in stay if page != GONE]
            if found := sorted(stay + (list(located(now[key])) if key in now else [])):
                yield key, gathered(found)
