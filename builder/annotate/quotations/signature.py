"""The name that signs a quotation: `"…" — Smith`."""

from __future__ import annotations

import re

from builder.annotate.document import Document
from builder.annotate.quotations.frame import Frame, Phrase
from builder.annotate.quotations.marks import Quoted

SIGNATURE = re.compile(r"\s*[-–—―]{1,2}\s?(?=[^\W\d_])")


def signed(document: Document, quoted: Quoted) -> Frame | None:
    """`"…" — Smith` to the end of the paragraph, or with the dash and the name in the next one."""
    line = document.paragraphs[quoted.paragraph]
    index, start = quoted.paragraph, quoted.end
    if not document.text[quoted.end : line.end].strip(" ."):
        index += 1
        if index >= len(document.paragraphs):
            return None
        start = document.paragraphs[index].start
    line = document.paragraphs[index]
    match = SIGNATURE.match(document.text, start, line.end)
    tokens = [t for t in line.doc if match and line.start + t.idx >= match.end()]
    if match is None or not tokens or tokens[0].pos_ != "PROPN" or len(tokens) > 25:
        return None
    name = next(
        (t for t in tokens if t.i + 1 >= len(line.doc) or line.doc[t.i + 1].pos_ not in ("PROPN", "ADP")), tokens[0]
    )
    if any(t.pos_ == "VERB" and t.tag_ in ("VBD", "VBZ") for t in tokens[: name.i - tokens[0].i + 2]):
        return None
    end = line.start + name.idx + len(name.text)
    mark = match.start() + len(match.group()) - len(match.group().lstrip())
    dash = (mark, mark + len(match.group().strip()))
    return Frame(
        index, dash, "—", Phrase(match.end(), end, name, index), ((quoted.start, quoted.end),), "signed"
    )  # fmt: skip
