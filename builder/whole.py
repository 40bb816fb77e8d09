"""How all that is published stands, as one number: that of any file can be taken out of it, and another's put in."""

from __future__ import annotations

from msgspec import Struct

SIZE = 16  # bytes of a state
STATES = 1 << 8 * SIZE


class Whole(Struct, frozen=True):
    """How all that is published stands: the manifest's SHA-256, and the sum of the files' states (see `state`)."""

    manifest: str
    state: bytes


def state(digest: str, size: int, time: int) -> int:
    """A number that stands for how a file with this SHA-256 is: those of a whole site can be summed up, below STATES.

    Its time counts as often as the digest says, so that what one file gained is not what another lost. Hashing it all
    would take a third of looking at a site. Which digest is at which path the manifest says. No digest, no state.
    """
    return int(digest[: 2 * SIZE] or "0", 16) * (size << 64 | time)
