"""A small archive made by hand for the tests of pages: three articles about a harbour that does not exist.

Annotations are made from the words they stand on, so that a reader sees what is annotated.
"""

from __future__ import annotations

from builder.config import Config
from builder.model.annotation import (
    Citation,
    EntityKind,
    Event,
    Mention,
    Quotation,
    QuotationForm,
    Review,
    Speaker,
    SpeakerKind,
    TimeExpression,
    Timex,
)
from builder.model.archive import (
    Archive,
    ArticleSummary,
    ChronologyRecord,
    EntityRecord,
    LinkedArticle,
    Occurrence,
    QuotationOccurrence,
    QuotationRecord,
    Reviewed,
    ReviewedArticle,
    SourceRecord,
)
from builder.model.article import Article, Block, Cleanup, Mark

CONFIG = Config(
    title="The Kester Papers",
    description="What three newspapers wrote about the closing of Port Kester, and who told them so.",
    rights="Annotations CC BY 4.0",
    contact="editors@example.org",
    editor="Ada Lind",
)
WARNING = "This passage reprints a threat."
SAID = "“No ship will leave before the crane has been inspected.”"


class Page:
    """An article in the making: blocks of text, and annotations on the nth place where words stand."""

    def __init__(self, slug: str, title: str, *blocks: str | tuple[str, str], **metadata: object) -> None:
        self.annotations: list[Reviewed] = []
        self.marks: list[Mark] = []
        self.entities: dict[str, str] = {}
        self.quotations: dict[str, str] = {}
        self.events: dict[str, str] = {}
        self.speakers: dict[str, str] = {}
        self.vias: dict[str, str] = {}
        self.citations: dict[str, str] = {}
        self.slug, self.title, self.metadata = slug, title, metadata
        self.blocks: list[Block] = []
        self.text = ""
        for block in blocks:
            kind, words = ("paragraph", block) if isinstance(block, str) else block
            start = len(self.text) + (2 if self.text else 0)
            self.text += ("\n\n" if self.text else "") + words
            listed = {"list": 1} if kind == "item" else {}
            level = 1 if kind in ("heading", "item") else 0
            self.blocks.append(Block(kind, start, start + len(words), level=level, **listed))  # type: ignore[arg-type]

    def at(self, words: str, nth: int = 1) -> tuple[int, int]:
        start = -1
        for _ in range(nth):
            start = self.text.index(words, start + 1)
        return start, start + len(words)

    def _add(self, annotation: object, review: Review, **more: str) -> None:
        self.annotations.append(Reviewed(annotation, review, **more))  # type: ignore[arg-type]

    def name(
        self, words: str, record: str = "", label: EntityKind = "person", nth: int = 1, review: Review = "machine"
    ) -> str:
        start, end = self.at(words, nth)
        id_ = f"e-{len(self.annotations)}"
        self._add(Mention(id_, start, end, words, label, "x", words, "names@1", 0.9), review)
        if record:
            self.entities[id_] = record
        return id_

    def said(
        self,
        words: str,
        speaker: str = "",
        *,
        kind: SpeakerKind = "named",
        source: str = "",
        via: str = "",
        via_source: str = "",
        record: str = "",
        form: QuotationForm = "direct",
        spans: tuple[str, ...] = (),
        review: Review = "machine",
        sensitive: str = "",
    ) -> str:
        start, end = self.at(words)
        id_ = f"q-{len(self.annotations)}"
        who = self._speaker(speaker, kind)
        through = self._speaker(via, "organization")
        ranges = tuple(self.at(span) for span in spans) or ((start, end),)
        quotation = Quotation(id_, start, end, words, ranges, form, who, None, through, "quotations@1", 0.8)
        self._add(quotation, review, sensitive=sensitive)
        for table, value in ((self.speakers, source), (self.vias, via_source), (self.quotations, record)):
            if value:
                table[id_] = value
        return id_

    def _speaker(self, words: str, kind: SpeakerKind) -> Speaker | None:
        if not words:
            return None
        start, end = self.at(words)
        return Speaker(start, end, words, None if kind == "anonymous" else words, None, kind)

    def time(self, words: str, edtf: str | None, value: str = "", review: Review = "machine") -> str:
        start, end = self.at(words)
        id_ = f"t-{len(self.annotations)}"
        timex = Timex("DATE", value or edtf or "XXXX")
        self._add(TimeExpression(id_, start, end, words, timex, edtf, "times@1", 0.9), review)
        return id_

    def event(self, words: str, edtf: str | None, time: str, record: str = "", quotations: tuple[str, ...] = ()) -> str:
        start, end = self.at(words)
        id_ = f"v-{len(self.annotations)}"
        self._add(Event(id_, start, end, words, words, edtf, time, (), quotations, "events@1", 0.7), "machine")
        if record:
            self.events[id_] = record
        return id_

    def link(self, words: str, url: str, source: str = "") -> str:
        start, end = self.at(words)
        id_ = f"c-{len(self.annotations)}"
        self._add(Citation(id_, start, end, words, url, "citations@1", 1.0), "machine")
        if source:
            self.citations[id_] = source
        return id_

    def mark(self, words: str, kind: str = "emphasis", url: str = "") -> None:
        start, end = self.at(words)
        self.marks.append(Mark(kind, start, end, url))  # type: ignore[arg-type]

    @property
    def article(self) -> Article:
        return Article(
            self.slug,
            self.title,
            self.text,
            tuple(self.blocks),
            tuple(self.marks),
            **self.metadata,  # type: ignore[arg-type]
        )

    def linked(self, also: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()) -> LinkedArticle:
        return LinkedArticle(
            ReviewedArticle(self.article, tuple(self.annotations), 1),
            self.entities,
            self.quotations,
            self.events,
            self.speakers,
            self.vias,
            self.citations,
            also,
        )

    def summary(self) -> ArticleSummary:
        article = self.article
        reviews: dict[str, int] = {}
        for reviewed in self.annotations:
            reviews[reviewed.review] = reviews.get(reviewed.review, 0) + 1
        return ArticleSummary(
            article.slug,
            article.title,
            article.dek,
            article.byline,
            article.publisher,
            article.published,
            article.language,
            article.url,
            article.sensitive,
            article.tags,
            article.original_sha256,
            len(article.text.split()),
            {},
            reviews,
        )


