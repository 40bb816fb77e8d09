"""The annotated page of each article: its text with its margin, and below it what it relies on and is joined to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain

from builder.model.annotation import Event, Review, kind_of
from builder.model.archive import Archive, ChronologyRecord, LinkedArticle
from builder.model.article import Article
from builder.model.output import OutputFile
from builder.render import cards, cite, dates, links
from builder.render.answers import ahead
from builder.render.heads import headed, slugs
from builder.render.markup import TextWriter
from builder.render.notes import Margin
from builder.render.pages import continued
from builder.render.pages.below import Below, below, by_kind
from builder.render.pages.continued import Part
from builder.render.pages.shelf import Shelf, shelf
from builder.render.passages import passages
from builder.render.places import Places
from builder.render.relays import draw
from builder.render.template import Site
from builder.render.unit import Only, Unit, files, of_kind
from builder.render.words import LAYERS, Words

REVIEWS: tuple[Review, ...] = ("machine", "confirmed", "corrected", "added")


def units(archive: Archive, site: Site, only: Only = None) -> Iterator[Unit]:
    """Yields a unit for the page of each article."""
    heads, on, to = headed(archive), shelf(archive), Places(archive, site.words)
    for slug in of_kind("article", slugs(archive), only):
        yield Unit(f"article {slug}", partial(_file, slug, heads, site, on, to))


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields `articles/<slug>/index.html`, one article's text in memory at a time."""
    yield from files(units(archive, site))


def _file(slug: str, archive: Archive, site: Site, on: Shelf, to: Places) -> list[OutputFile]:
    linked = archive.open(slug)
    _look_ahead(linked, archive, on)
    margin = Margin(linked, archive, _rows(linked, on))
    lists = below(linked, archive, on, margin, site.words)
    article, home = linked.article, links.article(slug)
    further = continued.render(
        _title(article, site.words),
        home,
        lists.long,
        site,
        "article-list.html",
        section="articles",
        to=to,
        article=article,
    )
    return [_page(linked, margin, lists, archive, site, to), *further]


def _look_ahead(linked: LinkedArticle, archive: Archive, on: Shelf) -> None:
    """Has everything read at once that the page looks up one by one."""
    ahead(archive.entities, linked.entities.values())
    ahead(archive.sources, chain(linked.speakers.values(), linked.vias.values(), linked.citations.values()))
    ahead(on.events, linked.events.values())
    ahead(on.articles, (slug for slug, _, _ in linked.also))


def _page(linked: LinkedArticle, margin: Margin, lists: Below, archive: Archive, site: Site, to: Places) -> OutputFile:
    article = linked.article
    path = links.article(article.slug)
    entry = partial(_entry, lists.references, site, path)
    writer = TextWriter(linked, archive, partial(site.url, path), margin.numbers, entry, margin.fold)
    address = site.canonical(path)
    description = _description(article, site.words)
    root = article.publisher or site.words.gettext("This article")
    return site.page(
        path,
        "article.html",
        title=_title(article, site.words),
        description=description,
        section="articles",
        card=cards.article(article.slug),
        jsonld=cite.news_article(
            article, site.config, [n.record for n in lists.names if not n.record.sensitive], description, address
        ),
        to=to,
        article=article,
        passages=passages(article.blocks, writer, margin, site.words),
        references=lists.references,
        names=by_kind(lists.names),
        root=root,
        voices=lists.voices,
        drawing=draw(root, lists.voices, site.words.gettext("a name that is folded")),
        happenings=lists.happenings,
        siblings=lists.siblings,
        states=_states(linked),
        rejected=linked.reviewed.rejected,
        layers=_layers(linked),
        parts=lists.contents(site.words),
        coins=cite.coins(article),
        citation=cite.sentence(article, site.config, address, site.words),
        capture_day=_capture_day(article),
    )


def _entry(references: Part, site: Site, home: str, number: int) -> str:
    """A link from the article's page to a numbered reference, which may stand on a page of its own."""
    page = references.path_of(number)
    return site.url(home, f"{page}#ref-{number}")


def _title(article: Article, words: Words) -> str:
    """What browsers, search engines and social cards call the page; never the title of an article that is folded."""
    marked = words.gettext("An article marked: %(warning)s", warning=article.sensitive)
    return marked if article.sensitive else article.title


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


def _rows(linked: LinkedArticle, on: Shelf) -> dict[str, ChronologyRecord]:
    """Time expressions and quotations -> the first row of the chronology that they belong to."""
    found: dict[str, ChronologyRecord] = {}
    for event in (r.annotation for r in linked.reviewed.annotations if isinstance(r.annotation, Event)):
        if row := on.events.get(linked.events.get(event.id, "")):
            for annotation in filter(None, (event.time, *event.quotations)):
                found.setdefault(annotation, row)
    return found


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
