"""content/articles/ as it stands, with what was converted before taken from the cache; only the rest is opened."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from builder.cache import Cache, Head, Known, files, key
from builder.fingerprint import fingerprint
from builder.model.article import Article
from builder.problems import Problem, Problems, at
from builder.read.files import bytes_of, printable
from builder.read.found import Batch, Found, Gathered, cut
from builder.read.originals import Originals
from builder.read.walk import Seen, articles

SOURCES = ("read", "model/article.py", "model/interval.py", "model/readable.py", "model/slug.py")
LIBRARIES = ("markdown", "beautifulsoup4", "pyyaml", "edtf")
SHELF = ("cache/bodies.py",)  # how what is known of a batch is kept
BATCH = 200  # converted articles that are kept in one transaction


def gather(root: Path, language: str, cache: Cache) -> Gathered:
    """The articles, sorted by path; raises Problems for all that is wrong in any of their files, together.

    `language` is that of articles which name none.
    """
    gathering = _Gathering(root, language, cache)
    try:
        return gathering.all()
    finally:
        gathering.keep()


def opened_article(found: Found, root: Path, language: str, cache: Cache) -> Article:
    """The article itself: from the cache, or from its file where the cache was begun anew in the meantime."""
    return cache.bodies.article(found.key) or _read(root, found.path, language)


def made() -> str:
    """What converts articles: the sources and libraries that take part."""
    return fingerprint(SOURCES, LIBRARIES)


class _Gathering:
    """One pass over the files; `new` waits to be kept, by address."""

    def __init__(self, root: Path, language: str, cache: Cache) -> None:
        self.root, self.language, self.files, self.bodies = root, language, cache.files, cache.bodies
        self.made, self.begun = made(), time.time_ns()
        self.originals = Originals(root, cache.files)
        self.new: dict[str, tuple[Article, Head]] = {}
        self.problems: list[Problem] = []
        self.gathered, self.address = cache.gathered, key(self.made, fingerprint(SHELF), language)
        self.before = self.gathered.all()
        self.now: dict[str, Known] = {}

    def all(self) -> Gathered:
        batches = [self._batch(seen) for seen in cut(articles(self.root))]
        gathered = Gathered(batches)
        if len(gathered) != sum(len(batch.slugs) for batch in batches):
            self.problems.extend(self._duplicates(batches))
        if self.now != self.before:
            self.gathered.keep(self.now, self.before)
        if self.problems:
            raise Problems(self.problems)
        return gathered

    def _batch(self, seen: Sequence[Seen]) -> Batch:
        id = self._id(seen)
        known = self.before.get(id)
        if known is None or not known.is_whole() or not self._are_as_they_were(known.originals):
            found = [one for one in map(self._good, seen) if one]
            known = self._known(seen, found) if id else None
            if known is None:
                return Batch("", [one.slug for one in found], found)
        self.now[id] = known
        return Batch(id, known.slugs, known.found)

    def _id(self, seen: Sequence[Seen]) -> str:
        """What stands for these files and how each of them is; nothing for what is no plain file, or has no name."""
        each = [f"{one.path}\0{files.state(one.status)}\0" for one in seen if one.status]
        try:
            whole = "".join((self.address, *each)).encode()
        except UnicodeEncodeError:
            return ""
        return hashlib.blake2b(whole, digest_size=16).hexdigest() if len(each) == len(seen) else ""

    def _known(self, seen: Sequence[Seen], found: Sequence[Found]) -> Known | None:
        """What is kept of a batch; None where a file is wrong, or it or its original was touched a moment ago."""
        named = (one.head.original for one in found if one.head.original)
        states = tuple((path, self.originals.state(path)) for path in named)
        settled = all(one.status and files.settled(one.status, self.begun) for one in seen)
        if len(found) < len(seen) or not settled or not all(state for _, state in states):
            return None
        return Known.of(tuple(one.slug for one in found), states, msgspec.msgpack.encode(found))

    def _are_as_they_were(self, originals: Iterable[tuple[str, str]]) -> bool:
        return all(self.originals.state(path) == state for path, state in originals)

    def _good(self, seen: Seen) -> Found | None:
        try:
            return self._one(seen)
        except Problems as error:
            self.problems.extend(error.problems)
        return None

    def _duplicates(self, batches: Iterable[Batch]) -> Iterator[Problem]:
        taken: dict[str, Found] = {}
        for one in (found for batch in batches for found in batch.found):
            first = taken.setdefault(one.slug, one)
            if first is not one:
                yield self._duplicate(one, first)

    def _one(self, seen: Seen) -> Found:
        digest = self.files.digest(seen.path, seen.status)
        raw = b""
        if not digest:
            raw = bytes_of(self.root / seen.path, self.root)
            digest = hashlib.sha256(raw).hexdigest()
            self.files.remember(seen.path, seen.status, digest, self.begun)
        address = key(digest, printable(seen.path), self.language, self.made)
        head = self.bodies.find(address) or self._convert(seen.path, raw, address)
        if head.original and not self.originals.is_as_it_was(head):
            self.originals.refuse(self._article(seen.path, address))
        return Found(seen.path, address, head)

    def _convert(self, path: str, raw: bytes, address: str) -> Head:
        from builder.read.articles import converted  # with the libraries that nothing unchanged needs

        raw = raw or bytes_of(self.root / path, self.root)
        article = converted(raw, path, self.language)
        head = Head(article.slug, _matter(article), article.original, article.original_sha256)
        self.new[address] = article, head
        if len(self.new) >= BATCH:
            self.keep()
        return head

    def _article(self, path: str, address: str) -> Article:
        if address in self.new:
            return self.new[address][0]
        return self.bodies.article(address) or _read(self.root, path, self.language)

    def _duplicate(self, found: Found, other: Found) -> Problem:
        article = self._article(found.path, found.key)
        place = at(article.path, article.lines.get("slug"))
        what = f"the slug “{found.slug}” is taken by {printable(other.path)}"
        return Problem(place, what, "Rename the file, or give it a “slug:” of its own.")

    def keep(self) -> None:
        """Writes down what is new: only what could be read, and whatever stops the build later."""
        new, self.new = self.new, {}
        self.bodies.keep([(address, self.made, *kept) for address, kept in new.items()])
        self.files.keep()


def _read(root: Path, path: str, language: str) -> Article:
    from builder.read.articles import converted

    return converted(bytes_of(root / path, root), path, language)


def _matter(article: Article) -> str:
    """The address of all that annotators see of an article; its tags, say, are none of it."""
    links = [f"{mark.start} {mark.end} {mark.url}" for mark in article.marks if mark.kind == "link"]
    about = (article.published, article.title, article.publisher, article.language)
    return key(article.text, *about, *links)
