"""The annotated page of each article: its text with its margin, and below it what it relies on and is joined to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from msgspec import Struct

from builder.model.annotation import Event, Mention, Review, kind_of
from builder.model.archive import (
    Archive,
    ArticleSummary,
    ChronologyRecord,
    EntityRecord,
    LinkedArticle,
    in_order,
)
from builder.model.article import Article
from builder.model.output import OutputFile
from builder.render import cards, cite, dates, links, years
from builder.render.heads import headed
from builder.render.markup import TextWriter
from builder.render.notes import Margin
from builder.render.pages.shelf import Shelf, shelf
from builder.render.passages import passages
from builder.render.places import Places
from builder.render.relays import draw, heard
from builder.render.template import Site
from builder.render.unit import Unit, files
from builder.render.words import KINDS, LAYERS, Words

REVIEWS: tuple[Review, ...] = ("machine", "confirmed", "corrected", "added")


class Named(Struct, frozen=True):
    """A name of the article: how often it stands there, and where first."""

    record: EntityRecord
    first: str
    count: int


class Happening(Struct, frozen=True):
    """A dated sentence of the article and its row in the shared chronology."""

    annotation: str
    record: ChronologyRecord
    title: str
    why: str  # there is no date
    review: Review


class Sibling(Struct, frozen=True):
    """Another article that shares quotations or names with this one."""

    summary: ArticleSummary
    quotations: tuple[tuple[str, str], ...]  # record id, words (empty where they are folded)
    names: tuple[EntityRecord, ...]


def units(archive: Archive, site: Site) -> Iterator[Unit]:
    """Yields a unit for the page of each article."""
    heads, on, to = headed(archive), shelf(archive), Places(archive, site.words)
    for summary in archive.articles:
        yield Unit(f"article {summary.slug}", partial(_file, summary.slug, heads, site, on, to))


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields `articles/<slug>/index.html`, one article's text in memory at a time."""
    yield from files(units(archive, site))


def _file(slug: str, archive: Archive, site: Site, on: Shelf, to: Places) -> list[OutputFile]:
    return [_page(archive.open(slug), archive, site, on, to)]


def _page(linked: LinkedArticle, archive: Archive, site: Site, on: Shelf, to: Places) -> OutputFile:
    article, summaries = linked.article, on.articles
    path = links.article(article.slug)
    margin = Margin(linked, archive, _rows(linked, on))
    writer = TextWriter(linked, archive, partial(site.url, path), margin.numbers)
    quotations = margin.quotations()
    voices = heard(quotations, article.publisher)
    names = _names(linked, archive)
    address = site.canonical(path)
    description = _description(article, site.words)
    root = article.publisher or site.words.gettext("This article")
    return site.page(
        path,
        "article.html",
        title=article.title,
        description=description,
        section="articles",
        card=cards.article(article.slug),
        jsonld=cite.news_article(
            article, site.config, [n.record for n in names if not n.record.sensitive], description, address
        ),
        to=to,
        article=article,
        passages=passages(article.blocks, writer, margin, site.words),
        quotations=quotations,
        references=sorted((*quotations, *margin.citations()), key=lambda note: note.number),
        names=_by_kind(names),
        root=root,
        voices=voices,
        drawing=draw(root, voices),
        happenings=_happenings(linked, on, site.words),
        siblings=list(_siblings(linked, archive, summaries)),
        states=_states(linked),
        rejected=linked.reviewed.rejected,
        layers=_layers(linked),
        coins=cite.coins(article),
        citation=cite.sentence(article, site.config, address, site.words),
        capture_day=_capture_day(article),
    )


def _description(article: Article, words: Words) -> str:
    """What search engines and social cards show; never the words of an article that is folded."""
    if article.sensitive:
        return article.sensitive
    if article.dek:
        return article.dek
    published = dates.readable(article.published, words) if article.published else ""
    said = " · ".join(filter(None, (article.publisher, published)))
    title = f"{article.title} ({said})" if said else article.title
    return words.gettext("%(article)s, with its names, quotations and dates annotated.", article=title)


def _names(linked: LinkedArticle, archive: Archive) -> list[Named]:
    first: dict[str, str] = {}
    count: Counter[str] = Counter()
    for reviewed in sorted(linked.reviewed.annotations, key=lambda r: r.annotation.start):
        record_id = linked.entities.get(reviewed.annotation.id, "")
        if isinstance(reviewed.annotation, Mention) and record_id in archive.entities:
            first.setdefault(record_id, reviewed.annotation.id)
            count[record_id] += 1
    found = [Named(archive.entities[id_], at, count[id_]) for id_, at in first.items()]
    return sorted(found, key=lambda named: (-named.count, named.record.name))


def _by_kind(names: Iterable[Named]) -> dict[str, list[Named]]:
    """Names under their kinds, in the order of KINDS."""
    found: dict[str, list[Named]] = {kind: [] for kind in KINDS}
    for named in names:
        found.setdefault(named.record.kind, []).append(named)
    return {kind: members for kind, members in found.items() if members}


def _happenings(linked: LinkedArticle, on: Shelf, words: Words) -> list[Happening]:
    """The article's events in the order of the chronology; a row told twice stands once."""
    found: dict[str, Happening] = {}
    for reviewed in linked.reviewed.annotations:
        record = on.events.get(linked.events.get(reviewed.annotation.id, ""))
        if record and isinstance(reviewed.annotation, Event):
            why = years.why(record, on.articles, words)
            title = reviewed.annotation.title if record.evidence else record.title  # the article's own words
            found.setdefault(record.id, Happening(reviewed.annotation.id, record, title, why, reviewed.review))
    return sorted(found.values(), key=lambda happening: in_order(happening.record))


def _rows(linked: LinkedArticle, on: Shelf) -> dict[str, str]:
    """Time expression -> the row of the chronology that it dates."""
    events = (r.annotation for r in linked.reviewed.annotations if isinstance(r.annotation, Event))
    told = ((event.time, linked.events.get(event.id, "")) for event in events)
    return {time: row for time, row in told if time and row in on.events}


def _siblings(linked: LinkedArticle, archive: Archive, summaries: Mapping[str, ArticleSummary]) -> Iterator[Sibling]:
    for slug, quotations, entities in linked.also:
        if slug in summaries:
            shared = ((id_, archive.quotations[id_]) for id_ in quotations if id_ in archive.quotations)
            quiet = bool(linked.article.sensitive or summaries[slug].sensitive)
            said = tuple((id_, "" if quiet or record.sensitive else record.text) for id_, record in shared)
            yield Sibling(summaries[slug], said, tuple(archive.entities[e] for e in entities if e in archive.entities))


def _states(linked: LinkedArticle) -> list[tuple[Review, int]]:
    count = Counter(reviewed.review for reviewed in linked.reviewed.annotations)
    return [(state, count[state]) for state in REVIEWS if count[state]]


def _layers(linked: LinkedArticle) -> list[tuple[str, int]]:
    """Kinds of annotation the article has, in the order of LAYERS."""
    count = Counter(kind_of(reviewed.annotation) for reviewed in linked.reviewed.annotations)
    return [(kind, count[kind]) for kind in LAYERS if count[kind]]


def _capture_day(article: Article) -> str:
    """The day of capture where it is one exact day: Robust Links know no other."""
    captured = article.captured or ""
    return captured if dates.is_exact(captured) and len(captured) == len("2014-09-09") else ""
