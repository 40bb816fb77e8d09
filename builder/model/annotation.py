"""What is said about a stretch of text, by a machine or an editor (contract §1).

Every annotation has `id` (unique in its document), `start`, `end`, `exact` (= text[start:end]),
`annotator` (name@version) and `confidence` (0 to 1). The JSON key `type` tells the kinds apart.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from builder.model.selector import Span

EntityKind = Literal[
    "person",
    "organization",
    "place",
    "group",
    "work",
    "event",
    "law",
    "product",
    "account",
    "hashtag",
    "facility",
]
SpeakerKind = Literal["named", "anonymous", "organization", "document", "account"]
QuotationForm = Literal["direct", "mixed", "indirect"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
RelationKind = Literal[
    "author",
    "founder",
    "leader",
    "owner",
    "spokesperson",
    "member",
    "employee",
    "family",
    "part",
    "place",
]
Review = Literal["machine", "confirmed", "corrected", "added"]


class Mention(Struct, frozen=True, tag_field="type", tag="entity"):
    """A name in the text; `entity` is shared by all mentions of the same one, `name` its fullest form."""

    id: str
    start: int
    end: int
    exact: str
    label: EntityKind
    entity: str
    name: str
    annotator: str
    confidence: float


class Speaker(Struct, frozen=True):
    """Who said something, or passed it on: the words that name them, and who that is as far as the text tells.

    `entity` is the document's entity id when `name` resolves to a mention, else null. `description` holds
    the words that describe an anonymous source.
    """

    start: int
    end: int
    exact: str
    name: str | None
    entity: str | None
    kind: SpeakerKind


class Quotation(Struct, frozen=True, tag_field="type", tag="quotation"):
    """What is said: `start`/`end` cover the content with its marks; `spans` are its pieces when interrupted."""

    id: str
    start: int
    end: int
    exact: str
    spans: tuple[tuple[int, int], ...]
    form: QuotationForm
    speaker: Speaker | None
    cue: Span | None
    via: Speaker | None
    annotator: str
    confidence: float


class Timex(Struct, frozen=True):
    """TIMEX3 type and normalised value, as in ISO-TimeML."""

    type: TimexType
    value: str


class TimeExpression(Struct, frozen=True, tag_field="type", tag="time"):
    """A date, time, duration or set; `edtf` is null where the text and its date do not tell."""

    id: str
    start: int
    end: int
    exact: str
    timex: Timex
    edtf: str | None
    annotator: str
    confidence: float


class Event(Struct, frozen=True, tag_field="type", tag="event"):
    """A sentence or clause that reports something dated; `time` is the id of the time expression it is dated by.

    `title` is the row's headline in the chronology: the article's own words, cut, never composed.
    """

    id: str
    start: int
    end: int
    exact: str
    title: str
    edtf: str | None
    time: str
    participants: tuple[str, ...]
    quotations: tuple[str, ...]
    annotator: str
    confidence: float


class Citation(Struct, frozen=True, tag_field="type", tag="citation"):
    """A link or printed address in the text; `url` as the article gives it."""

    id: str
    start: int
    end: int
    exact: str
    url: str
    annotator: str
    confidence: float


class Relation(Struct, frozen=True, tag_field="type", tag="relation"):
    """What the text says `subject` is to `object`; [start, end) are the words that say so: “co-author of”.

    Both are the document's entity ids; `object` is null where its words, `object_exact`, name no entity.
    """

    id: str
    start: int
    end: int
    exact: str
    relation: RelationKind
    subject: str
    object: str | None
    object_exact: str
    annotator: str
    confidence: float


Annotation = Mention | Quotation | TimeExpression | Event | Citation | Relation
ANNOTATION_TYPES = ("entity", "quotation", "time", "event", "citation", "relation")


def kind_of(annotation: Annotation) -> str:
    """The annotation's type as contract §1 names it."""
    tag = annotation.__struct_config__.tag
    assert isinstance(tag, str)
    return tag
