"""What an authority knows under a name."""

from __future__ import annotations

from msgspec import Struct


class Candidate(Struct, frozen=True):
    """One record of an authority: its number `id` in a `scheme`, and where it was found.

    `sure` where its name is written the same, or where the service calls it a match.
    """

    scheme: str
    id: str
    name: str
    source: str
    sure: bool = True
    description: str = ""
