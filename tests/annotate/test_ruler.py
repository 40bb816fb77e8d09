"""Looking the model's attribute rules up gives what matching them gives."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from builder.annotate.engine import load
from builder.annotate.ruler import hasten
from builder.language_models import find

TEXTS = [
    "The ministers, who had not been told, said on Tuesday that they would have to do it all over again.",
    "Ain't it strange? I'm gonna go, but you gotta stay; let's see what y'all think. C'mon on!",
    "There's a ship in the harbour, and there were two: it did what it did, and I had what I had.",
    "She saw it. It saw you. You saw I, but that's no grammar, and this that they'd drawn up isn't either.",
    "Words\n\n  set\tapart   by \u00a0 more than one space ",
    "@reader #news https://example.org/a?b=c :-) 3,000 m² — “quoted” 'tis £5 5pm Dr. O'Neill's",
    "",
    " ",
]


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(find())


@pytest.mark.parametrize("text", TEXTS)
def test_every_token_gets_what_the_model_itself_gives_it(text: str, plain: Language) -> None:
    """Twice, so that what was remembered is asked for too."""
    expected = attributes(plain, text)
    assert attributes(load(), text) == expected
    assert attributes(load(), text) == expected


def attributes(nlp: Language, text: str) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.ent_type_) for t in nlp(text)]


def test_rules_of_any_kind_count_in_their_order() -> None:
    """One token or several, named or described, overruled by a later one or not."""
    made = []
    for hastened in (False, True):
        nlp = spacy.blank("en")
        ruler = nlp.add_pipe("attribute_ruler")
        ruler.add([[{"LOWER": "big"}]], {"POS": "ADJ"})  # type: ignore[attr-defined]
        ruler.add([[{"LOWER": {"REGEX": "^b"}}]], {"POS": "X", "LEMMA": "b"})  # type: ignore[attr-defined]
        ruler.add([[{"LOWER": "big"}, {"LOWER": "ships"}]], {"POS": "NOUN"}, index=1)  # type: ignore[attr-defined]
        ruler.add([[{"LENGTH": 5}], [{"LOWER": {"IN": ["small", "tiny"]}}]], {"LEMMA": "five"})  # type: ignore[attr-defined]
        if hastened:
            hasten(nlp)
        made.append(attributes(nlp, "Big big ships, tiny boats and bold words: big ships"))
    assert made[0] == made[1]
    assert {row[2] for row in made[0]} == {"", "X", "NOUN"}


def test_a_model_without_such_rules_is_left_alone() -> None:
    nlp = spacy.blank("en")
    hasten(nlp)
    assert nlp.pipe_names == []
