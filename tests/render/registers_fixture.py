"""A made-up archive with what registers find hard: long names, forty items, variants, disagreement, nothing at all."""

from __future__ import annotations

from builder.config import Config
from builder.model.annotation import Mention
from builder.model.archive import (
    Archive,
    ArticleSummary,
    ChronologyRecord,
    CoMention,
    EntityRecord,
    LinkedArticle,
    Occurrence,
    QuotationOccurrence,
    QuotationRecord,
    Relay,
    Reviewed,
    ReviewedArticle,
    SourceRecord,
)
from builder.model.article import Article, Block

LONG = (
    "The Interprovincial Standing Commission for the Review of Dike Maintenance, Sluice Operation and Emergency "
    "Evacuation Procedures in the Lower Estuary"
)
TEXTS = {
    "sluice": (
        "The sluice at Oudeveer was opened on 3 March 2021, said Mira Tolland, the harbour master.",
        "“We opened the gates before the water reached the second mark,” she told the Veer Courier.",
        "A dike warden who asked not to be named said the order came late.",
    ),
    "inquiry": (
        "The commission found that the gates were opened on 4 March 2021.",
        "“We opened the gates before the water had reached the third mark,” Tolland wrote to the commission.",
        "Since then nobody has repaired the eastern dike.",
    ),
    "threat": (
        "A letter to the harbour office said: “You will all drown.”",
        "The police are looking for whoever wrote it.",
    ),
    "undated": ("Nobody knows when the first dike was built.",),
}
METADATA = {
    "sluice": ("Who opened the sluice?", "Veer Courier", "2021-03-07", "", "2021-03-09"),
    "inquiry": (f"What {LONG} found", "Estuary Review", "2021-09", "", "2022-01-10"),
    "threat": ("“You will all drown”", "Veer Courier", "2021-11-02", "This article reprints a threat.", "2021-11-03"),
    "undated": ("The first dike", "", None, "", None),
}


def text_of(slug: str) -> str:
    return "\n\n".join(TEXTS[slug])


def article(slug: str) -> Article:
    title, publisher, published, sensitive, captured = METADATA[slug]
    blocks, start = [], 0
    for paragraph in TEXTS[slug]:
        blocks.append(Block("paragraph", start, start + len(paragraph)))
        start += len(paragraph) + 2
    return Article(
        slug=slug,
        title=title,
        text=text_of(slug),
        blocks=tuple(blocks),
        publisher=publisher,
        published=published,
        captured=captured,
        sensitive=sensitive,
    )


def summary(slug: str) -> ArticleSummary:
    a = article(slug)
    return ArticleSummary(
        slug=slug,
        title=a.title,
        dek="A short line under the title." if slug == "sluice" else "",
        byline="",
        publisher=a.publisher,
        published=a.published,
        language="en",
        url="",
        sensitive=a.sensitive,
        tags=(),
        original_sha256="0" * 64,
        words=len(a.text.split()),
        counts={"entity": 2, "quotation": 1},
        reviews={"machine": 3},
        earliest=(a.published or "") + ("-01" if a.published == "2021-09" else ""),
    )


def place(slug: str, exact: str, annotation: str, review: str = "machine") -> Occurrence:
    """An occurrence of words that really stand in the article."""
    text = text_of(slug)
    start = text.index(exact)
    before, after = text[max(0, start - 60) : start], text[start + len(exact) : start + len(exact) + 60]
    return Occurrence(slug, annotation, before.split("\n\n")[-1], exact, after.split("\n\n")[0], review)  # type: ignore[arg-type]


