"""Whatever does the work, results come in order, few shards wait, and the loss of a worker loses nothing."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builder.problems import Problem, Problems
from builder.work import Executor, InProcess, machine
from builder.work.cluster import ending
from builder.work.processes import AHEAD, Processes
from tests.conftest import leaves_nobody
from tests.work import tasks

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL to end a worker with")


def cluster() -> Executor:
    pytest.importorskip("distributed", reason="Dask is not installed: pip install glossator[dask]")
    from builder.work.cluster import Cluster

    return Cluster(workers=2)


@pytest.fixture(params=["here", "processes", "dask"])
def executor(request: pytest.FixtureRequest) -> Executor:
    made: dict[str, Callable[[], Executor]] = {"here": InProcess, "processes": lambda: Processes(2), "dask": cluster}
    return made[request.param]()


def test_results_come_in_the_order_of_the_shards(executor: Executor) -> None:
    assert list(executor.run(tasks.double, range(20))) == [2 * number for number in range(20)]


def test_nothing_to_do_is_no_trouble(executor: Executor) -> None:
    assert list(executor.run(tasks.double, [])) == []


def test_what_is_wrong_arrives_as_it_was_told(executor: Executor) -> None:
    """A problem met by a worker names its place here too."""
    with pytest.raises(Problems) as caught:
        list(executor.run(tasks.refuses, [7]))
    assert [str(problem) for problem in caught.value.problems] == ["a worker: cannot do 7"]


def test_shards_are_taken_as_they_are_needed(executor: Executor) -> None:
    """An archive that does not fit into memory goes through it."""
    taken = []

    def shards() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = executor.run(tasks.double, shards())
    next(results)
    assert len(taken) <= 2 * AHEAD


def test_a_result_does_not_wait_for_a_shard_that_is_long_in_coming() -> None:
    """Whoever sends a shard down a pipe and waits for its result gets it."""
    answered = threading.Event()

    def shards() -> Iterator[int]:
        yield 1
        assert answered.wait(60)
        yield 2

    results = Processes(2).stream(tasks.double, shards())
    assert next(results) == 2
    answered.set()
    assert list(results) == [4]


def test_a_stream_is_taken_in_as_it_is_needed() -> None:
    """However fast shards could come, those that nobody asked for yet stay where they are."""
    taken = []

    def shards() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = Processes(2).stream(tasks.double, shards())
    assert next(results) == 0
    time.sleep(0.5)
    assert len(taken) <= 2 * AHEAD + 3  # under way, one that waits, and one in hand
    assert list(results) == [2 * n for n in range(1, 100)]


def test_what_ends_the_shards_of_a_stream_is_told() -> None:
    def shards() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    results = Processes(1).stream(tasks.double, shards())
    with pytest.raises(OSError, match="the disk is gone"):
        list(results)


def test_work_that_nobody_wants_any_more_is_not_waited_for(tmp_path: Path) -> None:
    """After Ctrl-C a worker ends in the midst of its shard, however long that is."""
    results = Processes(1).run(tasks.endless, [(str(tmp_path), number) for number in range(3)])
    assert next(results) == 0
    while not (tmp_path / "1").exists():
        time.sleep(0.05)
    started = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 20


def test_several_processes_share_the_work() -> None:
    """And none of them is this one."""
    found = set(Processes(2).run(tasks.who, range(12)))
    assert len(found) == 2
    assert os.getpid() not in found


@posix
def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    """What it had under way is done again, and the results stay in order."""
    steps = [(str(tmp_path / "killed"), number) for number in range(12)]
    assert list(Processes(2).run(tasks.killed_once, steps)) == list(range(12))
    assert (tmp_path / "killed").exists()


@posix
def test_work_that_kills_every_worker_is_given_up(tmp_path: Path) -> None:
    """With words an editor can act on, not by going on for ever."""
    with pytest.raises(Problems, match="were ended from outside again and again"):
        list(Processes(2).run(tasks.always_killed, range(3)))


@posix
def test_a_worker_leaves_ctrl_c_to_the_first_process(tmp_path: Path) -> None:
    """A terminal sends it to all; a worker ends its shard, and nobody prints a traceback."""
    results = Processes(1).run(tasks.slow, [(str(tmp_path), number) for number in range(3)])
    assert next(results) == 0
    os.kill(int((tmp_path / "0").read_text()), signal.SIGINT)
    assert list(results) == [1, 2]


def test_what_nobody_wants_any_more_is_not_begun(tmp_path: Path) -> None:
    """After Ctrl-C the shards under way are ended, and no other."""
    results = Processes(1).run(tasks.slow, [(str(tmp_path), number) for number in range(50)])
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(list(tmp_path.iterdir())) <= AHEAD + 2


@posix
def test_a_cluster_goes_on_without_a_worker_that_was_killed(tmp_path: Path) -> None:
    """Dask gives what it had under way to another; a new one takes its place."""
    steps = [(str(tmp_path / "killed"), number) for number in range(12)]
    assert list(cluster().run(tasks.killed_once, steps)) == list(range(12))
    assert (tmp_path / "killed").exists()


def test_what_ended_the_work_is_told_however_its_cluster_closes() -> None:
    """Dask asserts, when it closes, that every worker runs: not one that was lost and is just being started anew."""

    class Stumbling:
        def close(self) -> None:
            raise AssertionError("can only join a started process")

    with pytest.raises(Problems, match="lost"), ending(Stumbling()):
        raise Problems([Problem("the cluster", "workers were lost")])


@posix
def test_work_that_kills_every_worker_of_a_cluster_is_given_up() -> None:
    with pytest.raises(Problems, match="workers were lost again and again"):
        list(cluster().run(tasks.always_killed, range(1)))


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed: pip install glossator[dask]")
    from builder.work import cluster

    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(Problems, match="no Dask scheduler answers"):
        list(cluster.Cluster("tcp://127.0.0.1:9").run(tasks.double, [1]))


def test_without_dask_the_way_to_have_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from builder.work.cluster import Cluster

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Problems, match=r"pip install glossator\[dask\]"):
        list(Cluster().run(tasks.double, [1]))


def test_workers_are_as_many_as_memory_and_processors_bear(monkeypatch: pytest.MonkeyPatch) -> None:
    """And always one, however little there is."""
    monkeypatch.setattr(machine, "processors", lambda: 8)
    for free, expected in ((10_000, 8), (3_500, 3), (10, 1), (None, machine.UNKNOWN)):
        monkeypatch.setattr(machine, "free_memory", lambda free=free: free)
        assert machine.workers(1_000) == expected


def test_a_containers_share_of_memory_counts(tmp_path: Path) -> None:
    """What the machine has beyond it is not for us."""
    (tmp_path / "memory.max").write_text("1000\n")
    (tmp_path / "memory.current").write_text("300\n")
    assert machine._allowed(tmp_path) == 700
    (tmp_path / "memory.max").write_text("max\n")
    assert machine._allowed(tmp_path) is None
    assert machine._available(tmp_path / "meminfo") is None


ENDLESS = r"""
from builder.work.processes import Processes
from tests.work import tasks

if __name__ == "__main__":
    for _ in Processes(2).run(tasks.who, range(100_000)):
        print("done\n", end="", flush=True)
"""


@posix
def test_no_worker_outlives_the_process_that_started_it(tmp_path: Path) -> None:
    """Each would keep its model in memory for ever. Their end is seen by the end of what they write to."""
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS)
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(script)]
    assert leaves_nobody(command, b"done\n", here)
