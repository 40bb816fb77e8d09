"""Lines of a transcript, `SMITH: We leave at noon.`, and headlines of the same shape, `Smith: We leave at noon`."""

from __future__ import annotations

import re
from collections import Counter

from builder.annotate.document import Document, Paragraph
from builder.annotate.quotations.frame import Frame, Phrase
from builder.annotate.quotations.lexicon import words

LABEL = re.compile(r"\s*[\"“]?(?P<name>[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,4})(?: \([^)]*\))?:[ \t]+(?=[^\s])")
WORD = re.compile(r"[^\W\d_]")  # `Injured: 12` is a table
SPEAKING = frozenset({"PERSON", "ORG"})
NEVER = words("note update photo image video related abstract caption source sources read watch more")


def turns(document: Document) -> list[Frame]:
    """Gives a frame for each paragraph that begins with its speaker's name and a colon.

    Names in capitals count, others only when the same one leads two paragraphs or two of them share the article;
    in the headline a name that the model knows for a person or body.
    """
    labels = [
        (i, m)
        for i, line in enumerate(document.paragraphs)
        if (m := LABEL.match(document.text, line.start, line.end)) and WORD.search(document.text, m.end(), line.end)
    ]
    count = Counter(m["name"] for _, m in labels)
    repeated = {name for name, n in count.items() if n >= 2}
    found = []
    for index, match in labels:
        name = match["name"]
        shouted = name.isupper() and len(name) > 2
        taken = (
            (shouted and len(labels) > 1) or name in repeated or (index == 0 and _known(document.paragraphs[0], match))
        )
        if taken and name[:1].isupper() and name.lower() not in NEVER:
            found.append(_turn(document, index, match))
    return found


def _known(line: Paragraph, match: re.Match[str]) -> bool:
    end = match.end("name") - line.start
    label = [t for t in line.doc if t.idx < end and not t.is_punct]
    return (
        bool(label)
        and all(t.ent_type_ in SPEAKING or t.pos_ == "PROPN" for t in label)
        and (label[-1].ent_type_ in SPEAKING)
    )


def _turn(document: Document, index: int, match: re.Match[str]) -> Frame:
    line = document.paragraphs[index]
    end = line.start + len(document.text[line.start : line.end].rstrip())
    name_start, name_end = match.span("name")
    head = next(t for t in reversed(line.doc) if line.start + t.idx < name_end)
    colon = document.text.index(":", name_end)
    speaker = Phrase(name_start, name_end, head, index)
    return Frame(index, (colon, colon + 1), ":", speaker, ((match.end(), end),), "transcript")