def entities() -> dict[str, EntityRecord]:
    known = [
        EntityRecord(
            "mira-tolland",
            "Mira Tolland",
            "person",
            (place("sluice", "Mira Tolland", "m1", "confirmed"), place("inquiry", "Tolland", "m1")),
            review="confirmed",
            aliases=("Tolland", "Captain Tolland"),
            identifiers={"wikidata": "Q4115189", "viaf": "113230702", "parish-register": "Oudeveer 1968/12"},
            description="Harbour master of Oudeveer.",
            quotations=("q-gates",),
            events=("c-opened-3", "c-opened-4"),
            similar=("m-tolland",),
            seen_with=(
                *(CoMention(f"witness-{n:02}", 1 + n % 2) for n in range(40)),
                CoMention("oudeveer", 2),
                CoMention("letter-writer", 1),
            ),
        ),
        EntityRecord(
            "m-tolland", "M. Tolland", "person", (place("inquiry", "Tolland", "m1"),), similar=("mira-tolland",)
        ),
        EntityRecord(
            "oudeveer",
            "Oudeveer",
            "place",
            (place("sluice", "Oudeveer", "m2"),),
            coordinates=(51.5, -4.25),
            seen_with=(CoMention("mira-tolland", 2),),
        ),
        EntityRecord(
            "commission", LONG, "organization", (place("inquiry", "The commission", "m3"),), aliases=("The commission",)
        ),
        EntityRecord("sluicewatch", "@sluicewatch", "account", (place("inquiry", "gates", "m4"),)),
        EntityRecord("openbooks", "@openbooks", "account", (place("inquiry", "found", "m5"),), live=True),
        EntityRecord(
            "letter-writer",
            "The Letter Writer",
            "person",
            (place("threat", "whoever wrote it", "m1"),),
            sensitive="Someone who made threats.",
        ),
        EntityRecord("ecole", "École de l’Estuaire", "organization", (place("sluice", "dike warden", "m6"),)),
        EntityRecord("0900", "1953 flood", "event", (place("inquiry", "eastern dike", "m7"),)),
    ]
    witnesses = [
        EntityRecord(
            f"witness-{n:02}",
            f"{chr(65 + n % 26)}. Witness {n:02}",
            "person",
            (place("sluice", "harbour master", f"w{n}"),),
            seen_with=(CoMention("mira-tolland", 1 + n % 2), CoMention(f"witness-{(n + 1) % 40:02}", 1)),
        )
        for n in range(40)
    ]
    return {e.id: e for e in sorted((*known, *witnesses), key=lambda e: e.id)}


def quotations() -> dict[str, QuotationRecord]:
    gates = QuotationRecord(
        "q-gates",
        "We opened the gates before the water had reached the third mark",
        "direct",
        (
            QuotationOccurrence(
                "sluice",
                "q1",
                "“We opened the gates before the water reached the second mark,”",
                "direct",
                "s-tolland",
                "she",
                via="s-courier",
                review="confirmed",
                confidence=0.95,
            ),
            QuotationOccurrence(
                "inquiry",
                "q1",
                "“We opened the gates before the water had reached the third mark,”",
                "direct",
                "s-tolland",
                "Tolland",
                confidence=0.8,
            ),
        ),
        speaker="mira-tolland",
        speaker_name="Mira Tolland",
        speaker_kind="named",
        speakers=("s-tolland",),
    )
    late = QuotationRecord(
        "q-late",
        "the order came late",
        "indirect",
        (
            QuotationOccurrence(
                "sluice", "q2", "the order came late", "indirect", "s-warden", "A dike warden", confidence=0.6
            ),
        ),
        speaker_name="a dike warden who asked not to be named",
        speaker_kind="anonymous",
        speakers=("s-warden",),
    )
    drown = QuotationRecord(
        "q-drown",
        "You will all drown.",
        "direct",
        (
            QuotationOccurrence(
                "threat", "q1", "“You will all drown.”", "direct", sensitive="A threat.", confidence=0.9
            ),
        ),
        sensitive="A threat.",
    )
    torn = QuotationRecord(
        "q-torn",
        "nobody has repaired the eastern dike",
        "mixed",
        (
            QuotationOccurrence("inquiry", "q2", "nobody has repaired the eastern dike", "mixed", "s-commission", "It"),
            QuotationOccurrence("undated", "q1", "nobody repaired that dike", "indirect", "s-tolland", "Tolland"),
        ),
        speakers=("s-commission", "s-tolland"),
    )
    return {q.id: q for q in sorted((gates, late, drown, torn), key=lambda q: q.id)}


def sources() -> dict[str, SourceRecord]:
    inquiry, sluice = place("inquiry", "Tolland", "q1"), place("sluice", "she", "q1", "confirmed")
    records = [
        SourceRecord(
            "s-tolland",
            "Mira Tolland",
            "named",
            (sluice, inquiry),
            entity="mira-tolland",
            quotations=("q-gates", "q-torn"),
        ),
        SourceRecord("s-courier", "Veer Courier", "publication", (place("sluice", "Veer Courier", "q1"),)),
        SourceRecord(
            "s-warden",
            "a dike warden who asked not to be named",
            "anonymous",
            (place("sluice", "A dike warden who asked not to be named", "q2"),),
            article="sluice",
            quotations=("q-late",),
        ),
        SourceRecord(
            "s-commission",
            LONG,
            "organization",
            (place("inquiry", "The commission", "q2"),),
            entity="commission",
            quotations=("q-torn",),
        ),
        SourceRecord(
            "s-report",
            "Report on the spring tide",
            "document",
            (place("inquiry", "found", "c1"),),
            url="https://example.org/report.pdf",
            description="The commission's own account.",
            review="confirmed",
            csl={"author": "The commission", "issued": "2021-09-01", "title": "Report on the spring tide"},
        ),
        SourceRecord(
            "s-watch",
            "@sluicewatch",
            "account",
            (place("inquiry", "gates", "m4"),),
            entity="sluicewatch",
            url="https://example.org/@sluicewatch",
        ),
        SourceRecord(
            "s-web", "example.org", "web", (place("undated", "first dike", "c2"),), url="http://example.org/dike"
        ),
    ]
    return {s.id: s for s in sorted(records, key=lambda s: s.id)}


