"""Every article's share of the registers: kept by what it was gathered from, so that an unchanged one is not opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from builder.cache import Aside, Cache, key
from builder.cache.shares import Row
from builder.config import Config
from builder.fingerprint import fingerprint
from builder.link.sensitive import Folding
from builder.model.archive import Occurrence, Parts, ReviewedArticle
from builder.model.article import Article
from builder.model.editorial import Decision
from builder.problems import Problem, Problems
from builder.read.found import Found, Gathered
from builder.read.gather import opened_article
from builder.reading import Reader
from builder.registers import Addresses

if TYPE_CHECKING:  # imported only where something is gathered, or joined
    from builder.link.collect import Collected, Names, Share

SOURCES = ("review", "link", "shares.py", "anchor.py", "model")
BATCH = 200  # shares that are kept in one transaction
T = TypeVar("T")
_encode = msgspec.msgpack.encode


class Shares:
    """The articles of one build, each opened only where its share must be gathered anew or a page asks for it."""

    def __init__(
        self,
        root: Path,
        config: Config,
        cache: Cache,
        reader: Reader,
        found: Gathered,
        decisions: dict[str, tuple[Decision, ...]],
        folding: Folding,
    ) -> None:
        self._root, self._config, self._cache, self._reader, self._folding = root, config, cache, reader, folding
        self._found, self._decisions = found, decisions
        self._made = made()
        self._scope = key(msgspec.json.encode(folding).decode(), config.sensitive.warning, config.language)
        self._addresses: dict[str, str] = {}
        self._last: tuple[Parts, tuple[Occurrence, ...]] = ((), ())
        self._last_said: tuple[Parts, tuple[Occurrence, ...]] = ((), ())

    def address(self, one: Found) -> str:
        """Where the article's share is kept: by its file, its reading, and all that editors decide about it."""
        if one.slug not in self._addresses:
            self._addresses[one.slug] = self._address(one)
        return self._addresses[one.slug]

    def _address(self, one: Found) -> str:
        decisions = self._decisions.get(one.slug, ())
        decided = msgspec.json.encode(decisions).decode() if decisions else ""
        return key(one.key, self._reader.address(one), self._made, self._scope, decided)

    def addresses(self, before: Iterable[Addresses]) -> Iterator[Addresses]:
        """Yields where every article's share is kept, in batches; those of unchanged articles are taken over."""
        last = {batch.id: batch for batch in before if batch.id}
        scope = key(self._made, self._scope, self._reader.scope(), msgspec.json.encode(self._decisions).decode())
        for batch in self._found.batches:
            id = key(batch.id, scope) if batch.id else ""
            yield last[id] if id in last else Addresses.of(id, {one.slug: self.address(one) for one in batch.found})

    def kept(self, address: str) -> tuple[Names, Collected] | None:
        """The share kept there, but for its places; None where none is, or it cannot be read."""
        names = _decoded(_names(), self._cache.shares.names(address))
        collected = _decoded(_collected(), self._cache.shares.collected(address))
        return (names, collected) if names and collected else None

    def gather(self, slugs: Iterable[str]) -> None:
        """Gathers what is new of these articles; raises Problems for decisions that fit no place."""
        problems, new = list[Problem](), list[Row]()
        for one in map(self._found.of, slugs):
            address = self.address(one)
            if self._cache.shares.has(address):
                continue
            try:
                share = self._share(one.slug)
            except Problems as error:
                problems.extend(error.problems)
                continue
            new.append((address, self._made, _encode(share.names), _encode(share.collected), share.places))
            if len(new) >= BATCH:
                self._cache.shares.keep(new)
                new.clear()
        self._cache.shares.keep(new)
        if problems:
            raise Problems(problems)

    def _share(self, slug: str) -> Share:
        from builder.link.collect import collect

        return collect(self.reviewed(slug), self._folding)

    def slugs(self) -> Iterable[str]:
        """Of every article, sorted by path."""
        return self._found.slugs

    def names(self) -> Iterator[Names]:
        """Yields whom every article names."""
        for one in self._found:
            kept = _decoded(_names(), self._cache.shares.names(self.address(one)))
            yield kept or self._share(one.slug).names

    def all(self) -> Iterator[Collected]:
        """Yields what every article says and tells."""
        for one in self._found:
            kept = _decoded(_collected(), self._cache.shares.collected(self.address(one)))
            yield kept or self._share(one.slug).collected

    def aside(self, of: type[T]) -> Aside[T]:
        """Where values of a type wait until a record is made of them: in a file, not in memory."""
        return Aside(of, self._cache.folder)

    def reviewed(self, slug: str) -> ReviewedArticle:
        """The article with its annotations and the editors' decisions; KeyError for none of the archive's."""
        from builder.review import review

        one, article = self._found.of(slug), self._opened(slug)
        annotations = self._reader.annotations(one, article)
        return review(self._warned(article), annotations, self._decisions.get(slug, ()))

    def article(self, slug: str) -> Article:
        """The article alone."""
        return self._warned(self._opened(slug))

    def _opened(self, slug: str) -> Article:
        return opened_article(self._found.of(slug), self._root, self._config.language, self._cache)

    def _warned(self, article: Article) -> Article:
        """An editor may write `sensitive: true` for the archive's own warning."""
        own = article.sensitive == "true"
        return msgspec.structs.replace(article, sensitive=self._config.sensitive.warning) if own else article

    def places(self, parts: Parts) -> tuple[Occurrence, ...]:
        """Where articles name an entity, as (article, the document's id, how many); the last answer is kept."""
        if self._last[0] is not parts:
            self._last = parts, tuple(place for slug, id, _ in parts for place in self._places(slug, id))
        return self._last[1]

    def said(self, parts: Parts) -> tuple[Occurrence, ...]:
        """Quotations and citations, by article and annotation, with the words around them; the last answer is kept."""
        if self._last_said[0] is not parts:
            self._last_said = parts, tuple(self._said(parts))
        return self._last_said[1]

    def _said(self, parts: Parts) -> Iterator[Occurrence]:
        from builder.link.collect import SAID

        for slug, of_article in groupby(parts, key=lambda part: part[0]):
            known = {place.annotation: place for place in self._places(slug, SAID)}
            yield from (known[id] for _, id, _ in of_article if id in known)

    def _places(self, slug: str, id: str) -> tuple[Occurrence, ...]:
        kept = self._cache.shares.places(self.address(self._found.of(slug)), id)
        return self._share(slug).places.get(id, ()) if kept is None else kept


@lru_cache
def _names() -> msgspec.msgpack.Decoder[Names]:
    from builder.link.collect import Names

    return msgspec.msgpack.Decoder(Names)


@lru_cache
def _collected() -> msgspec.msgpack.Decoder[Collected]:
    from builder.link.collect import Collected

    return msgspec.msgpack.Decoder(Collected)


def _decoded(decoder: msgspec.msgpack.Decoder[T], blob: bytes | None) -> T | None:
    try:
        return decoder.decode(blob) if blob else None
    except (msgspec.DecodeError, TypeError):
        return None


def made() -> str:
    """What gathers shares: the sources that take part."""
    return fingerprint(SOURCES)
