"""Pieces of the site are listed by name too, so that a build that makes eight of them need not go through them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partialmethod

import msgspec
import pytest

from builder.render import lookups
from builder.render.listing import units
from builder.render.lookups import Lookups, noted
from builder.render.template import open_site
from tests.render import harbour_fixture as made

CONFIG = msgspec.structs.replace(made.CONFIG, base_url="https://example.org/harbour")


def test_every_piece_can_be_listed_by_its_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the same piece, and no register is gone through to find it."""
    archive, site = noted(made.archive(), Lookups()), open_site(CONFIG)
    every = {unit.name: unit for unit in units(archive, site)}
    assert {"article", "entity", "source", "web annotations", "card", "quotations"} <= {
        n.rpartition(" ")[0] for n in every
    }
    content = {name: _bytes(every[name]) for name in every if name.startswith(("article ", "entity ", "source "))}
    for of in (lookups.Register, lookups.Rows):
        monkeypatch.setattr(of, "__iter__", partialmethod(_gone_through, of.__iter__))
    found = {name: list(units(archive, site, {name})) for name in every}
    monkeypatch.undo()
    assert {name: [unit.name for unit in of] for name, of in found.items()} == {name: [name] for name in every}
    assert {name: _bytes(found[name][0]) for name in content} == content


def test_pieces_listed_by_name_come_in_the_order_of_all() -> None:
    """Those that take long come first, as they do when all are listed."""
    archive, site = noted(made.archive(), Lookups()), open_site(CONFIG)
    every = [unit.name for unit in units(archive, site)]
    some = every[1::2]
    kinds = [name.rpartition(" ")[0] or name for name in some]
    found = [unit.name for unit in units(archive, site, some)]
    assert sorted(found) == sorted(some)
    assert list(dict.fromkeys(name.rpartition(" ")[0] or name for name in found)) == list(dict.fromkeys(kinds))


@pytest.mark.parametrize("base_url", ["https://example.org/harbour", ""])
def test_pieces_of_an_article_come_after_each_other(base_url: str) -> None:
    """So that it is opened once for all of them; without an address there are no cards."""
    archive, site = noted(made.archive(), Lookups()), open_site(msgspec.structs.replace(CONFIG, base_url=base_url))
    kinds = ["article", "web annotations", *(["card"] if base_url else [])]
    names = [unit.name for unit in units(archive, site)]
    expected = [f"{kind} {article.slug}" for article in archive.articles for kind in kinds]
    assert names[-len(expected) :] == expected


def _bytes(unit: object) -> list[bytes]:
    return [file.content for file in unit.make()]  # type: ignore[attr-defined]


def _gone_through(
    register: lookups.Register[object], iterate: Callable[[object], Iterator[object]]
) -> Iterator[object]:
    """The runs that data files consist of are few; anything else grows with the archive."""
    if not register._name.startswith("runs of "):
        pytest.fail(f"{register._name} was gone through")
    return iterate(register)
