"""The tables of the archive: what each column holds, what it points at. CSV and SQLite follow this.

Column types are those of Frictionless Table Schema; an `array` or `object` is JSON text in its cell.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Type = Literal["string", "integer", "number", "boolean", "array", "object"]


class Column(Struct, frozen=True):
    """One column; `references` is the `table.column` whose value it holds, `required` says that it is never empty."""

    name: str
    type: Type
    description: str
    references: str = ""
    required: bool = False


class ForeignKey(Struct, frozen=True):
    """The columns of one table that hold a key of another."""

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...]


class Table(Struct, frozen=True):
    """One table; `key` are the columns that tell its rows apart."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def foreign_keys(self) -> tuple[ForeignKey, ...]:
        keys = []
        for column in self.columns:
            if column.references:
                table, key = column.references.split(".")
                keys.append(ForeignKey((column.name,), table, (key,)))
        if "annotation" in self.names:  # an annotation's id is its own only within its article
            keys.append(ForeignKey(("article", "annotation"), "annotations", ("article", "id")))
        return tuple(keys)


def _text(name: str, description: str, references: str = "") -> Column:
    return Column(name, "string", description, references)


def _must(name: str, description: str, references: str = "", type: Type = "string") -> Column:
    return Column(name, type, description, references, required=True)


def _number(name: str, description: str) -> Column:
    return Column(name, "integer", description)


def _several(name: str, description: str) -> Column:
    return Column(name, "array", description)


def _pairs(name: str, description: str) -> Column:
    return Column(name, "object", description)


def _words(prefix: str, who: str) -> tuple[Column, ...]:
    return (
        _number(f"{prefix}_start", f"where the words for {who} start in the article's text"),
        _number(f"{prefix}_end", f"where the words for {who} end"),
        _text(f"{prefix}_exact", f"the words for {who}"),
    )


def _speaker(prefix: str, who: str) -> tuple[Column, ...]:
    return (
        *_words(prefix, who),
        _text(f"{prefix}_name", f"the name of {who} as far as the article tells"),
        _text(f"{prefix}_entity", f"the entity that is {who}", "entities.id"),
        _text(f"{prefix}_kind", f"what {who} is: named, anonymous, organization, document or account"),
    )


SENSITIVE = _text("sensitive", "the warning this is folded behind on the pages; empty: shown")
REVIEW = _must("review", "machine, confirmed, corrected or added")

ARTICLES = Table(
    "articles",
    "The articles of the archive, with their texts.",
    ("slug",),
    (
        _must("slug", "the article's id, and the folder of its page"),
        _text("title", "headline"),
        _text("published", "day of publication as far as it is known, EDTF"),
        _text("text", "blocks as a reader sees them, joined by one blank line; offsets count code points in it"),
        _text("sha256", "SHA-256 of the original's bytes as captured"),
        _text("dek", "the line below the headline"),
        _text("byline", "who wrote it"),
        _text("publisher", "who published it"),
        _text("captured", "when the original was captured, EDTF"),
        _text("url", "where it was published"),
        _text("archived_url", "an archived copy"),
        _text("language", "language tag"),
        _text("rights", "rights in this article"),
        SENSITIVE,
        _several("tags", "the editor's tags"),
        _several("cleanups", "what import changed in the text: kind, before, after, prefix"),
        _text("original", "the original's file in the archive's own folder"),
    ),
)

ENTITIES = Table(
    "entities",
    "Who and what the articles name, each once.",
    ("id",),
    (
        _must("id", "the entity's id, and the folder of its page"),
        _text("name", "its name in this archive"),
        _must("kind", "person, organization, place, group, work, event, law, product, account, hashtag or facility"),
        REVIEW,
        _several("aliases", "other names"),
        _pairs("identifiers", "identifiers elsewhere, scheme to value"),
        _text("description", "the editor's description"),
        Column("latitude", "number", "degrees north"),
        Column("longitude", "number", "degrees east"),
        SENSITIVE,
        Column("live", "boolean", "an account the editor allows to be a live link"),
        _several("similar", "entities it may be the same as"),
        _several("seen_with", "entities named in the same articles, and in how many; nothing more is claimed"),
        _several("quotations", "quotations it is the speaker of"),
        _several("events", "happenings it takes part in"),
        _several("relations", "what articles say it is to others, or others to it, and where they say so"),
    ),
)

QUOTATIONS = Table(
    "quotations",
    "What was said, the same words once however often they are quoted.",
    ("id",),
    (
        _must("id", "the quotation's id"),
        _text("text", "its fullest wording"),
        _must("form", "direct, mixed or indirect"),
        _text("speaker", "the entity who said it; empty where unknown or where articles disagree", "entities.id"),
        _text("speaker_name", "the speaker's name"),
        _text("speaker_kind", "named, anonymous, organization, document or account"),
        _several("speakers", "the sources that articles name as its speaker"),
        SENSITIVE,
    ),
)

