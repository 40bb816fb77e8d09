"""What joining needs of an article, gathered while the article is open: mentions, quotations, events, not its text."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from builder.link.sensitive import Folding
from builder.model.annotation import Citation, Event, Mention, Quotation, Relation, TimeExpression, kind_of
from builder.model.archive import ArticleSummary, Occurrence, Reviewed, ReviewedArticle
from builder.model.article import Article
from builder.model.interval import bounds

CONTEXT = 70  # code points on either side of a mention in a register


class Collected(Struct, frozen=True):
    """One article's share of the registers."""

    summary: ArticleSummary
    mentions: tuple[tuple[Mention, Occurrence], ...]
    quotations: tuple[tuple[Quotation, Occurrence, Reviewed], ...]
    events: tuple[tuple[Event, Occurrence, str], ...]  # with the words of its time expression
    citations: tuple[tuple[Citation, Occurrence], ...]
    warnings: dict[str, str]  # annotation id of a quotation -> the warning it stands behind
    annotators: frozenset[str]
    relations: tuple[tuple[Relation, Occurrence], ...] = ()  # none from what stands behind a warning

    def warning(self, event: Event) -> str:
        """The warning of the first quotation that an event shares words with; empty where none has one."""
        inside = (q for q, _, _ in self.quotations if q.start < event.end and event.start < q.end)
        return next((self.warnings[q.id] for q in inside if q.id in self.warnings), "")


def collect(reviewed: ReviewedArticle, folding: Folding) -> Collected:
    """Gives what the registers need of one article."""
    article = reviewed.article
    by_type: dict[str, list[Reviewed]] = {}
    for item in reviewed.annotations:
        by_type.setdefault(kind_of(item.annotation), []).append(item)
    times = {
        t.annotation.id: t.annotation.exact for t in by_type.get("time", ()) if isinstance(t.annotation, TimeExpression)
    }
    quoted = by_type.get("quotation", ())
    warnings = _warnings(quoted, folding)
    folded = [(r.annotation.start, r.annotation.end) for r in quoted if r.annotation.id in warnings]
    pairs = [(r.annotation, occurrence(article, r, folded), r) for r in reviewed.annotations]
    return Collected(
        summary=_summary(reviewed, by_type),
        mentions=tuple((a, o) for a, o, _ in pairs if isinstance(a, Mention)),
        quotations=tuple((a, o, r) for a, o, r in pairs if isinstance(a, Quotation)),
        events=tuple((a, o, times.get(a.time, "")) for a, o, _ in pairs if isinstance(a, Event)),
        citations=tuple((a, o) for a, o, _ in pairs if isinstance(a, Citation)),
        warnings=warnings,
        annotators=frozenset(a.annotator for a, _, _ in pairs),
        relations=tuple((a, o) for a, o, _ in pairs if isinstance(a, Relation) and not _within(a, folded)),
    )


def _warnings(quoted: Iterable[Reviewed], folding: Folding) -> dict[str, str]:
    """Annotation id -> warning; what shares words with a folded quotation would print them: it is folded too."""
    said = [(r.annotation, folding.of_quotation(r)) for r in quoted]
    folded = [(a, warning) for a, warning in said if warning]
    shared = ((a, w) for a, own in said if not own for b, w in folded if a.start < b.end and b.start < a.end)
    return {a.id: warning for a, warning in (*shared, *folded)}


def _within(relation: Relation, folded: Iterable[tuple[int, int]]) -> bool:
    return any(relation.start < end and start < relation.end for start, end in folded)


def occurrence(article: Article, reviewed: Reviewed, folded: Iterable[tuple[int, int]] = ()) -> Occurrence:
    """One place of a record, with the words around it inside its paragraph, cut at words.

    The words around it never reach into a passage that is `folded` behind a warning.
    """
    a, text = reviewed.annotation, article.text
    blank = text.rfind("\n\n", 0, a.start)
    first = 0 if blank == -1 else blank + 2
    last = text.find("\n\n", a.end)
    last = len(text) if last == -1 else last
    for start, end in folded:
        if start < a.start:
            first = max(first, min(end, a.start))
        if end > a.end:
            last = min(last, max(start, a.end))
    before, after = text[max(first, a.start - CONTEXT) : a.start], text[a.end : min(last, a.end + CONTEXT)]
    if a.start - CONTEXT > first and " " in before:
        before = "…" + before.split(" ", 1)[1]
    if a.end + CONTEXT < last and " " in after:
        after = after.rsplit(" ", 1)[0] + "…"
    return Occurrence(article.slug, a.id, before, a.exact, after, reviewed.review)


def _summary(reviewed: ReviewedArticle, by_type: dict[str, list[Reviewed]]) -> ArticleSummary:
    a = reviewed.article
    reviews: dict[str, int] = {}
    for item in reviewed.annotations:
        reviews[item.review] = reviews.get(item.review, 0) + 1
    known = bounds(a.published) if a.published else None
    return ArticleSummary(
        slug=a.slug, title=a.title, dek=a.dek, byline=a.byline, publisher=a.publisher, published=a.published,
        language=a.language, url=a.url, sensitive=a.sensitive, tags=a.tags, original_sha256=a.original_sha256,
        words=len(a.text.split()), counts={k: len(v) for k, v in sorted(by_type.items())},
        reviews=dict(sorted(reviews.items())), earliest=known.earliest if known else "",
    )  # fmt: skip
