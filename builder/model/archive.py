"""The joined archive: reviewed articles, and the registers of what is the same across them.

Registers hold records, never texts; an article's text is opened one at a time through `Archive.open`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Protocol, TypeVar, overload

from msgspec import Struct

from builder.model import interval
from builder.model.annotation import Annotation, EntityKind, QuotationForm, RelationKind, Review, SpeakerKind
from builder.model.article import Article


class Reviewed(Struct, frozen=True):
    """An annotation and who stands behind it: the machine alone, or an editor's decision (`by`, `note`)."""

    annotation: Annotation
    review: Review = "machine"
    by: str = ""
    note: str = ""
    sensitive: str = ""  # the warning it is folded behind; empty: shown


class ReviewedArticle(Struct, frozen=True):
    """An article whose annotations have met the editor's decisions; `rejected` counts those taken out."""

    article: Article
    annotations: tuple[Reviewed, ...]
    rejected: int = 0


class Occurrence(Struct, frozen=True):
    """One place where a record occurs, with enough words around it to show it in context."""

    article: str
    annotation: str
    before: str = ""
    exact: str = ""
    after: str = ""
    review: Review = "machine"


Part = tuple[str, str, int]  # an article, which of its entities or other annotations, number of places
Parts = tuple[Part, ...]


DIGEST = 128  # bits


