"""An article's text as annotated HTML: whatever is in the text is escaped here, and only here does it become markup.

Of `#text` only elements of class `apparatus` are not the article's: without them its text is the article's, code point
for code point (contract §2).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate

from markupsafe import Markup

from builder.model.annotation import Citation, Event, Mention, Quotation, Relation, TimeExpression, kind_of
from builder.model.archive import Archive, LinkedArticle, Reviewed
from builder.model.article import Block, Mark
from builder.render import dates, links
from builder.render.escaping import breakable, escaped, marked
from builder.render.spans import Range, Step, nest

Part = Reviewed | Mark
Tag = tuple[str, str]  # an element about to be opened, and its attributes: escaped, beginning with a space
RANKS: dict[type, int] = {Event: 0, Quotation: 1, Citation: 2, Relation: 2, Mention: 4, TimeExpression: 5}
MARK_RANK = {"link": 3, "emphasis": 6, "strong": 7, "code": 8}
MARK_TAGS = {"emphasis": "em", "strong": "strong", "code": "code"}
OUTSIDE = "nofollow noopener external"


def pieces(reviewed: Reviewed) -> tuple[tuple[int, int], ...]:
    """Where an annotation stands: one range, or the parts of an interrupted quotation."""
    annotation = reviewed.annotation
    if isinstance(annotation, Quotation) and annotation.spans:
        return annotation.spans
    return ((annotation.start, annotation.end),)


class TextWriter:
    """Writes an article's blocks in order; remembers what has its id already and which names are linked.

    `href` turns a path of the site into a link from this page; `numbers` gives the annotations with a numbered
    reference, `entry` where its list has that number, as a link; `fold` the warning that a stretch of text stands
    behind. Blocks must be written from first to last, each once.
    """

    def __init__(
        self,
        linked: LinkedArticle,
        archive: Archive,
        href: Callable[[str], str],
        numbers: Mapping[str, int],
        entry: Callable[[int], str] = "#ref-{}".format,
        fold: Callable[[int, int], str] = lambda start, end: "",
    ) -> None:
        self.linked = linked
        self.archive = archive
        self.href = href
        self.numbers = numbers
        self.entry = entry
        self.fold = fold
        self.text = linked.article.text
        self.ranges = _by_block(self._all_ranges(), linked.article.blocks)
        self.references = self._reference_places(linked.article.blocks)
        self.seen: set[str] = set()  # annotation ids that stand on an element already
        self.named: set[str] = set()  # entity records linked since the last heading
        self.told: set[tuple[str, bool]] = set()  # those linked by their own names since `names` was asked

    def block(self, block: Block) -> Markup:
        """The inside of one block element."""
        if block.kind == "heading":
            self.named.clear()
        ranges = self.ranges.get(block.start, ())
        return marked("".join(self._write(nest(ranges, block.start, block.end))))

    def names(self) -> set[tuple[str, bool]]:
        """Records that the blocks written since the last call link by their own names; whether a machine read it."""
        told, self.told = self.told, set()
        return told

    def _write(self, steps: Iterable[Step[Part]]) -> list[str]:
        stack: list[str] = []
        due: list[str] = []
        written: list[str] = []
        for step in steps:
            if step.range is None:
                words = self.text[step.start : step.end]
                written.append(breakable(words) if "_" in words else escaped(words))
            elif step.action == "open":
                element, attributes = self._tag(step.range.item, stack)
                stack.append(element)
                written.append(f"<{element}{attributes}>")
            else:
                written.append(f"</{stack.pop()}>")
                item = step.range.item
                if isinstance(item, Reviewed) and self.references.get(item.annotation.id) == step.start:
                    due.append(item.annotation.id)
                if due and "a" not in stack:  # links do not nest: a reference waits until the link around it ends
                    written += map(self._reference, due)
                    due.clear()
        return written

    def _all_ranges(self) -> Iterator[Range[Part]]:
        for reviewed in self.linked.reviewed.annotations:
            kind = type(reviewed.annotation)
            for start, end in pieces(reviewed):
                yield Range(start, end, RANKS[kind], reviewed, whole=kind not in (Event, Quotation, Relation))
        for mark in self.linked.article.marks:
            yield Range(mark.start, mark.end, MARK_RANK[mark.kind], mark, whole=mark.kind == "link")

    # references

    def _reference_places(self, blocks: Sequence[Block]) -> dict[str, int]:
        """Offsets at which numbered annotations end, drawn back into the block that holds their last word."""
        places, starts = {}, [block.start for block in blocks]
        for reviewed in self.linked.reviewed.annotations:
            if reviewed.annotation.id in self.numbers:
                end = max(last for _, last in pieces(reviewed))
                holding = bisect_left(starts, end)  # blocks that begin before it
                if holding:
                    places[reviewed.annotation.id] = min(end, blocks[holding - 1].end)
        return places

    def _reference(self, id_: str) -> str:
        number = self.numbers[id_]
        return f'<a class="apparatus ref" role="doc-noteref" href="{escaped(self.entry(number))}">{number}</a>'

    # elements

    def _tag(self, part: Part, stack: Sequence[str]) -> Tag:
        if isinstance(part, Mark):
            return self._mark(part, stack)
        id_ = part.annotation.id
        element, attributes = self._element(part, stack)
        name = escaped(id_)
        if id_ in self.seen:
            return element, f' data-annotation="{name}"{attributes}'
        self.seen.add(id_)
        return element, f' id="{name}" data-annotation="{name}"{attributes}'

    def _element(self, part: Reviewed, stack: Sequence[str]) -> Tag:
        annotation, state = part.annotation, "" if part.review != "machine" else " machine"
        if isinstance(annotation, Mention):
            return self._mention(annotation, state, stack)
        if isinstance(annotation, TimeExpression):
            name = "time" if dates.is_exact(annotation.edtf) and "time" not in stack else "span"
            value = dates.attributes(annotation.edtf) if name == "time" else _data_edtf(annotation.edtf)
            return name, _class(f"time{state}") + value
        if isinstance(annotation, Quotation):
            return "span", _class(f"quotation {annotation.form}{state}")
        if isinstance(annotation, Citation):
            live = "a" not in stack and self._may_link(annotation.url, annotation.start, annotation.end)
            return _outside(annotation.url, f"citation{state}") if live else ("span", _class(f"citation{state}"))
        return "span", _class(f"{kind_of(annotation)}{state}")

    def _mention(self, mention: Mention, state: str, stack: Sequence[str]) -> Tag:
        record = self.archive.entities.get(self.linked.entities.get(mention.id, ""))
        class_ = _class(f"entity {record.kind if record else mention.label}{state}")
        if record is None or record.id in self.named or mention.id in self.seen or "a" in stack:
            return "span", class_
        self.named.add(record.id)
        if self.text[mention.start : mention.end] == record.name:
            self.told.add((record.id, bool(state)))
        return "a", f'{class_} href="{escaped(self.href(links.entity(record.id)))}"'

    def _mark(self, mark: Mark, stack: Sequence[str]) -> Tag:
        if mark.kind != "link":
            return MARK_TAGS[mark.kind], ""
        live = "a" not in stack and self._may_link(mark.url, mark.start, mark.end)
        return _outside(mark.url, "outside") if live else ("span", "")

    def _may_link(self, url: str, start: int, end: int) -> bool:
        """Accounts, sources marked sensitive, and what a folded text leads to are named but never linked.

        Of these only accounts can be allowed by the editor.
        """
        if not links.is_live(url) or self.fold(start, end):
            return False
        begun = bisect_left(self._quiet, (end,))  # quiet ranges that begin before its end
        return begun == 0 or self._quiet[begun - 1][1] <= start

    @cached_property
    def _quiet(self) -> list[tuple[int, int]]:
        """Where something must not be linked, as starts in order, each with the furthest end up to it."""
        quiet = sorted({(r.start, r.end) for ranges in self.ranges.values() for r in ranges if self._is_quiet(r.item)})
        return list(zip([start for start, _ in quiet], accumulate((end for _, end in quiet), max), strict=True))

    def _is_quiet(self, part: Part) -> bool:
        if not isinstance(part, Reviewed):
            return False
        annotation = part.annotation
        if isinstance(annotation, Mention) and annotation.label == "account":
            record = self.archive.entities.get(self.linked.entities.get(annotation.id, ""))
            return record is None or not record.live
        if isinstance(annotation, Citation):
            source = self.archive.sources.get(self.linked.citations.get(annotation.id, ""))
            return source is not None and (source.kind == "account" or bool(source.sensitive))
        return False


def _by_block(ranges: Iterable[Range[Part]], blocks: Sequence[Block]) -> dict[int, list[Range[Part]]]:
    """Ranges under the start of every block they reach into."""
    starts = [block.start for block in blocks]
    found: dict[int, list[Range[Part]]] = {}
    for r in ranges:
        for block in blocks[max(bisect_right(starts, r.start) - 1, 0) : bisect_left(starts, r.end)]:
            if block.end > r.start:
                found.setdefault(block.start, []).append(r)
    return found


@lru_cache(maxsize=1000)
def _class(value: str) -> str:
    return f' class="{escaped(value)}"'


def _data_edtf(edtf: str | None) -> str:
    return f' data-edtf="{escaped(edtf)}"' if edtf else ""


def _outside(url: str, class_: str) -> Tag:
    return "a", f'{_class(class_)} href="{escaped(url)}" rel="{OUTSIDE}"'
