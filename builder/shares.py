"""Every article's share of the registers: kept by what it was gathered from, so that an unchanged one is not opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from builder.cache import Cache, key
from builder.config import Config
from builder.fingerprint import fingerprint
from builder.link import Collected, Folding, Places, collect
from builder.model.archive import Occurrence, ReviewedArticle
from builder.model.article import Article
from builder.model.editorial import Decision
from builder.problems import Problem, Problems
from builder.read.gather import Found, opened_article
from builder.reading import Reader
from builder.review import review

SOURCES = ("review", "link", "shares.py", "anchor.py", "model")
BATCH = 200  # shares that are kept in one transaction
Parts = tuple[tuple[str, str, int], ...]
_collected = msgspec.msgpack.Decoder(Collected)


class Shares:
    """The articles of one build, each opened only where its share must be gathered anew or a page asks for it."""

    def __init__(
        self,
        root: Path,
        config: Config,
        cache: Cache,
        reader: Reader,
        found: Sequence[Found],
        decisions: dict[str, tuple[Decision, ...]],
        folding: Folding,
    ) -> None:
        self._root, self._config, self._cache, self._reader, self._folding = root, config, cache, reader, folding
        self._found = {one.slug: one for one in found}
        self._decisions = decisions
        self._made = made()
        self._scope = key(msgspec.json.encode(folding).decode(), config.sensitive.warning, config.language)
        self._last: tuple[Parts, tuple[Occurrence, ...]] = ((), ())

    def address(self, one: Found) -> str:
        """Where the article's share is kept: by its file, its reading, and all that editors decide about it."""
        decisions = self._decisions.get(one.slug, ())
        decided = msgspec.json.encode(decisions).decode() if decisions else ""
        return key(one.key, self._reader.address(one), self._made, self._scope, decided)

    def all(self) -> Iterator[Collected]:
        """Yields every article's share; raises Problems, at the end, for decisions that fit no place."""
        problems, new = list[Problem](), list[tuple[str, str, bytes, Places]]()
        for one in self._found.values():
            address = self.address(one)
            collected = self._kept(address)
            if collected is None:
                try:
                    collected, places = collect(self.reviewed(one.slug), self._folding)
                except Problems as error:
                    problems.extend(error.problems)
                    continue
                new.append((address, self._made, msgspec.msgpack.encode(collected), places))
                if len(new) >= BATCH:
                    self._cache.shares.keep(new)
                    new.clear()
            yield collected
        self._cache.shares.keep(new)
        if problems:
            raise Problems(problems)

    def _kept(self, address: str) -> Collected | None:
        blob = self._cache.shares.get(address)
        try:
            return _collected.decode(blob) if blob else None
        except (msgspec.DecodeError, TypeError):
            return None

    def reviewed(self, slug: str) -> ReviewedArticle:
        """The article with its annotations and the editors' decisions; KeyError for none of the archive's."""
        one = self._found[slug]
        article = opened_article(one, self._root, self._config.language, self._cache)
        annotations = self._reader.annotations(one, article)
        return review(self._warned(article), annotations, self._decisions.get(slug, ()))

    def _warned(self, article: Article) -> Article:
        """An editor may write `sensitive: true` for the archive's own warning."""
        own = article.sensitive == "true"
        return msgspec.structs.replace(article, sensitive=self._config.sensitive.warning) if own else article

    def places(self, parts: Parts) -> tuple[Occurrence, ...]:
        """Where articles name an entity, as (article, the document's id, how many); the last answer is kept."""
        if self._last[0] is not parts:
            self._last = parts, tuple(place for slug, id, _ in parts for place in self._places(slug, id))
        return self._last[1]

    def _places(self, slug: str, id: str) -> tuple[Occurrence, ...]:
        kept = self._cache.shares.places(self.address(self._found[slug]), id)
        return collect(self.reviewed(slug), self._folding)[1].get(id, ()) if kept is None else kept


def made() -> str:
    """What gathers shares: the sources that take part."""
    return fingerprint(SOURCES)
