"""One decision on one annotation: the editor's values over the machine's, or a whole annotation of the editor's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from builder.anchor import identify
from builder.model.annotation import (
    Annotation,
    Citation,
    Event,
    Mention,
    Quotation,
    Relation,
    Speaker,
    TimeExpression,
    Timex,
)
from builder.model.editorial import Decision
from builder.model.selector import Span
from builder.model.slug import slugify
from builder.problems import Problem, Problems

EDITOR = "editor@1"
NEEDED = {"entity": ("label",), "quotation": (), "time": ("timex", "value"), "event": ("title",), "citation": ("url",),
          "relation": ("relation", "subject")}  # fmt: skip


def revised(text: str, annotation: Annotation, decision: Decision) -> Annotation:
    """The annotation with the decision's values in place of the machine's; certain, since an editor said so."""
    changes = _changes(text, annotation.start, annotation.end, decision, annotation)
    if decision.action == "correct":
        changes["annotator"] = EDITOR
    result: Annotation = msgspec.structs.replace(annotation, confidence=1.0, **changes)
    return result


def made(text: str, decision: Decision, start: int, end: int) -> Annotation:
    """A new annotation on text[start:end] from the decision alone; raises Problems when a value is missing."""
    if missing := [key for key in NEEDED[decision.type] if not decision.values.get(key)]:
        what = f"an added {decision.type} needs “{missing[0]}”"
        raise Problems([Problem(decision.where, what, f"Add “{missing[0]}: …” to this decision.")])
    common: dict[str, Any] = {
        "id": identify(text, decision.type, start, end),
        "start": start,
        "end": end,
        "exact": text[start:end],
        "annotator": EDITOR,
        "confidence": 1.0,
    }
    changes = _changes(text, start, end, decision, None)
    return EMPTY[decision.type](common, changes)


def _made_entity(common: dict[str, Any], changes: dict[str, Any]) -> Mention:
    name = changes.get("name", common["exact"])
    return Mention(**common, label=changes["label"], entity=f"{changes['label']}:{slugify(name)}", name=name)


def _made_quotation(common: dict[str, Any], changes: dict[str, Any]) -> Quotation:
    empty = {"form": "direct", "speaker": None, "cue": None, "via": None}
    return Quotation(**common, spans=((common["start"], common["end"]),), **(empty | changes))


def _made_event(common: dict[str, Any], changes: dict[str, Any]) -> Event:
    return Event(**common, **({"edtf": None, "time": "", "participants": (), "quotations": ()} | changes))


def _made_time(common: dict[str, Any], changes: dict[str, Any]) -> TimeExpression:
    return TimeExpression(**common, **({"edtf": None} | changes))


def _made_citation(common: dict[str, Any], changes: dict[str, Any]) -> Citation:
    return Citation(**common, **changes)


def _made_relation(common: dict[str, Any], changes: dict[str, Any]) -> Relation:
    return Relation(**common, **({"object": None, "object_exact": ""} | changes))


EMPTY: dict[str, Callable[[dict[str, Any], dict[str, Any]], Annotation]] = {
    "entity": _made_entity,
    "quotation": _made_quotation,
    "time": _made_time,
    "event": _made_event,
    "citation": _made_citation,
    "relation": _made_relation,
}


def _changes(text: str, start: int, end: int, decision: Decision, old: Annotation | None) -> dict[str, Any]:
    values = decision.values
    changes: dict[str, Any] = {}
    for key in ("label", "name", "form", "url", "title", "relation", "subject"):
        if key in values:
            changes[key] = str(values[key])
    if "object" in values:  # a name, until it is known whose
        changes["object"] = changes["object_exact"] = str(values["object"])
    if "edtf" in values:
        changes["edtf"] = None if values["edtf"] is None else str(values["edtf"])
    if "timex" in values or "value" in values:
        was = old.timex if isinstance(old, TimeExpression) else Timex("DATE", "")
        changes["timex"] = Timex(values.get("timex") or was.type, str(values.get("value") or was.value))
    if isinstance(old, Mention) and ("label" in values or "name" in values):
        kind, name = changes.get("label", old.label), changes.get("name", old.name)
        changes["entity"] = f"{kind}:{slugify(name)}"
    for key in ("speaker", "via"):
        if key in values:
            kind = values.get(f"{key}_kind") or "named"
            changes[key] = _speaker(text, start, end, values[key], kind)
    if "cue" in values:
        changes["cue"] = _nearest(text, start, end, str(values["cue"])) if values["cue"] else None
    return changes


def _speaker(text: str, start: int, end: int, name: Any, kind: str) -> Speaker | None:
    if name is None:
        return None
    words = _nearest(text, start, end, str(name)) or Span(start, start, "")
    return Speaker(words.start, words.end, words.exact, str(name), None, kind)  # type: ignore[arg-type]


def _nearest(text: str, start: int, end: int, words: str) -> Span | None:
    """Where the words stand nearest to the annotation; None when the text does not have them."""
    places = []
    at = text.find(words)
    while at != -1:
        places.append((min(abs(at - end), abs(at + len(words) - start)), at))
        at = text.find(words, at + 1)
    if not places:
        return None
    at = min(places)[1]
    return Span(at, at + len(words), words)
