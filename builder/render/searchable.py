"""What can be found by searching: articles, names, quotations, dates and sources, each as one small document.

What an editor marked sensitive can be found, but carries its warning, which the results show in its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from markupsafe import Markup, escape
from msgspec import Struct

from builder.model.archive import Archive, ArticleSummary, EntityRecord, LinkedArticle, QuotationRecord
from builder.render import dates, links
from builder.render.places import Places
from builder.render.words import KINDS, Words


class Document(Struct, frozen=True):
    """One result: where it leads (from the site's root), what it is called, its words, and what narrows it down."""

    href: str
    kind: str  # as the filter calls it
    one: str  # the same in the singular
    title: str
    paragraphs: tuple[str, ...]
    filters: tuple[tuple[str, str], ...] = ()  # name, value
    about: str = ""  # publisher and date, or the like: shown under the title
    warning: str = ""

    def html(self, language: str) -> str:
        """The page that Pagefind reads; no reader ever sees it."""
        kind = ("kind", self.kind)
        narrowed = "".join(_meta("filter", name, value) for name, value in (kind, *self.filters) if value)
        known = {"title": self.warning or self.title, "href": self.href, "kind": self.one}
        known |= {"about": self.about, "warning": self.warning}
        shown = "".join(_meta("meta", name, value) for name, value in known.items() if value)
        text = "".join(f"<p>{escape(p)}</p>" for p in self.paragraphs)
        head = f"<title>{escape(self.title)}</title>{narrowed}{shown}"
        body = f"<h1>{escape(self.title)}</h1>{text}"
        html = f'<html lang="{escape(language)}"><head>{head}</head><body data-pagefind-body>{body}</body></html>'
        return f"<!doctype html>{html}"


def _meta(what: str, name: str, value: str) -> Markup:
    return Markup('<meta data-pagefind-{}="{}[content]" content="{}">').format(what, name, value)


def documents(archive: Archive, words: Words) -> Iterator[Document]:
    """Every document, in the archive's order; articles are opened one at a time."""
    to, summaries = Places(archive, words), {a.slug: a for a in archive.articles}
    yield from _articles(archive, words)
    yield from _names(archive, words)
    yield from _quotations(archive, to, summaries, words)
    yield from _dates(archive, to, summaries, words)
    yield from _sources(archive, words)


def kinds(archive: Archive, words: Words) -> list[str]:
    """The kinds there are to narrow a search to."""
    names = {e.kind for e in archive.entities.values()}
    found = [words.gettext("Articles")] if archive.articles else []
    found += [words.kinds(kind) for kind in KINDS if kind in names]
    found += [words.gettext("Quotations")] if archive.quotations else []
    found += [words.gettext("Dates")] if archive.chronology else []
    return found + ([words.gettext("Sources")] if archive.sources else [])


def year(summary: ArticleSummary) -> str:
    """The year an article is published in; empty when it is not known."""
    found = dates.year(summary.published)
    return found if found.isdigit() else ""


def _articles(archive: Archive, words: Words) -> Iterator[Document]:
    named: dict[str, list[str]] = defaultdict(list)
    for entity in archive.entities.values():
        for slug in () if entity.sensitive else entity.articles:
            named[slug].append(entity.name)
    for summary in archive.articles:
        filters = [*_of_article(summary), *(("name", name) for name in named[summary.slug])]
        opened = archive.open(summary.slug)
        yield Document(
            links.article(summary.slug),
            words.gettext("Articles"),
            words.gettext("article"),
            summary.title,
            (summary.dek, *_shown_text(opened, archive)),
            tuple(filters),
            _about(summary, words),
            summary.sensitive,
        )


def _of_article(summary: ArticleSummary) -> Iterator[tuple[str, str]]:
    yield "year", year(summary)
    yield "publisher", summary.publisher


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


def _names(archive: Archive, words: Words) -> Iterator[Document]:
    for e in archive.entities.values():
        about = mentions(e, words)
        filters = () if e.sensitive else (("name", e.name),)
        kinds_ = words.kinds(e.kind), words.kind(e.kind)
        text = (*e.aliases, e.description)
        yield Document(links.entity(e.id), *kinds_, e.name, text, filters, about, e.sensitive)


def mentions(e: EntityRecord, words: Words) -> str:
    """How often a name is mentioned, and in how many articles."""
    number = words.ngettext("%(num)s mention", "%(num)s mentions", len(e.occurrences))
    return words.ngettext(
        "%(mentions)s in %(num)s article", "%(mentions)s in %(num)s articles", len(e.articles), mentions=number
    )


def _quotations(archive: Archive, to: Places, summaries: dict[str, ArticleSummary], words: Words) -> Iterator[Document]:
    kind, one = words.gettext("Quotations"), words.gettext("quotation")
    for q in archive.quotations.values():
        places = [summaries[slug] for slug in q.articles if slug in summaries]
        warning = q.sensitive or next((a.sensitive for a in places if a.sensitive), "")
        speaker = archive.entities.get(q.speaker or "")
        filters = [pair for a in places for pair in _of_article(a)]
        if speaker and not speaker.sensitive:
            filters.append(("name", speaker.name))
        versions = dict.fromkeys(o.said for o in q.occurrences)
        unique = tuple(dict.fromkeys(filters))
        about = q.speaker_name or _nobody(q, words)
        title = q.text if len(q.text) <= 90 else q.text[:90].rsplit(" ", 1)[0] + " …"
        yield Document(to.quotation(q.id), kind, one, title, (q.text, *versions), unique, about, warning)


def _nobody(q: QuotationRecord, words: Words) -> str:
    several = len(q.speakers) > 1
    return words.gettext("articles name different speakers") if several else words.gettext("no speaker named")


def _dates(archive: Archive, to: Places, summaries: dict[str, ArticleSummary], words: Words) -> Iterator[Document]:
    kind, one = words.gettext("Dates"), words.gettext("date")
    for e in archive.chronology:
        places = [summaries[o.article] for o in e.occurrences if o.article in summaries]
        warning = e.sensitive or next((a.sensitive for a in places if a.sensitive), "")
        found = dates.year(e.edtf)
        filters = [("year", found if found.isdigit() else ""), *(("publisher", a.publisher) for a in places)]
        present = [archive.entities[p] for p in e.participants if p in archive.entities]
        filters += [("name", p.name) for p in present if not p.sensitive]
        about, unique = dates.readable(e.edtf, words), tuple(dict.fromkeys(filters))
        yield Document(to.event(e.id), kind, one, e.title, (e.note,), unique, about, warning)


def _sources(archive: Archive, words: Words) -> Iterator[Document]:
    """Sources that are no name of the register: those are found as the name."""
    kind = words.gettext("Sources")
    for s in archive.sources.values():
        if s.entity not in archive.entities:
            text = (s.description, *s.csl.values())
            yield Document(links.source(s.id), kind, words.speaker(s.kind), s.name, text, (), "", s.sensitive)
