"""What is done in a process of its own leaves nothing in this one but what it wrote, and what it raised."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from builder.problems import Problem, Problems
from builder.work.apart import apart
from builder.work.machine import can_fork

posix = pytest.mark.skipif(not can_fork(), reason="here it is done in this process")


@posix
def test_it_is_done_by_another_process_that_has_ended_then(tmp_path: Path) -> None:
    apart(lambda: (tmp_path / "done").write_text(str(os.getpid())) and None)
    other = int((tmp_path / "done").read_text())
    assert other != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


def test_it_raises_what_the_work_raises() -> None:
    """With all problems, as an editor is told them."""

    def work() -> None:
        raise Problems([Problem("articles/one.md:3", "is wrong", "Mend it."), Problem("b", "too", "That as well.")])

    with pytest.raises(Problems) as raised:
        apart(work)
    assert [problem.where for problem in raised.value.problems] == ["articles/one.md:3", "b"]


@posix
def test_a_process_that_is_ended_from_outside_is_a_problem() -> None:
    with pytest.raises(Problems, match="was ended from outside"):
        apart(lambda: os.kill(os.getpid(), signal.SIGKILL))
