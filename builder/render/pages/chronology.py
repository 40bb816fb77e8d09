"""The shared chronology: by year and month, what is undated apart, where articles disagree side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from builder.model.archive import Archive, ArticleSummary, ChronologyRecord, EntityRecord
from builder.model.output import OutputFile
from builder.render import evidence, years
from builder.render.pages.shelf import known, shelf
from builder.render.places import Places
from builder.render.strip import strip
from builder.render.template import Site
from builder.render.words import Words

CHOICES = 20  # articles and names to choose from without a script; the style sheet has a rule for each


class Choices(Struct, frozen=True):
    """What a page can be narrowed to: those in most rows, numbered from 1 for the style sheet."""

    articles: tuple[ArticleSummary, ...]
    entities: tuple[EntityRecord, ...]
    more: bool  # there are others, which have pages of their own

    def classes(self, record: ChronologyRecord) -> str:
        """The classes by which a row is found: a1, e3, and how sure it is."""
        places = {o.article for o in record.occurrences}
        found = [f"a{n}" for n, a in enumerate(self.articles, 1) if a.slug in places]
        found += [f"e{n}" for n, e in enumerate(self.entities, 1) if e.id in record.participants]
        return " ".join([years.certainty(record.edtf), record.review, *found])


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields the chronology's pages."""
    words = site.words
    on, to, pages = shelf(archive), Places(archive, words), years.pages(archive, words)
    undated = years.undated(archive)
    picture, navigation = strip(archive.chronology, words), years.navigation(pages, words)
    for page in pages:
        rows = [r for g in page.groups for r in g.items]
        yield site.page(
            f"{page.folder}index.html",
            "chronology.html",
            title=words.gettext("Chronology") + (f": {page.label}" if page.number > 1 else ""),
            description=_description(archive, len(undated), words),
            section="chronology",
            to=to,
            on=on,
            page=page,
            pages=pages,
            years=years.years(page, words),
            undated=years.undated_on(page),
            undated_at=next((f"{p.folder}index.html#{years.UNDATED}" for p in pages if years.undated_on(p)), ""),
            undated_count=len(undated),
            strip=picture if page.number == 1 else "",
            year_links=navigation,
            choices=choices(rows, archive),
            certainty=years.certainty,
            evidence=lambda record: evidence.told(record, archive.entities, words),
            why=lambda record: years.why(record, on.articles, words),
            known=known,
            archive=archive,
        )


def choices(rows: Sequence[ChronologyRecord], archive: Archive) -> Choices:
    """What the page's rows can be narrowed to; a choice that would leave everything or one thing is none."""
    articles = Counter(slug for r in rows for slug in {o.article: None for o in r.occurrences})
    entities = Counter(id_ for r in rows for id_ in r.participants)
    summaries = {a.slug: a for a in archive.articles if not a.sensitive}
    names = {e.id: e for e in archive.entities.values() if not e.sensitive}
    return Choices(
        known(_most(articles, summaries), summaries),
        known(_most(entities, names), names),
        len(articles) > CHOICES or len(entities) > CHOICES,
    )


def _most(counts: Counter[str], allowed: Iterable[str]) -> list[str]:
    kept = set(allowed)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [id_ for id_, _ in ordered if id_ in kept][:CHOICES]


def _description(archive: Archive, undated: int, words: Words) -> str:
    number = len(archive.chronology) - undated
    dated = words.ngettext("%(num)s dated happening", "%(num)s dated happenings", number)
    told = words.ngettext(
        "%(happenings)s from %(num)s article",
        "%(happenings)s from %(num)s articles",
        len(archive.articles),
        happenings=dated,
    )
    return words.gettext("%(told)s, and %(num)s without a date.", told=told, num=undated) if undated else f"{told}."