SOURCES = Table(
    "sources",
    "Who and what the articles rely on. An anonymous source belongs to one article.",
    ("id",),
    (
        _must("id", "the source's id, and the folder of its page"),
        _text("name", "its name, or the article's words for it"),
        _must("kind", "named, anonymous, organization, document, account, publication or web"),
        _text("entity", "the entity that it is", "entities.id"),
        _text("article", "the article an anonymous source belongs to", "articles.slug"),
        _text("url", "its address as the article gives it"),
        _text("description", "the editor's description, or the article's"),
        REVIEW,
        SENSITIVE,
        _pairs("csl", "bibliographic data, names as in CSL"),
        _several("quotations", "quotations that come from it"),
    ),
)

CHRONOLOGY = Table(
    "chronology",
    "Happenings that the articles date, and those they leave undated.",
    ("id",),
    (
        _must("id", "the happening's id"),
        _text("title", "the article's own words, cut"),
        _text("edtf", "its date, EDTF; empty where none can be known"),
        _text("earliest", "the first day it can be, ISO 8601; empty where open"),
        _text("latest", "the last day it can be, ISO 8601; empty where open"),
        _text("when", "the article's words for the time"),
        _text("why", "why no date can be known"),
        _several("participants", "entities that take part"),
        _several("quotations", "quotations said there"),
        REVIEW,
        _text("note", "the editor's note"),
        _several("disagrees", "records that give the same happening another date"),
        SENSITIVE,
        _several("citations", "what an editor's entry rests on"),
        _pairs("evidence", "date, names and words that articles share whose rows were merged, or are said to disagree"),
    ),
)

ANNOTATIONS = Table(
    "annotations",
    "Every annotation of every article; columns of other types than its own are empty.",
    ("article", "id"),
    (
        _must("article", "the article it is in", "articles.slug"),
        _must("id", "its id, unique in its article, and of its element in the article's page"),
        _must("type", "entity, quotation, time, event, citation or relation"),
        _must("start", "where it starts in the article's text, in code points", type="integer"),
        _must("end", "where it ends, not included", type="integer"),
        _must("exact", "the words from start to end"),
        _must("annotator", "who made it: name@version"),
        _must("confidence", "0 to 1", type="number"),
        REVIEW,
        _text("by", "the editor who decided"),
        _text("note", "the editor's note"),
        SENSITIVE,
        _text("record", "its record: in entities, quotations, chronology or sources, as its type tells"),
        _text("label", "an entity's kind"),
        _text("entity", "the entity it names", "entities.id"),
        _text("name", "the entity's fullest form in the article"),
        _text("form", "a quotation's form: direct, mixed or indirect"),
        _several("spans", "a quotation's pieces, each a start and an end"),
        *_speaker("speaker", "who said it"),
        *_words("cue", "the saying"),
        *_speaker("via", "who passed it on"),
        _text("source", "the source relied on: a quotation's speaker, a cited address", "sources.id"),
        _text("via_source", "the source that passed a quotation on", "sources.id"),
        _text("timex_type", "TIMEX3 type: DATE, TIME, DURATION or SET"),
        _text("timex_value", "TIMEX3 value"),
        _text("edtf", "EDTF date of a time expression or an event; empty where it cannot be known"),
        _text("title", "an event's headline, the article's own words"),
        _text("time", "the id of the time expression an event is dated by, in the same article"),
        _several("participants", "entities that take part in an event"),
        _several("quotations", "ids of the quotations in an event, in the same article"),
        _text("url", "a citation's address as the article gives it"),
        _text("relation", "author, founder, leader, owner, spokesperson, member, employee, family, part or place"),
        _text("subject", "the entity a relation is told of", "entities.id"),
        _text("object", "the entity it is a relation to", "entities.id"),
        _text("object_exact", "the words for what it is a relation to"),
    ),
)

OCCURRENCES = Table(
    "occurrences",
    "Where each record occurs, one row a place; one of entity, quotation, source and chronology is filled.",
    ("number",),
    (
        _must("number", "running number", type="integer"),
        _text("entity", "the entity that occurs", "entities.id"),
        _text("quotation", "the quotation that occurs", "quotations.id"),
        _text("source", "the source that is relied on", "sources.id"),
        _text("chronology", "the happening that is told", "chronology.id"),
        _must("article", "in which article", "articles.slug"),
        _must("annotation", "in which annotation of the article"),
    ),
)

RELAYS = Table(
    "relays",
    "Who passes on what whom said, one row a place.",
    ("number",),
    (
        _must("number", "running number", type="integer"),
        _must("reporter", "the source that passes it on", "sources.id"),
        _must("reported", "the source whose words they are", "sources.id"),
        _must("article", "in which article", "articles.slug"),
        _must("annotation", "in which annotation of the article"),
    ),
)

TABLES = (ARTICLES, ENTITIES, QUOTATIONS, SOURCES, CHRONOLOGY, ANNOTATIONS, OCCURRENCES, RELAYS)
