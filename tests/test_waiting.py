"""What waits to be made is held by name, and given out in parts."""

from __future__ import annotations

from builder.render.unit import Unit
from builder.waiting import LARGEST, WORTH_IT, Waiting, opened


def parts(units: list[Unit]) -> list[list[str]]:
    waiting = Waiting()
    for unit in units:
        waiting.add(unit)
    return [opened(part) for part in waiting.parts()]


def test_units_are_given_out_in_their_order_none_twice() -> None:
    names = [f"unit {number}" for number in range(3000)]
    found = parts([Unit(name, list) for name in names])
    assert [name for part in found for name in part] == names
    assert max(map(len, found)) == LARGEST


def test_the_first_ones_and_long_ones_are_parts_by_themselves() -> None:
    """However few there are, so that each process has something to do."""
    names = [f"unit {number}" for number in range(WORTH_IT)]
    assert parts([Unit(name, list) for name in names]) == [[name] for name in names]
    many = [Unit(f"unit {number}", list, long=number == 2000) for number in range(3000)]
    assert ["unit 2000"] in parts(many)


def test_what_waits_tells_its_number_and_whether_some_take_long() -> None:
    waiting = Waiting()
    assert not waiting.number and not waiting.long and not list(waiting.parts())
    waiting.add(Unit("a", list))
    assert waiting.number == 1 and not waiting.long
    waiting.add(Unit("b", list, long=True))
    assert waiting.number == 2 and waiting.long
