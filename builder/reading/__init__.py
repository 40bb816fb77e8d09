"""Articles' annotations: from the cache where a text was read before, else from whoever does the reading."""

from __future__ import annotations

from builder.reading.reader import Reader
from builder.reading.shard import can_read, get_ready
from builder.reading.workforce import Workforce

__all__ = ["Reader", "Workforce", "can_read", "get_ready"]
