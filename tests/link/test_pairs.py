"""Tables of numbers, and registers whose records are made when they are asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.link.made import Made, MadeRows
from builder.link.pairs import Pairs


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2**32 - 1))))
def test_under_each_number_stands_what_was_noted_in_its_order(pairs: list[tuple[int, int]]) -> None:
    for key in (11, *range(10)):
        found = Pairs(pairs)
        expected = [value for known, value in pairs if known == key]
        assert list(found[key]) == expected
        assert found.count(key) == len(expected)


def test_a_register_makes_a_record_only_when_it_is_asked_for() -> None:
    asked: list[int] = []

    def make(number: int) -> str:
        asked.append(number)
        return f"record {number}"

    register = Made(["a", "b", "d"], make)
    assert list(register) == ["a", "b", "d"]
    assert ("d" in register, "c" in register, "e" in register, 3 in register) == (True, False, False, False)
    assert not asked
    assert (register["b"], register.get("c"), register.get("zz")) == ("record 1", None, None)
    assert asked == [1]
    with pytest.raises(KeyError):
        register["c"]


def test_a_list_of_made_records_is_looked_at_as_lists_are() -> None:
    rows = MadeRows(4, lambda place: place * 10)
    assert (list(rows), rows[-1], rows[1:3], len(rows)) == ([0, 10, 20, 30], 30, [10, 20], 4)
    with pytest.raises(IndexError):
        rows[4]
