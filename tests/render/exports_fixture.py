"""A made-up archive of two articles: one with every kind of annotation, one with almost nothing known."""

from __future__ import annotations

from typing import Any

from builder.model.annotation import (
    Citation,
    Event,
    Mention,
    Quotation,
    Speaker,
    TimeExpression,
    Timex,
)
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
from builder.model.article import Article, Block, Cleanup
from builder.model.selector import Span

LOG = "https://example.org/log?a=1"
FERRY = (
    "On 3 May 2019 the 🚢 Albatros, a ferry, ran aground off Lindholm.\n\n"
    "“We felt it,” said Ida Brandt, the pilot, “before we heard it.” Brandt told the Lindholm Post so, "
    "which the harbour office confirmed.\n\n"
    '=SUM of it all, @albatros_crew wrote: see https://example.org/log?a=1, "page" 4.'
)
ECHO = "Nobody at Brandt & Sons would speak.\n\n“We felt it before we heard it,” a pilot said last week."
TEXTS = {"ferry": FERRY, "echo": ECHO}


def place(slug: str, words: str, nth: int = 0) -> tuple[int, int, str]:
    """Where the words stand for the nth time."""
    at = -1
    for _ in range(nth + 1):
        at = TEXTS[slug].index(words, at + 1)
    return at, at + len(words), words


def by_machine(slug: str, words: str, nth: int = 0) -> dict[str, Any]:
    start, end, exact = place(slug, words, nth)
    return {"start": start, "end": end, "exact": exact, "annotator": "names@2", "confidence": 0.75}


def mention(id: str, slug: str, words: str, label: Any, entity: str, name: str, nth: int = 0) -> Mention:
    return Mention(id=id, label=label, entity=entity, name=name, **by_machine(slug, words, nth))


def speaker(slug: str, words: str, name: str | None, entity: str | None, kind: Any, nth: int = 0) -> Speaker:
    return Speaker(*place(slug, words, nth), name, entity, kind)


def cue(slug: str, words: str) -> Span:
    return Span(*place(slug, words))


FERRY_SAID = Quotation(
    id="q-1",
    spans=(place("ferry", "“We felt it,”")[:2], place("ferry", "“before we heard it.”")[:2]),
    form="direct",
    speaker=speaker("ferry", "Ida Brandt", "Ida Brandt", "person:brandt", "named"),
    cue=cue("ferry", "said"),
    via=speaker("ferry", "Lindholm Post", "Lindholm Post", "organization:post", "organization"),
    **by_machine("ferry", "“We felt it,” said Ida Brandt, the pilot, “before we heard it.”"),
)
ECHO_SAID = Quotation(
    id="q-1",
    spans=(place("echo", "“We felt it before we heard it,”")[:2],),
    form="direct",
    speaker=speaker("echo", "a pilot", None, None, "anonymous"),
    cue=None,
    via=None,
    **by_machine("echo", "“We felt it before we heard it,”"),
)
AGROUND = Event(
    id="e-1",
    title="the 🚢 Albatros, a ferry, ran aground",
    edtf="2019-05-03",
    time="t-1",
    participants=("product:albatros", "place:lindholm", "person:nobody"),
    quotations=(),
    **by_machine("ferry", "On 3 May 2019 the 🚢 Albatros, a ferry, ran aground off Lindholm."),
)
AGROUND_WHEN = TimeExpression(
    id="t-1", timex=Timex("DATE", "2019-05-03"), edtf="2019-05-03", **by_machine("ferry", "3 May 2019")
)
ECHO_WHEN = TimeExpression(id="t-1", timex=Timex("DATE", "XXXX-WXX"), edtf=None, **by_machine("echo", "last week"))
FERRY_NAMED = mention("m-1", "ferry", "Albatros", "product", "product:albatros", "Albatros")
ANNOTATIONS: dict[str, tuple[Reviewed, ...]] = {
    "ferry": (
        Reviewed(AGROUND),
        Reviewed(AGROUND_WHEN),
        Reviewed(FERRY_NAMED, "confirmed", "A. Reader"),
        Reviewed(mention("m-2", "ferry", "Lindholm", "place", "place:lindholm", "Lindholm")),
        Reviewed(FERRY_SAID, "corrected", "A. Reader", "The Post has it on tape.", "Distressing."),
        Reviewed(mention("m-3", "ferry", "Ida Brandt", "person", "person:brandt", "Ida Brandt")),
        Reviewed(mention("m-4", "ferry", "Brandt", "person", "person:brandt", "Ida Brandt", 1)),
        Reviewed(mention("m-5", "ferry", "@albatros_crew", "account", "account:crew", "@albatros_crew"), "added"),
        Reviewed(Citation(id="c-1", url=LOG, **by_machine("ferry", LOG))),
    ),
    "echo": (
        # The machine held the firm for the woman; the editor split them.
        Reviewed(mention("m-1", "echo", "Brandt & Sons", "organization", "x:brandt", "Brandt & Sons")),
        Reviewed(ECHO_SAID),
        Reviewed(ECHO_WHEN),
    ),
}
ARTICLES = {
    "ferry": Article(
        slug="ferry",
        title='Aground, "again"',
        text=FERRY,
        blocks=(Block("paragraph", 0, len(FERRY)),),
        publisher="Lindholm Post",
        published="2019-05-04",
        url="https://example.org/ferry",
        rights="© Lindholm Post",
        sensitive="An accident.",
        original="content/originals/ferry.txt",
        original_sha256="ab" * 32,
        cleanups=(Cleanup("credit", "Photo: none", "", "heard it."),),
        tags=("sea", "ferries"),
    ),
    "echo": Article(slug="echo", title="Silence", text=ECHO, blocks=(Block("paragraph", 0, len(ECHO)),)),
}
LINKS: dict[str, dict[str, dict[str, str]]] = {
    "ferry": {
        "entities": {
            "m-1": "albatros",
            "m-2": "lindholm",
            "m-3": "ida-brandt",
            "m-4": "ida-brandt",
            "m-5": "albatros-crew",
        },
        "quotations": {"q-1": "we-felt-it"},
        "events": {"e-1": "ferry-e-1"},
        "speakers": {"q-1": "ida-brandt"},
        "vias": {"q-1": "lindholm-post"},
        "citations": {"c-1": "example-org-log"},
    },
    "echo": {
        "entities": {"m-1": "brandt-sons"},
        "quotations": {"q-1": "we-felt-it"},
        "events": {},
        "speakers": {"q-1": "echo-a-pilot"},
        "vias": {},
        "citations": {},
    },
}


