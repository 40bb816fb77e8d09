"""From quoted stretches and acts of saying to quotations: which words are whose, and which pieces are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from builder.annotate.document import Document
from builder.annotate.quotations import direct, floating, gaps, holding, signature
from builder.annotate.quotations.blocks import introduced
from builder.annotate.quotations.classify import WORD, QuotedKind, classify
from builder.annotate.quotations.frame import Frame, Phrase, Range
from builder.annotate.quotations.marks import Quoted
from builder.annotate.quotations.transcript import turns
from builder.model.annotation import QuotationForm


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation before its speaker is known by name. `rule` is the construction it was read by."""

    spans: tuple[Range, ...]
    form: QuotationForm
    speaker: Phrase | None
    cue: Range | None
    rule: str
    paragraph: int
    lemma: str = ""
    recipient: Phrase | None = None


DASHES = frozenset("—–")
Kinds = dict[Quoted, QuotedKind]


def assemble(document: Document, quoted: Sequence[Quoted], frames: Sequence[Frame]) -> list[Said]:
    """Gives the quotations of a document in text order, none inside the marks of another."""
    spoken = [*turns(document), *introduced(document, quoted)]
    lines = _lines(document, spoken)
    quoted = [q for q in quoted if q.paragraph not in lines]
    frames = [f for f in frames if f.paragraph not in lines]
    kinds = {q: classify(document, q) for q in quoted}
    reported, evidence = _reported(document, quoted, kinds, frames)
    covered = [span for said in reported for span in said.spans]
    alone = [q for q in quoted if not any(a < q.end and q.start < b for a, b in covered)]
    said = [
        *(_said(f, f.contents, "direct") for f in spoken),
        *reported,
        *_spoken(document, alone, kinds, evidence, reported),
    ]
    return sorted(_distinct(_once_cued(document, said)), key=lambda s: (s.spans, s.rule))


def _lines(document: Document, frames: Sequence[Frame]) -> set[int]:
    """The paragraphs that are wholly somebody's words."""
    starts = {start for f in frames for start, _ in f.contents}
    return {i for i, line in enumerate(document.paragraphs) if any(line.start <= at < line.end for at in starts)}


def _once_cued(document: Document, said: Sequence[Said]) -> Iterator[Said]:
    """Leaves out what a verb is taken to say besides the quoted words before it, unless a `that` opens it."""
    beside = {s.cue for s in said if s.rule == "after"}
    for one in said:
        if one.form == "indirect" and one.cue and one.cue in beside:
            start = one.spans[-1][0]
            if not document.text[:start].endswith("that ") or start < one.cue[1]:
                continue
        yield one


def _reported(
    document: Document, quoted: Sequence[Quoted], kinds: Kinds, frames: Sequence[Frame]
) -> tuple[list[Said], dict[Quoted, Frame]]:
    """Indirect and mixed quotations; and for wholly quoted content, the act of saying that holds it."""
    said: list[Said] = []
    evidence: dict[Quoted, Frame] = {}
    for frame in frames:
        spans = tuple(_stretched(r, quoted, kinds) for r in frame.contents)
        inside = [q for q in quoted if any(a < q.end and q.start < b for a, b in spans)]
        outside = _words_outside(document, spans, inside)
        total = sum(len(WORD.findall(document.text, a, b)) for a, b in spans)
        if inside and (outside == 0 or outside <= 0.1 * total or _alone(document, spans, inside)):
            evidence.update((q, frame) for q in inside if q not in evidence)
            continue
        marked = any(kinds[q] != "title" for q in inside)
        said.append(_said(frame, spans, "mixed" if marked else "indirect"))
    return said, evidence


def _alone(document: Document, spans: Sequence[Range], inside: Sequence[Quoted]) -> bool:
    """The quoted words are all that is said: `"No," she said, her voice rising`; `He was blunt: "No," he said`."""
    text = document.text
    if any(text[: q.start].rstrip()[-1:] in (":", "(", ";") and q.end == spans[0][1] for q in inside):
        return True
    first = inside[0].inner[0]
    return len(spans) > 1 and text[first].isupper() and any(_words_outside(document, [s], inside) == 0 for s in spans)


def _said(frame: Frame, spans: tuple[Range, ...], form: QuotationForm, rule: str = "") -> Said:
    return Said(
        spans, form, frame.speaker, frame.cue, rule or frame.rule, frame.paragraph, frame.lemma, frame.recipient
    )


def _stretched(content: Range, quoted: Sequence[Quoted], kinds: Kinds) -> Range:
    """Takes in quoted words that the content cuts through."""
    start, end = content
    for q in quoted:
        if q.start < end and start < q.end and kinds[q] != "title":
            start, end = min(start, q.start), max(end, q.end)
    return start, end


def _words_outside(document: Document, spans: Sequence[Range], inside: Sequence[Quoted]) -> int:
    return sum(
        1
        for a, b in spans
        for match in WORD.finditer(document.text, a, b)
        if not any(q.start <= match.start() < q.end for q in inside)
    )