def closing() -> Page:
    page = Page(
        "port-closed",
        "Port Kester closes after a night of warnings",
        "Harbour master Ada Kester closed Port Kester on Sunday after what she called a night of warnings. "
        "The order came into force at midnight, and three ferries turned back to the mainland.",
        "In a letter that the Tidewater Post has seen, an engineer wrote that the northern crane had not been "
        "inspected since 2011. The engineer asked not to be named. The letter is dated “the first week of spring”.",
        SAID,
        "Kester said this to the Harbour News Agency, which published it on its account @harbournews within the hour. "
        "“We have waited,” she added, “and we will not wait again.”",
        "“Close the port or we will burn it,” said a message on a wall of the customs house, according to the "
        "Harbour News Agency.",
        ("heading", "What the owners say"),
        "Larsen & Daughters, which owns the crane, said in a statement that it “regrets the <strong> words of the past "
        "days”. Kester did not answer. The statement can be read at https://example.org/statement and in the Post.",
        ("item", "The northern crane stands still."),
        ("item", "The ferries sail from Anse Noire until Kester lifts the order."),
        ("quote", "Salt on the rails,\n  salt in the books.\nNobody counted."),
        dek="The harbour master will not let a ship leave before the crane is inspected",
        byline="Tomas Reyl",
        publisher="Tidewater Post",
        published="2019-03-11",
        captured="2019-04-02",
        url="https://post.example.org/port-closed",
        archived_url="https://web.example.org/2019/port-closed",
        rights="© Tidewater Post, quoted for documentation",
        original="content/originals/port-closed.html",
        original_sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        cleanups=(
            Cleanup("page furniture", "Share this Post", prefix="Nobody counted."),
            Cleanup("doubled bracket", "))", ")", "(Photo by the author"),
        ),
        tags=("harbour",),
    )
    page.name("Ada Kester", "ada-kester", review="confirmed")
    page.name("Port Kester", "port-kester", "place")
    page.name("Tidewater Post", "tidewater-post", "organization")
    page.name("Kester", "ada-kester", nth=3, review="confirmed")
    page.name("Harbour News Agency", "harbour-news-agency", "organization")
    page.name("@harbournews", "harbournews", "account")
    page.name("Larsen & Daughters", "larsen-daughters", "organization", review="corrected")
    page.name("Kester", "ada-kester", nth=4)
    page.name("Anse Noire", "anse-noire", "place")
    page.name("Kester", "ada-kester", nth=5)
    page.said(
        "the northern crane had not been inspected since 2011",
        "an engineer",
        kind="anonymous",
        source="unnamed-engineer",
        via="Tidewater Post",
        via_source="tidewater-post",
        form="indirect",
    )
    page.said(
        SAID,
        "Ada Kester",
        source="ada-kester",
        record="no-ship-will-leave",
        via="Harbour News Agency",
        via_source="harbour-news-agency",
        review="confirmed",
    )
    page.said(
        "“We have waited,” she added, “and we will not wait again.”",
        "Ada Kester",
        source="ada-kester",
        spans=("“We have waited,”", "“and we will not wait again.”"),
        record="we-have-waited",
    )
    page.said(
        "“Close the port or we will burn it,”",
        "a message on a wall",
        kind="document",
        source="message-on-a-wall",
        via="Harbour News Agency",
        via_source="harbour-news-agency",
        record="close-the-port",
        sensitive=WARNING,
    )
    regrets = page.said(
        "it “regrets the <strong> words of the past days”",
        "Larsen & Daughters",
        kind="organization",
        source="larsen-daughters",
        form="mixed",
    )
    sunday = page.time("Sunday", "2019-03-10", review="confirmed")
    page.time("since 2011", "2011/..")
    page.time("the first week of spring", None)
    page.event(
        "Harbour master Ada Kester closed Port Kester on Sunday after what she called a night of warnings.",
        "2019-03-10",
        sunday,
        "port-kester-closed",
        (regrets,),
    )
    page.link("https://example.org/statement", "https://example.org/statement", "example-org")
    page.mark("a night of warnings")
    page.mark("Harbour News Agency, which", "link", "https://agency.example.org/about")
    page.mark("@harbournews", "link", "https://social.example.org/harbournews")
    return page


