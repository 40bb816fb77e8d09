"""Finds out which texts are new, has them read in shards, and keeps what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from builder.cache import Cache, key
from builder.config import Config
from builder.fingerprint import fingerprint
from builder.listed import Listed, Listing
from builder.model.annotation import Annotation
from builder.model.article import Article
from builder.model.editorial import EntityEntry
from builder.read.found import Found
from builder.read.gather import opened_article
from builder.reading.shard import Read, Shard, Text, annotate_shard, made
from builder.reading.workforce import Workforce
from builder.work.told import Progress

SIZE = 40_000  # characters in a shard: some two seconds of work
_read = msgspec.msgpack.Decoder(Read)


class Reader:
    """Reads articles with the archive's model, which is loaded only where a text is new."""

    def __init__(self, config: Config, cache: Cache, workforce: Workforce | None = None) -> None:
        self.config = config
        self.made = made(config.model)
        self.read_anew = 0
        self._cache = cache
        self._workforce = workforce or Workforce()
        self._listed, self._root = Listed(), Path()
        self._inside: dict[str, tuple[Listing, ...]] | None = None  # an article's key -> the listed names in it
        self._known = 0  # of these, how many are kept

    def knows(self, entries: Iterable[EntityEntry], root: Path) -> None:
        """Takes in the editors' file of the archive at `root`: its names are found also where the model misses them."""
        self._listed, self._root, self._inside = Listed(entries), root, None

    def scope(self) -> str:
        """What decides where an article's annotations are kept, besides the article."""
        return key(self.config.profile, self.made, self._listed.digest())

    def keep_listings(self, found: Iterable[Found]) -> None:
        """Keeps which listed names stand in which of these articles, all that there are, if more is known than was."""
        if self._inside and len(self._inside) > self._known:
            inside = self._inside
            now = {one.key: inside[one.key] for one in found if one.key in inside}
            self._cache.listings.keep(self._address_of_listings(), now)
            self._inside, self._known = now, len(now)

    def _address_of_listings(self) -> str:
        return key(self._listed.digest(), fingerprint(("listed.py",)))

    def address(self, found: Found) -> str:
        """Where the article's annotations are kept: what they were read from, and all that decides what is read."""
        names = [part for listing in self._names(found) for part in listing]
        return key(found.head.matter, self.config.profile, self.made, *names)

    def _names(self, found: Found) -> tuple[Listing, ...]:
        """The listed names that the article holds: a change of any other leaves its reading as it is."""
        if not self._listed:
            return ()
        if self._inside is None:
            self._inside = self._cache.listings.get(self._address_of_listings())
            self._known = len(self._inside)
        if found.key not in self._inside:
            article = self._opened(found, self._root)
            self._inside[found.key] = self._listed.inside(article.text, article.slug)
        return self._inside[found.key]

    def read(self, found: Iterable[Found], root: Path, progress: Progress) -> None:
        """Reads whatever was never read before, and keeps every shard at once, for this build and those to come."""
        by_address = {self.address(one): one for one in found}  # a text that stands in two articles is read once
        new = {address: one for address, one in by_address.items() if not self._cache.readings.has(address)}
        texts = (self._text(address, one, self._opened(one, root)) for address, one in new.items())
        with closing(self._workforce.run(annotate_shard, self._shards(texts))) as results:
            for result in results:
                self._keep(_read.decode(result))
                progress("reading", self.read_anew, len(new))

    def annotations(self, found: Found, article: Article) -> tuple[Annotation, ...]:
        """Gives the article's annotations, which `read` has kept."""
        address = self.address(found)
        kept = self._cache.readings.get(address)
        if kept is None:  # spoilt or pruned in the meantime
            self._keep(_read.decode(annotate_shard(self._shard([self._text(address, found, article)]))))
            kept = self._cache.readings.get(address)
        assert kept is not None
        return kept

    def _keep(self, read: Read) -> None:
        self._cache.readings.keep_all((key, self.made, annotations) for key, annotations in read)
        self.read_anew += len(read)

    def _opened(self, found: Found, root: Path) -> Article:
        return opened_article(found, root, self.config.language, self._cache)

    def _text(self, address: str, found: Found, article: Article) -> Text:
        return Text.of(address, article, self._names(found))

    def _shards(self, texts: Iterator[Text]) -> Iterator[bytes]:
        waiting: list[Text] = []
        size = 0
        for text in texts:
            if waiting and size + len(text.text) > SIZE:
                yield self._shard(waiting)
                waiting, size = [], 0
            waiting.append(text)
            size += len(text.text)
        if waiting:
            yield self._shard(waiting)

    def _shard(self, texts: Sequence[Text]) -> bytes:
        return msgspec.msgpack.encode(Shard(self.config.model, self.config.profile, self.made, tuple(texts)))
