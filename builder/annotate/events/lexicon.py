"""Words that tell an act of reporting from what is reported, and a happening from a thing."""

from __future__ import annotations

# Verbs that pass on words; their date is that of the telling. `Announce`, `accuse` or `warn` are acts of their own.
REPORTING = frozenset({
    "say", "tell", "add", "note", "report", "write", "state", "explain", "quote", "recall", "observe", "remark",
    "comment", "mention", "describe", "believe", "think", "know", "estimate", "expect", "show", "suggest", "indicate",
})  # fmt: skip

# Nouns for happenings: `the attack` in the next sentence is the one just told of.
HAPPENINGS = frozenset({
    "accident", "ambush", "announcement", "arrest", "arrival", "assault", "attack", "battle", "blast", "bombing",
    "briefing", "ceremony", "clash", "collapse", "collision", "concert", "conference", "crash", "debate", "decision",
    "demonstration", "departure", "earthquake", "election", "explosion", "fight", "fighting", "fire", "flood",
    "funeral", "hearing", "hurricane", "incident", "invasion", "killing", "landing", "launch", "march", "massacre",
    "meeting", "murder", "protest", "quake", "raid", "rally", "referendum", "release", "resignation", "robbery",
    "ruling", "sale", "search", "shooting", "speech", "storm", "strike", "summit", "talk", "tornado", "tsunami",
    "verdict", "visit", "vote", "wedding",
})  # fmt: skip

# Words before a noun phrase of time that hang it on a verb rather than on a noun.
MODALS = frozenset({"may", "might", "could", "should", "must", "can", "ought"})
CONDITIONS = frozenset({"if", "unless", "whether", "lest"})

# Verbs whose date is that of what is yet to come of them: a vote that was scheduled for Friday.
PLANS = frozenset({"schedule", "plan", "expect", "set", "slate", "propose", "bill", "postpone", "delay", "fix"})

# Words that open a clause which only sets the scene for what is said.
SCENES = frozenset({"as", "when", "while", "after", "before", "once"})

# Words that set a figure against an older one, whose date is not that of the sentence.
COMPARING = frozenset({"from", "than", "compared", "against", "versus"})

# Openings after which a sentence happens at the time of the one before it.
TOGETHER = (
    "at the same time", "at that time", "at the same moment", "simultaneously", "minutes later", "moments later",
    "seconds later", "minutes earlier", "moments earlier", "immediately afterward", "immediately afterwards",
    "on the same day", "that same day",
)  # fmt: skip
