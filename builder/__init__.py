"""Glossator turns a folder of articles into a static documentary archive."""

__version__ = "0.1.0"
