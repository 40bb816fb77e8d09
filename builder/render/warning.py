"""What stands before distressing words in an archive that has no warning of its own."""

from __future__ import annotations

from builder.render.catalogue import N_, SOURCE, opened, spoken
from builder.render.ready import Ready
from builder.render.speech import speech

WARNING = N_("This passage reprints a threat or other distressing words.")


def warning(language: str, ready: Ready) -> str:
    """The warning in the archive's language, if there is a catalogue for it, else in English."""
    return WARNING if spoken(language) == SOURCE else opened(speech(language, ready).messages).gettext(WARNING)
