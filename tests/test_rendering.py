"""Units are made by several processes, which end when nobody wants what they make."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from builder import rendering
from builder.kept import Kept
from builder.model.output import OutputFile
from builder.publish.stage import Stage
from builder.render.lookups import Lookups
from builder.render.unit import Unit
from builder.rendering import Job
from builder.work.machine import can_fork

posix = pytest.mark.skipif(not can_fork(), reason="here one process makes everything")


@posix
def test_what_is_under_way_is_not_waited_for_after_ctrl_c(tmp_path: Path) -> None:
    """However long a unit takes: none of it is published."""

    def endless() -> Iterator[OutputFile]:
        (tmp_path / "begun").touch()
        time.sleep(60)
        yield OutputFile("never.txt", b"")

    units = [Unit("soon", list), *(Unit(f"endless {n}", endless) for n in range(30))]
    job = Job(units, Lookups(), Stage(tmp_path / "site", tmp_path / "staging"), Kept(tmp_path))
    with closing(rendering._by_several(job, 2)) as making:
        assert next(making).unit.name == "soon"
        while not (tmp_path / "begun").exists():
            time.sleep(0.05)
        started = time.monotonic()
    assert time.monotonic() - started < 20
    assert not list(tmp_path.rglob("never.txt"))
