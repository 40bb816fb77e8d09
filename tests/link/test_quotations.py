"""The same words are one quotation, whatever marks stand around them; likeness is not enough."""

from __future__ import annotations

import time
from typing import Any

from builder.link import quotations
from builder.link.quotations import Said, group, record_id, saying
from builder.model.annotation import Quotation, Speaker
from builder.model.archive import Occurrence

LONG = "We have looked into every one of these claims and found nothing"


def quotation(words: str, form: Any = "direct", speaker: str = "") -> Quotation:
    who = Speaker(0, 0, "", speaker, None, "named") if speaker else None
    return Quotation("q-1", 0, len(words), words, ((0, len(words)),), form, who, None, None, "q@1", 0.9)


def said(article: str, words: Quotation) -> Said:
    return quotations.said(article, saying(words, Occurrence(article, words.id)))


def groups(*quoted: tuple[str, Any]) -> list[list[str]]:
    made = [said(f"article-{n}", quotation(words, form)) for n, (words, form) in enumerate(quoted)]
    return [sorted(s.article for s in g) for g in group(made)]


def test_marks_and_case_do_not_part_a_quotation() -> None:
    assert groups((f"“{LONG}.”", "direct"), (f'"{LONG.lower()},"', "direct")) == [["article-0", "article-1"]]


def test_a_cut_of_five_words_or_more_belongs_to_the_whole() -> None:
    assert groups((f"“{LONG}”", "direct"), ("“every one of these claims”", "direct")) == [["article-0", "article-1"]]


def test_four_words_are_common_property() -> None:
    assert len(groups((f"“{LONG}”", "direct"), ("“one of these claims”", "direct"))) == 2


def test_of_a_mixed_quotation_the_quoted_part_counts() -> None:
    mixed = "the team had “looked into every one of these claims and found nothing” so far"
    assert groups((f"“{LONG}”", "direct"), (mixed, "mixed")) == [["article-0", "article-1"]]


def test_words_in_another_order_are_another_quotation() -> None:
    assert len(groups((f"“{LONG}”", "direct"), ("“found nothing in every one of these claims”", "direct"))) == 2


def test_indirect_speech_joins_only_word_for_word() -> None:
    same = ("the team found nothing in these claims", "indirect")
    assert groups(same, same) == [["article-0", "article-1"]]
    assert len(groups(same, ("found nothing in these claims", "indirect"))) == 2
    assert len(groups((LONG, "direct"), ("every one of these claims", "indirect"))) == 2


def test_two_statements_never_meet_through_a_scrap_they_share() -> None:
    scrap = "a review of all the evidence"
    one, other = f"We began {scrap} on Monday", f"They refused {scrap} for years and years"
    found = groups((one, "direct"), (other, "direct"), (scrap, "direct"))
    assert ["article-0"] in found or ["article-1"] in found
    assert ["article-0", "article-1"] not in [g[:2] for g in found]


def test_the_record_keeps_its_id_whatever_marks_an_article_prints() -> None:
    assert record_id(said("a", quotation(f"“{LONG}.”"))) == record_id(said("b", quotation(f'"{LONG}"')))


def test_one_speakers_words_cut_at_other_ends_are_one_quotation() -> None:
    one, other = (
        "Our team has looked into every one of these claims",
        "looked into every one of these claims and found nothing",
    )
    assert len(group([said("a", quotation(one, speaker="Ada")), said("b", quotation(other, speaker="Ada"))])) == 1
    assert len(group([said("a", quotation(one, speaker="Ada")), said("b", quotation(other, speaker="Bo"))])) == 2
    assert len(group([said("a", quotation(one)), said("b", quotation(other))])) == 2


def test_what_many_say_in_a_few_words_stays_apart_with_an_id_of_its_own() -> None:
    """Too short to be joined, the same words of two speakers are two records, and neither replaces the other."""
    made = [said(f"article-{n}", quotation("“No way,”")) for n in range(3)]
    assert len({record_id(g[0]) for g in group(made)}) == 3


def test_thousands_that_share_an_opening_are_told_apart_in_seconds() -> None:
    words = ("he said that it was", "a{0} b{0} c{0} d{0} e{0} f{0} g{0}")
    made = [said("a", quotation(" ".join(words).format(n), speaker="Ada Poe")) for n in range(3000)]
    started = time.process_time()
    assert len(group(made)) == 3000
    assert time.process_time() - started < 10


def test_a_cut_of_a_common_opening_still_finds_the_whole() -> None:
    opening = "he said that it was"
    made = [said(f"a{n}", quotation(f"{opening} day number {n}")) for n in range(200)]
    assert len(group([*made, said("cut", quotation(opening))])) == 200
