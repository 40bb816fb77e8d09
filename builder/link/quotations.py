"""The same words across articles are one quotation, whatever marks stand around them and wherever they were cut.

Words are compared in order, never by topic. An index over runs of words finds what to compare, so that
hundreds of thousands of quotations need no comparison of all pairs.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from difflib import SequenceMatcher
from sys import intern

import msgspec
from msgspec import Struct

from builder.link.again import Again
from builder.link.names import fold
from builder.model.annotation import Quotation, QuotationForm
from builder.model.archive import Occurrence
from builder.model.interval import bounds
from builder.model.slug import slugify

RUN = 5  # words in a row; fewer are common property
COMMON = 50  # wordings that share a run; more of them, and it is a turn of phrase
MOST = 0.6  # of the shorter wording's words
WORD = re.compile(r"\w+(?:['’]\w+)*")
NAME = re.compile(r"(?<=[\w,;’'] )(?!I\b)[A-Z][\w-]+")
QUOTED = re.compile(r"[“\"«]([^“”\"«»]+)[”\"»]")


class Saying(Struct, frozen=True):
    """A quotation in its article, with the words that count when it is compared, in lower case, spaces between them.

    `names` are those of its words that are written as names inside a sentence.
    """

    quotation: Quotation
    occurrence: Occurrence
    words: str
    names: tuple[str, ...] = ()


class Said(Struct, frozen=True, gc=False):
    """One quotation of one article, to be compared: `text` are the words of its Saying, as are `names`.

    `who` is known to have said it, or to have passed it on; empty where nobody is. `speaker` is the name the article
    gives. `day` is the article's, a proleptic ordinal; `number` is the quotation's in the archive.
    """

    article: str
    id: str
    form: QuotationForm
    text: str
    length: int  # of the text, in words
    names: tuple[str, ...] = ()
    who: str = ""
    speaker: str = ""
    day: int | None = None
    number: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text.split())


def day(published: str | None) -> int | None:
    """The day an article is from, as an ordinal; None where it is not known to the day."""
    known = bounds(published) if published else None
    sure = known is not None and known.earliest == known.latest != ""
    return date.fromisoformat(known.earliest).toordinal() if known and sure and len(known.earliest) == 10 else None


def said(article: str, saying: Saying, who: str = "", day: int | None = None, number: int = 0) -> Said:
    """The quotation as it is compared."""
    quotation, speaker = saying.quotation, saying.quotation.speaker
    name = intern(speaker.name) if speaker and speaker.name else ""
    length = len(saying.words.split())
    return Said(
        article, quotation.id, quotation.form, saying.words, length, saying.names, intern(who), name, day, number
    )


def who(quotation: Quotation, entity_of: Callable[[str], str | None]) -> str:
    """The speaker's record id; of a speaker who is no entity, the carrier's and the words for the speaker."""
    speaker, via = quotation.speaker, quotation.via
    if speaker and speaker.entity:
        return entity_of(speaker.entity) or ""
    carrier = entity_of(via.entity) if via and via.entity else None
    return f"{carrier} {fold(speaker.name or speaker.exact)}" if carrier and speaker else ""


def saying(quotation: Quotation, occurrence: Occurrence) -> Saying:
    """Takes of a mixed quotation the longest quoted part: the rest are the reporter's words."""
    content = quotation.exact
    if quotation.form == "mixed" and (parts := QUOTED.findall(content)):
        content = max(parts, key=lambda part: len(part.split()))
    elif len(quotation.spans) > 1:
        content = " ".join(content[s - quotation.start : e - quotation.start] for s, e in quotation.spans)
    every = (w.casefold().replace("’", "'") for w in WORD.findall(content))
    names = tuple(m.casefold() for m in NAME.findall(content))
    return Saying(quotation, msgspec.structs.replace(occurrence, exact=quotation.exact), " ".join(every), names)


def group(all_said: list[Said]) -> list[list[Said]]:
    """Brings together what repeats the words of a fuller wording; each group's fullest comes first.

    A shorter wording joins a wording that holds all of its words in a row, and at least RUN of them; or, of
    the same speaker, one that shares a longer run which is most of it. So two different statements never
    meet through a scrap they share. Indirect speech joins only when every word is the same.
    """
    ordered = sorted(all_said, key=lambda s: (-s.length, s.form != "direct", s.article, s.id))
    groups: list[list[Said]] = []
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    again = Again(sum(one.length for one in ordered))
    for one in ordered:
        again.note(_runs(one.words))
    for one in ordered:
        home = next((g for g in _candidates(one, index) if _same(groups[g][0], one)), None)
        if home is not None:
            groups[home].append(one)
            continue
        for run in again.seen(_runs(one.words)):
            index[run].append(len(groups))
        groups.append([one])
    return groups


def _runs(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {words[i : i + RUN] for i in range(len(words) - RUN + 1)}


def _candidates(one: Said, index: dict[tuple[str, ...], list[int]]) -> list[int]:
    """The groups to compare with: those that hold its rarest run, as any fuller wording does, and those that share
    an uncommon one. A common opening alone would bring thousands.
    """
    rarest, *others = sorted((index.get(run, []) for run in _runs(one.words)), key=len) or [[]]
    return sorted({*rarest, *(group for groups in others if len(groups) <= COMMON for group in groups)})


def _same(fuller: Said, one: Said) -> bool:
    if "indirect" in (fuller.form, one.form):
        return fuller.text == one.text
    if f" {one.text} " in f" {fuller.text} ":
        return True
    if not _speaker(one) == _speaker(fuller) != "":
        return False
    words = one.words
    shared = SequenceMatcher(None, fuller.words, words, autojunk=False).find_longest_match().size
    return shared > RUN and shared >= MOST * len(words)


def _speaker(one: Said) -> str:
    return fold(one.speaker) if one.speaker else ""


def record_id(fullest: Said) -> str:
    """The words' beginning, readable, and a hash of them all: stable while the fullest wording is.

    Too few words to be joined may be said by many, so there the hash is of the place too.
    """
    words = fullest.words
    place = (fullest.article, fullest.id) if len(words) < RUN else ()
    digest = hashlib.sha256(" ".join((*words, *place)).encode()).hexdigest()[:8]
    return f"{slugify(' '.join(words[:6]), 40)}-{digest}"
