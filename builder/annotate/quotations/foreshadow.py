"""Who is meant by a description in the lead of an article that names them only afterwards.

`The mayor of Olney says …`, then `Mayor Ada Poe said`; `An Olney man says …`, then `Pedro Lund, 55, was acquitted`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder.annotate.document import Document
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.ages import BEHIND
from builder.annotate.quotations.descriptions import Description
from builder.annotate.quotations.frame import Phrase
from builder.annotate.quotations.given_names import gender, of_noun
from builder.annotate.quotations.people import People
from builder.annotate.quotations.salience import agree
from builder.model.annotation import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 5  # paragraphs in which the lead's people are named
SEXES = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}
SINGULAR = frozenset({"NN", "NNP"})


def foreshadowed(
    document: Document, phrase: Phrase, people: People, described: Sequence[Description]
) -> Mention | None:
    """Gives the one person the description can mean, or None where the text does not tell."""
    noun = phrase.head.lemma_.lower()
    if noun not in lexicon.PEOPLE_NOUNS or phrase.head.tag_ not in SINGULAR:
        return None
    if noun in lexicon.OFFICES and phrase.head.left_edge.lower_ not in ("a", "an"):
        return _holder(phrase, noun, people, described)
    return _introduced(document, phrase, noun, people)


def _holder(phrase: Phrase, noun: str, people: People, described: Sequence[Description]) -> Mention | None:
    """The only person who is given the office by title or apposition in the paragraphs after."""
    wanted = frozenset(c.lower_ for c in phrase.head.lefts if c.dep_ in ("amod", "compound", "nmod"))
    near = [d for d in described if d.noun == noun and phrase.end < d.start and d.paragraph - phrase.paragraph <= REACH]
    holders = {d.mention.entity: d for d in near if d.mention is not None and people.person(d.mention)}
    if len(holders) != 1:
        return None
    (holder,) = holders.values()
    alike = wanted <= holder.modifiers and (bool(wanted) or not holder.modifiers or _told_which(phrase.head))
    return holder.mention if alike else None


def _told_which(noun: Token) -> bool:
    """`the minister responsible`, `the mayor of Olney`, `Norway's minister`: more than `the president`."""
    return any(c.dep_ == "poss" for c in noun.lefts) or any(
        c.dep_ in ("prep", "amod", "relcl", "acl") for c in noun.rights
    )


def _introduced(document: Document, phrase: Phrase, noun: str, people: People) -> Mention | None:
    """Whom the next paragraph begins with, by full name and age, where nobody has been named yet."""
    if phrase.paragraph + 1 >= len(document.paragraphs):
        return None
    here, following = document.paragraphs[phrase.paragraph : phrase.paragraph + 2]
    first = next((m for m in people.mentions if people.person(m)), None)
    if first is None or first.start != following.start or " " not in first.exact:
        return None
    sexes = {SEXES[t.lower_] for t in here.doc if t.i > phrase.head.i and t.lower_ in SEXES}
    said = of_noun(noun) or (next(iter(sexes)) if len(sexes) == 1 else "")
    told = BEHIND.match(document.text, first.end) is not None
    return first if told and agree(gender(first.name), said) else None
