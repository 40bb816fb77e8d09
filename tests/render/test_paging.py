"""Long registers stay usable: every page is few steps from every other, and no page leads to thousands."""

from __future__ import annotations

import pytest

from builder.render.paging import Group, near, paged


def test_few_pages_lead_to_each_other() -> None:
    assert near(3, 5) == [1, 2, 3, 4, 5]


def test_what_is_left_out_shows() -> None:
    assert near(30, 60) == [1, 0, 10, 0, 20, 0, 25, 0, 28, 29, 30, 31, 32, 0, 35, 0, 40, 0, 50, 0, 60]


@pytest.mark.parametrize("total", [21, 333, 12_345])
def test_very_many_pages_are_few_links_and_few_steps(total: int) -> None:
    """From the first page any other is reached by going on to the nearest page not past it, again and again."""
    assert all(len(near(n, total)) <= 60 for n in (1, total // 2, total))
    for goal in (2, total // 3, total // 2 + 1, total - 1):
        at, steps = 1, 0
        while at != goal:
            at, steps = max(n for n in near(at, total) if n and n <= goal), steps + 1
        assert steps <= 3 * len(str(total))


def test_what_takes_more_room_leaves_less_for_others() -> None:
    """Items count as their size; one that is larger than a page stands there alone, and nothing is lost."""
    pages = paged([Group("a", "A", (2, 2, 9, 3)), Group("b", "B", (1,))], 4, "list/", size=lambda item: item)
    assert [[group.items for group in page.groups] for page in pages] == [[(2, 2)], [(9,)], [(3,), (1,)]]
    assert [[group.id for group in page.groups] for page in pages] == [["a"], ["a-2"], ["a-3", "b"]]
