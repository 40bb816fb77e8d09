"""Words as HTML, quickly: most have nothing to escape."""

from __future__ import annotations

from markupsafe import Markup, escape


def escaped(value: object) -> str:
    """The value as HTML writes it, in text and in attributes; what is markup already stays as it is."""
    if type(value) is str:
        marked = "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
        return escape(value) if marked else value
    return value if type(value) is Markup else escape(value)
