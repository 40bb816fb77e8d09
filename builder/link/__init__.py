"""What is the same across articles: every article's share of the registers in (`collect`), the joined archive out
(`linking`).

Of what joining needs of an article, numbers are held in memory. What records show waits aside, and they are made one at
a time, when they are asked for; texts and the places of names are opened when a page asks.
"""
