"""The program's end: a command that did what it was asked to need not free, bit by bit, what goes with the process."""

from __future__ import annotations

import atexit
import os
import sys
from contextlib import suppress
from typing import Any

import click


class Program(click.Group):
    """Commands that end at once where all went well; called as a function only by whoever starts the program."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        atexit.register(self._end)  # before anything else is: so it comes when all others have done what they must
        self._went_well = False
        try:
            return super().__call__(*arguments, **named)
        except SystemExit as end:
            self._went_well = not end.code
            raise

    def _end(self) -> None:
        """Ends the process; where what was printed cannot be written, Python goes on, and tells."""
        if self._went_well:
            with suppress(OSError, ValueError):
                for stream in filter(None, (sys.stdout, sys.stderr)):
                    stream.flush()
                os._exit(0)
