"""The style sheets and the other files that pages point at; an archive's own replace the packaged ones by name.

Every page has `style.css`; what only registers need is in a sheet of its own, so that articles need not carry it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from builder.config import Theme
from builder.model.archive import Archive
from builder.model.output import OutputFile
from builder.problems import Problem, Problems
from builder.render.template import Site

STYLE = "assets/style.css"
# What is quoted is kept as it is; of the rest a mark without the space around it, and one space of many.
SPACE = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|[\s;]*(\})\s*|\s*([{;,])\s*|(:)\s+|(\s)\s+""")


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields `style.css` (every `css/*.css` in name order), a sheet for each folder in `css`, and all else as it is."""
    files = _files(site.folders)
    sheets: dict[str, list[str]] = {STYLE: []}
    for name, path in files.items():
        if _is_sheet(name):
            sheets.setdefault(_sheet(name), []).append(_read(path, name))
    sheets[STYLE].append(theme(site.config.theme))
    for name, parts in sheets.items():
        yield OutputFile(name, stylesheet(parts).encode("utf-8"))
    for name, path in files.items():
        if not _is_sheet(name):
            yield OutputFile(f"assets/{name}", path.read_bytes())


def _sheet(name: str) -> str:
    """The published sheet that a source is joined to: `css/registers/…` to `assets/registers.css`."""
    folder = name.split("/")[1:-1]
    return f"assets/{folder[0]}.css" if folder else STYLE


def _read(path: Path, name: str) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise Problems([Problem(f"templates/assets/{name}", "not UTF-8", "Save the file as UTF-8.")]) from None


def stylesheet(sheets: list[str]) -> str:
    """One sheet without comments and needless space: readers download it, editors read the sources."""
    text = re.sub(r"/\*.*?\*/", "", "\n".join(sheets), flags=re.DOTALL)
    return SPACE.sub(lambda found: found[found.lastindex or 0], text).strip() + "\n"


def theme(colours: Theme) -> str:
    """The archive's own accent, as custom properties; nothing when it keeps the theme's."""
    css = ""
    if colours.accent:
        css += f":root{{--accent:{colours.accent}}}\n"
    if colours.accent_dark:
        css += f"@media screen and (prefers-color-scheme:dark){{:root{{--accent:{colours.accent_dark}}}}}\n"
    return f"@layer theme{{{css}}}\n" if css else ""


def _files(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Assets by name, in name order; a name in an earlier folder hides the same name in a later one."""
    found: dict[str, Path] = {}
    for folder in folders:
        root = folder / "assets"
        for path in root.rglob("*"):
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts):
                found.setdefault(path.relative_to(root).as_posix(), path)
    return dict(sorted(found.items()))


def _is_sheet(name: str) -> bool:
    return name.startswith("css/") and name.endswith(".css")