def _number(part: Part, digest: bytes) -> int:
    whole = blake2b(digest + f"{part[0]}\0{part[1]}".encode(), digest_size=DIGEST // 8)
    return int.from_bytes(whole.digest())


class Places(Sequence[Occurrence]):
    """The places of a record, opened only when they are looked at: of a whole archive they would fill the memory.

    `digest` stands for what would be opened: the sum of the digests of its parts, so that one can be exchanged.
    """

    __slots__ = ("_open", "articles", "digest", "parts")

    def __init__(
        self,
        parts: Parts,
        digest: bytes,
        open_: Callable[[Parts], tuple[Occurrence, ...]],
    ) -> None:
        self.parts, self.digest, self._open = parts, digest, open_
        self.articles = tuple(dict.fromkeys(article for article, _, _ in parts))

    @classmethod
    def of(cls, parts: Iterable[tuple[Part, bytes]], open_: Callable[[Parts], tuple[Occurrence, ...]]) -> Places:
        """The places of these parts, each with its digest."""
        known = tuple(parts)
        whole = sum(_number(part, digest) for part, digest in known) % 2**DIGEST
        return cls(tuple(part for part, _ in known), whole.to_bytes(DIGEST // 8), open_)

    def exchanged(self, part: Part, before: bytes, after: bytes) -> Places:
        """The same, where the digest of one part is another."""
        whole = int.from_bytes(self.digest) - _number(part, before) + _number(part, after)
        return Places(self.parts, (whole % 2**DIGEST).to_bytes(DIGEST // 8), self._open)

    @overload
    def __getitem__(self, index: int) -> Occurrence: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Occurrence]: ...
    def __getitem__(self, index: int | slice) -> Occurrence | Sequence[Occurrence]:
        return self._open(self.parts)[index]

    def __iter__(self) -> Iterator[Occurrence]:
        return iter(self._open(self.parts))

    def __len__(self) -> int:
        return sum(number for _, _, number in self.parts)


def _articles(occurrences: Sequence[Occurrence]) -> tuple[str, ...]:
    """Of their articles each once, without opening them."""
    if isinstance(occurrences, Places):
        return occurrences.articles
    return tuple(dict.fromkeys(o.article for o in occurrences))


class CoMention(Struct, frozen=True):
    """Two entities named in the same articles: `articles` of them. Nothing more is claimed."""

    entity: str
    articles: int


class RelationRecord(Struct, frozen=True):
    """What the articles say one entity is to another; each occurrence holds the words that say so.

    `object` is None where `object_name` are the articles' words for what is no entity of the register.
    """

    relation: RelationKind
    subject: str
    object: str | None
    object_name: str
    occurrences: tuple[Occurrence, ...]


class EntityRecord(Struct, frozen=True):
    """Someone or something the articles name; `id` is its slug. `identifiers` maps scheme to value.

    `occurrences` may be opened only when looked at (see `Places`): whoever needs no more than their number or their
    articles asks for those.
    """

    id: str
    name: str
    kind: EntityKind
    occurrences: Sequence[Occurrence]
    review: Review = "machine"
    aliases: tuple[str, ...] = ()
    identifiers: dict[str, str] = {}
    description: str = ""
    coordinates: tuple[float, float] | None = None  # latitude, longitude in degrees
    sensitive: str = ""
    live: bool = False  # an account the editor allows to be a live link
    similar: tuple[str, ...] = ()  # "may be the same as": entity ids
    seen_with: tuple[CoMention, ...] = ()
    quotations: tuple[str, ...] = ()  # quotation record ids it is the speaker of
    events: tuple[str, ...] = ()  # chronology record ids it takes part in
    relations: tuple[RelationRecord, ...] = ()  # that it is the subject or the object of

    @property
    def articles(self) -> tuple[str, ...]:
        return _articles(self.occurrences)


class QuotationOccurrence(Struct, frozen=True):
    """The quotation as one article gives it. `said` is its wording there, `speaker` a source id or None.

    `number` counts the quotations of the article in the order of its text; a place in the text would move with every
    word before it, and have every page made again that shows the quotation.
    """

    article: str
    annotation: str
    said: str
    form: QuotationForm
    speaker: str | None = None
    speaker_words: str = ""
    via: str | None = None
    review: Review = "machine"
    confidence: float = 0.0
    sensitive: str = ""
    number: int = 0


class QuotationRecord(Struct, frozen=True):
    """The same words wherever they occur. `text` is the fullest wording; `speaker` an entity id where known.

    Where articles name different speakers, `speaker` is None and `speakers` lists them all.
    """

    id: str
    text: str
    form: QuotationForm
    occurrences: tuple[QuotationOccurrence, ...]
    speaker: str | None = None
    speaker_name: str = ""
    speaker_kind: SpeakerKind | None = None
    speakers: tuple[str, ...] = ()  # source ids
    sensitive: str = ""

    @property
    def articles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(o.article for o in self.occurrences))


class SourceRecord(Struct, frozen=True):
    """Who or what an article relies on. An anonymous source belongs to one article and is never merged.

    kind: named, anonymous, organization, document, account, publication (who published an article),
    web (a cited address). `entity` is the register's entity it is, `article` an anonymous source's article.
    """

    id: str
    name: str
    kind: str
    occurrences: Sequence[Occurrence]  # opened only when looked at, as those of entities
    entity: str | None = None
    article: str | None = None
    url: str = ""
    description: str = ""
    review: Review = "machine"
    sensitive: str = ""
    csl: dict[str, str] = {}  # what sources.yaml adds: author, title, issued, publisher ...
    quotations: tuple[str, ...] = ()

    @property
    def articles(self) -> tuple[str, ...]:
        return _articles(self.occurrences)


class Relay(Struct, frozen=True):
    """`reporter` passes on what `reported` said; both are source ids. Read from the articles, not inferred."""

    reporter: str
    reported: str
    occurrences: tuple[Occurrence, ...]


class Evidence(Struct, frozen=True):
    """What rows of several articles share, by which they are one happening, or one with two dates (`date` None)."""

    date: str | None  # EDTF
    names: tuple[str, ...]  # entity ids
    words: tuple[str, ...]  # as they stand in the row's headline


class ChronologyRecord(Struct, frozen=True):
    """A happening in the shared chronology; `edtf` is None where no date can be known, with `why`.

    `earliest` and `latest` are ISO days for sorting and drawing, empty where open or unknown.
    `disagrees` lists records that tell the same happening with another date.
    """

    id: str
    title: str
    edtf: str | None
    occurrences: tuple[Occurrence, ...]
    earliest: str = ""
    latest: str = ""
    when: str = ""  # the article's own words for the time
    why: str = ""
    participants: tuple[str, ...] = ()  # entity ids
    quotations: tuple[str, ...] = ()  # quotation record ids
    review: Review = "machine"
    note: str = ""
    disagrees: tuple[str, ...] = ()
    sensitive: str = ""
    citations: tuple[str, ...] = ()  # an editor's event: what it rests on
    evidence: Evidence | None = None  # why articles' rows were merged, or are said to disagree, by the machine


class ArticleSummary(Struct, frozen=True):
    """What listings need of an article; the text stays where it is."""

    slug: str
    title: str
    dek: str
    byline: str
    publisher: str
    published: str | None
    language: str
    url: str
    sensitive: str
    tags: tuple[str, ...]
    original_sha256: str
    words: int
    counts: dict[str, int]  # annotation type -> number
    reviews: dict[str, int]  # review state -> number
    earliest: str = ""  # ISO day, for sorting


Also = tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]  # slug, shared quotations, shared entities


class Place(Struct, frozen=True):
    """An article's place in the registers: records by annotation id, entities by the document's id.

    `digest` is the reviewed article's; `rejected` are entities that an editor takes out.
    """

    digest: bytes
    warnings: dict[str, str]  # annotation id of a quotation -> the warning it stands behind
    entities: dict[str, str]
    rejected: tuple[str, ...]
    quotations: dict[str, str]
    events: dict[str, str]
    speakers: dict[str, str]
    vias: dict[str, str]
    citations: dict[str, str]
    also: Also


class LinkedArticle(Struct, frozen=True):
    """One article with its place in the registers: annotation ids mapped to record ids."""

    reviewed: ReviewedArticle
    entities: dict[str, str]  # annotation id of a mention -> entity record id
    quotations: dict[str, str]  # annotation id -> quotation record id
    events: dict[str, str]  # annotation id of an event -> chronology record id
    speakers: dict[str, str]  # annotation id of a quotation -> source record id of its speaker
    vias: dict[str, str]  # annotation id of a quotation -> source record id of who passed it on
    citations: dict[str, str]  # annotation id of a citation -> source record id
    also: Also = ()

    @property
    def article(self) -> Article:
        return self.reviewed.article


def newest_first(summary: ArticleSummary) -> tuple[bool, tuple[int, ...], str]:
    """Sorts articles as the archive lists them: by day, the newest first, those without a date last."""
    day = tuple(-int(part) for part in summary.earliest.split("-")) if summary.earliest[:1].isdigit() else ()
    return not day, day, summary.slug


def in_order(record: ChronologyRecord) -> tuple[tuple[interval.Day, interval.Day], str]:
    """Sorts happenings by their earliest possible day, the narrower value first; undated last."""
    return interval.order(record.edtf), record.id


T = TypeVar("T")


class Derive(Protocol):
    """Gives a look-up that is worked out from the registers, under a name of its own; `of` is what it holds."""

    def __call__(self, name: str, of: type[T], make: Callable[[], Mapping[str, T]]) -> Mapping[str, T]: ...


def _made(name: str, of: type[T], make: Callable[[], Mapping[str, T]]) -> Mapping[str, T]:
    return make()


class Archive(Struct, frozen=True):
    """Everything pages and exports see. Registers are sorted by id, articles newest first.

    Look-ups worked out from them are asked for through `derive`, so that a build makes each once and knows who
    asked; `place` tells where an article stands in the registers, which with its words is all that `open` gives.
    """

    articles: Sequence[ArticleSummary]
    entities: Mapping[str, EntityRecord]
    quotations: Mapping[str, QuotationRecord]
    sources: Mapping[str, SourceRecord]
    relays: Sequence[Relay]
    chronology: Sequence[ChronologyRecord]  # by earliest day, then precision; undated last
    open: Callable[[str], LinkedArticle]
    annotators: Sequence[str] = ()  # name@version of all that read
    place: Mapping[str, Place] = {}
    derive: Derive = _made
    text: Callable[[str], Article] | None = None  # opens an article without what was found in it, where that is quicker

    def article(self, slug: str) -> Article:
        """An article as such: what `open` gives besides its annotations and their records."""
        return self.text(slug) if self.text else self.open(slug).article
