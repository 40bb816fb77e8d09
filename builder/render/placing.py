"""The words of documents, put where they stand: the index that Pagefind would make of the documents themselves.

It reads their words once (`spelling`), and a sample as a whole. Where what is put together of the sample's words is
not what it made of the sample, it does not take words one by one in this language, and has to read the documents.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from builder.render import cbor
from builder.render.indexing import Page, Pages, Read, indexed
from builder.render.search_words import Places, Word, gathered, located, once, packed, spelt
from builder.render.searchable import Document
from builder.render.spelling import ABOUT, BITS, WEIGHT, Found, Key, Vocabulary, Words, page_of, standing

NONE = cbor.listed(0)
TITLE = ABOUT + 1  # fields of metadata, by name
MARKS = ".,;:!?()\"'"
STOPPED = {"Ll", "Lu", "Lo", "Lm", "Lt", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"}  # after these a paragraph gets a full stop
STOPPED_TOO = "'\")$*\u200c\u200d"
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
    said = (_bare(_words(words)) for words in (document.title, document.about))
    return Text(" ".join((*heading, *body)), _bare(heading), _bare(body), *said)


def _words(text: str) -> list[str]:
    return text.replace("\u200b", "").split()


def _stopped(text: str) -> list[str]:
    """The words with the full stop that Pagefind sets after a paragraph that ends without any mark."""
    words = _words(text)
    if words and (unicodedata.category(text[-1]) in STOPPED or text[-1] in STOPPED_TOO):
        words[-1] += "."
    return words


def _bare(words: Iterable[str]) -> list[str]:
    """Words of letters only without the marks around them, so that Pagefind reads fewer."""
    return [bare if (bare := word.strip(MARKS)).isalpha() else word for word in words]


def wanted(texts: Iterable[Text]) -> Words:
    """The words of texts."""
    words = Words({}, {}, {})
    for one in texts:
        words.heading.update(dict.fromkeys(one.heading))
        words.body.update(dict.fromkeys(one.body))
        words.meta.update(dict.fromkeys(one.title))
        words.meta.update(dict.fromkeys(one.about))
    return words


def learnt(words: Words, language: str, vocabulary: Vocabulary) -> bool:
    """Has Pagefind read the words that the vocabulary has not; tells whether it takes them one by one."""
    if vocabulary.full():
        vocabulary.forget()
    new, sample = vocabulary.new(words), text(SAMPLE)
    if not vocabulary.refused and (new.heading or new.body or new.meta or not vocabulary.entry):
        own = wanted([sample])
        new = Words(own.heading | new.heading, own.body | new.body, own.meta | new.meta)
        read = indexed([new.page(language), SAMPLE.html(language)], language)
        taken = vocabulary.learn(new, read, 0)
        vocabulary.refused = not taken or not _same(placed([SAMPLE], {0: sample}, vocabulary), read, page_of(read, 1))
    return not vocabulary.refused


def _same(ours: Read, read: Read, at: int) -> bool:
    """Whether the one document of ours is as Pagefind read it, as that page."""
    (page,) = ours.pages
    return (page.words, page.text, dict(standing(0, ours))) == (
        read.pages[at].words,
        read.pages[at].text,
        dict(standing(at, read)),
    )


class Before(Struct, frozen=True):
    """An index of earlier, and which of its documents are among those of now: number now -> number then."""

    read: Read
    same: dict[int, int]


Standing = defaultdict[int, list[tuple[int, bytes]]]  # key's number -> page, and where it stands there


def placed(
    documents: Sequence[Document], texts: Mapping[int, Text], vocabulary: Vocabulary, before: Before | None = None
) -> Read:
    """The index of documents in their order, without those that have no word.

    `texts` are by number those of documents that are not the same as `before`.
    """
    words: Standing = defaultdict(list)
    pages = _taken(before, vocabulary, words) if before else {}
    for number, one in texts.items():
        if _place(one, vocabulary, number, words):
            pages[number] = Page(number, len(one.heading) + len(one.body), one.shown)
    places = {number: place for place, number in enumerate(sorted(pages))}
    filters: dict[str, dict[str, Pages]] = {}
    for number, place in places.items():
        for name, value in documents[number].narrowed():
            filters.setdefault(name, {}).setdefault(value, []).append(place)
    listed = _listed(words, vocabulary.keys, places)
    made = before.read if before else vocabulary
    return Read(len(documents), made.entry, [pages[n] for n in places], listed, filters, made.rest, {})


def _taken(before: Before, vocabulary: Vocabulary, words: Standing) -> dict[int, Page]:
    """The pages of documents that are the same, by number now; notes where they have what."""
    now = {then: number for number, then in before.same.items()}
    at = {place: now[page.number] for place, page in enumerate(before.read.pages) if page.number in now}
    for key, places in spelt(before.read.words):
        found = [(at[place], where) for place, where in located(places) if place in at]
        if found:
            words[vocabulary.number(key)] += found
    return {number: msgspec.structs.replace(before.read.pages[place], number=number) for place, number in at.items()}


def _place(text: Text, spelling: Vocabulary, number: int, words: Standing) -> bool:
    """Notes where a document has what; tells whether there is a word in its text."""
    in_text: defaultdict[int, list[int]] = defaultdict(list)
    _find(text.heading, 0, spelling.heading, in_text)
    _find(text.body, len(text.heading), spelling.body, in_text)
    if not in_text:
        return False
    in_meta: defaultdict[int, list[int]] = defaultdict(list)
    for field, said in ((ABOUT, text.about), (TITLE, text.title)):
        for place, word in enumerate(said):
            for entry in spelling.meta[word]:
                in_meta[entry + field].append(place)
    meta = _packed(in_meta)
    for key, where in _packed(in_text).items():
        words[key].append((number, where + meta.pop(key, NONE)))
    for key, where in meta.items():
        words[key].append((number, NONE + where))
    return True


def _find(words: Iterable[str], first: int, spelling: Found, found: defaultdict[int, list[int]]) -> None:
    for place, word in enumerate(words, first):
        for entry in spelling[word]:
            found[entry].append(place)


def _packed(found: Mapping[int, list[int]]) -> dict[int, bytes]:
    """Where each key stands, by weight or by field."""
    by_key: dict[int, bytes] = {}
    several: dict[int, None] = {}  # keys with more than one weight
    for entry, places in found.items():
        key = entry >> BITS
        if key in by_key:
            several[key] = None
        weight = entry & WEIGHT
        by_key[key] = once(weight, places[0]) if len(places) == 1 else packed([(weight, places)])
    weights = sorted({entry & WEIGHT for entry in found}) if several else ()
    for key in several:
        by_key[key] = packed(
            [(weight, found[key << BITS | weight]) for weight in weights if key << BITS | weight in found]
        )
    return by_key


def _listed(found: Standing, keys: Sequence[Key], places: Mapping[int, int]) -> list[Word]:
    """The words of pages that stand in these places."""
    words: dict[str, Places | None] = {}
    forms: defaultdict[str, list[tuple[str, Places]]] = defaultdict(list)
    for number, pages in found.items():
        word, form = keys[number]
        words.setdefault(word, None)
        at = gathered(sorted([(places[page], where) for page, where in pages]))
        if form:
            forms[word].append((form, at))
        else:
            words[word] = at
    return [Word(word, at, forms.get(word, [])) for word, at in words.items()]
