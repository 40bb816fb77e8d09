"""Runs of documents, read anew or as they were kept, and put together to an index.

Of a run that changed, only the documents that did are put in anew, and of these Pagefind reads only words that it has
not read before. In a language that it does not take word by word, it reads all of the run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from builder.render.indexing import Read, indexed, program
from builder.render.placing import SAMPLE, Before, learnt, placed, text, wanted
from builder.render.search_index import Index, fit, whole
from builder.render.search_store import Kept, Store, key
from builder.render.searchable import Document
from builder.render.spelling import Vocabulary
from builder.render.template import Site

KEPT = "search"  # in the working folder: indexes of runs


class Changed(Struct, frozen=True):
    """A run's documents, their addresses, and what was made of the run before."""

    documents: Sequence[Document]
    addresses: list[bytes]
    kept: Kept | None

    def before(self) -> Before | None:
        """What was made before, and of which documents that are the same now."""
        if self.kept is None:
            return None
        then: defaultdict[bytes, list[int]] = defaultdict(list)
        for number, address in reversed(list(enumerate(self.kept.documents))):
            then[address].append(number)
        same = {number: then[one].pop() for number, one in enumerate(self.addresses) if then.get(one)}
        return Before(self.kept.made, same)


class Indexer:
    """Makes the indexes of parts."""

    def __init__(self, site: Site) -> None:
        self.language = site.config.language
        self.store = Store(site.work and site.work / KEPT)
        self._vocabulary = Vocabulary()
        self._reader = ""

    def index(self, runs: Mapping[str, Sequence[Document]]) -> Index:
        """The index of the runs' documents, in order."""
        found = self._read({run: documents for run, documents in runs.items() if documents})
        if fit(found):
            return whole(found)
        return whole([self._all([document for documents in runs.values() for document in documents])])

    def _read(self, runs: Mapping[str, Sequence[Document]]) -> list[Read]:
        found: dict[str, Read] = {}
        changed: dict[str, Changed] = {}
        for run, documents in runs.items():
            addresses = [key(document.found_by()) for document in documents]
            kept = self.store.get(run, self.reader())
            if kept and kept.documents == addresses:
                found[run] = kept.made
            else:
                changed[run] = Changed(documents, addresses, kept)
        for run, made in self._made(changed).items():
            found[run] = made
            self.store.put(run, Kept(self.reader(), changed[run].addresses, made))
        return [found[run] for run in runs]

    def _made(self, changed: Mapping[str, Changed]) -> dict[str, Read]:
        before = {run: one.before() for run, one in changed.items()}
        texts = {
            run: {n: text(document) for n, document in enumerate(one.documents) if n not in _same(before[run])}
            for run, one in changed.items()
        }
        words = wanted(one for of_run in texts.values() for one in of_run.values())
        if changed and not learnt(words, self.language, self._vocabulary):
            return {run: self._all(one.documents) for run, one in changed.items()}
        return {run: placed(one.documents, texts[run], self._vocabulary, before[run]) for run, one in changed.items()}

    def _all(self, documents: Sequence[Document]) -> Read:
        """What Pagefind makes of documents as a whole, which it reads in no order."""
        made = indexed((document.html(self.language) for document in documents), self.language)
        return placed(documents, {}, Vocabulary(), Before(made, {number: number for number in range(len(documents))}))

    def reader(self) -> str:
        """Stands for who reads documents, and how."""
        self._reader = self._reader or key(program(), SAMPLE.html(self.language)).hex()
        return self._reader

    def start(self) -> tuple[Index, dict[str, bytes]]:
        """An index that a search begins with, and its programs, which are the same for any documents."""
        made = indexed([SAMPLE.html(self.language)], self.language)
        return whole([made]), made.programs


def _same(before: Before | None) -> Mapping[int, int]:
    return before.same if before else {}
