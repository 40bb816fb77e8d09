"""Which way a clause looks, told by the verb nearest the date: what a weekday or a month without a year needs."""

from __future__ import annotations

import re

from builder.annotate.times.meaning import Tense

FUTURE = (
    r"will(?!\sof\b)|(?:is|are|was|were|be|been|due|set|about|likely|ready|planned|planning|hope[sd]?"
    r"|expected)\sto\s|until|till|as\s(?:soon|early|late)\sas|starting|beginning|resumes?|won['’]t|['’]ll|shall"
    r"|going\sto|gonna|(?:is|are|was|were|be|been)\s(?:due|set|scheduled|expected|slated|planned|likely|about"
    r"|supposed)(?:\sto)?"
    r"|expects?\s(?:to|that|the|it)?|(?<!as\s)(?<!previously\s)plann(?:ed|ing)|plans?|(?:intends?|hopes?|aims?"
    r"|wants?|needs?|agreed|vow(?:s|ed)|pledge[sd]|continues?)\sto|scheduled|upcoming|deadline|(?:to\sbe)"
    r"|expires?|due|payable|effective|may|could|would|can|must|should"
)
PAST = (
    r"was|were|had|did|didn['’]t|wasn['’]t|said|says?|told|went|came|made|took|began|fell|rose|won|lost|left|met"
    r"|held|"
    r"gave|became|saw|got|found|sent|kept|led|ran|hit|shot|put|set|cut|died|dropped|sold|bought|grew|broke|brought"
    r"|fought|killed|"
    r"struck|spoke|wrote|flew|drove|sank|quit|shut|spent|stood|thought|knew|felt|paid|built|(?-i:[a-z]{2,}(?<!e)ed)"
)
VERB = re.compile(rf"\b(?:(?P<future>{FUTURE})|(?<!\bbe\s)(?P<past>{PAST}))\b", re.IGNORECASE)
BREAK = re.compile(r"[.!?;:]\s|[\n]|,?\s(?:but|while|although|whereas)\s", re.IGNORECASE)
SINCE = re.compile(r"\b(?:since|as\sof)\s(?:early\s|late\s|mid-)?$", re.IGNORECASE)
DUE = re.compile(
    r"(?<!\bhad\sbeen\s)(?<!originally\s)(?<!previously\s)(?<!initially\s)\b(?:effective|payable|expiring|due|(?:scheduled|slated|set|planned|due)\sfor)\s"
    r"(?:on\s|in\s|this\s)?$",
    re.IGNORECASE,
)
REACH = 160


def said_by_lead(text: str, start: int) -> Tense:
    """Gives what the words right before text[start:] say whatever the verb: `since May`, `due in May`."""
    low = max(0, start - 30)
    if SINCE.search(text, low, start):
        return "past"
    return "future" if DUE.search(text, low, start) else "unknown"


def tense_of(text: str, start: int, end: int) -> Tense:
    """Gives the tense of the clause around text[start:end]: the last verb before it, else the first after it."""
    low = max(0, start - REACH)
    for m in BREAK.finditer(text, low, start):
        low = m.end()
    if text.startswith(("'s", "’s"), end):
        return "past"  # Wednesday's ruling has been given
    last = None
    for m in VERB.finditer(text, low, start):
        last = m
    if last is None:
        stop = BREAK.search(text, end, end + REACH)
        last = VERB.search(text, end, stop.start() if stop else end + REACH)
    if last is None:
        return "unknown"
    return "future" if last.lastgroup == "future" else "past"