def inspection() -> Page:
    page = Page(
        "crane-inspected",
        "Inspectors “amazed” by <em>what they found</em> & more",
        "Port Kester may reopen in a week. “No ship will leave before the crane has been inspected,” harbour master "
        "Ada Kester had said.",
        "Nobody at Larsen & Daughters could be reached.",
        publisher="Harbour News Agency",
        published="2019-03-18/2019-03-19",
    )
    page.name("Port Kester", "port-kester", "place")
    page.name("Ada Kester", "ada-kester")
    page.name("Larsen & Daughters", "larsen-daughters", "organization")
    page.said(
        "“No ship will leave before the crane has been inspected,”",
        "Ada Kester",
        source="ada-kester",
        record="no-ship-will-leave",
    )
    return page


def folded() -> Page:
    page = Page(
        "the-leaflet",
        "The leaflet of the wall",
        "Whoever stays in Port Kester will be sorry on Sunday.",
        "This is all it says, and https://leaflet.example.org/more.",
        url="https://leaflet.example.org/first",
        sensitive="A leaflet that threatens people, kept in full.",
        dek="Words that must not be in any list",
    )
    page.name("Port Kester", "port-kester", "place")
    page.time("Sunday", None)
    page.said("Whoever stays in Port Kester will be sorry on Sunday.")
    page.link("https://leaflet.example.org/more", "https://leaflet.example.org/more")
    return page


