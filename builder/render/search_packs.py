"""What the results show, many documents to a file: Pagefind alone would publish a file for each of them.

A document's address is “<file>.<place in it>”. Files are named by their content, so that a browser that kept an old one
never shows it for a new one. `templates/assets/search.js` reads them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from builder.model.output import OutputFile

ENOUGH = 24_000  # bytes in a file: what is fetched for one result, at most some three articles


class Packs:
    """Fills files below `folder`; after `files` has run out, `addresses` has one for each document, in their order."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.addresses: list[str] = []

    def files(self, shown: Iterable[bytes]) -> Iterator[OutputFile]:
        """Yields the files, in order; what is `shown` is JSON."""
        pack: list[bytes] = []
        size = 0
        for one in shown:
            if pack and size + len(one) > ENOUGH:
                yield self._file(pack)
                pack, size = [], 0
            pack.append(one)
            size += len(one)
        if pack:
            yield self._file(pack)

    def _file(self, pack: list[bytes]) -> OutputFile:
        content = b"[" + b",\n".join(pack) + b"]\n"
        name = hashlib.sha256(content).hexdigest()[:12]
        self.addresses += (f"{name}.{place}" for place in range(len(pack)))
        return OutputFile(f"{self._folder}/{name}.json", content)
