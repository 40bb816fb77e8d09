"""Tells what stands between marks apart: somebody's words, or a title, a nickname, a term held at arm's length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from builder.annotate.document import Document
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.marks import Quoted

if TYPE_CHECKING:
    from spacy.tokens import Token

QuotedKind = Literal["quotation", "fragment", "title", "nickname", "term"]
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
SMALL = lexicon.words("a an the of in on at to for and or but nor with by from as is vs per into over")
PLACING = lexicon.words("'s ' on in of from titled entitled show program programme called")
SENTENCE_END = frozenset(".!?…—–")


def classify(document: Document, quoted: Quoted) -> QuotedKind:
    """Names the kind of a quoted stretch.

    A `quotation` is long or whole enough to be somebody's words whatever stands around it. A `fragment` is
    one only where a verb of saying leans on it; without one the editor sees a `term`.
    """
    text = document.text[quoted.inner[0] : quoted.inner[1]]
    if document.text[max(0, quoted.start - 1) : quoted.start] == "=":
        return "term"  # debris of markup: an attribute's value
    words = WORD.findall(text)
    if not words:
        return "term"
    if quoted.follows or not quoted.closed:
        return "quotation"
    before, after = neighbours(document, quoted)
    said = _said(before[-2:], after[:4], text)
    if not said and _nickname(words, before, after):
        return "nickname"
    if _title(words, text, before, after, said):
        return "title"
    if len(words) >= 5 or (len(words) >= 2 and text.rstrip()[-1:] in SENTENCE_END and text[:1].isupper()):
        return "quotation"
    return "quotation" if said and len(words) > 1 and text[:1].isupper() else "fragment"


def neighbours(document: Document, quoted: Quoted) -> tuple[list[Token], list[Token]]:
    """The words that stand before and after in the paragraph, marks and commas left out."""
    line = document.paragraphs[quoted.paragraph]
    a, b = quoted.start - line.start, quoted.end - line.start
    before = [t for t in line.doc if t.idx < a and not t.is_quote and not t.is_space]
    after = [t for t in line.doc if t.idx >= b and not t.is_quote and not t.is_space]
    return before, after


def _said(before: list[Token], after: list[Token], text: str) -> bool:
    lead = [t for t in before if t.text in ",:" or t.lemma_.lower() in lexicon.PLAIN]
    if lead and (before[-1].text in (",", ":") or before[-1].lemma_.lower() in lexicon.PLAIN):
        return any(t.lemma_.lower() in lexicon.PLAIN for t in before) or before[-1].text == ":"
    if before and before[-1].lemma_.lower() in lexicon.SAYING - lexicon.NAMING - lexicon.CALLED:
        return True
    return text.rstrip()[-1:] in ",!?" and any(t.lemma_.lower() in lexicon.PLAIN for t in after)


def _nickname(words: list[str], before: list[Token], after: list[Token]) -> bool:
    return bool(
        len(words) <= 2
        and before
        and after
        and before[-1].pos_ == "PROPN"
        and after[0].pos_ in ("PROPN", "NOUN")
        and before[-1].text[:1].isupper()
        and after[0].text[:1].isupper()
        and words[0][:1].isupper()
    )


def _title(words: list[str], text: str, before: list[Token], after: list[Token], said: bool) -> bool:
    """Title Case beside a word for a work, or Title Case that no verb of saying leans on."""
    weighty = [w for i, w in enumerate(words) if i in (0, len(words) - 1) or w.lower() not in SMALL]
    if not all(w[:1].isupper() or w[:1].isdigit() for w in weighty) or len(weighty) > 14:
        return False
    if not before and not after and len(weighty) <= 10 and len(words) <= 10 and not said:
        return True  # a heading
    if before and before[-1].lower_ in PLACING and len(weighty) >= 2:
        return True  # `on ABC's "This Week,"`
    near = [t.lemma_.lower() for t in (*before[-5:], *after[:2])]
    if any(w in lexicon.WORKS or w in lexicon.CALLED for w in near) and not said:
        return True
    return not said and len(weighty) >= 2 and text.rstrip()[-1:] not in SENTENCE_END
