"""What stands before distressing words in an archive that has no warning of its own."""

from __future__ import annotations

from builder.render.catalogue import N_, compiled, opened, spoken

WARNING = N_("This passage reprints a threat or other distressing words.")


def warning(language: str) -> str:
    """The warning in the archive's language, if there is a catalogue for it, else in English."""
    return opened(compiled(spoken(language))).gettext(WARNING)
