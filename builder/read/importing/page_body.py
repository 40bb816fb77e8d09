"""A web page's main text as Markdown that reads back to exactly the words it holds."""

from __future__ import annotations

import re
from typing import Any

INLINE = re.compile(r"([\\`*\[\]])|(?<!\w)(_)|(_)(?!\w)|(<)(?=\S)|(&)(?=#?\w+;)")
OPENING = re.compile(r"^([#>+=~-])|^(\d+)([.)])(?=\s|$)")
HIGHLIGHTS = {"#b": "**", "#i": "*"}
BLOCKS = ("p", "head", "list", "quote", "table", "code")
SPACE = re.compile(r"[ \t\r\n\f]+")


def escape(words: str) -> str:
    """Words in which nothing is markup any more; only characters that could be taken for markup change."""
    return INLINE.sub(_escaped, SPACE.sub(" ", words))


def _escaped(found: re.Match[str]) -> str:
    return {"<": "&lt;", "&": "&amp;"}.get(found.group(), f"\\{found.group()}")


def block(words: str) -> str:
    """Inline Markdown as one paragraph: nothing at the start of a line makes it another kind of block."""
    lines = (line.strip(" ") for line in words.strip(" \n").split("\n"))
    return "  \n".join(OPENING.sub(_opened, line) for line in lines if line)


def _opened(found: re.Match[str]) -> str:
    if found[1]:
        return {">": "&gt;", "=": "&#61;", "~": "&#126;"}.get(found[1], f"\\{found[1]}")
    return f"{found[2]}\\{found[3]}"


def markdown(body: Any) -> list[str]:
    """The blocks of trafilatura's tree (an lxml element), in order; a link without a whole address gives its words."""
    blocks: list[str] = []
    for node in body:
        blocks += _block(node)
    return [words for words in blocks if words.strip()]


def _block(node: Any) -> list[str]:
    if node.tag == "head":
        level = min(6, max(2, int(re.sub(r"\D", "", node.get("rend", "")) or 2)))
        return [f"{'#' * level} {words}" for words in [_inline(node).replace("\n", " ").strip()] if words]
    if node.tag == "list":
        return ["\n".join(_items(node, 0))]
    if node.tag == "quote":
        return ["\n>\n".join(re.sub(r"(?m)^", "> ", words) for words in _mixed(node))]
    if node.tag == "table":
        return [block("  ".join(_inline(cell).strip() for cell in row)) for row in node.iter("row")]
    if node.tag == "code":
        return [re.sub(r"(?m)^", "    ", "".join(node.itertext()).strip("\n"))]
    return _mixed(node)


def _mixed(node: Any) -> list[str]:
    """Blocks of a node that holds words, blocks, or both."""
    found: list[str] = []
    loose = escape(node.text or "")
    for child in node:
        if child.tag in BLOCKS:
            found += [block(loose), *_block(child)]
            loose = escape(child.tail or "")
        else:
            loose += _wrapped(child) + escape(child.tail or "")
    return [words for words in [*found, block(loose)] if words.strip()]


def _items(node: Any, depth: int) -> list[str]:
    lines: list[str] = []
    ordered = node.get("rend", "").startswith("ol")
    for number, item in enumerate(node.iterchildren("item"), 1):
        mark = f"{number}. " if ordered else "- "
        words = block(_inline(item, skip=("list",)).replace("\n", " "))
        lines.append(" " * 4 * depth + mark + words)
        for inner in item.iterchildren("list"):
            lines += _items(inner, depth + 1)
    return lines


def _inline(node: Any, skip: tuple[str, ...] = ()) -> str:
    parts = [escape(node.text or "")]
    for child in node:
        parts.append("" if child.tag in skip else _wrapped(child))
        parts.append(escape(child.tail or ""))
    return "".join(parts)


def _wrapped(node: Any) -> str:
    """An inline element; what is not known gives its words."""
    if node.tag == "lb":
        return "\n"
    words = _inline(node)
    bare = words.strip()
    if not bare or "\n" in bare:
        return words
    before, _, after = words.partition(bare)
    if mark := HIGHLIGHTS.get(node.get("rend", "")) if node.tag == "hi" else "":
        return f"{before}{mark}{bare}{mark}{after}"
    target = node.get("target", "") if node.tag == "ref" else ""
    if re.fullmatch(r"(?:https?://|mailto:)[^\s<>]+", target):
        address = f"<{target}>" if "(" in target or ")" in target else target
        return f"{before}[{bare}]({address}){after}"
    return words
