"""Words between marks, and the words of saying beside them: before, after, or between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder.annotate.document import Document
from builder.annotate.quotations.acts import cue, recipient
from builder.annotate.quotations.beside import who_ahead, who_behind, who_has_it
from builder.annotate.quotations.frame import Frame, Range, place
from builder.annotate.quotations.gaps import STOPS, Gap, gap, last_sentence, says, until_stop
from builder.annotate.quotations.marks import Quoted
from builder.annotate.quotations.phrase import extent
from builder.annotate.quotations.polarity import negated

if TYPE_CHECKING:
    from spacy.tokens import Token


def behind(document: Document, quoted: Quoted, until: int) -> Frame | None:
    """`"…," said Smith`: the words of saying that follow within the same sentence."""
    text = document.text
    last = text[quoted.inner[1] - 1 : quoted.inner[1]]
    following = text[quoted.end : quoted.end + 2].strip()
    if last in ".;:" and following[:1] != ",":
        return None
    here = gap(document, quoted.paragraph, quoted.end, until)
    tokens = until_stop(here.tokens)
    words = [t for t in tokens if not t.is_punct]
    if not words:
        return None
    if words[0].lower_ == "according" and len(words) > 2:
        return _according(here, words, (quoted.start, quoted.end))
    if last not in ",!?—–-…'’" and following[:1] != ",":
        return None  # the sentence goes on past the marks; grammar decides
    verb = next((t for t in words[:25] if says(t)), None)
    if verb is None or negated(verb):
        return None
    return Frame(
        quoted.paragraph, cue(here.line, verb), verb.lemma_.lower(), who_behind(here, words, verb),
        ((quoted.start, quoted.end),), "after", recipient(here.line, here.index, verb),
    )  # fmt: skip


def goes_on_telling(document: Document, quoted: Quoted, until: int) -> bool:
    """What follows the marks goes on with the words before them: `said: "…," adding that`, `"…," and left`."""
    words = [t for t in gap(document, quoted.paragraph, quoted.end, until).tokens if not t.is_punct]
    return bool(words) and (words[0].tag_ in ("VBG", "TO") or words[0].lower_ in ("and", "but"))


def _according(here: Gap, words: Sequence[Token], content: Range) -> Frame | None:
    chunk = next((t for t in words[2:] if t.dep_ == "pobj" or t.pos_ in ("PROPN", "PRON")), None)
    if chunk is None:
        return None
    phrase = extent(here.line, here.index, chunk, words[1].i)
    return Frame(here.index, place(here.line, words[0], words[1]), "according", phrase, (content,), "according")


def ahead(document: Document, index: int, since: int, start: int, content: Range) -> Frame | None:
    """`Smith said: "…"`: the words of saying that lead up to a quotation, in the last sentence before it."""
    here = gap(document, index, since, start)
    tokens = last_sentence(here.tokens)
    if not tokens or tokens[-1].text in STOPS:
        return None
    colon = tokens[-1].text in (":", ",") or tokens[-1].lower_ == "that"
    words = [t for t in tokens if not t.is_punct]
    verbs = [t for t in words if says(t)]
    if verbs and not negated(verbs[-1]) and (colon or verbs[-1].i >= tokens[-1].i - 6):
        verb = verbs[-1]
        who = who_ahead(here, words, verb, start)
        return Frame(
            index, cue(here.line, verb), verb.lemma_.lower(), who, (content,), "before",
            recipient(here.line, here.index, verb),
        )  # fmt: skip
    if tokens[-1].text == ":" and words:
        at = place(here.line, tokens[-1], tokens[-1])
        return Frame(index, at, ":", who_has_it(here, words), (content,), "colon")
    return None