def relays() -> tuple[Relay, ...]:
    return (
        Relay("s-courier", "s-tolland", (place("sluice", "Veer Courier", "q1", "confirmed"),)),
        Relay("s-commission", "s-tolland", (place("inquiry", "The commission", "q1"),)),
        Relay("s-watch", "s-commission", (place("inquiry", "gates", "m4"),)),
    )


def chronology() -> tuple[ChronologyRecord, ...]:
    def row(
        id_: str, title: str, edtf: str | None, slug: str, first: str = "", last: str = "", **more: object
    ) -> ChronologyRecord:
        place_ = Occurrence(slug, f"e-{id_}", "", title, "")
        return ChronologyRecord(id_, title, edtf, (place_,), first, last, **more)  # type: ignore[arg-type]

    return (
        row("c-flood", "The great flood", "1953", "inquiry", "1953-01-01", "1953-12-31", when="in 1953"),
        row("c-begun", "Work on the sluice began", "2019~", "inquiry", "2019-01-01", "2019-12-31", when="around 2019"),
        row(
            "c-opened-3",
            "The sluice at Oudeveer was opened",
            "2021-03-03",
            "sluice",
            "2021-03-03",
            "2021-03-03",
            when="on 3 March 2021",
            participants=("mira-tolland", "oudeveer"),
            quotations=("q-gates",),
            review="confirmed",
            note="Checked against the log book.",
            disagrees=("c-opened-4",),
        ),
        row(
            "c-opened-4",
            "the gates were opened",
            "2021-03-04?",
            "inquiry",
            "2021-03-04",
            "2021-03-04",
            when="on 4 March 2021",
            participants=("mira-tolland",),
            disagrees=("c-opened-3",),
            citations=("https://example.org/report.pdf", "Log book of the harbour, p. 12"),
            review="added",
        ),
        row(
            "c-since",
            "nobody has repaired the eastern dike",
            "2021-03/..",
            "inquiry",
            "2021-03-01",
            "",
            when="Since then",
        ),
        row(
            "c-letter",
            "A letter to the harbour office said",
            "2021-11",
            "threat",
            "2021-11-01",
            "2021-11-30",
            sensitive="A threat.",
        ),
        row("c-first", "when the first dike was built", None, "undated", why="“when” names no date", when="when"),
    )


def opened(slug: str) -> LinkedArticle:
    mention = Mention("m1", 0, 3, text_of(slug)[:3], "person", "e1", "x", "made@1", 1.0)
    return LinkedArticle(ReviewedArticle(article(slug), (Reviewed(mention),)), {}, {}, {}, {}, {}, {})


def archive() -> Archive:
    """Four articles, one of them sensitive and one without a date."""
    slugs = ("threat", "inquiry", "sluice", "undated")
    return Archive(tuple(map(summary, slugs)), entities(), quotations(), sources(), relays(), chronology(), opened)


def empty() -> Archive:
    """An archive as it is on its first day."""
    return Archive((), {}, {}, {}, (), (), opened)


def large(events: int = 1200, names: int = 900) -> Archive:
    """The same with registers that do not fit one page."""
    base = archive()
    rows = tuple(
        ChronologyRecord(
            f"c-{n:05}",
            f"Entry {n} of the log book",
            f"{1990 + n // 60}-{n // 5 % 12 + 1:02}-{n % 28 + 1:02}",
            (Occurrence("sluice", f"e{n}", "", "", ""),),
            f"{1990 + n // 60}-{n // 5 % 12 + 1:02}-{n % 28 + 1:02}",
            f"{1990 + n // 60}-{n // 5 % 12 + 1:02}-{n % 28 + 1:02}",
        )
        for n in range(events)
    )
    more = {
        f"n-{n:05}": EntityRecord(
            f"n-{n:05}", f"{chr(65 + n % 26)}name {n}", "person", (place("sluice", "harbour master", f"n{n}"),)
        )
        for n in range(names)
    }
    said = {
        f"q-{n:05}": QuotationRecord(
            f"q-{n:05}",
            f"saying number {n}",
            "direct",
            (QuotationOccurrence("sluice", f"q{n}", f"“saying number {n}”", "direct"),),
        )
        for n in range(names)
    }
    return Archive(base.articles, base.entities | more, base.quotations | said, base.sources, base.relays, rows, opened)


CONFIG = Config(
    title="The Estuary Papers", description="What was written about the sluice.", base_url="https://example.org/papers"
)
