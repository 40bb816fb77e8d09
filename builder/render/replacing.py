"""An index of earlier with some of its documents replaced: only words of these are placed anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from builder.render.indexing import Page, Read
from builder.render.placing import Narrowed, filtered, pages_of
from builder.render.search_words import Places, Word, gathered, located
from builder.render.spelling import BITS, Vocabulary
from builder.render.standing import scattered
from builder.render.texts import Text, all_words

GONE = -1


class Before(Struct, frozen=True):
    """An index of earlier, and which of its documents are among those of now: number now -> number then."""

    read: Read
    same: dict[int, int]


def replaced(
    before: Before, texts: Mapping[int, Text], gone: Iterable[Text], narrowed: Narrowed, vocabulary: Vocabulary
) -> Read:
    """The index of documents in their order, as if it had been made of them at once.

    `texts` are by number those of documents that were not there `before`, `gone` those of documents that are no more.
    """
    pages = _pages(before) | {page.number: page for page in pages_of(texts, vocabulary)}
    at = {n: place for place, n in enumerate(sorted(pages))}
    fresh = {at[n]: texts[n] for n in at if n in texts}
    words = _words(before.read.words, _Moved(before, at), _by_word(fresh, vocabulary), _words_of(gone, vocabulary))
    made = before.read
    return Read(len(narrowed), made.entry, [pages[n] for n in at], words, filtered(at, narrowed), made.rest, {})


def _pages(before: Before) -> dict[int, Page]:
    """The pages that stay, by number now."""
    now = {then: number for number, then in before.same.items()}
    stay = ((now[page.number], page) for page in before.read.pages if page.number in now)
    return {number: msgspec.structs.replace(page, number=number) for number, page in stay}


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


Forms = dict[str, Places]  # a word as it is written with accents, or "" without -> where it stands


def _by_word(texts: Mapping[int, Text], vocabulary: Vocabulary) -> dict[str, Forms]:
    words: dict[str, Forms] = {}
    for number, at in scattered(texts).places(vocabulary.known).items():
        word, form = vocabulary.keys[number]
        words.setdefault(word, {})[form] = at
    return words


def _words_of(texts: Iterable[Text], vocabulary: Vocabulary) -> set[str]:
    """What texts are found under."""
    some = {word for one in texts for word in all_words(one)}
    return {vocabulary.keys[entry >> BITS][0] for word in some for entry in vocabulary.known[word]}


def _words(before: Iterable[Word], moved: _Moved, fresh: dict[str, Forms], gone: set[str]) -> list[Word]:
    found: list[Word] = []
    for word in before:
        if word.word in gone or word.word in fresh:
            found += _revised(word, moved, fresh.pop(word.word, {}))
        elif moved.none:
            found.append(word)
        else:
            places = word.places and moved.places(word.places)
            found.append(Word(word.word, places, [(form, moved.places(at)) for form, at in word.forms]))
    return found + [made for word, forms in fresh.items() for made in _made(word, forms)]


def _revised(word: Word, moved: _Moved, fresh: Forms) -> list[Word]:
    """The word without the pages that are gone, and with those that are new; nothing where none has it."""
    forms: Forms = {}
    for form, then in {"": word.places, **dict(word.forms)}.items():
        stay = [(moved.to[page], where) for page, where in located(then) if moved.to[page] != GONE] if then else []
        new = fresh.pop(form, None)
        if found := sorted(stay + (list(located(new)) if new else [])):
            forms[form] = gathered(found)
    return _made(word.word, {**forms, **fresh})


def _made(word: str, forms: Forms) -> list[Word]:
    rest = [(form, at) for form, at in forms.items() if form]
    return [Word(word, forms.get(""), rest)] if forms else []