def _spoken(
    document: Document,
    quoted: Sequence[Quoted],
    kinds: Kinds,
    evidence: dict[Quoted, Frame],
    reported: Sequence[Said],
) -> list[Said]:
    """Direct quotations, in order: each with its own words of saying, or those of the one it goes on with."""
    said: list[Said] = []
    quoted = [q for q in quoted if kinds[q] in ("quotation", "fragment")]
    for at, q in enumerate(quoted):
        frame = _frame(document, quoted, at, evidence, kinds[q] == "fragment")
        if said and _goes_on(document, said[-1], q, frame):
            said[-1] = replace(said[-1], spans=(*said[-1].spans, (q.start, q.end)), paragraph=q.paragraph)
        elif frame is not None:
            said.append(_quoted(document, frame, q))
        elif kinds[q] == "quotation" and not _embedded(document, q) and not floating.subhead(document, q, quoted):
            said.append(_floating(document, q, [*reported, *said]))
    return said


def _quoted(document: Document, frame: Frame, q: Quoted) -> Said:
    """The words between marks; of a scrap in a sentence, the words it is said of too."""
    if frame.rule != "above":
        return _said(frame, ((q.start, q.end),), "direct")
    start, end = frame.contents[0]
    while end > q.end and not document.text[end - 1].isalnum():
        end -= 1
    outside = _words_outside(document, ((start, end),), [q])
    return _said(frame, ((start, end),), "mixed") if outside else _said(frame, ((q.start, q.end),), "direct")


def _led(document: Document, q: Quoted) -> bool:
    """A comma or colon sets the quoted words off: `"Perhaps," she said`, `said: "No"`."""
    before = document.text[: q.start].rstrip()[-1:]
    return before in (",", ":") or document.text[q.inner[1] - 1] in ",?!" or document.text[q.end : q.end + 1] == ","


def _frame(
    document: Document, quoted: Sequence[Quoted], at: int, evidence: dict[Quoted, Frame], scrap: bool
) -> Frame | None:
    q = quoted[at]
    if not _led(document, q) and (scrap or holding.named_so(document, q)):
        return evidence.get(q) or holding.above(document, q)
    until = quoted[at + 1].start if at + 1 < len(quoted) and quoted[at + 1].paragraph == q.paragraph else 10**9
    since = quoted[at - 1].end if at and quoted[at - 1].paragraph == q.paragraph else 0
    content = (q.start, q.end)
    before = direct.ahead(document, q.paragraph, since, q.start, content) or evidence.get(q)
    if before is not None and direct.goes_on_telling(document, q, until):
        return before
    return (
        direct.behind(document, q, until)
        or before
        or holding.above(document, q)
        or _colon_above(document, q, since)
        or signature.signed(document, q)
    )


def _colon_above(document: Document, q: Quoted, since: int) -> Frame | None:
    """A quotation that fills its paragraph, led up to by the paragraph before: `She wrote:`."""
    line = document.paragraphs[q.paragraph]
    if q.paragraph == 0 or since or document.text[line.start : q.start].strip():
        return None
    before = document.paragraphs[q.paragraph - 1]
    if not document.text[before.start : before.end].rstrip().endswith(":"):
        return None
    return direct.ahead(document, q.paragraph - 1, 0, before.end, (q.start, q.end))


def _goes_on(document: Document, last: Said, q: Quoted, frame: Frame | None) -> bool:
    """True for the next paragraph of an open quotation, and for `"X," she said, "Y"`."""
    if q.follows:
        return True
    if last.paragraph != q.paragraph or last.cue is None or last.rule not in ("after", "fronted", "according"):
        return False
    if frame is not None and frame.cue != last.cue:
        return False
    if not last.spans[-1][1] <= last.cue[0] < q.start:
        return False
    between = gaps.gap(document, q.paragraph, last.spans[-1][1], q.start)
    return sum(t.text in gaps.STOPS for t in between.tokens) <= 1


def _floating(document: Document, q: Quoted, earlier: Sequence[Said]) -> Said:
    """A quotation nothing is said about: whoever the sentence before speaks of, or whoever spoke last.

    Whoever spoke last must have done so in this paragraph or the one before.
    """
    near = [s for s in earlier if s.spans[-1][1] <= q.start and q.paragraph - s.paragraph <= 1 and s.speaker]
    last = max(near, key=lambda s: s.spans[-1][1], default=None)
    since = last.spans[-1][1] if last is not None and last.paragraph == q.paragraph else 0
    speaker = floating.topic_before(document, q, since) or (last.speaker if last else None)
    return Said(((q.start, q.end),), "direct", speaker, None, "floating", q.paragraph)


def _embedded(document: Document, q: Quoted) -> bool:
    """Words quoted in the middle of a sentence that does not say whose they are: `funded by "closing the gaps"`."""
    line = document.paragraphs[q.paragraph]
    before = document.text[line.start : q.start].rstrip()
    dashed = before[-1:] in DASHES and document.text[q.end : q.end + 2].strip()[:1] in DASHES
    return dashed or (before[-1:].isalnum() and document.text[q.inner[0]].islower())


def _distinct(said: Iterable[Said]) -> Iterator[Said]:
    """One reading a stretch: what two rules find is the first one's."""
    seen: set[Range] = set()
    for one in said:
        whole = (one.spans[0][0], one.spans[-1][1])
        if whole not in seen:
            seen.add(whole)
            yield one