def _entity(id_: str, name: str, kind: EntityKind, *slugs: str, review: Review = "machine") -> EntityRecord:
    return EntityRecord(id_, name, kind, tuple(Occurrence(slug, "e-0") for slug in slugs), review)


def _source(id_: str, name: str, kind: str, *quotations: str, **more: str) -> SourceRecord:
    occurrences = (Occurrence("port-closed", "q-11"),)
    return SourceRecord(id_, name, kind, occurrences, quotations=quotations, **more)  # type: ignore[arg-type]


def archive() -> Archive:
    """The archive of the three articles, with only what their pages need in the registers."""
    pages = {page.slug: page for page in (inspection(), closing(), folded())}
    both = ("port-closed", "crane-inspected")
    entities = [
        _entity("ada-kester", "Ada Kester", "person", *both, review="confirmed"),
        _entity("anse-noire", "Anse Noire", "place", "port-closed"),
        _entity("harbour-news-agency", "Harbour News Agency", "organization", "port-closed"),
        _entity("harbournews", "@harbournews", "account", "port-closed"),
        _entity("larsen-daughters", "Larsen & Daughters", "organization", *both),
        _entity("port-kester", "Port Kester", "place", *both, "the-leaflet"),
        _entity("tidewater-post", "Tidewater Post", "organization", "port-closed"),
    ]
    sources = [
        _source("ada-kester", "Ada Kester", "named", "no-ship-will-leave", "we-have-waited", entity="ada-kester"),
        _source("example-org", "example.org", "web", url="https://example.org"),
        _source("harbour-news-agency", "Harbour News Agency", "organization", entity="harbour-news-agency"),
        _source("larsen-daughters", "Larsen & Daughters", "organization", "regrets", entity="larsen-daughters"),
        _source("message-on-a-wall", "a message on a wall", "document", "close-the-port", article="port-closed"),
        _source("tidewater-post", "Tidewater Post", "publication"),
        _source("unnamed-engineer", "an engineer", "anonymous", "not-inspected", article="port-closed"),
    ]
    shared = tuple(QuotationOccurrence(slug, "q-11", SAID, "direct", "ada-kester") for slug in both)
    quotations = [
        QuotationRecord(
            "close-the-port",
            "“Close the port or we will burn it,”",
            "direct",
            (QuotationOccurrence("port-closed", "q-13", "“Close the port or we will burn it,”", "direct"),),
            sensitive=WARNING,
        ),
        QuotationRecord("no-ship-will-leave", SAID, "direct", shared, "ada-kester", "Ada Kester", "named"),
        QuotationRecord("we-have-waited", "“We have waited”", "direct", shared[:1], "ada-kester", "Ada Kester"),
    ]
    also = {
        "port-closed": (("crane-inspected", ("no-ship-will-leave",), ("ada-kester", "port-kester")),),
        "crane-inspected": (("port-closed", ("no-ship-will-leave",), ("ada-kester", "port-kester")),),
        "the-leaflet": (("port-closed", (), ("port-kester",)),),
    }
    return Archive(
        tuple(page.summary() for page in pages.values()),
        {record.id: record for record in entities},
        {record.id: record for record in quotations},
        {record.id: record for record in sources},
        (),
        (
            ChronologyRecord(
                "port-kester-closed",
                "Harbour master Ada Kester closed Port Kester on Sunday",
                "2019-03-10",
                (Occurrence("port-closed", "v-18"),),
            ),
        ),
        lambda slug: pages[slug].linked(also[slug]),
        ("entities@1+en_core_web_sm-3.8.0", "quotations@1+en_core_web_sm-3.8.0", "times@1"),
    )
