"""What can be found by searching: articles, names, quotations, dates and sources, each as one small document.

What an editor marked sensitive can be found, but carries its warning, which the results show in its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from html import escape

import msgspec
from msgspec import Struct

from builder.model.archive import Archive, ArticleSummary, EntityRecord, LinkedArticle, QuotationRecord
from builder.render import dates, heads, links
from builder.render.answers import ahead
from builder.render.derived import Placed, Stream, through
from builder.render.heads import Named, headed
from builder.render.places import Places
from builder.render.search_parts import Run
from builder.render.words import KINDS, Words


class Shown(Struct, frozen=True, omit_defaults=True, gc=False):
    """What the results show of a document; `text` holds the words that are found, so that some can be quoted."""

    href: str
    kind: str
    title: str
    about: str = ""
    warning: str = ""
    text: str = ""


_json = msgspec.json.Encoder().encode


def with_text(shown: bytes, text: str) -> bytes:
    """What is `Shown` as JSON with the text, which comes last in it; that of what has no text yet is given."""
    return shown[:-1] + b',"text":' + _json(text) + b"}" if text else shown


class Document(Struct, frozen=True, gc=False):
    """One result: where it leads (from the site's root), what it is called, its words, and what narrows it down."""

    href: str
    kind: str  # as the filter calls it
    one: str  # the same in the singular
    title: str
    paragraphs: tuple[str, ...]
    filters: tuple[tuple[str, str], ...] = ()  # name, value
    about: str = ""  # publisher and date, or the like: shown under the title, and found
    warning: str = ""
    note: str = ""  # shown in the place of `about`, but not found: it may change without the document

    def found_by(self) -> tuple[object, ...]:
        """All that `html` is made of: while this is the same, the index is."""
        return self.kind, self.title, self.paragraphs, self.filters, self.about

    def narrowed(self) -> Iterator[tuple[str, str]]:
        """Yields what a search can be narrowed to: name, value."""
        yield from (pair for pair in (("kind", self.kind), *self.filters) if pair[1])

    def html(self, language: str) -> str:
        """The page that Pagefind reads; no reader ever sees it."""
        narrowed = "".join(_meta("filter", *pair) for pair in self.narrowed())
        about = _meta("meta", "about", self.about)  # also where it is empty: all indexes count the same kinds
        text = "".join(f"<p>{escape(p, quote=False)}</p>" for p in self.paragraphs)
        head = f'<!doctype html><html lang="{escape(language)}"><head>{narrowed}{about}</head>'
        return f"{head}<body data-pagefind-body><h1>{escape(self.title, quote=False)}</h1>{text}</body></html>"

    def shown(self, text: str) -> Shown:
        """What results show; of what is folded, only the warning."""
        if self.warning:
            return Shown(self.href, self.one, self.warning, warning=self.warning)
        return Shown(self.href, self.one, self.title, self.note or self.about, text=text)


def _meta(what: str, name: str, value: str) -> str:
    return f'<meta data-pagefind-{what}="{name}[content]" content="{escape(value)}">'


def kinds(archive: Archive, words: Words) -> list[str]:
    """The kinds there are to narrow a search to."""
    names = {e.kind for e in heads.names(archive).values()}
    found = [words.gettext("Articles")] if archive.articles else []
    found += [words.kinds(kind) for kind in KINDS if kind in names]
    found += [words.gettext("Quotations")] if archive.quotations else []
    found += [words.gettext("Dates")] if archive.chronology else []
    return found + ([words.gettext("Sources")] if archive.sources else [])


def year(summary: ArticleSummary) -> str:
    """The year an article is published in; empty when it is not known."""
    found = dates.year(summary.published)
    return found if found.isdigit() else ""


Piece = tuple[tuple[str, Sequence[str]], Callable[[], Iterator[Document]]]  # kind and ids of records, and documents


class Searchable:
    """An archive's documents, run by run."""

    def __init__(self, archive: Archive, words: Words) -> None:
        self._archive = headed(archive)
        self._words = words
        self._to = Places(archive, words)
        derive = archive.derive
        self._articles_by_slug = heads.articles(archive)
        self._events = heads.happenings(archive)
        self._named = derive("names by article", tuple[str, ...], Stream(partial(_named, archive)))
        self._listed = heads.names(archive)
        self._mentions: dict[tuple[int, int], str] = {}

    def documents(self, run: Run) -> Iterator[Document]:
        """The run's documents, always in the same order; articles are opened one at a time."""
        for _, documents in self.pieces(run):
            yield from documents()

    def pieces(self, run: Run) -> Iterator[Piece]:
        """Yields the run's documents in pieces that can be opened alone, each with the records that it is of."""
        for slug in run.articles:
            yield ("articles", (slug,)), partial(self._article, slug, run)
        others = (
            ("entities", run.entities, self._names),
            ("quotations", run.quotations, self._quotations),
            ("events", run.events, self._dates),
            ("sources", run.sources, self._sources),
        )
        for kind, ids, documents in others:
            if ids:
                yield (kind, ids), partial(documents, ids)

    def _article(self, slug: str, run: Run) -> Iterator[Document]:
        for register in (self._articles_by_slug, self._named):
            ahead(register, run.articles)
        summary, opened = self._articles_by_slug[slug], self._archive.open(slug)
        ahead(self._archive.quotations, opened.quotations.values())
        filters = (*_of_article(summary), *(("name", name) for name in self._named.get(slug, ())))
        text = (summary.dek, *_shown_text(opened, self._archive))
        where, about, warning = links.article(slug), _about(summary, self._words), summary.sensitive
        kind, one = self._words.gettext("Articles"), self._words.gettext("article")
        yield Document(where, kind, one, summary.title, text, filters, about, warning)

    def _names(self, ids: Sequence[str]) -> Iterator[Document]:
        words = self._words
        for register in (self._archive.entities, self._listed):
            ahead(register, ids)
        for e in map(self._archive.entities.__getitem__, ids):
            filters = () if e.sensitive else (("name", e.name),)
            text = (*e.aliases, e.description)
            kinds_ = words.kinds(e.kind), words.kind(e.kind)
            yield Document(links.entity(e.id), *kinds_, e.name, text, filters, "", e.sensitive, self._mentioned(e.id))

    def _mentioned(self, id: str) -> str:
        counted = _counted(self._listed[id])
        if counted not in self._mentions:
            self._mentions[counted] = _mentions(*counted, self._words)
        return self._mentions[counted]

    def _quotations(self, ids: Sequence[str]) -> Iterator[Document]:
        ahead(self._archive.quotations, ids)
        self._to.ahead(ids, ())
        kind, one = self._words.gettext("Quotations"), self._words.gettext("quotation")
        for q in map(self._archive.quotations.__getitem__, ids):
            places = self._places(q.articles)
            filters = [pair for a in places for pair in _of_article(a)]
            filters += self._as_filter((q.speaker,) if q.speaker else ())
            versions = dict.fromkeys((q.text, *(o.said for o in q.occurrences)))
            title = q.text if len(q.text) <= 90 else q.text[:90].rsplit(" ", 1)[0] + " …"
            warning = q.sensitive or _warning(places)
            note = "" if q.speaker_name else _nobody(q, self._words)
            what = self._to.quotation(q.id), kind, one, title, tuple(versions), _unique(filters), q.speaker_name
            yield Document(*what, warning, note)

    def _dates(self, ids: Sequence[str]) -> Iterator[Document]:
        ahead(self._events, ids)
        self._to.ahead((), ids)
        kind, one = self._words.gettext("Dates"), self._words.gettext("date")
        for e in map(self._events.__getitem__, ids):
            places = self._places(o.article for o in e.occurrences)
            found = dates.year(e.edtf)
            filters = [("year", found if found.isdigit() else ""), *(("publisher", a.publisher) for a in places)]
            filters += self._as_filter(e.participants)
            about, warning = dates.readable(e.edtf, self._words), e.sensitive or _warning(places)
            yield Document(self._to.event(e.id), kind, one, e.title, (e.note,), _unique(filters), about, warning)

    def _sources(self, ids: Sequence[str]) -> Iterator[Document]:
        """Sources that are no name of the register: those are found as the name."""
        ahead(self._archive.sources, ids)
        kind = self._words.gettext("Sources")
        for s in map(self._archive.sources.__getitem__, ids):
            if s.entity not in self._archive.entities:
                text = (s.description, *s.csl.values())
                one = self._words.speaker(s.kind)
                yield Document(links.source(s.id), kind, one, s.name, text, (), "", s.sensitive)

    def _places(self, slugs: Iterable[str]) -> list[ArticleSummary]:
        return [self._articles_by_slug[slug] for slug in slugs if slug in self._articles_by_slug]

    def _as_filter(self, ids: Iterable[str]) -> list[tuple[str, str]]:
        present = (self._archive.entities.get(id) for id in ids)
        return [("name", e.name) for e in present if e and not e.sensitive]


class _Name(Placed):
    """Of a name, what tells which articles are found by it."""

    name: str
    sensitive: str


def _named(archive: Archive) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names in each article, but for those that are folded."""
    found: dict[str, list[str]] = defaultdict(list)
    for _, entity in through(archive.entities, _Name):
        for slug in () if entity.sensitive else entity.articles:
            found[slug].append(entity.name)
    return ((slug, tuple(names)) for slug, names in found.items())


def _counted(e: EntityRecord | Named) -> tuple[int, int]:
    return len(e.occurrences), len(e.articles)


def _of_article(summary: ArticleSummary) -> tuple[tuple[str, str], ...]:
    return ("year", year(summary)), ("publisher", summary.publisher)


def _unique(filters: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(filters))


def _warning(places: Iterable[ArticleSummary]) -> str:
    return next((a.sensitive for a in places if a.sensitive), "")


def _about(summary: ArticleSummary, words: Words) -> str:
    published = dates.readable(summary.published, words) if summary.published else ""
    return ", ".join(filter(None, (summary.publisher, published)))


def _shown_text(opened: LinkedArticle, archive: Archive) -> Iterator[str]:
    """The article's paragraphs without what is folded in them: a result must not print it."""
    text = opened.article.text
    for item in opened.reviewed.annotations:
        record = archive.quotations.get(opened.quotations.get(item.annotation.id, ""))
        if item.sensitive or (record and record.sensitive):
            start, end = item.annotation.start, item.annotation.end
            text = text[:start] + " " * (end - start) + text[end:]
    for block in opened.article.blocks:
        yield text[block.start : block.end]


def mentions(e: EntityRecord, words: Words) -> str:
    """How often a name is mentioned, and in how many articles."""
    return _mentions(*_counted(e), words)


def _mentions(mentions: int, articles: int, words: Words) -> str:
    number = words.ngettext("%(num)s mention", "%(num)s mentions", mentions)
    return words.ngettext(
        "%(mentions)s in %(num)s article", "%(mentions)s in %(num)s articles", articles, mentions=number
    )


def _nobody(q: QuotationRecord, words: Words) -> str:
    several = len(q.speakers) > 1
    return words.gettext("articles name different speakers") if several else words.gettext("no speaker named")
