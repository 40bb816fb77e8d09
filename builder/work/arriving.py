"""Shards that come when they come, as from a pipe: whoever waits for the next one can be woken for other news."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from queue import SimpleQueue
from typing import Generic

from msgspec import Struct

from builder.work import S
from builder.work.tied import no_ctrl_c


class _Shard(Struct, Generic[S], frozen=True):
    shard: S


class _End(Struct, frozen=True):
    error: BaseException | None = None


class Arriving(Generic[S]):
    """Goes through shards that another thread takes in, one at a time: what nobody asks for stays where it is."""

    def __init__(self, shards: Iterable[S]) -> None:
        self._shards = shards
        self._news: SimpleQueue[_Shard[S] | _End | None] = SimpleQueue()
        self._room = threading.Semaphore()

    def wake(self) -> None:
        """Has whoever waits go on without a shard."""
        self._news.put(None)

    def __iter__(self) -> Iterator[S | None]:
        """Yields each shard as it comes, and None when woken."""
        with no_ctrl_c():  # a daemon: a read that never returns must not keep the program from ending
            threading.Thread(target=self._take, daemon=True).start()
        while not isinstance(news := self._news.get(), _End):
            if news is None:
                yield None
            else:
                self._room.release()
                yield news.shard
        if news.error:
            raise news.error

    def _take(self) -> None:
        end = _End()
        try:
            for shard in self._shards:
                self._room.acquire()
                self._news.put(_Shard(shard))
        except BaseException as error:  # told where the shards are used
            end = _End(error)
        self._news.put(end)
