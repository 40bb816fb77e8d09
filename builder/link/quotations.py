"""The same words across articles are one quotation, whatever marks stand around them and wherever they were cut.

Words are compared in order, never by topic. An index over runs of words finds what to compare, so that
hundreds of thousands of quotations need no comparison of all pairs.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from difflib import SequenceMatcher

from msgspec import Struct

from builder.link.names import fold
from builder.model.annotation import Quotation
from builder.model.slug import slugify

RUN = 5  # words in a row; fewer are common property
MOST = 0.6  # of the shorter wording's words
WORD = re.compile(r"\w+(?:['’]\w+)*")
QUOTED = re.compile(r"[“\"«]([^“”\"«»]+)[”\"»]")


class Said(Struct, frozen=True):
    """One quotation of one article, with the words that count when it is compared."""

    article: str
    quotation: Quotation
    words: tuple[str, ...]


def said(article: str, quotation: Quotation) -> Said:
    """Takes of a mixed quotation the longest quoted part: the rest are the reporter's words."""
    content = quotation.exact
    if quotation.form == "mixed" and (parts := QUOTED.findall(content)):
        content = max(parts, key=lambda part: len(part.split()))
    elif len(quotation.spans) > 1:
        content = " ".join(content[s - quotation.start : e - quotation.start] for s, e in quotation.spans)
    return Said(article, quotation, tuple(w.casefold().replace("’", "'") for w in WORD.findall(content)))


def group(all_said: list[Said]) -> list[list[Said]]:
    """Brings together what repeats the words of a fuller wording; each group's fullest comes first.

    A shorter wording joins a wording that holds all of its words in a row, and at least RUN of them; or, of
    the same speaker, one that shares a longer run which is most of it. So two different statements never
    meet through a scrap they share. Indirect speech joins only when every word is the same.
    """
    ordered = sorted(all_said, key=lambda s: (-len(s.words), s.quotation.form != "direct", s.article, s.quotation.id))
    groups: list[list[Said]] = []
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for one in ordered:
        home = next((g for g in _candidates(one, index) if _same(groups[g][0], one)), None)
        if home is not None:
            groups[home].append(one)
            continue
        for run in _runs(one.words):
            index[run].append(len(groups))
        groups.append([one])
    return groups


def _runs(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {words[i : i + RUN] for i in range(len(words) - RUN + 1)}


def _candidates(one: Said, index: dict[tuple[str, ...], list[int]]) -> list[int]:
    return sorted({group for run in _runs(one.words) for group in index.get(run, ())})


def _same(fuller: Said, one: Said) -> bool:
    if "indirect" in (fuller.quotation.form, one.quotation.form):
        return fuller.words == one.words
    shared = SequenceMatcher(None, fuller.words, one.words, autojunk=False).find_longest_match().size
    cut_otherwise = shared > RUN and shared >= MOST * len(one.words) and _speaker(one) == _speaker(fuller) != ""
    return shared == len(one.words) or cut_otherwise


def _speaker(one: Said) -> str:
    speaker = one.quotation.speaker
    return fold(speaker.name) if speaker and speaker.name else ""


def record_id(fullest: Said) -> str:
    """The words' beginning, readable, and a hash of them all: stable while the fullest wording is."""
    digest = hashlib.sha256(" ".join(fullest.words).encode()).hexdigest()[:8]
    return f"{slugify(' '.join(fullest.words[:6]), 40)}-{digest}"
