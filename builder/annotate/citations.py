"""Links of the article and web addresses printed in its text, as the article gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.anchor import identify
from builder.annotate.document import Document
from builder.model.annotation import Annotation, Citation

VERSION = "1"
ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+", re.I)
TRAILING = ".,;:!?'’)]}…"


def annotate(document: Document, found: Sequence[Annotation]) -> Iterator[Annotation]:
    """Yields a citation for every link to another site and every printed web address; none is completed or guessed."""
    by = f"citations@{VERSION}"
    places = {(link.start, link.end): link.url for link in document.links if ADDRESS.match(link.url)}
    for printed in ADDRESS.finditer(document.text):
        url = _trimmed(printed.group())
        start, end = printed.start(), printed.start() + len(url)
        if not any(s < end and start < e for s, e in places):
            places[start, end] = url
    for (start, end), url in sorted(places.items()):
        id = identify(document.text, "citation", start, end)
        yield Citation(id, start, end, document.text[start:end], url, by, 1.0)


def _trimmed(address: str) -> str:
    """Without the sentence's own marks at its end; a bracket stays when it closes one of the address."""
    while address and address[-1] in TRAILING and not (address[-1] == ")" and address.count("(") >= address.count(")")):
        address = address[:-1]
    return address
