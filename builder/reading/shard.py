"""A shard of texts in, their annotations out: what one worker does at a time, in this process or far from it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from builder.fingerprint import fingerprint
from builder.language_models import label
from builder.listed import Listing
from builder.model.article import Article, Mark
from builder.problems import Problem, Problems

if TYPE_CHECKING:  # annotators are imported only where something is to be read
    from builder.annotate.document import Document, Paragraph

LANGUAGES = ("en",)  # what the models here were trained on; other articles are published unread, never misread
SOURCES = ("annotate", "authority", "anchor.py", "language_models.py", "listed.py", "model/annotation.py",
           "model/article.py", "model/counted.py", "model/interval.py", "model/selector.py")  # fmt: skip
LIBRARIES = ("spacy", "edtf")


class Text(Struct, frozen=True):
    """All of an article that annotators see; `key` is where its annotations are to be kept."""

    key: str
    text: str
    published: str | None
    title: str
    publisher: str
    language: str
    links: tuple[Mark, ...]
    listed: tuple[Listing, ...] = ()  # names of the editors' file that stand in the text

    @classmethod
    def of(cls, key: str, a: Article, listed: tuple[Listing, ...] = ()) -> Text:
        links = tuple(mark for mark in a.marks if mark.kind == "link")
        return cls(key, a.text, a.published, a.title, a.publisher, a.language, links, listed)


class Shard(Struct, frozen=True):
    """Texts to be read together, and what is to read them: `made` names its very version."""

    model: str
    profile: Literal["speech", "attribution"]
    made: str
    texts: tuple[Text, ...]


Read = list[tuple[str, bytes]]  # key, and annotations as MessagePack
_alone = threading.Lock()  # a model reads one text at a time; a cluster's worker may have several threads


@lru_cache
def made(model: str) -> str:
    """What reads texts: the model, the sources of the annotators and the library they lean on."""
    return f"{label(model)} {fingerprint(SOURCES, LIBRARIES)}"


def can_read(language: str) -> bool:
    """Whether there is a model for the language."""
    return language.split("-")[0].casefold() in LANGUAGES


def annotate_shard(raw: bytes) -> bytes:
    """Annotates the texts of a shard: a `Shard` as MessagePack in, a `Read` as MessagePack out.

    Raises Problems where this worker's program is not that of whoever made the shard: one archive, one reader.
    """
    shard = msgspec.msgpack.decode(raw, type=Shard)
    if made(shard.model) != shard.made:
        hint = "Install the same Glossator, model and libraries on every worker."
        raise Problems([Problem("a worker", f"would read with {made(shard.model)}, not {shard.made}", hint)])
    with _alone:
        return msgspec.msgpack.encode(_annotated(shard))


def get_ready(model: str, language: str) -> None:
    """Has this process load all that it takes to read a text, which is more than reading it; raises Problems."""
    nothing = Text("", "Nothing happened.", None, "", "", language, ())
    annotate_shard(msgspec.msgpack.encode(Shard(model, "speech", made(model), (nothing,))))


def _annotated(shard: Shard) -> Read:
    from builder.annotate import annotate

    return [
        (text.key, msgspec.msgpack.encode(annotate(document)))
        for text, document in zip(shard.texts, _documents(shard), strict=True)
    ]


def _documents(shard: Shard) -> Iterator[Document]:
    from builder.annotate.document import Document
    from builder.annotate.engine import load, parse_all

    readable = [can_read(text.language) for text in shard.texts]
    parsed: list[tuple[Paragraph, ...]] = [()] * len(readable)
    if any(readable):
        texts = (t.text if known else "" for t, known in zip(shard.texts, readable, strict=True))
        parsed = parse_all(load(shard.model), list(texts))
    for t, known, paragraphs in zip(shard.texts, readable, parsed, strict=True):
        about = (t.published, t.title, t.publisher, t.language, shard.profile, t.links, t.listed)
        yield Document("", t.text, paragraphs, *about, label(shard.model) if known else "")
