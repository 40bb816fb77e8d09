"""A dot stands where a place is, and only where that is known."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag

from builder.model.archive import EntityRecord, Occurrence
from builder.render import worldmap
from builder.render.words import Words

HERE = (Occurrence("a", "e-1"),)


def place(name: str, coordinates: tuple[float, float] | None, sensitive: str = "") -> EntityRecord:
    return EntityRecord(name.lower(), name, "place", HERE, coordinates=coordinates, sensitive=sensitive)


FAR = [
    place("Quay", (53.5, 10.0)),
    place("Ridge", (-1.3, 36.8)),
    place("Cove", (35.7, 139.7)),
    place("Bar", (-34, -58)),
]


def drawn(places: list[EntityRecord]) -> Tag:
    svg = BeautifulSoup(worldmap.draw(worldmap.known(places), Words()), "html.parser").svg
    assert svg
    return svg


def spots(svg: Tag) -> dict[str, tuple[float, float]]:
    found = {}
    for dot in svg.select("g"):
        assert dot.title and dot.circle
        found[dot.title.get_text()] = (float(str(dot.circle["cx"])), float(str(dot.circle["cy"])))
    return found


def test_places_without_coordinates_are_not_drawn() -> None:
    """No place is guessed, and none that is folded is shown; with none known there is no map."""
    known = worldmap.known([place("A", None), place("B", (1, 1)), place("C", (2, 2), "A warning.")])
    assert [p.name for p in known] == ["B"]
    assert worldmap.draw([], Words()) == ""


def test_north_is_up_and_east_is_right() -> None:
    """Dots lie to each other as the places do."""
    at = spots(drawn(FAR))
    assert at["Bar"][0] < at["Quay"][0] < at["Ridge"][0] < at["Cove"][0]
    assert at["Quay"][1] < at["Cove"][1] < at["Ridge"][1] < at["Bar"][1]


@pytest.mark.parametrize("places", [FAR, FAR[:1], FAR[:2], [place("Pole", (90, 0)), place("Line", (0, 180))]])
def test_every_dot_is_inside_the_drawing(places: list[EntityRecord]) -> None:
    """However far apart places are, or if there is only one."""
    for x, y in spots(drawn(places)).values():
        assert 0 <= x <= worldmap.WIDTH and 0 <= y <= worldmap.HEIGHT


def test_a_place_lies_on_its_coast() -> None:
    """Land is where it should be: a point in the middle of a continent has land around it, one in an ocean has none."""
    inland, ocean = worldmap.project(5.0, 22.0), worldmap.project(-30.0, -120.0)
    assert _around(inland) and not _around(ocean)


def _around(point: worldmap.Point) -> bool:
    """Even-odd rule: a ray to the right crosses the coast an odd number of times."""
    crossings = 0
    for ring in worldmap._rings():
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > point[1]) != (y2 > point[1]):
                crossings += (x2 - x1) * (point[1] - y1) / (y2 - y1) + x1 > point[0]
    return crossings % 2 == 1


def test_names_do_not_cover_each_other() -> None:
    """Where there is no room a name is left to the list."""
    crowd = [place(f"Number {n} of the crowd", (50 + n / 100, 10 + n / 100)) for n in range(20)]
    svg = drawn(crowd)
    assert len(svg.select("circle")) == 20 and 0 < len(svg.select("text")) < 20
    assert re.search("20 places", svg.desc.get_text() if svg.desc else "")
