"""The words of documents, put where they stand: the index that Pagefind would make of the documents themselves.

It reads their words once (`spelling`), and a sample as a whole. Where what is put together of the sample's words is
not what it made of the sample, it does not take words one by one in this language, and has to read the documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from builder.render.indexing import Bundle, Page, Pages, Read, indexed
from builder.render.search_store import narrowed, pairs
from builder.render.search_words import spelt, written
from builder.render.searchable import Document
from builder.render.spelling import Vocabulary, page, page_of, standing
from builder.render.standing import Scattered, scattered
from builder.render.texts import Text, all_words, text

SAMPLE = Document(
    "href",
    "kinds",
    "kind",
    "Die Grüße of O’Neill’s half-open e-mail",
    (
        "Running dogs ran, naïve façades don't. “Élan vital” in camelCase and U.S. word2vec – 東京都に住む人々。",
        "Никто не говорил: ไม่มีใครพูด, 我们不知道 (running dogs).",
    ),
    (("filter", "value"),),
    "Half-open Courier, 3 May 2020",
)


def learnt(words: Iterable[str], language: str, vocabulary: Vocabulary) -> bool:
    """Has Pagefind read the words that the vocabulary has not; tells whether it takes them one by one."""
    first, sample = not vocabulary.entry, text(SAMPLE)
    new = unknown(chain(all_words(sample), words) if first else words, vocabulary)
    if new and not vocabulary.refused:
        read = indexed([page(new, language), *([SAMPLE.html(language)] if first else ())], language)
        taken = vocabulary.learn(new, read, 0)
        vocabulary.refused = not taken or (first and not _same(_sample(sample, vocabulary), read))
    return not vocabulary.refused


def unknown(words: Iterable[str], vocabulary: Vocabulary) -> dict[str, None]:
    """Those that the vocabulary has not, each once, in the order in which they are met."""
    return {word: None for word in words if word not in vocabulary.known}


def _sample(sample: Text, vocabulary: Vocabulary) -> Read:
    return placed([sample], [narrowed(SAMPLE)], vocabulary)


def _same(ours: Read, theirs: Bundle) -> bool:
    """Whether the one document of ours is as Pagefind read it, as the second page."""
    (one,), read, at = ours.pages, theirs.index, page_of(theirs.index, 1)
    return (one.words, one.text, dict(standing(0, spelt(ours.words))), ours.rest) == (
        read.pages[at].words,
        read.pages[at].text,
        dict(standing(at, theirs.spelt)),
        read.rest,
    )


Narrowed = Sequence[bytes]  # for each document, what a search can be narrowed to, as it is kept


def placed(texts: Sequence[Text], narrowed: Narrowed, vocabulary: Vocabulary, found: Scattered | None = None) -> Read:
    """The index of documents in their order, without those that have no word; `found` are their words by number."""
    pages = pages_of(dict(enumerate(texts)), vocabulary)
    at = {page.number: place for place, page in enumerate(pages)}
    if found is None or len(pages) < len(texts):
        found = scattered({place: texts[number] for number, place in at.items()})
    words = written((vocabulary.keys[key], places) for key, places in found.places(vocabulary.known).items())
    return Read(len(texts), vocabulary.entry, pages, words, filtered(at, narrowed), vocabulary.rest)


def pages_of(texts: Mapping[int, Text], vocabulary: Vocabulary) -> list[Page]:
    """Those documents that have a word, by number."""
    return [
        Page(n, len(one.heading) + len(one.body), one.shown)
        for n, one in texts.items()
        if any(vocabulary.known[word] for some in (one.heading, one.body) for word in some)
    ]


def filtered(at: Mapping[int, int], narrowed: Narrowed) -> dict[str, dict[str, Pages]]:
    """The pages by name and value of what narrows a search."""
    filters: dict[str, dict[str, Pages]] = {}
    for n, place in at.items():
        for name, value in pairs(narrowed[n]):
            filters.setdefault(name, {}).setdefault(value, []).append(place)
    return filters
