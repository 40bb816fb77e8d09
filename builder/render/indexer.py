"""Parts of the search index, made anew or as they were kept.

Of a part that changed only pieces are opened that looked up something else than before. Only the documents that changed
are put in anew, and of these Pagefind reads only words that it has not read before. In a language that it does not
take word by word, it reads all of a run in which something changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain

import msgspec

from builder.fingerprint import fingerprint
from builder.render.asking import Asking
from builder.render.indexing import Program, Read, indexed, program
from builder.render.lookups import Lookups
from builder.render.placing import SAMPLE, placed
from builder.render.replacing import Before, replaced
from builder.render.search_index import Index, fit, whole
from builder.render.search_known import Documents, Open
from builder.render.search_store import Kept, Known, Store, key, known, narrowed, said
from builder.render.searchable import Document, with_text
from builder.render.spelling import Vocabulary
from builder.render.stamp import LIBRARIES, SOURCES
from builder.render.standing import scattered
from builder.render.template import Site
from builder.render.texts import Text, all_words, reread, text

KEPT = "search"  # in the working folder: indexes of parts
# What decides how words of documents are put into an index, besides Pagefind.
PLACING = ("asking", "cbor", "indexing", "placing", "replacing", "search_index", "search_store", "search_words")
PLACED_BY = tuple(f"render/{name}.py" for name in (*PLACING, "searchable", "spelling", "standing", "texts"))


class Indexer:
    """Makes the indexes of parts; `lookups` knows what was looked up for what is kept, where that is noted."""

    def __init__(self, site: Site, lookups: Lookups | None = None) -> None:
        self._site, self._lookups = site, lookups
        self.language = site.config.language
        self.store = Store(site.work and site.work / KEPT)
        self._vocabulary = Vocabulary()
        self._program = Program(("", 0, 0), "")
        self._reader = self._by = ""

    def index(self, part: str, runs: Mapping[str, Sequence[Open]]) -> tuple[Index, Iterator[bytes]]:
        """The index of the runs' documents, in order, and what results show of them, each as JSON."""
        kept = self._kept(part)
        if self._vocabulary.refused or (kept is None and any(map(self._kept, runs))):
            return self._by_runs(runs)
        with closing(Asking(kept, self._vocabulary, self.language)) as asking:
            found = Documents(chain.from_iterable(runs.values()), kept, self._lookups, self.by(), asking.ahead)
            made = self._made(found, kept, asking)
        if made is None:
            return self._by_runs(runs)
        read, spelling = made
        same_filters = kept is not None and read.filters is kept.made.filters
        index = whole([read], kept.files if kept else {}, same_filters=same_filters)
        now = Kept(*self._by_whom(), found.known, found.looked, read, index.files, spelling)
        if now != kept:
            self.store.put(part, now)
        return index, _shown(found.known, [read])

    def _made(self, found: Documents, kept: Kept | None, asking: Asking) -> tuple[Read, bytes] | None:
        """The index of documents that were found, and how its words are spelt; None where Pagefind has to read them."""
        texts = {n: text(document) for n, document in found.opened.items() if n not in found.same}
        gone = _texts(kept, found.gone(kept.documents)) if kept else {}
        if kept and not texts and not gone and all(now == then for now, then in found.same.items()):
            return kept.made, kept.spelling
        words, now = scattered(texts), [one.narrowed for one in found.known]
        if not asking.learn(chain(words.words(), *map(all_words, gone.values()))):
            return None
        if kept is None:
            made = placed(list(texts.values()), now, self._vocabulary, words)
        else:
            then = [one.narrowed for one in kept.documents]
            made = replaced(Before(kept.made, found.same, gone, then), texts, now, self._vocabulary)
        return made, asking.spelling(words.words())

    def _by_runs(self, runs: Mapping[str, Sequence[Open]]) -> tuple[Index, Iterator[bytes]]:
        """The same where Pagefind reads documents whole: all of a run in which one changed."""
        opened = {run: [one for piece in pieces for one in piece.documents()] for run, pieces in runs.items()}
        found = {run: documents for run, documents in opened.items() if documents}
        read = [self._run(run, documents) for run, documents in found.items()]
        every = [document for documents in found.values() for document in documents]
        read = read if fit(read) else [self._all(every)]
        return whole(read), _shown([known(document) for document in every], read)

    def _run(self, run: str, documents: Sequence[Document]) -> Read:
        now = [known(document) for document in documents]
        kept = self._kept(run)
        if kept and [one.address for one in kept.documents] == [one.address for one in now]:
            return kept.made
        made = self._all(documents)
        self.store.put(run, Kept(*self._by_whom(), now, {}, made))
        return made

    def _all(self, documents: Sequence[Document]) -> Read:
        """What Pagefind makes of documents as a whole, which it reads in no order."""
        made = indexed((document.html(self.language) for document in documents), self.language).read()
        order = {number: number for number in range(len(documents))}
        return replaced(Before(made, order, {}), {}, list(map(narrowed, documents)), Vocabulary())

    def _kept(self, name: str) -> Kept | None:
        """What was made of the part or run before by the same reader."""
        kept = self.store.get(name)
        return kept if kept and kept.reader == self.reader(kept.program) else None

    def reader(self, known: Program | None = None) -> str:
        """Stands for who reads documents, and how; `known` is the program that did it before."""
        if not self._reader:
            self._program = program(known)
            self._reader = key(self._program.version, SAMPLE.html(self.language), fingerprint(PLACED_BY)).hex()
        return self._reader

    def _by_whom(self) -> tuple[Program, str, str]:
        reader = self.reader()
        return self._program, reader, self.by()

    def by(self) -> str:
        """Stands for how documents are come by, besides what is looked up for them."""
        config = msgspec.json.encode(self._site.config)
        self._by = self._by or key(fingerprint(SOURCES, LIBRARIES), config).hex()
        return self._by

    def start(self) -> tuple[Index, dict[str, bytes]]:
        """An index that a search begins with, and its programs, which are the same for any documents."""
        made = indexed([SAMPLE.html(self.language)], self.language)
        return whole([made.read()]), made.programs


def _texts(kept: Kept, numbers: Sequence[int]) -> dict[int, Text]:
    """The words of documents as they were, by number."""
    pages = {page.number: page.text for page in kept.made.pages}
    return {n: reread(pages[n], *said(kept.documents[n])) for n in numbers if n in pages}


def _shown(documents: Sequence[Known], read: Sequence[Read]) -> Iterator[bytes]:
    """Yields what results show of documents, with the text that is found; of what is folded, only the warning."""
    first = 0
    for one in read:
        texts = {first + page.number: page.text for page in one.pages}
        for n in range(first, first + one.documents):
            document = documents[n]
            yield document.shown if document.folded else with_text(document.shown, texts.get(n, ""))
        first += one.documents
