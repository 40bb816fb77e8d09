"""A social card shows the shape of an article, never a word of it, and nothing of what is folded."""

from __future__ import annotations

import struct
import zlib

import msgspec

from builder.model.archive import Archive
from builder.render import cards
from builder.render.png import Drawing
from builder.render.template import open_site
from tests.render import harbour_fixture as sample

PUBLIC = msgspec.structs.replace(sample.CONFIG, base_url="https://example.org/kester")


def made(archive: Archive) -> dict[str, bytes]:
    return {file.path: file.content for file in cards.render(archive, open_site(PUBLIC))}


def pixels(png: bytes) -> list[bytes]:
    """The rows of a picture made by `Drawing`, as a viewer shows them: a byte a pixel."""
    at, data, width = 8, b"", struct.unpack(">I", png[16:20])[0]
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        data += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    raw, rows = zlib.decompress(data), [bytes(width)]
    for n in range(0, len(raw), 1 + width):
        added = raw[n + 1 : n + 1 + width]
        assert raw[n] in (0, 2)
        rows.append(added if raw[n] == 0 else bytes(a + b for a, b in zip(added, rows[-1], strict=True)))
    return rows[1:]


def test_a_drawing_is_the_picture_it_says() -> None:
    """Rectangles lie where they are put, and what is off the sheet is cut."""
    drawing = Drawing(5, 4, ["#fff", "#102030"])
    drawing.box(3, 1, 9, 9, 1)
    drawing.box(-3, 0, 4, 1, 1)
    drawing.box(4, 2, 1, 1, 0)
    assert pixels(drawing.png()) == [b"\1\0\0\0\0", b"\0\0\0\1\1", b"\0\0\0\1\0", b"\0\0\0\1\1"]
    assert b"PLTE\xff\xff\xff\x10\x20\x30" in drawing.png()


def test_every_article_has_a_card_of_its_own() -> None:
    """And the archive has one; all are the same bytes on every build."""
    archive = sample.archive()
    found = made(archive)
    assert set(found) == {"card.png", *(f"articles/{a.slug}/card.png" for a in archive.articles)}
    assert len(set(found.values())) == len(found) and found == made(archive)
    assert all(content[16:24] == struct.pack(">II", 1200, 630) for content in found.values())


def test_an_archive_without_an_address_has_none() -> None:
    """Nobody could point at them."""
    assert list(cards.render(sample.archive(), open_site(sample.CONFIG))) == []


def test_a_folded_article_shows_its_fold_only() -> None:
    """Below the title there is one box, whatever the text is."""
    folded = next(a for a in sample.archive().articles if a.sensitive)
    rows = pixels(made(sample.archive())[cards.article(folded.slug)])
    drawn = {colour for row in rows[cards.TOP + 60 :] for colour in row}
    assert not drawn & {cards.SOFT, cards.QUOTE, cards.TIME}
