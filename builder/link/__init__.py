"""What is the same across articles: every article's share of the registers in (`collect`), the joined archive out
(`linking`).

What joining needs of an article is held in memory. Texts and the places of names are not: the archive opens them one
at a time, when a page asks.
"""
