"""content/articles/ as it stands, with what was converted before taken from the cache; only the rest is opened."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from builder.cache import Cache, Head, Known, files, key
from builder.fingerprint import fingerprint
from builder.model.article import Article
from builder.problems import Problem, Problems, at
from builder.read.files import bytes_of, printable
from builder.read.originals import Originals
from builder.read.walk import Seen, articles

SOURCES = ("read", "model/article.py", "model/interval.py", "model/readable.py", "model/slug.py")
LIBRARIES = ("markdown", "beautifulsoup4", "pyyaml", "edtf")
BATCH = 200  # converted articles that are kept in one transaction


class Found(NamedTuple):
    """An article that is good, unopened: where it stands, the address of its content, and what is known of it."""

    path: str
    key: str
    head: Head

    @property
    def slug(self) -> str:
        return self.head.slug


def gather(root: Path, language: str, cache: Cache) -> Iterator[Found]:
    """Yields the articles one at a time, sorted by path; what is wrong is raised together, as Problems, at the end.

    `language` is that of articles which name none. Only the iterator's end says that all is well: use nothing of it
    for good before.
    """
    gathering = _Gathering(root, language, cache)
    try:
        yield from gathering.all()
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
        self.made = made()
        self.originals = Originals(root, cache.files)
        self.new: dict[str, tuple[Article, Head]] = {}
        self.gathered, self.address = cache.gathered, key(self.made, language)
        self.before = self.gathered.get(self.address)
        self.now: dict[str, Known] = {}

    def all(self) -> Iterator[Found]:
        problems: list[Problem] = []
        taken: dict[str, Found] = {}
        for seen in articles(self.root):
            try:
                found = self._untouched(seen) or self._one(seen)
            except Problems as error:
                problems.extend(error.problems)
                continue
            if found.slug in taken:
                problems.append(self._duplicate(found, taken[found.slug]))
                continue
            taken[found.slug] = found
            yield found
        if self.now != self.before:
            self.gathered.keep(self.address, self.now)
        if problems:
            raise Problems(problems)

    def _untouched(self, seen: Seen) -> Found | None:
        """The article as it was found last, where neither its file nor its original was touched since."""
        known = self.before.get(seen.path)
        if known is None or seen.status is None or known.state != files.state(seen.status):
            return None
        if known.original != self.originals.state(known.head):
            return None
        self.now[seen.path] = known
        return Found(seen.path, known.key, known.head)

    def _one(self, seen: Seen) -> Found:
        digest = self.files.digest(seen.path, seen.status)
        raw = b""
        if not digest:
            raw = bytes_of(self.root / seen.path, self.root)
            digest = hashlib.sha256(raw).hexdigest()
            self.files.remember(seen.path, seen.status, digest)
        address = key(digest, printable(seen.path), self.language, self.made)
        head = self.bodies.find(address) or self._convert(seen.path, raw, address)
        if head.original and not self.originals.is_as_it_was(head):
            self.originals.refuse(self._article(seen.path, address))
        self._note(seen, address, head)
        return Found(seen.path, address, head)

    def _note(self, seen: Seen, address: str, head: Head) -> None:
        """Has the article known the next time by its file's state and its original's, where both can be relied on."""
        original = self.originals.state(head)
        is_known = seen.status and files.settled(seen.status) and (original or not head.original)
        if seen.status and is_known and seen.path.isprintable():  # bytes that are no text could not be kept
            self.now[seen.path] = Known(files.state(seen.status), original, address, head)

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
