"""Now, recently, soon: references to the present, the past and the future that no calendar holds."""

from __future__ import annotations

from builder.annotate.times.meaning import Known, Rule, Value


def _rule(pattern: str, value: str, *needs: str) -> Rule:
    meaning = Known(Value("DATE", value, quiet=True))
    return Rule("word", pattern, lambda m: meaning, needs)


RULES = (
    _rule(r"\b(?:right )?now\b", "PRESENT_REF", "now"),
    _rule(r"\b(?:currently|nowadays|these days|at present|at the moment|(?:the )?present day|the time being"
        r"|current)\b", "PRESENT_REF", "current", "nowaday", "these", "present", "moment", "time"),
    _rule(r"\b(?:(?:more|most|very|only|as) )?(?:recently|lately)\b", "PAST_REF", "recently", "lately"),
    _rule(r"(?<!most\s)\brecent\b", "PAST_REF", "recent"),
    _rule(r"\bthe(?: (?:recent|distant|not-too-distant))? past\b(?! (?:\w+[-\s])?(?:few|couple|several|\d"
        r"|one|two|three|four|five|six|"
          r"seven|eight|nine|ten|year|month|week|day|decade|quarter|century|hour|weekend|half|season|spring|summer"
              r"|fall|winter))", "PAST_REF", "past"),
    _rule(r"\b(?:the )?(?:(?:near|foreseeable|distant|immediate) )?future\b(?!s)(?= (?:of|to|for|in|as|is|was|when"
        r"|that|and|with|will|would|if|by|plans|generations)\b|[,.;:?!)”’\"']|$)", "FUTURE_REF", "future"),
)  # fmt: skip
