"""The machine's candidates meet the editors' decisions; the decision always wins."""

from __future__ import annotations

from collections.abc import Iterable

from builder.anchor import match
from builder.model.annotation import Annotation, kind_of
from builder.model.archive import Reviewed, ReviewedArticle
from builder.model.article import Article
from builder.model.editorial import Decision
from builder.problems import Problem, Problems
from builder.review.apply import made, revised
from builder.review.follow import agree, follow

Place = tuple[str, int, int]  # annotation type, start, end


def review(article: Article, annotations: Iterable[Annotation], decisions: Iterable[Decision]) -> ReviewedArticle:
    """Gives the article with every annotation's review state.

    Raises Problems, one for each decision that fits no place, several places, or contradicts another.
    """
    machine = tuple(annotations)
    decided_on = tuple(decisions)
    if not decided_on and agree(machine):
        return ReviewedArticle(article, tuple(map(Reviewed, sorted(machine, key=_order))), 0)
    states: dict[Place, list[Reviewed]] = {}
    for annotation in machine:
        states.setdefault((kind_of(annotation), annotation.start, annotation.end), []).append(Reviewed(annotation))
    problems: list[Problem] = []
    decided: dict[Place, str] = {}
    rejected = 0
    for decision in decided_on:
        try:
            place = (decision.type, *_place(article, decision))
            if place in decided:
                raise _problem(decision, f"{decided[place]} already decided on these words", "Keep one of the two.")
            decided[place] = decision.where
            found = _apply(article, decision, place, states.get(place, []))
        except Problems as error:
            problems.extend(error.problems)
            continue
        rejected += len(states.get(place, [])) if decision.action == "reject" else 0
        states[place] = found
    if problems:
        raise Problems(problems)
    kept = [r for found in states.values() for r in found]
    kept.sort(key=lambda r: _order(r.annotation))
    return ReviewedArticle(article, tuple(follow(machine, kept)), rejected)


def _order(annotation: Annotation) -> tuple[int, int, str]:
    return annotation.start, -annotation.end, annotation.id


def _apply(article: Article, decision: Decision, place: Place, found: list[Reviewed]) -> list[Reviewed]:
    if decision.action == "reject":
        if not found:
            raise _problem(
                decision, f"no {decision.type} is annotated on these words any more", "Take the decision out."
            )
        return []
    if decision.action == "add":
        if found:
            raise _problem(decision, f"the machine already has a {decision.type} here", "Use “confirm” or “correct”.")
        return [_decided(made(article.text, decision, place[1], place[2]), decision, "added")]
    if not found:
        if decision.values:  # an editor's word outlives the machine's memory of it
            state = "confirmed" if decision.action == "confirm" else "corrected"
            return [_decided(made(article.text, decision, place[1], place[2]), decision, state)]
        hint = "Keep it as an “add”, or take the decision out."
        raise _problem(decision, f"no {decision.type} is annotated on these words any more", hint)
    state = "confirmed" if decision.action == "confirm" else "corrected"
    return [_decided(revised(article.text, r.annotation, decision), decision, state) for r in found]


def _decided(annotation: Annotation, decision: Decision, state: str) -> Reviewed:
    return Reviewed(annotation, state, decision.by, decision.note, decision.sensitive)  # type: ignore[arg-type]


def _place(article: Article, decision: Decision) -> tuple[int, int]:
    places = match(article.text, decision.quote)
    if not places:
        hint = f"Quote the words as they now stand in {article.path or article.slug}, or take the decision out."
        raise _problem(decision, f"“{_short(decision.quote.exact)}” no longer stands in the text", hint)
    if len(places) > 1:
        hint = "Add “prefix:” or “suffix:” with the words right before or after."
        raise _problem(decision, f"“{_short(decision.quote.exact)}” stands in the text {len(places)} times", hint)
    return places[0]


def _problem(decision: Decision, what: str, hint: str) -> Problems:
    return Problems([Problem(decision.where, what, hint)])


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59].rstrip() + "…"