def opened(slug: str) -> LinkedArticle:
    return LinkedArticle(ReviewedArticle(ARTICLES[slug], ANNOTATIONS[slug]), **LINKS[slug])


def summary(slug: str) -> ArticleSummary:
    a = ARTICLES[slug]
    return ArticleSummary(
        slug,
        a.title,
        a.dek,
        a.byline,
        a.publisher,
        a.published,
        "en",
        a.url,
        a.sensitive,
        a.tags,
        a.original_sha256,
        len(a.text.split()),
        {},
        {},
    )


def at(slug: str, *annotations: str) -> tuple[Occurrence, ...]:
    return tuple(Occurrence(slug, annotation) for annotation in annotations)


def archive() -> Archive:
    """Two articles that quote the same words, one with every kind of annotation, one with almost nothing known."""
    entities = (
        EntityRecord("albatros", "Albatros", "product", at("ferry", "m-1"), "confirmed", events=("ferry-e-1",)),
        EntityRecord("albatros-crew", "@albatros_crew", "account", at("ferry", "m-5"), "added", live=True),
        EntityRecord("brandt-sons", "Brandt & Sons", "organization", at("echo", "m-1"), similar=("ida-brandt",)),
        EntityRecord(
            "ida-brandt",
            "Ida Brandt",
            "person",
            at("ferry", "m-3", "m-4"),
            aliases=("Brandt",),
            identifiers={"wikidata": "Q0"},
            description="A pilot.",
            seen_with=(CoMention("albatros", 1),),
            quotations=("we-felt-it",),
        ),
        EntityRecord("lindholm", "Lindholm", "place", at("ferry", "m-2"), coordinates=(57.25, -9.5)),
    )
    quotation = QuotationRecord(
        "we-felt-it",
        "We felt it before we heard it",
        "direct",
        (
            QuotationOccurrence("echo", "q-1", "“We felt it before we heard it,”", "direct", "echo-a-pilot"),
            QuotationOccurrence("ferry", "q-1", FERRY_SAID.exact, "direct", "ida-brandt", via="lindholm-post"),
        ),
        speaker="ida-brandt",
        speaker_name="Ida Brandt",
        speaker_kind="named",
        speakers=("echo-a-pilot", "ida-brandt"),
    )
    sources = (
        SourceRecord("echo-a-pilot", "a pilot", "anonymous", at("echo", "q-1"), article="echo"),
        SourceRecord(
            "example-org-log",
            "example.org/log",
            "web",
            at("ferry", "c-1"),
            url="https://example.org/log?a=1",
        ),
        SourceRecord("ida-brandt", "Ida Brandt", "named", at("ferry", "q-1"), entity="ida-brandt"),
        SourceRecord("lindholm-post", "Lindholm Post", "publication", (), csl={"title": "Lindholm Post"}),
    )
    rows = (
        ChronologyRecord(
            "ferry-e-1",
            AGROUND.title,
            "2019-05-03",
            at("ferry", "e-1"),
            "2019-05-03",
            "2019-05-03",
            "3 May 2019",
            participants=("albatros", "lindholm"),
        ),
        ChronologyRecord("silence", "Nobody would speak", None, (), why="The editor gives no date.", review="added"),
    )
    return Archive(
        articles=(summary("ferry"), summary("echo")),
        entities={e.id: e for e in entities},
        quotations={quotation.id: quotation},
        sources={s.id: s for s in sources},
        relays=(Relay("lindholm-post", "ida-brandt", at("ferry", "q-1")),),
        chronology=rows,
        open=opened,
    )


def empty() -> Archive:
    return Archive((), {}, {}, {}, (), (), opened)
