"""What hangs on a decided annotation follows it: who speaks and takes part, what dates an event, what it quotes.

Without this, correcting a date would leave the chronology wrong, and correcting a name would part its quotations
from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from builder.model.annotation import Annotation, Event, Mention, Quotation, Relation, Speaker, TimeExpression
from builder.model.archive import Reviewed


def follow(machine: Iterable[Annotation], kept: Sequence[Reviewed]) -> Iterator[Reviewed]:
    """Yields what review kept, in order, brought into line with the decisions; `machine` is what was there before.

    A machine's event whose date an editor rejected is dated no longer, and left out.
    """
    before = {a.id: a for a in machine}
    names, dates = _Names(before, kept), _Dates(before, kept)
    for reviewed in kept:
        annotation = reviewed.annotation
        if isinstance(annotation, Quotation):
            said = reviewed.review != "machine"
            speaker, via = names.speaking(annotation.speaker, said), names.speaking(annotation.via, said)
            yield replace(reviewed, annotation=replace(annotation, speaker=speaker, via=via))
        elif isinstance(annotation, Relation):
            subject, object = names.meant(annotation.subject), names.meant(annotation.object or "")
            if subject:  # what an editor rejected as a name is nobody to tell of
                yield replace(reviewed, annotation=replace(annotation, subject=subject, object=object))
        elif not isinstance(annotation, Event):
            yield reviewed
        elif reviewed.review != "machine" or dates.holds(annotation):
            taking_part = tuple(dict.fromkeys(map(names.now, annotation.participants)))
            yield replace(reviewed, annotation=replace(dates.dated(annotation), participants=taking_part))


def agree(machine: Sequence[Annotation]) -> bool:
    """Whether all that annotations name of each other is there, so that nothing follows where nothing was decided."""
    ids = {a.id for a in machine}
    named = {a.entity for a in machine if type(a) is Mention}
    for a in machine:
        if type(a) is Event:
            if not ids.issuperset(a.quotations) or (a.time and a.time not in ids) or _repeats(a.participants):
                return False
        elif type(a) is Relation and not (a.subject in named and (a.object is None or a.object in named)):
            return False
    return True


def _repeats(names: Sequence[str]) -> bool:
    return len(set(names)) < len(names)


class _Names:
    """Which of the article's entity ids became which, and whom an editor's words for a speaker name."""

    def __init__(self, before: dict[str, Annotation], kept: Sequence[Reviewed]) -> None:
        mentions = [(before.get(r.annotation.id), r.annotation) for r in kept if isinstance(r.annotation, Mention)]
        left = {now.entity for _, now in mentions}
        became: dict[str, dict[str, None]] = defaultdict(dict)
        self._called: dict[str, dict[str, None]] = defaultdict(dict)
        for was, now in mentions:
            if isinstance(was, Mention) and was.entity not in left:
                became[was.entity][now.entity] = None
            for words in (now.name, now.exact):
                self._called[words.casefold()][now.entity] = None
        self._left = left
        self._became = {was: next(iter(now)) for was, now in became.items() if len(now) == 1}

    def now(self, entity: str) -> str:
        return self._became.get(entity, entity)

    def meant(self, entity: str) -> str | None:
        """The article's entity of that id or, in an editor's decision, of that name; None where there is none."""
        if (now := self.now(entity)) in self._left:
            return now
        called = self._called.get(entity.casefold(), {})
        return next(iter(called)) if len(called) == 1 else None

    def speaking(self, speaker: Speaker | None, said: bool) -> Speaker | None:
        """The speaker as the entities now are; where an editor `said` who it is, the entity of that name."""
        if speaker is None:
            return None
        if speaker.entity:
            return replace(speaker, entity=self.now(speaker.entity))
        called = self._called.get((speaker.name or "").casefold(), {}) if said and speaker.kind != "anonymous" else {}
        return replace(speaker, entity=next(iter(called))) if len(called) == 1 else speaker


class _Dates:
    """Which time expressions and quotations are left, and what was decided on their dates."""

    def __init__(self, before: dict[str, Annotation], kept: Sequence[Reviewed]) -> None:
        self._before = before
        self._left = {r.annotation.id: r.annotation for r in kept}

    def holds(self, event: Event) -> bool:
        return not event.time or event.time in self._left

    def dated(self, event: Event) -> Event:
        was, now = self._before.get(event.time), self._left.get(event.time)
        edtf = event.edtf
        if isinstance(was, TimeExpression) and isinstance(now, TimeExpression) and event.edtf == was.edtf:
            edtf = now.edtf
        quoted = tuple(q for q in event.quotations if q in self._left)
        return replace(event, edtf=edtf, time=event.time if now else "", quotations=quoted)
