"""Ranges over a text become nested pieces, whatever their order and overlap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builder.render.spans import Range, nest

LENGTH = 24


def written(ranges: list[Range[str]], start: int = 0, end: int = LENGTH) -> str:
    """The steps as tags around positions a, b, c …"""
    out = []
    for step in nest(ranges, start, end):
        if step.range is None:
            out.append("abcdefghijklmnopqrstuvwxyz"[step.start : step.end])
        else:
            out.append(f"<{step.range.item}>" if step.action == "open" else f"</{step.range.item}>")
    return "".join(out)


def test_ranges_that_nest_are_nested() -> None:
    """A range inside another one becomes an element inside the other."""
    assert written([Range(2, 4, 1, "x"), Range(0, 6, 0, "y")], 0, 6) == "<y>ab<x>cd</x>ef</y>"


def test_the_lower_rank_is_the_outer_one() -> None:
    """Two ranges with the same ends are nested by rank, whatever order they come in."""
    same = [Range(0, 2, 5, "inner"), Range(0, 2, 1, "outer")]
    assert written(same, 0, 2) == written(same[::-1], 0, 2) == "<outer><inner>ab</inner></outer>"


def test_ranges_that_cross_are_split() -> None:
    """Of two ranges that cross, the later one is split where the earlier one ends."""
    assert written([Range(0, 3, 0, "x"), Range(2, 5, 0, "y")], 0, 5) == "<x>ab<y>c</y></x><y>de</y>"


def test_a_whole_range_is_not_the_one_that_is_split() -> None:
    """A range that should stay whole stays whole where the one it crosses can be split instead."""
    ranges = [Range(0, 3, 0, "q"), Range(2, 5, 0, "e", whole=True)]
    assert written(ranges, 0, 5) == "<q>ab</q><e><q>c</q>de</e>"


def test_ranges_are_cut_at_the_block() -> None:
    """A range that reaches over a block's ends is cut there; one outside it is left out."""
    assert written([Range(0, 9, 0, "x"), Range(9, 12, 0, "y")], 3, 6) == "<x>def</x>"


ranges = st.lists(
    st.builds(
        lambda a, b, rank, n, whole: Range(min(a, b), max(a, b), rank, n, whole),
        st.integers(0, LENGTH),
        st.integers(0, LENGTH),
        st.integers(0, 3),
        st.integers(0, 99),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda r: r.item,
)


@given(ranges)
def test_any_ranges_give_well_formed_pieces_that_cover_them(given_ranges: list[Range[int]]) -> None:
    """All text is written once and in order, pieces close as they opened, none is empty, and each range is covered."""
    at, stack, covered = 0, [], {r.item: [] for r in given_ranges}
    last = None
    for step in nest(given_ranges, 0, LENGTH):
        if step.range is None:
            assert step.start == at < step.end
            at = step.end
            for open_ in stack:
                covered[open_].extend(range(step.start, step.end))
        elif step.action == "open":
            stack.append(step.range.item)
        else:
            assert (last, stack[-1]) != ("open", step.range.item)
            assert stack.pop() == step.range.item
        last = step.action
    assert at == LENGTH and not stack
    assert covered == {r.item: list(range(r.start, r.end)) for r in given_ranges}
